/**
 * Which texts end the process: the native parser has no bound on nesting, and a stack that overflows there can't be caught. Texts
 * that are large or nested enough to do that are first given to another process, which may die of them. Small ones, most of
 * them, can't: every level of nesting takes characters.
 */
import { spawnSync } from 'node:child_process'

export interface Suspect {
  path: string
  text: string
  lang: string
}

/** Measured: the cheapest construct overflows a stack of 8 MB beyond 2,000 nested functions, 4,000 brackets or 8,000 operators. */
const MAX_SIZE = 32 * 1024
const MAX_OPENERS = 1500
const MAX_OPERATORS = 4000
/** A repository that kills more parsers than this gets no more. */
const MAX_DEATHS = 8

export function isSuspect(text: string): boolean {
  if (text.length > MAX_SIZE) return true
  let openers = 0
  let operators = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // ( [ { < `
    if (code === 40 || code === 91 || code === 123 || code === 60 || code === 96) openers += 1
    // ! ~ ? : =
    else if (code === 33 || code === 126 || code === 63 || code === 58 || code === 61) operators += 1
  }
  return openers > MAX_OPENERS || operators > MAX_OPERATORS
}

// Parses from a little deeper than its parent will, and says after each text that it is still alive.
const CHILD = `
const { parseSync, rawTransferSupported } = require('node:module').createRequire(process.argv[1])('oxc-parser')
const { readFileSync, writeSync } = require('node:fs')
const options = { astType: 'ts', range: true, preserveParens: false, experimentalRawTransfer: rawTransferSupported() }
const parse = ({ path, text, lang }, depth) => {
  if (depth > 0) return parse({ path, text, lang }, depth - 1)
  try { parseSync(path, text, { ...options, lang }) } catch {}
}
for (const suspect of JSON.parse(readFileSync(0, 'utf8'))) { parse(suspect, 500); writeSync(1, '.') }
`

/** Paths of the texts that a parser dies of. */
export function fatalPaths(suspects: readonly Suspect[], from: string): Set<string> {
  const fatal = new Set<string>()
  let left = suspects
  while (left.length > 0) {
    const survived = parsedInChild(left, from)
    if (survived === left.length) break
    fatal.add(left[survived]!.path)
    left = left.slice(survived + 1)
    if (fatal.size < MAX_DEATHS) continue
    for (const { path } of left) fatal.add(path)
    break
  }
  return fatal
}

function parsedInChild(suspects: readonly Suspect[], from: string): number {
  const { NODE_OPTIONS: _options, NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env
  const { stdout } = spawnSync(process.execPath, ['-e', CHILD, from], {
    input: JSON.stringify(suspects),
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    maxBuffer: suspects.length + 1024,
  })
  return stdout?.length ?? 0
}
