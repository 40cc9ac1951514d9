/**
 * Which files can matter, by what they say and what they import: the CLI's question, asked of one file, and only as far as an editor can
 * wait for the answer. A file's bytes are looked at once, and again only when it has changed.
 */
import { importsOf, isBinary } from '@sekisho/files'
import { MAX_FILE, type Project, type Shared } from './project.js'

export interface Facts {
  /** Whether the file itself holds a token. */
  matches: boolean
  /** Files that it imports. */
  imports: readonly string[]
  /** Those of them that are there when it runs: not for their types only. */
  runtime: readonly string[]
  /** Whether it does nothing but pass on what others export. */
  barrel: boolean
}

interface Known extends Facts {
  stamp: string | null
  burst: number
}

/** Steps from file to file within which an AI service is looked for; barrels are none. What is farther away is the CLI's. */
export const STEPS = 2

const TYPES_ONLY = /\b(?:import|export)\s+type\b[^'"`;]*?\bfrom\s*(?:'[^']*'|"[^"]*")/g
const EXPORT_FROM = /\bexport\s+(?:type\s+)?(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s*from\s*(?:'[^']*'|"[^"]*")\s*;?/g
const COMMENT = /\/\*[^]*?\*\/|\/\/.*/g
const LONGEST_BARREL = 20_000

export class Graph {
  readonly #facts = new Map<string, Known>()
  #shared: Shared | null = null
  #burst = -1
  /** By number of steps: whether a file, or one that it imports, holds a token. */
  #leads: Map<string, boolean>[] = []

  constructor(readonly project: Project) {}

  at(shared: Shared, burst: number): this {
    if (this.#shared !== shared) this.#facts.clear()
    if (this.#shared !== shared || this.#burst !== burst)
      this.#leads = Array.from({ length: STEPS + 1 }, () => new Map<string, boolean>())
    this.#shared = shared
    this.#burst = burst
    return this
  }

  /** What a text says, as it stands in the editor. */
  read(path: string, bytes: Buffer): Facts {
    const text = bytes.toString('latin1')
    const imports = this.#resolved(path, bytes)
    const erased = imports.length === 0 ? text : text.replace(TYPES_ONLY, '')
    const runtime = erased === text ? imports : this.#resolved(path, Buffer.from(erased, 'latin1'))
    return { matches: this.#shared!.prefilter.matches(bytes), imports, runtime, barrel: isBarrel(text) }
  }

  #resolved(path: string, bytes: Buffer): string[] {
    const { resolver, code } = this.#shared!
    const imports = new Set<string>()
    for (const specifier of importsOf(path, bytes)) {
      const found = resolver.resolve(path, specifier)
      if ('module' in found) imports.add(code[found.module]!)
    }
    imports.delete(path)
    return [...imports]
  }

  facts(path: string): Known {
    const known = this.#facts.get(path)
    if (known?.burst === this.#burst) return known
    const stamp = this.project.host.stamp(this.project.root, path)
    if (known !== undefined && known.stamp === stamp) {
      known.burst = this.#burst
      return known
    }
    const content = this.project.files.peek(path, MAX_FILE)
    const isText = content.kind === 'bytes' && !isBinary(content.bytes)
    const read = isText ? this.read(path, content.bytes) : { matches: false, imports: [], runtime: [], barrel: false }
    const facts = { stamp, burst: this.#burst, ...read }
    this.#facts.set(path, facts)
    return facts
  }

  /** Whether a file holds a token, or imports one that does, within some steps. */
  leads(path: string, steps: number): boolean {
    if (steps < 0) return false
    const known = this.#leads[steps]!.get(path)
    if (known !== undefined) return known
    // Files that import each other add nothing to each other.
    this.#leads[steps]!.set(path, false)
    const { matches, runtime, barrel } = this.facts(path)
    const found = matches || this.anyLeads(runtime, barrel ? steps : steps - 1)
    this.#leads[steps]!.set(path, found)
    return found
  }

  anyLeads(paths: readonly string[], steps: number): boolean {
    return paths.some((path) => this.leads(path, steps))
  }
}

function isBarrel(text: string): boolean {
  if (text.length > LONGEST_BARREL || !text.includes('export')) return false
  return text.replace(COMMENT, '').replace(EXPORT_FROM, '').trim() === ''
}
