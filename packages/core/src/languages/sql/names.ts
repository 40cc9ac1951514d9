/** What a name in an expression means: a variable, a row, a column of one of the rows that are read, an item of the select list. */
import type { Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { member, reference } from '../nodes.js'
import { either, type Reading, type RowSource, type Scope } from './reading.js'

const deepest = 40

/** A plain name. Without a row that could have it, it is a variable of somebody else. */
export function valueOf(r: Reading, name: string, span: Span): Value {
  const lower = name.toLowerCase()
  let scope: Scope | null = r.scope
  for (let depth = 0; scope !== null && depth < deepest; depth++, scope = scope.outer) {
    const variable = scope.variables.get(lower)
    if (variable !== undefined) return reference(variable, span)
    const found = inScope(scope, name, span)
    if (found !== null) return found
  }
  // A column of no table that is known: a schema may tell more than the script.
  return r.scope.sources.length > 0 ? columnOf(r.scope.sources, name, span) : { kind: 'global', name, span }
}

function inScope(scope: Scope, name: string, span: Span): Value | null {
  const lower = name.toLowerCase()
  const sure = scope.sources.filter(({ columns }) => columns?.has(lower) === true)
  if (sure.length > 0) return columnOf(sure, name, span)
  const alias = scope.aliases.get(lower)
  if (alias !== undefined && !alias.of.has(lower)) return reference(alias.binding, span)
  const row = scope.sources.find((source) => source.alias.toLowerCase() === lower)
  if (row !== undefined) return reference(row.binding, span)
  const open = scope.sources.filter(({ columns }) => columns === null)
  return open.length > 0 ? columnOf(open, name, span) : null
}

function columnOf(sources: readonly RowSource[], name: string, span: Span): Value {
  return either(
    sources.slice(0, 4).map(({ binding }) => cell(reference(binding, span), name, span)),
    span,
  )
}

/** A column of a row: one value, no record. */
export function cell(row: Value, name: string, span: Span): Value {
  return { kind: 'cast', value: member(row, name, span), type: { name: 'string', arguments: [], span }, span }
}

/** The row that goes by a name: an alias, a table's own name. */
export function rowNamed(r: Reading, name: string): RowSource | null {
  const lower = name.toLowerCase()
  let scope: Scope | null = r.scope
  for (let depth = 0; scope !== null && depth < deepest; depth++, scope = scope.outer) {
    const found = scope.sources.find(({ alias }) => alias.toLowerCase() === lower)
    if (found !== undefined) return found
  }
  return null
}

/** A query or record that a name was given to: `WITH name AS`, a variable that holds rows. */
export function queryNamed(r: Reading, name: string): RowSource | null {
  const lower = name.toLowerCase()
  let scope: Scope | null = r.scope
  for (let depth = 0; scope !== null && depth < deepest; depth++, scope = scope.outer) {
    const found = scope.queries.get(lower)
    if (found !== undefined) return found
  }
  return null
}

export function variableNamed(r: Reading, name: string): string | null {
  const lower = name.toLowerCase()
  let scope: Scope | null = r.scope
  for (let depth = 0; scope !== null && depth < deepest; depth++, scope = scope.outer) {
    const found = scope.variables.get(lower)
    if (found !== undefined) return found
  }
  return null
}
