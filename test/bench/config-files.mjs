/**
 * Config files only: a repository of them is generated and scanned.
 *
 *   node test/bench/config-files.mjs [count] [--keep]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure, STAGES } from './measure.mjs'
import { createRandom } from './random.mjs'

const count = Number(process.argv[2] ?? 10_000)
const cli = fileURLToPath(new URL('../../packages/cli/dist/sekisho.js', import.meta.url))
const HOSTS = [
  'https://api.ai.sakura.ad.jp/v1',
  'https://crm.example.jp',
  'http://localhost:8080',
  'https://api.openai.com/v1',
]
/** One of twenty is abroad. */
const hostOf = (random) => (random.chance(0.05) ? HOSTS[3] : HOSTS[random.below(3)])

const indent = (text) => text.replace(/^/gm, '  ')

/** Each kind: a path and a text, of the size that such files have. */
const KINDS = [
  (id, random) => [
    `services/s${id}/.env`,
    Array.from({ length: 15 }, (_, i) => `VAR_${i}=${hostOf(random)}`).join('\n'),
  ],
  (id, random) => [
    `services/s${id}/compose.yaml`,
    `services:\n${indent(`web:\n${indent(`image: shop/web\nenvironment:\n${indent(Array.from({ length: 12 }, (_, i) => `V${i}: ${hostOf(random)}`).join('\n'))}`)}`)}\n`,
  ],
  (id, random) => [
    `services/s${id}/config/app.json`,
    JSON.stringify(
      {
        name: `s${id}`,
        endpoints: Array.from({ length: 20 }, (_, i) => ({
          id: i,
          url: hostOf(random),
          retries: 3,
          labels: ['a', 'b'],
        })),
      },
      null,
      2,
    ),
  ],
  (id, random) => [
    `services/s${id}/src/main/resources/application.properties`,
    Array.from({ length: 40 }, (_, i) => `shop.part${i}.url=${hostOf(random)}`).join('\n'),
  ],
  (id, random) => [
    `services/s${id}/src/main/resources/application-prod.yml`,
    `spring:\n  ai:\n    openai:\n      base-url: ${hostOf(random)}\n      api-key: \${KEY}\n`,
  ],
  (id, random) => [
    `services/s${id}/pyproject.toml`,
    `[project]\nname = "s${id}"\n${Array.from({ length: 12 }, (_, i) => `[tool.part${i}]\nurl = "${hostOf(random)}"\nretries = ${i}`).join('\n')}\n`,
  ],
  (id, random) => [
    `services/s${id}/litellm_config.yaml`,
    `model_list:\n${Array.from({ length: 6 }, (_, i) => `  - model_name: m${i}\n    litellm_params:\n      model: openai/x\n      api_base: ${hostOf(random)}`).join('\n')}\n`,
  ],
  (id, random) => [
    `services/s${id}/Web.config`,
    `<configuration>\n  <appSettings>\n${Array.from({ length: 15 }, (_, i) => `    <add key="K${i}" value="${hostOf(random)}" />`).join('\n')}\n  </appSettings>\n</configuration>\n`,
  ],
]

const scratch = mkdtempSync(join(tmpdir(), 'sekisho-config-'))
try {
  const random = createRandom(1)
  const folder = join(scratch, 'repository')
  let bytes = 0
  for (let at = 0; at < count; at++) {
    const [path, text] = KINDS[at % KINDS.length](Math.floor(at / KINDS.length), random)
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    bytes += text.length
  }
  const run = measure({ cli, folder, scratch })
  if (run.error) throw new Error(run.error)
  const stages = STAGES.map((stage) => `${stage} ${Math.round(run.stages[stage] ?? 0)} ms`)
  console.log(
    `${count} config files, ${(bytes / 1e6).toFixed(1)} MB: ${(run.total / 1000).toFixed(1)} s (${(run.cpu / 1000).toFixed(1)} s of CPU), peak ${Math.round(run.peak)} MB`,
  )
  console.log(stages.join(', '))
} finally {
  if (!process.argv.includes('--keep')) rmSync(scratch, { recursive: true })
}
