/** Imported files, read, parsed and lowered; kept while they do not change. What was linted itself is not parsed again. */
import type { Module } from '@sekisho/core'
import { readText } from '@sekisho/files'
import type { Parsers } from './parsers.js'
import { MAX_FILE, type Project } from './project.js'
import { scriptLanguage } from './script.js'

export interface Loaded {
  module: Module
  text: string
}

interface Entry extends Loaded {
  /** null: not compared with the disk yet. */
  stamp: string | null
}

/** Modules that are kept; the oldest go first. */
const MAX_KEPT = 2000

export class Modules {
  readonly #kept = new Map<string, Entry>()
  /** What no parser took, by stamp and number of parsers. */
  readonly #refused = new Map<string, string>()

  constructor(
    readonly project: Project,
    readonly parsers: Parsers,
  ) {}

  /** The module of a linted file, for those that import it. */
  linted(path: string, loaded: Loaded): void {
    this.#keep(path, { ...loaded, stamp: null })
  }

  /** null: it can't be read, or no parser takes it. `mayParse`: whether there is time to. */
  load(path: string, stamp: string | null, mayParse: () => boolean): Loaded | null {
    const known = this.#kept.get(path)
    if (known !== undefined && known.stamp !== null && known.stamp === stamp) return known
    const refused = `${stamp}:${this.parsers.size}`
    if (this.#refused.get(path) === refused) return null
    const text = readText(this.project.files, path, MAX_FILE, () => false)?.text
    if (text === undefined) return null
    if (known?.text === text) {
      known.stamp = stamp
      return known
    }
    if (!mayParse()) return null
    const module = this.#parse(path, text)
    if (module === null) this.#refused.set(path, refused)
    else {
      this.#refused.delete(path)
      this.#keep(path, { module, text, stamp })
    }
    return module === null ? null : { module, text }
  }

  /** Whether there was no parser for it. */
  isRefused(path: string): boolean {
    return this.#refused.has(path)
  }

  #parse(path: string, text: string): Module | null {
    const language = scriptLanguage(path)
    if (language === null) return null
    const prepared = language.prepare(path, text)
    const tree = this.parsers.parse(path, prepared.text, prepared.dialect)
    return tree === null ? null : language.lower({ path, text, tree })
  }

  #keep(path: string, entry: Entry): void {
    this.#kept.delete(path)
    this.#kept.set(path, entry)
    if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
  }
}
