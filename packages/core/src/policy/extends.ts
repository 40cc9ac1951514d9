/**
 * `extends`: presets by name, files inside the root, packages. Each is read once; chains are short, cycles are errors, and a
 * hash that is given must be right. What cannot be had is an error: a policy is never read in part.
 */
import type { Row } from '../catalog/catalogue.js'
import { presetCells } from './cells.js'
import type { Draft } from './draft.js'
import { emptyDraft, mergeDrafts } from './draft.js'
import { extendsWords } from './extends-words.js'
import { refusedInNested } from './nested.js'
import type { ParseInput } from './parse.js'
import { readExceptions } from './read-exceptions.js'
import { readFile } from './read.js'
import { checkShape } from './schema.js'
import type { Path } from './source.js'
import { PolicySource } from './source.js'
import type { Problems } from './vocabulary.js'
import { Reading } from './vocabulary.js'
import type { WrittenPolicy } from './written.js'

/** The preset that holds where a policy names none. */
export const defaultPreset = 'localization'

const bounds = { files: 16, depth: 5 }

/** Mistakes that leave the rest of the file readable. */
const harmless = new Set(['unknown-key'])

export class Extends {
  readonly problems: Problems = { errors: [], warnings: [] }
  readonly #files = new Map<string, Draft | null>()
  readonly #presets = new Map<string, Draft>()

  constructor(readonly input: Omit<ParseInput, 'file' | 'text'>) {}

  root(file: string, text: string): Draft | null {
    return this.#file(file, text, [])
  }

  preset(id: string): Draft {
    const known = this.#presets.get(id)
    if (known) return known
    const preset = this.input.presets.find((one) => one.id === id)
    if (!preset) throw new Error(`no preset ${id} in the catalogue`)
    const own: Draft = {
      ...emptyDraft(),
      extends: [id],
      cells: presetCells(preset),
      absorbs: (preset.absorbs ?? []) as Row[],
      parties: preset.parties ?? [],
      rules: preset.rules ?? {},
    }
    this.#presets.set(id, own)
    const complete = (preset.extends ?? []).map((base) => this.preset(base)).reduce((a, b) => mergeDrafts(b, a), own)
    this.#presets.set(id, complete)
    return complete
  }

