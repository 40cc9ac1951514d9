// The packages as users get them: packed, installed by npm in an empty project, run under each Node and ESLint that they say they
// support. Needs the registry, so it is a command of its own: pnpm run test:packages.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const nodes = ['20.19.0', '22', '24']
const eslints = ['9', '10']
const work = mkdtempSync(join(tmpdir(), 'sekisho-packages-'))
const tarballs = join(work, 'tarballs')
let passed = 0
const failed = []

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 300_000 })
  if (error) throw error
  return { status, stdout, stderr }
}

function must(command, args, cwd) {
  const result = run(command, args, cwd)
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${result.status}\n${result.stdout}${result.stderr}`)
  return result
}

function check(name, holds, shown) {
  if (holds) passed++
  else failed.push(`${name}\n${shown}`)
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${name}`)
}

const leak = `import OpenAI from 'openai'

const client = new OpenAI()

/** @param {{ phoneNumber: string }} customer */
export async function send(customer) {
  await client.responses.create({ model: 'gpt-5.2', input: customer.phoneNumber })
}
`

function projectWith(eslint) {
  const project = join(work, `eslint-${eslint}`)
  rmSync(project, { recursive: true, force: true })
  mkdirSync(join(project, 'src'), { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n')
  writeFileSync(join(project, 'src/send.js'), leak)
  writeFileSync(join(project, '.env'), 'OPENAI_BASE_URL=https://api.openai.com/v1\n')
  writeFileSync(
    join(project, 'eslint.config.js'),
    "import sekisho from 'eslint-plugin-sekisho'\n\nexport default [...[sekisho.configs.recommended].flat(), ...[sekisho.configs['config-files']].flat()]\n",
  )
  const packed = readdirSync(tarballs).map((name) => join(tarballs, name))
  must('npm', ['install', '--no-audit', '--no-fund', `eslint@${eslint}`, ...packed], project)
  return project
}

try {
  mkdirSync(tarballs)
  for (const name of ['cli', 'eslint-plugin'])
    must('npx', ['-y', 'pnpm@12.21.0', 'pack', '--pack-destination', tarballs], join(root, 'packages', name))
  for (const tarball of readdirSync(tarballs)) {
    const { status, stdout, stderr } = run(
      'npx',
      ['-y', 'publint@0.3', 'run', '--strict', join(tarballs, tarball)],
      work,
    )
    check(`publint ${tarball}`, status === 0, stdout + stderr)
  }
  for (const eslint of eslints) {
    const project = projectWith(eslint)
    for (const node of nodes) {
      const under = (...args) => run('npx', ['-y', '-p', `node@${node}`, 'node', ...args], project)
      const scan = under('node_modules/sekisho/dist/sekisho.js', 'scan', '.', '--no-cache', '--format', 'json')
      const rules = scan.status === 1 ? JSON.parse(scan.stdout).findings.map(({ rule }) => rule) : []
      check(
        `scan, Node ${node}, beside ESLint ${eslint}`,
        rules.includes('cross-border-flow'),
        scan.stdout + scan.stderr,
      )
      const lint = under('node_modules/eslint/bin/eslint.js', '--format', 'json', '.')
      const said =
        lint.status === 1 ? JSON.parse(lint.stdout).flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)) : []
      check(`ESLint ${eslint}, Node ${node}`, said.includes('sekisho/cross-border-flow'), lint.stdout + lint.stderr)
    }
    const help = run('npx', ['--no', 'sekisho', '--version'], project)
    check(`npx sekisho beside ESLint ${eslint}`, help.status === 0 && /^\d+\.\d+\.\d+/.test(help.stdout), help.stderr)
    writeFileSync(
      join(project, 'types.ts'),
      "import sekisho from 'eslint-plugin-sekisho'\nexport const name: string | undefined = sekisho.meta?.name\n",
    )
    must('npm', ['install', '--no-audit', '--no-fund', 'typescript@6.0.3'], project)
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023']
    const types = run(process.execPath, ['node_modules/typescript/bin/tsc', ...flags, 'types.ts'], project)
    check(`types beside ESLint ${eslint}`, types.status === 0, types.stdout)
  }
  const project = projectWith('10')
  must('npm', ['install', '--no-audit', '--no-fund', 'oxlint@1'], project)
  const rules = { 'sekisho/cross-border-flow': 'error' }
  writeFileSync(join(project, '.oxlintrc.json'), JSON.stringify({ jsPlugins: ['eslint-plugin-sekisho'], rules }))
  const oxlint = run('npx', ['--no', 'oxlint', 'src'], project)
  const isFound = oxlint.status === 1 && oxlint.stdout.includes('sekisho(cross-border-flow)')
  check('oxlint', isFound, oxlint.stdout + oxlint.stderr)
} finally {
  rmSync(work, { recursive: true, force: true })
}
if (failed.length > 0) console.log(`\n${failed.join('\n\n')}`)
console.log(`${passed} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1
