/**
 * `pnpm run catalogue:check`: compares the catalogue's npm and PyPI facts with the real packages, at the versions of
 * `pins.yaml`. Uses the network, so it is a command of its own. Exits 1 where a fact is missing in all pinned versions.
 *
 * Options: `--ecosystem npm|pypi`, `--provider <id>`, `--package <name>`, `--format table|json`, `--into <folder>` (kept and used again),
 * `--unlisted` (methods that look as if they send data and are not in the catalogue).
 */
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { catalogueData } from '../../packages/core/dist/catalog/data.generated.js'
import { groupsOf } from './groups.mjs'
import { installNpm, installPython } from './install.mjs'
import { checkFacts, openPackage } from './npm-types.mjs'
import { checkPython } from './python.mjs'
import { createReport, printTable } from './report.mjs'

const { values: flags } = parseArgs({
  options: {
    ecosystem: { type: 'string' },
    provider: { type: 'string' },
    package: { type: 'string' },
    format: { type: 'string', default: 'table' },
    into: { type: 'string' },
    unlisted: { type: 'boolean', default: false },
  },
})

const pins = parse(readFileSync(join(import.meta.dirname, 'pins.yaml'), 'utf8'))
const into = resolve(flags.into ?? mkdtempSync(join(tmpdir(), 'sekisho-catalogue-')))
mkdirSync(into, { recursive: true })
const report = createReport()

if (flags.ecosystem !== 'pypi') for (const packages of pins.npm) checkSet(packages)
if (flags.ecosystem !== 'npm')
  for (const packages of pins.pypi) checkPython(installPython(into, packages, pins.uv), asked('pypi'), report)
if (flags.into === undefined) rmSync(into, { recursive: true, force: true })

const done = report.finish({ npm: asked('npm'), pypi: asked('pypi') }, flags.ecosystem, pins.unpinned)
process.stdout.write(flags.format === 'json' ? `${JSON.stringify(done, null, 2)}\n` : printTable(done, flags.unlisted))
process.exitCode = done.missing.length > 0 ? 1 : 0

/** The groups that the options ask for. */
function asked(ecosystem) {
  const providers = catalogueData.providers.filter(({ id }) => flags.provider === undefined || id === flags.provider)
  return groupsOf(providers, ecosystem).filter(
    ({ facts }) => flags.package === undefined || facts.packages.some((name) => nameOf(name) === flags.package),
  )
}

function nameOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function checkSet(packages) {
  const groups = asked('npm').filter(({ facts }) => facts.packages.some((name) => nameOf(name) in packages))
  if (groups.length === 0) return
  const folder = installNpm(into, { ...pins.always, ...packages })
  const ts = createRequire(join(folder, 'package.json'))('typescript')
  for (const group of groups)
    for (const specifier of group.facts.packages.filter((name) => nameOf(name) in packages)) {
      const version = `${nameOf(specifier)}@${packages[nameOf(specifier)]}`
      const walk = openPackage(ts, folder, specifier)
      if (walk === null) report.unopened(group, specifier, version)
      else report.add(group, specifier, version, checkFacts(walk, group.facts))
    }
}
