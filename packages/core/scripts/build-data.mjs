// Runs every compile-*.mjs of this folder, in the order of their names: each turns YAML into one generated module.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = new URL('.', import.meta.url)
const steps = readdirSync(here)
  .filter((name) => /^compile-.+\.mjs$/.test(name))
  .sort()

for (const step of steps) {
  const { status, error } = spawnSync(process.execPath, [fileURLToPath(new URL(step, here))], { stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}
