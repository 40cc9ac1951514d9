/**
 * Bicep and its parameter files: parameters with their defaults, variables, outputs, resources (nested ones too) and modules. A file
 * is a scope; what a module is called with is given to the parameters of its file.
 */
import { addExpression, below, type Expression, literalOf, type Place, renamed } from './expressions/expression.js'
import { ExpressionParser } from './expressions/parser.js'
import { Broken } from './expressions/scanner.js'
import { folderOf, relativeTo } from './scope-path.js'
import type { ConfigFormat, Resource, SettingName } from './setting.js'
import { readFile } from './tree.js'
import type { Span } from '../location.js'

const none: ReadonlyMap<string, string> = new Map()

export const bicep: ConfigFormat = {
  id: 'bicep',
  matches: (path) => /\.(?:bicep|bicepparam)$/.test(path),
  read(path, text) {
    return readFile('bicep', path, text, (file) => {
      file.scope = path
      file.resources = []
      file.modules = []
      new Reader(file, text, { id: 'bicep', quote: "'" }).read()
    })
  },
}

/** A resource or a module, as declared. */
interface Declared {
  name: string
  span: Span
  type: string
  isExisting: boolean
  body: Expression
  inside: Declared[]
}

class Reader extends ExpressionParser {
  /** File whose parameters a parameter file gives. */
  #using: string | null = null
  /** Resources found in the braces that are open. */
  readonly #open: Declared[][] = []

  read(): void {
    for (;;) {
      this.skipLines()
      if (this.at >= this.text.length) return
      const start = this.at
      try {
        this.#statement()
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        this.passOver(start)
      }
    }
  }

