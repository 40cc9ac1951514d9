/**
 * Parsing and lowering by language, in one process: milliseconds of CPU and MB/s over all files of a folder.
 *
 *   node test/bench/lower.mjs folder…
 */
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { filesBelow } from './size.mjs'

const cli = fileURLToPath(new URL('../../packages/cli/', import.meta.url))
const { build } = createRequire(join(cli, 'package.json'))('esbuild')
// Beside the grammars, as the CLI's own bundle.
const outfile = join(cli, `dist/bench-${process.pid}.mjs`)
const spent = () => process.cpuUsage().user / 1000
const LARGEST = 1024 * 1024

try {
  await build({
    stdin: {
      contents: "export { loadGrammar } from './src/grammars.js'\nexport { languageOf } from '@sekisho/core'\n",
      resolveDir: cli,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    outfile,
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'\nconst require = requireOf(import.meta.url)",
    },
    logLevel: 'error',
  })
  const { loadGrammar, languageOf } = await import(pathToFileURL(outfile))
  const totals = new Map()
  for (const path of process.argv.slice(2).flatMap((folder) => filesBelow(folder))) {
    const language = languageOf(path)
    if (language === null || language.grammar === 'estree') continue
    const text = readFileSync(path, 'utf8')
    if (text.length > LARGEST) continue
    const parse = language.grammar === 'none' ? () => ({ tree: null }) : await loadGrammar(language.grammar)
    const start = spent()
    const parsed = parse(language.prepare(path, text).text)
    const between = spent()
    const module = 'why' in parsed ? null : language.lower({ path, text, tree: parsed.tree })
    const end = spent()
    const total = totals.get(language.id) ?? { files: 0, bytes: 0, parse: 0, lower: 0, gaps: 0 }
    total.files++
    total.bytes += Buffer.byteLength(text)
    total.parse += between - start
    total.lower += end - between
    if (module === null || module.gaps.length > 0) total.gaps++
    totals.set(language.id, total)
  }
  console.log('language   files      MB   parse ms/MB   lower ms/MB   MB/s   files with gaps')
  for (const [id, { files, bytes, parse, lower, gaps }] of totals) {
    const mb = bytes / 1e6
    const cells = [
      id.padEnd(9),
      String(files).padStart(6),
      mb.toFixed(2).padStart(7),
      (parse / mb).toFixed(0).padStart(13),
      (lower / mb).toFixed(0).padStart(13),
      ((mb * 1000) / (parse + lower)).toFixed(1).padStart(6),
      String(gaps).padStart(17),
    ]
    console.log(cells.join(' '))
  }
} finally {
  rmSync(outfile, { force: true })
}
