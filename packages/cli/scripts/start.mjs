// Runs the built CLI on what is given, or on the demo shop (in a language that is asked for). The demo has findings, on purpose: they are no failure of the demo.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const FINDINGS = 1
const cli = fileURLToPath(new URL('../dist/sekisho.js', import.meta.url))
const given = process.argv.slice(2).filter((argument, index) => index > 0 || argument !== '--')
const isDemo = /^(?:--locale[= ](?:en|ja))?$/.test(given.join(' '))

const all = [cli, ...given, ...(isDemo ? ['test/shop'] : [])]
const { status, error } = spawnSync(process.execPath, all, { stdio: 'inherit' })
if (error) throw error
process.exitCode = isDemo && status === FINDINGS ? 0 : (status ?? 1)
