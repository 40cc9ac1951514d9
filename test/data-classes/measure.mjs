/**
 * Measures what the catalogue says of names: precision and recall a data class over the labelled set beside this file, and
 * how many identifiers of real packages say anything. Of the held-out half only totals leave this file.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import ts from 'typescript'
import { parse } from 'yaml'
import { catalogueData } from '../../packages/core/dist/catalog/data.generated.js'
import { createNames } from '../../packages/core/dist/catalog/names.js'
import { bareEvidence, nameEvidence } from '../../packages/core/dist/solve/sources.js'
import { sure } from '../../packages/core/dist/solve/value.js'

const here = import.meta.dirname
const require = createRequire(import.meta.url)
const names = createNames(catalogueData.dataClasses, catalogueData.names)
const recordClass = catalogueData.dataClasses.find(({ row }) => row === 'free-text').id
const places = new Set(
  catalogueData.dataClasses.filter(({ id, row }) => row === 'basic-support' || id === 'location').map(({ id }) => id),
)
const machine = { knowledge: { names, recordClass, ofThings: (id) => places.has(id) } }

const entries = readSet()
for (const half of ['dev', 'held-out']) report(half)
if (process.argv.includes('--misses')) listMisses(entries.filter((entry) => entry.half === 'dev'))
await reportPackages()

function readSet() {
  const seen = new Map()
  const known = new Set(['none', ...catalogueData.dataClasses.map(({ id }) => id)])
  for (const file of readdirSync(here).filter((name) => name.endsWith('.yaml'))) {
    for (const { owner, ...classes } of parse(readFileSync(join(here, file), 'utf8'))) {
      for (const [label, list] of Object.entries(classes)) {
        if (!known.has(label)) console.error(`${file}: no data class ${label}`)
        for (const name of list) {
          const key = `${owner}\0${name}`
          if (seen.has(key)) throw new Error(`${file}: ${owner}.${name} stands twice`)
          seen.set(key, { owner, name, label, half: halfOf(key), ...judge(owner, name) })
        }
      }
    }
  }
  return [...seen.values()]
}

function halfOf(key) {
  return createHash('sha256').update(key).digest()[0] % 2 === 0 ? 'dev' : 'held-out'
}

/** What the engine says of a member of an unknown object, or of a label that stands alone. */
function judge(owner, name) {
  const asLabel = name.includes(' ') && owner === ''
  if (!asLabel && names.isContentless(name)) return { said: 'none', firm: false }
  const match = asLabel ? names.label(name) : null
  if (asLabel) return { said: match?.dataClass ?? 'none', firm: match !== null }
  const evidence = nameEvidence(machine, name, owner === '' ? [] : [owner])
  return { said: evidence?.dataClass ?? 'none', firm: evidence !== null && evidence.sureness >= sure.likely }
}

function report(half) {
  const ours = entries.filter((entry) => entry.half === half)
  const ids = [...new Set(ours.flatMap(({ label, said }) => [label, said]))].filter((id) => id !== 'none').sort()
  console.log(`\n${half}: ${ours.length} names, ${ours.filter(({ label }) => label === 'none').length} of them none`)
  print([
    ['data class', 'names', 'found', 'precision', 'recall'],
    ...ids.map((id) => row(id, ours, [id])),
    row('all', ours, ids),
  ])
  const firm = ours.map((entry) => (entry.firm ? entry : { ...entry, said: 'none' }))
  print([row('all, likely or better', firm, ids)])
}

function row(title, ours, ids) {
  const wanted = ours.filter(({ label }) => ids.includes(label))
  const told = ours.filter(({ said }) => ids.includes(said))
  const right = told.filter(({ label, said }) => label === said).length
  return [title, String(wanted.length), String(right), share(right, told.length), share(right, wanted.length)]
}

function share(part, whole) {
  return whole === 0 ? '-' : (part / whole).toFixed(3)
}

function listMisses(ours) {
  for (const { owner, name, label, said } of ours)
    if (label !== said) console.log(`${label} → ${said}: ${owner === '' ? '' : `${owner}.`}${name}`)
}

async function reportPackages() {
  const roots = [
    ['TypeScript lib.dom.d.ts', [join(dirname(require.resolve('typescript')), 'lib.dom.d.ts')]],
    ['@types/node', filesUnder(dirname(require.resolve('@types/node/package.json')))],
    ['npm', filesUnder(join(execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim(), 'npm'))],
  ]
  console.log('\nidentifiers of packages that say something by themselves')
  for (const [title, files] of roots) {
    const all = new Set(files.flatMap(identifiersOf))
    const fire = [...all].filter((name) => bareEvidence(machine, name) !== null).sort()
    console.log(`${title}: ${fire.length} of ${all.size}: ${fire.join(' ')}`)
  }
}

function filesUnder(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.([cm]?js|d\.[cm]?ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function identifiersOf(file) {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    true,
    ts.LanguageVariant.Standard,
    readFileSync(file, 'utf8'),
  )
  const found = []
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kind === ts.SyntaxKind.Identifier) found.push(scanner.getTokenText())
  return found
}

function print(lines) {
  const widths = [26, 7, 7, 10, 8]
  for (const line of lines)
    console.log(line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(''))
}
