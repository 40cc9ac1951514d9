/**
 * The benchmark: the built CLI on generated projects and on given folders, without a cache and with one.
 *
 *   node test/bench/run.mjs [options] [folder…]
 *     --sizes 1k,5k,10k   files of the generated projects; 0 for none
 *     --shapes monorepo,monolith
 *     --runs 1            runs a row; the median counts
 *     --seed 1            another project of the same kind
 *     --save file         keeps the numbers
 *     --against file      compares with kept ones
 *     --prof              the hottest functions of the last project, too
 *     --cli file          another build
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measure, medianOf } from './measure.mjs'
import { printProfile } from './profile.mjs'
import { shapes, writeProject } from './project.mjs'
import { sizeOf } from './size.mjs'
import { printComparison, printTable } from './table.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: '1k,5k,10k' },
    shapes: { type: 'string', default: shapes.join() },
    runs: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    save: { type: 'string' },
    against: { type: 'string' },
    prof: { type: 'boolean', default: false },
    cli: { type: 'string', default: fileURLToPath(new URL('../../packages/cli/dist/sekisho.js', import.meta.url)) },
  },
})

const scratch = mkdtempSync(join(tmpdir(), 'sekisho-bench-'))
try {
  const cli = resolve(values.cli)
  const projects = [
    ...generated(),
    ...positionals.map((folder) => ({ project: basename(resolve(folder)), folder: resolve(folder) })),
  ]
  const rows = []
  for (const { project, folder, expected = null } of projects) {
    const size = sizeOf(folder)
    process.stderr.write(`${project}: ${size.files} files\n`)
    const common = { cli, folder, scratch }
    const row = (cache, run) =>
      rows.push({ project, cache, expected, ...size, ...run, files: size.files, parsed: run.files?.analysed ?? 0 })
    row(
      'cold',
      medianOf(Number(values.runs), () => measure(common)),
    )
    measure({ ...common, cached: true })
    row(
      'cached',
      medianOf(Number(values.runs), () => measure({ ...common, cached: true })),
    )
  }
  rows.sort((a, b) => (a.cache === b.cache ? 0 : a.cache === 'cold' ? -1 : 1))
  printTable(rows)
  if (values.against !== undefined) printComparison(rows, JSON.parse(readFileSync(values.against, 'utf8')))
  if (values.save !== undefined) {
    const saved = new Date().toISOString().slice(0, 16)
    writeFileSync(values.save, `${JSON.stringify({ saved, node: process.version, rows }, null, 2)}\n`)
  }
  const last = projects.at(-1)
  if (values.prof && last !== undefined) printProfile({ cli, folder: last.folder, scratch })
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function generated() {
  const sizes = values.sizes
    .split(',')
    .map((size) => (size.endsWith('k') ? Number(size.slice(0, -1)) * 1000 : Number(size)))
  return values.shapes.split(',').flatMap((shape) =>
    sizes
      .filter((count) => count > 0)
      .map((count) => {
        const project = `${shape} ${count}`
        const folder = join(scratch, `${shape}-${count}`)
        mkdirSync(folder)
        const { near, files, expected } = writeProject(folder, count, shape, Number(values.seed))
        process.stderr.write(`${project}: ${((100 * near) / files).toFixed(1)}% of the files are near AI\n`)
        return { project, folder, expected }
      }),
  )
}
