/**
 * Which files can matter, by what they say and what they import: the CLI's question, asked of one file. A file's bytes are looked at
 * once and again only when it has changed; what of its imports leads to an AI service is remembered for the burst.
 */
import { importsOf, isBinary } from '@sekisho/files'
import { MAX_FILE, type Project, type Shared } from './project.js'

interface Facts {
  stamp: string | null
  burst: number
  /** Whether the file itself holds a token. */
  matches: boolean
  imports: readonly string[]
}

/** Files that are looked at for one question; what lies beyond is the CLI's. */
const MAX_FILES = 5000

export class Graph {
  readonly #facts = new Map<string, Facts>()
  #shared: Shared | null = null
  #burst = -1
  /** Whether a file, or one that it imports, holds a token. */
  #leads = new Map<string, boolean>()

  constructor(readonly project: Project) {}

  at(shared: Shared, burst: number): this {
    if (this.#shared !== shared) this.#facts.clear()
    if (this.#shared !== shared || this.#burst !== burst) this.#leads.clear()
    this.#shared = shared
    this.#burst = burst
    return this
  }

  /** What a text says, as it stands in the editor. */
  read(path: string, bytes: Buffer): Pick<Facts, 'matches' | 'imports'> {
    const { prefilter, resolver, code } = this.#shared!
    const matches = prefilter.matches(bytes)
    const imports = new Set<string>()
    for (const specifier of importsOf(path, bytes)) {
      const found = resolver.resolve(path, specifier)
      if ('module' in found) imports.add(code[found.module]!)
    }
    imports.delete(path)
    return { matches, imports: [...imports] }
  }

  facts(path: string): Facts {
    const known = this.#facts.get(path)
    if (known?.burst === this.#burst) return known
    const stamp = this.project.host.stamp(this.project.root, path)
    if (known !== undefined && known.stamp === stamp) {
      known.burst = this.#burst
      return known
    }
    const content = this.project.files.peek(path, MAX_FILE)
    const isText = content.kind === 'bytes' && !isBinary(content.bytes)
    const read = isText ? this.read(path, content.bytes) : { matches: false, imports: [] }
    const facts = { stamp, burst: this.#burst, ...read }
    this.#facts.set(path, facts)
    return facts
  }

  /** Whether any of these files, or one that they import, holds a token. */
  leads(paths: readonly string[]): boolean {
    const unknown = paths.filter((path) => !this.#leads.has(path))
    if (unknown.length > 0) this.#explore(unknown)
    return paths.some((path) => this.#leads.get(path) === true)
  }

  /** Everything below the starts is looked at, then what leads is told back from the files that hold a token. */
  #explore(starts: readonly string[]): void {
    const importers = new Map<string, string[]>()
    const seen = new Set(starts)
    const pending = [...starts]
    const leading: string[] = []
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const { matches, imports } = this.facts(at)
      if (matches) leading.push(at)
      for (const next of imports) {
        const known = this.#leads.get(next)
        if (known === true) leading.push(at)
        if (known !== undefined) continue
        const others = importers.get(next)
        if (others === undefined) importers.set(next, [at])
        else others.push(at)
        if (seen.has(next) || seen.size >= MAX_FILES) continue
        seen.add(next)
        pending.push(next)
      }
    }
    for (const path of seen) this.#leads.set(path, false)
    for (let at = leading.pop(); at !== undefined; at = leading.pop()) {
      if (this.#leads.get(at) === true) continue
      this.#leads.set(at, true)
      leading.push(...(importers.get(at) ?? []))
    }
  }
}