  #file(file: string, text: string, chain: readonly string[]): Draft | null {
    const source = new PolicySource(file, text)
    this.problems.errors.push(...source.errors)
    if (source.errors.length > 0) return null
    const shape = checkShape(source)
    this.problems.errors.push(...shape)
    if (shape.some(({ code }) => !harmless.has(code))) return null
    const written = source.value as WrittenPolicy
    const classes = new Map(this.input.dataClasses.map(({ id, row }) => [id, row]))
    const reading = new Reading(source, classes, this.input.providers ?? null, this.problems)
    const base = this.#base(reading, written, chain)
    for (const { id, row } of base.data.classes) classes.set(id, row)
    if (chain.length === 0 && this.input.nested) this.problems.errors.push(...refusedInNested(source))
    const draft = this.#withExceptionFiles(reading, written, readFile(reading, base))
    return chain.length > 0 && written.rules ? underOwnName(draft, file) : draft
  }

  /** Files that hold exceptions only; they are read as if they stood here. */
  #withExceptionFiles(reading: Reading, written: WrittenPolicy, draft: Draft): Draft {
    return (written.exceptionFiles ?? []).reduce((known, spec, i) => {
      const path = ['exceptionFiles', i]
      const file = this.#resolve(reading, spec, path)
      const text = file === null ? null : this.input.read(file)
      if (file !== null && text === null) reading.wrong(path, extendsWords.unread(file))
      if (file === null || text === null) return known
      const source = new PolicySource(file, text)
      const shape = source.errors.length > 0 ? [] : checkShape(source)
      const value = source.value as Partial<WrittenPolicy> | null
      const others = Object.keys(value ?? {}).filter((key) => !['$schema', 'version', 'exceptions'].includes(key))
      this.problems.errors.push(...source.errors, ...shape)
      if (source.errors.length > 0 || shape.length > 0) return known
      const inner = new Reading(source, reading.classes, reading.providers, this.problems)
      for (const key of others) inner.wrongKey([key], extendsWords.notAnException(key))
      return { ...known, exceptions: [...known.exceptions, ...readExceptions(inner, value?.exceptions ?? [], known)] }
    }, draft)
  }

  #base(reading: Reading, written: WrittenPolicy, chain: readonly string[]): Draft {
    const specs = [written.extends ?? []].flat()
    const isList = Array.isArray(written.extends)
    const parts = specs.map((spec, i) => {
      const path: Path = isList ? ['extends', i] : ['extends']
      if (specs.indexOf(spec) < i) reading.wrong(path, extendsWords.twice(spec))
      return this.#one(reading, spec, path, chain)
    })
    const base = parts.filter((part) => part !== null).reduce(mergeDrafts, emptyDraft())
    const named = parts.some((part) => part === null) || base.cells.some(({ data }) => data === 'basic')
    const alone = chain.length > 0 || this.input.nested || (isList && specs.length === 0)
    return named || alone ? base : mergeDrafts(this.preset(defaultPreset), base)
  }

  #one(reading: Reading, written: string, path: Path, chain: readonly string[]): Draft | null {
    const [spec = '', hash = null] = written.split('#', 2)
    if (this.input.presets.some(({ id }) => id === spec)) {
      if (hash !== null) reading.wrong(path, extendsWords.presetHash(spec))
      return this.preset(spec)
    }
    const file = this.#resolve(reading, spec, path)
    if (file === null) return null
    const stack = [...chain, reading.source.file]
    if (stack.includes(file)) {
      reading.wrong(path, extendsWords.cycle([...stack.slice(stack.indexOf(file)), file]))
      return null
    }
    if (stack.length > bounds.depth || this.#files.size >= bounds.files) {
      reading.wrong(path, extendsWords.tooMany(bounds.depth, bounds.files))
      return null
    }
    const text = this.input.read(file)
    if (text === null) {
      reading.wrong(path, extendsWords.unread(file))
      return null
    }
    if (hash !== null && !this.#isRight(reading, text, hash, path)) return null
    const known = this.#files.get(file)
    if (known !== undefined) return known
    const draft = this.#file(file, text, stack)
    this.#files.set(file, draft)
    return draft && { ...draft, extends: [...draft.extends, written] }
  }

  /** The key that `read` takes; null where there is none, reported. */
  #resolve(reading: Reading, spec: string, path: Path): string | null {
    if (/^npm:(@[\w.-]+\/)?[\w][\w.-]*(\/[\w.-]+)*$/.test(spec) && !spec.includes('..')) return spec
    if (/^([a-z]:|[\\/~])|^[a-z][a-z0-9+.-]*:/i.test(spec)) {
      reading.wrong(path, extendsWords.outside(spec))
      return null
    }
    if (!/^\.{1,2}\/|\.(ya?ml|json)$/.test(spec)) {
      reading.wrong(
        path,
        extendsWords.unknown(
          spec,
          this.input.presets.map(({ id }) => id),
        ),
      )
      return null
    }
    const from = reading.source.file
    const resolved = from.startsWith('npm:') || spec.includes('\\') ? null : join(from, spec)
    if (resolved === null) reading.wrong(path, extendsWords.outside(spec))
    return resolved
  }

  #isRight(reading: Reading, text: string, hash: string, path: Path): boolean {
    const wanted = /^sha256-(.+)$/.exec(hash)?.[1]
    if (wanted === undefined || (!/^[0-9a-f]{64}$/i.test(wanted) && !/^[A-Za-z0-9+/_-]{43}=?$/.test(wanted))) {
      reading.wrong(path, extendsWords.notAHash(hash))
      return false
    }
    if (!this.input.digest) {
      reading.wrong(path, extendsWords.unchecked())
      return false
    }
    const actual = this.input.digest(text)
    const hex = wanted.length === 64 ? wanted.toLowerCase() : hexOf(wanted)
    if (actual !== hex) reading.wrong(path, extendsWords.changed(actual))
    return actual === hex
  }
}

/** The cells of an extended file stand apart from those of the presets that it has eased for itself. */
function underOwnName(draft: Draft, file: string): Draft {
  const rename = (layer: string): string => (layer === file ? layer : `${file} › ${layer}`)
  return { ...draft, cells: draft.cells.map((cell) => ({ ...cell, layers: cell.layers.map(rename) })) }
}

/** The path from the root; null where it leaves it. */
function join(from: string, spec: string): string | null {
  const parts = from.split('/').slice(0, -1)
  for (const part of spec.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null
    if (part !== '..' && part !== '.' && part !== '') parts.push(part)
  }
  return parts.length > 0 ? parts.join('/') : null
}

function hexOf(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const plain = base64.replace(/=$/, '').replaceAll('-', '+').replaceAll('_', '/')
  const bits = [...plain].map((char) => alphabet.indexOf(char).toString(2).padStart(6, '0')).join('')
  return (bits.slice(0, 256).match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('')
}