  #statement(): void {
    const start = this.at
    if (this.take('@')) return void this.expression()
    const word = this.name()
    this.skip()
    if (word === 'param') this.#param()
    else if (word === 'var') this.#assigned('var', (name) => this.#names(name))
    else if (word === 'output') this.#assigned('output', (name) => this.#names(`output.${name}`))
    else if (word === 'resource' || word === 'module') {
      const declared = this.#declaration()
      if (declared !== null && word === 'resource') this.#resource(declared, null)
      else if (declared !== null) this.#module(declared)
    } else if (word === 'using') this.#using = relativeTo(folderOf(this.file.path), this.#text() ?? '')
    else this.#other(start, word)
  }

  // targetScope = …, type x = {…}, func f(a string) string => …, import … as y, metadata x = …
  #other(start: number, word: string | null): void {
    if (word === null) {
      this.at = start + 1
      if (/[,)\]}]/.test(this.text[start]!)) return
      this.fail()
    }
    if (/^(?:targetScope|type|func|import|metadata|extension|provider|assert|extends)$/.test(word!)) {
      // import { a } from './b.bicep', type a = { … }[] and unions that go on over lines
      do {
        if (this.peek('{')) this.#skipBlock()
        this.match(/[^\r\n{]*(?:(?:\r?\n[ \t]*)+\|[^\r\n{]*)*/y)
      } while (this.peek('{'))
    } else this.fail()
  }

  /** A type in braces is no expression. */
  #skipBlock(): void {
    let open = 0
    const brackets = /[{}]|'(?:[^'\\\r\n]|\\.)*'|\/\/[^\r\n]*/g
    brackets.lastIndex = this.at
    for (let found = brackets.exec(this.text); found !== null; found = brackets.exec(this.text)) {
      if (found[0] === '{') open++
      else if (found[0] === '}' && --open === 0) return void (this.at = brackets.lastIndex)
    }
    this.at = this.text.length
  }

  #names(name: string): SettingName[] {
    return [{ scope: this.file.path, name }]
  }

  // param name type = default; in a parameter file param name = value
  #param(): void {
    const { name, span } = this.#declared()
    if (this.#using === null && this.file.path.endsWith('.bicepparam')) return void this.#value()
    const given = this.#using
    this.#type()
    const value = this.#value()
    if (value === null) return
    const names = given === null ? [{ scope: this.file.path, name, isDefault: true }] : [{ scope: given, name }]
    addExpression(this.file, value, { path: ['param', name], key: span, names, renames: none })
  }

  #assigned(kind: string, namesOf: (name: string) => SettingName[]): void {
    const { name, span } = this.#declared()
    this.#type()
    const value = this.#value()
    if (value !== null)
      addExpression(this.file, value, { path: [kind, name], key: span, names: namesOf(name), renames: none })
  }

  #declared(): { name: string; span: Span } {
    const start = this.at
    const name = this.name() ?? this.fail()
    const span = { start, end: this.at }
    this.skip()
    return { name, span }
  }

  // string, 'a' | 'b', object[], { … }, resourceInput<'…'>
  #type(): void {
    for (;;) {
      this.match(/[^\r\n={'/]+/y)
      if (this.peek('{')) this.#skipBlock()
      else if (this.match(/'(?:[^'\\\r\n]|\\.)*'|\/(?![/*])/y) === null) {
        if (!this.peek('=>')) return
        this.at += 2
      }
    }
  }

  #value(): Expression | null {
    if (!this.take('=')) return null
    this.skipLines()
    return this.expression()
  }

  #text(): string | null {
    return this.peek("'") ? literalOf(this.string()) : null
  }

  // resource name 'Type@version' existing = if (…) { … } / [for … : { … }]
  #declaration(): Declared | null {
    const { name, span } = this.#declared()
    const written = this.#text() ?? this.fail()
    this.skip()
    const isExisting = this.match(/existing\b/y) !== null
    const inside: Declared[] = []
    this.#open.push(inside)
    try {
      this.skip()
      const body = this.#conditionalValue()
      return body === null ? null : { name, span, type: written, isExisting, body, inside }
    } finally {
      this.#open.pop()
    }
  }

  #conditionalValue(): Expression | null {
    if (!this.take('=')) return null
    this.skipLines()
    if (this.match(/if\b(?=\s*\()/y) !== null) {
      this.skip()
      this.nested(() => this.parenthesis())
      this.skipLines()
    }
    return this.expression()
  }

  /** In the braces of a resource: one that is part of it. */
  override statement(): boolean {
    if (this.peek('@')) {
      this.at++
      this.expression()
      return true
    }
    if (this.match(/resource[ \t]+(?=\w+[ \t]+')/y) === null) return false
    const inner = this.flat(() => this.#declaration())
    if (inner !== null) this.#open.at(-1)?.push(inner)
    return true
  }

  #resource({ name, span, type: written, isExisting, body, inside }: Declared, parent: Resource | null): void {
    const own = written.replace(/@.*$/s, '')
    const type = parent === null || own.includes('.') ? own : `${parent.type}/${own}`
    const resource = { type, name, path: ['resource', name], span, parent: parent?.name ?? null, provider: null }
    if (!isExisting) this.file.resources!.push(resource)
    addExpression(this.file, body, { path: resource.path, key: span, names: this.#names(name), renames: none })
    for (const child of inside) this.#resource(child, resource)
  }

  // module name './ai.bicep' = { params: { … } }, module name 'br/public:avm/res/…:1.0' = { … }
  #module({ name, span, type: source, body }: Declared): void {
    const registry = /^(br|ts)[/:]/.test(source)
    const target = registry ? null : relativeTo(folderOf(this.file.path), source)
    const path = ['module', name]
    if (target !== null) this.file.modules!.push({ name: `${name}.outputs`, scope: target })
    if (registry) {
      const type = source.replace(/:[^:/]*$/, '')
      this.file.resources!.push({ type, name, path: [...path, 'params'], span, parent: null, provider: null })
    }
    this.#parameters(body, target, { path, key: span, names: [], renames: none })
  }

  #parameters(body: Expression, target: string | null, place: Place): void {
    if (body.kind === 'choice') for (const way of body.ways) this.#parameters(way, target, place)
    else if (body.kind === 'loop')
      this.#parameters(body.body, target, { ...place, renames: renamed(this.file, body, place) })
    else if (body.kind === 'object')
      for (const { key, keySpan, value } of body.entries) {
        const inner = below(place, key, keySpan)
        if (key !== 'params' || value.kind !== 'object' || target === null) addExpression(this.file, value, inner)
        else
          for (const given of value.entries)
            addExpression(this.file, given.value, {
              ...below(inner, given.key, given.keySpan),
              names: [{ scope: target, name: given.key }],
            })
      }
  }
}
