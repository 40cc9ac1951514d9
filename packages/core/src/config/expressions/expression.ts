/**
 * Expressions of infrastructure languages, as far as settings need them: texts with references, objects, lists, what a condition
 * chooses between, and loops. What is computed in another way is unknown, written `${?}`, which no scope gives.
 */
import type { Span } from '../../location.js'
import { addSetting } from '../tree.js'
import type { ConfigFile, SettingName } from '../setting.js'
import { givesVariables } from '../yaml/variables.js'

export type Expression =
  | {
      kind: 'text'
      /** Ways it may read, with `${name}` where it refers to something. */
      texts: readonly string[]
      /** Without quotes. */
      span: Span
    }
  | { kind: 'object'; entries: ObjectEntry[]; span: Span }
  | { kind: 'list'; items: Expression[]; span: Span }
  | { kind: 'choice'; ways: Expression[]; span: Span }
  | { kind: 'loop'; item: string; over: Expression; body: Expression; span: Span }

export interface ObjectEntry {
  key: string
  keySpan: Span
  value: Expression
}

export const unknownText = '${?}'
const mostTexts = 6

export function unknown(span: Span): Expression {
  return { kind: 'text', texts: [unknownText], span }
}

export function reference(name: string, span: Span): Expression {
  return { kind: 'text', texts: [`\${${name}}`], span }
}

/** The name, where the expression is a reference and nothing else. */
export function referenceOf(expression: Expression): string | null {
  if (expression.kind !== 'text' || expression.texts.length !== 1) return null
  return /^\$\{([^{}$?]+)\}$/.exec(expression.texts[0]!)?.[1] ?? null
}

/** The text, where it is written out. */
export function literalOf(expression: Expression | undefined): string | null {
  const text = expression?.kind === 'text' && expression.texts.length === 1 ? expression.texts[0]! : null
  return text?.includes('${') === false ? text : null
}

/** Texts one after the other, in all ways. */
export function joined(pieces: readonly (string | Expression)[], span: Span): Expression {
  let texts = ['']
  for (const piece of pieces) {
    const ways = typeof piece === 'string' ? [piece] : textsOf(piece)
    texts = texts.flatMap((text) => ways.map((way) => text + way)).slice(0, mostTexts)
  }
  return { kind: 'text', texts, span }
}

export function textsOf(expression: Expression): readonly string[] {
  if (expression.kind === 'text') return expression.texts
  if (expression.kind === 'choice') return expression.ways.flatMap(textsOf).slice(0, mostTexts)
  return [unknownText]
}

/** Where an expression stands, and by which names others know it. */
export interface Place {
  path: readonly string[]
  key: Span | null
  /** Names of this place; what is below adds its keys. */
  names: readonly SettingName[]
  /** What names of a loop stand for: `each.value` → `var.deployments.*`. */
  renames: ReadonlyMap<string, string>
}

/** Every text of an expression as a setting. */
export function addExpression(file: ConfigFile, expression: Expression, place: Place): void {
  if (expression.kind === 'text') addText(file, expression, place, null)
  else if (expression.kind === 'choice') for (const way of expression.ways) addExpression(file, way, place)
  else if (expression.kind === 'loop') addLoop(file, expression, place)
  else if (expression.kind === 'object') addObject(file, expression.entries, place)
  else {
    const variables = givesVariables(place.path, null)
    for (const [index, item] of expression.items.entries()) {
      const inner = below(place, String(index), place.key)
      if (variables === null || !addVariable(file, item, inner, variables)) addExpression(file, item, inner)
    }
  }
}

function addObject(file: ConfigFile, entries: readonly ObjectEntry[], place: Place): void {
  const variables = givesVariables(place.path, null)
  for (const { key, keySpan, value } of entries) {
    const inner = below(place, key, keySpan)
    if (variables?.test(key) !== true) addExpression(file, value, inner)
    else for (const way of waysOf(value)) addText(file, way, inner, key)
  }
}

function waysOf(value: Expression): (Expression & { kind: 'text' })[] {
  if (value.kind === 'text') return [value]
  return value.kind === 'choice' ? value.ways.flatMap(waysOf) : []
}

/** `{ name: 'NAME', value: … }` in a list of variables. */
export function addVariable(file: ConfigFile, item: Expression, place: Place, variables: RegExp): boolean {
  if (item.kind !== 'object') return false
  const named = (wanted: string) => item.entries.find(({ key }) => key.toLowerCase() === wanted)
  const name = literalOf(named('name')?.value)
  const value = named('value')
  if (name === null || value === undefined || !variables.test(name)) return false
  for (const way of waysOf(value.value)) addText(file, way, below(place, 'value', value.keySpan), name)
  return true
}

function addLoop(file: ConfigFile, loop: Expression & { kind: 'loop' }, place: Place): void {
  // { for k, v in {…} : k => v if v != null }
  if (referenceOf(loop.body) === loop.item) return addExpression(file, loop.over, place)
  addExpression(file, loop.body, { ...place, ...below(place, '0', place.key), renames: renamed(file, loop, place) })
}

/** What the item of a loop stands for: what it loops over, by name; a list written in place gets one. */
export function renamed(
  file: ConfigFile,
  { item, over }: { item: string; over: Expression },
  place: Place,
): ReadonlyMap<string, string> {
  const name = referenceOf(over)
  if (name !== null) return new Map([...place.renames, [item, `${renameIn(name, place.renames)}.*`]])
  if (file.scope === undefined || over.kind === 'text') return place.renames
  const own = `#${over.span.start}`
  addExpression(file, over, { ...place, path: [...place.path, 'each'], names: [{ scope: file.scope, name: own }] })
  return new Map([...place.renames, [item, `${own}.*`]])
}

function renameIn(name: string, renames: ReadonlyMap<string, string>): string {
  for (const [from, to] of renames)
    if (name === from || name.startsWith(`${from}.`)) return to + name.slice(from.length)
  return name
}

export function below({ path, names, renames }: Place, key: string, span: Span | null): Place {
  return {
    path: [...path, key],
    key: span,
    names: names.map((one) => ({ ...one, name: `${one.name}.${key}` })),
    renames,
  }
}

function addText(
  file: ConfigFile,
  { texts, span }: Expression & { kind: 'text' },
  { path, key, names, renames }: Place,
  environment: string | null,
): void {
  const filled =
    renames.size === 0
      ? texts
      : texts.map((text) => text.replace(/\$\{([^{}$]+)\}/g, (_, name: string) => `\${${renameIn(name, renames)}}`))
  const references = filled.flatMap((text) => [...text.matchAll(/\$\{([^{}$?]+)\}/g)].map(([, name]) => name!))
  const setting = addSetting(file, path, filled[0] ?? null, { key: key ?? span, value: span }, environment, references)
  if (setting === null) return
  if (filled.length > 1) setting.alternatives = filled.slice(1)
  if (names.length > 0) setting.names = names
}
