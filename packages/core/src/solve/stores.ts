/**
 * What stores give: records of the shape that a schema, a type or the query itself declares, narrowed to what is asked for.
 * `prisma.customer.findMany({ select })`, `db.query('SELECT name FROM customers')`, `supabase.from('customers').select('name')`.
 */
import type { EntityField, TypeReference } from '../ir/ir.js'
import type { ResolvedEntity } from '../link/program.js'
import { selectionOf, type Selection } from '../schemas/sql/select.js'
import { calleeName, type Application } from './calls.js'
import { readObject, type Frame } from './frame.js'
import type { HeapObject } from './heap.js'
import { joinedShape, selectedShape } from './selections.js'
import { recordShape } from './shapes.js'
import { knownText, type Text } from './text.js'
import { objectThings, type Opaque, type Value } from './value.js'

const deepest = 3

/** The result of unseen code with the shape that it is known to have. */
export function recordsOf(frame: Frame, result: Value, application: Application): Value {
  if (result.opaque === null || application.construct) return result
  const found = shapeOf(frame, application)
  if (found === null) return result
  const { shape, chained, named } = found
  const names = named === '' ? result.opaque.names : [named, ...result.opaque.names].slice(0, 6)
  const holds = chained ? shape : null
  const list = shape !== null && frame.machine.shapes.ordered.has(shape.entity) && lists.test(application.name)
  if (found.queried === true) remember(frame, application, shape)
  return { ...result, opaque: { ...result.opaque, entity: result.opaque.entity ?? shape, holds, names, list } }
}

/** What gives rows, not one. */
const lists = /(?:all|many|rows|execute|query|fetch)$/i
const cursors = /^(?:cur|cursor|crsr|curs|cs)$/i

/** `cur.execute('SELECT …')`: what the cursor gives from here on. */
function remember(frame: Frame, { receiver, site }: Application, shape: ResolvedEntity | null): void {
  const { opaque } = receiver
  if (opaque === null || !opaque.names.some((one) => cursors.test(one))) return
  const asked: Value = { ...receiver, opaque: { ...opaque, holds: shape } }
  frame.state.env.set(askedOf(opaque), asked)
  const named = site.callee?.kind === 'member' ? site.callee.object : null
  if (named?.kind === 'reference' && frame.state.env.has(named.binding)) frame.state.env.set(named.binding, asked)
}

function askedOf({ origin }: Opaque): string {
  return `.asked#${origin}`
}

/** `Customer.select()`: of a class whose records a store gives. */
export function beginsQuery({ receiver, callee }: Application): boolean {
  return (
    receiver.opaque === null && callee.opaque?.holds != null && receiver.things.some(({ kind }) => kind === 'class')
  )
}

/** What a value holds: itself, by the query that it was last given, or the class on which a query begins. */
function heldBy(frame: Frame, { receiver, callee }: Application): ResolvedEntity | null {
  const { opaque } = receiver
  if (opaque !== null) return opaque.holds ?? frame.state.env.get(askedOf(opaque))?.opaque?.holds ?? null
  return receiver.things.some(({ kind }) => kind === 'class') ? (callee.opaque?.holds ?? null) : null
}

/** What a method that declares its result gives: the columns of the query that it runs, else its own type, not its store's records. */
export function declared(frame: Frame, result: Value, { module, type, asks }: NonNullable<Opaque['returns']>): Value {
  if (result.opaque === null) return result
  const selected = asks === undefined ? null : selectionOf(asks)
  const leaf = leafOf(type)
  const isPlain = /^(?:string|number|boolean|Date)$/.test(leaf.name)
  const isWhole = selected === null || selected.all || selected.columns.length === 0
  const shape = isWhole
    ? isPlain
      ? null
      : (frame.machine.program.entity(module, type) ?? result.opaque.entity)
    : ofSelection(frame, asks!, selected)
  const scalar = isPlain && leaf.name !== 'string'
  return { ...result, opaque: { ...result.opaque, entity: scalar ? null : shape, holds: null, scalar } }
}

/** `Customer` of `List<Customer>` and of `Optional<Customer>`. */
function leafOf(type: TypeReference): TypeReference {
  let leaf = type
  for (let depth = 0; depth < deepest && leaf.arguments.length === 1 && /^(?:\[\]|Promise)$/.test(leaf.name); depth++)
    leaf = leaf.arguments[0]!
  return leaf
}

/** A text with its holes as placeholders. */
function outline({ parts }: Text): string {
  return parts.map((part) => (typeof part === 'string' ? part : '?')).join('')
}

interface Shape {
  shape: ResolvedEntity | null
  /** Later calls of the chain give it too. */
  chained: boolean
  /** A query in the language of the store says it. */
  queried?: boolean
  named: string
}

/** A query that stands for itself, whoever is handed it. */
const whole = /^\s*(?:select|with)\b[\s\S]*\bfrom\b/i

function shapeOf(frame: Frame, application: Application): Shape | null {
  const { callee, receiver, name, args, site } = application
  const { knowledge, program } = frame.machine
  // db = knex({ client: 'pg' }), db('customers')
  const isDatabase =
    site.callee?.kind === 'reference' && callee.opaque?.names.some((one) => knowledge.plays('tables', one))
  const written = args.flatMap(({ value }) => value.texts.map(outline))
  if (knowledge.plays('tables', name) || isDatabase === true) {
    const table = written[0]
    if (table !== undefined && /^[\p{L}\p{N}_.$-]+$/u.test(table)) {
      const named = table.slice(table.lastIndexOf('.') + 1)
      return { shape: program.model(named), chained: true, named }
    }
  }
  const gives = knowledge.plays('lookups', name) || knowledge.plays('records', name)
  const query = written.find((text) => (gives || name === '' ? text.length > 8 : whole.test(text)))
  const selected = query === undefined ? null : selectionOf(query)
  if (selected !== null) return { shape: ofSelection(frame, query!, selected), chained: true, named: '', queried: true }
  const held = heldBy(frame, application)
  const listed = listing.has(name) ? listedColumns(frame, args) : null
  if (held !== null) {
    const shape = listed === null || listed.all ? held : only(frame, held, listed)
    return { shape: taken(frame, shape, name, args), chained: true, named: '' }
  }
  // db('customers').select('name', 'phone'): a table that no schema tells of
  const table = receiver.opaque?.names[0] ?? ''
  if (listed !== null && !listed.all && knowledge.names.owner(table).is === 'person')
    return {
      shape: ofSelection(frame, `${table} ${JSON.stringify(listed.columns)}`, listed, table),
      chained: true,
      named: '',
    }
  const columns = args.length === 1 ? selectedShape(frame, args[0]!.value) : null
  if (columns !== null) {
    selections.add(columns.entity)
    return { shape: columns, chained: true, named: '' }
  }
  if (gives) {
    const owner = site.callee?.kind === 'member' ? calleeName(site.callee.object) : ''
    const model = program.model(owner, 'relations') ?? program.model(receiver.opaque?.names[0] ?? '', 'relations')
    if (model !== null) return { shape: asked(frame, model, args[0]?.value, 0), chained: false, named: owner }
  }
  // session.query(Customer), session.scalars(select(Customer))
  for (const { value } of args) {
    const named = value.things.flatMap((thing) =>
      thing.kind === 'class' ? (recordShape(frame.machine, thing) ?? []) : [],
    )
    const own = named[0] ?? (value.things.length === 0 ? value.opaque?.holds : null) ?? null
    // select(Customer.name), query(Customer.name, Customer.plan)
    const shape = own === null || named[0] !== undefined ? own : (columnsIn(frame, own, args) ?? own)
    if (shape !== null) return { shape, chained: true, named: '' }
  }
  const type = site.typeArguments?.[0]
  const typed = type === undefined ? null : program.entity(frame.unit.index, type)
  return typed === null ? null : { shape: typed, chained: false, named: '' }
}

const listing = new Set(['select', 'addSelect', 'columns', 'column', 'pluck', 'project', 'projection', 'returning'])

/** `.select('id, name')`, `.select('c.name', 'phone as tel')`, `.select(['id', 'name'])`: null where none is written. */
function listedColumns(frame: Frame, args: Application['args']): Selection | null {
  const texts = args.flatMap(({ value }) => [value, ...(objectOf(frame, value)?.fields.values() ?? [])])
  const written = texts.flatMap((value) => value.texts.map((text) => knownText(text) ?? ''))
  const columns = written.filter((text) => text !== '')
  return columns.length === 0 ? null : selectionOf(`select ${columns.join(', ')}`)
}

/** Shapes that a query named column by column: a joined table adds nothing to them. */
const selections = new WeakSet<object>()

/** What a later call of the chain makes of the records: `.returning({ id: customers.id })`, `.leftJoin(orders, …)`. */
function taken(frame: Frame, held: ResolvedEntity, name: string, args: Application['args']): ResolvedEntity {
  const [first] = args
  if (first === undefined) return held
  const listed = columnsIn(frame, held, args)
  if (listed !== null && narrows.test(name)) return listed
  if (name === 'returning' || name === 'select') return selectedShape(frame, first.value) ?? held
  if (selections.has(held.entity) || !/join/i.test(name)) return held
  return joinedShape(frame, held, first.value) ?? held
}

const narrows = /^(?:select|values|values_list|only|with_only_columns|load_only)$/

/** Columns of a shape that the arguments name: `values("name")`, `select(Customer.name)`; null where they name others. */
function columnsIn(frame: Frame, held: ResolvedEntity, args: Application['args']): ResolvedEntity | null {
  const names = args.map(({ value }) => {
    const [text] = value.texts
    return value.opaque?.holds?.entity === held.entity
      ? (value.opaque.names[0] ?? null)
      : text === undefined
        ? null
        : knownText(text)
  })
  const known = names.every((name) => name !== null && frame.machine.shapes.field(held, name) !== undefined)
  const columns = names.map((name) => ({ name: name ?? '', as: name ?? '', table: null }))
  return known ? only(frame, held, { tables: [], columns, all: false }) : null
}

function only(frame: Frame, held: ResolvedEntity, { columns }: Selection): ResolvedEntity {
  const wanted = columns.map(({ name }) => name)
  return frame.machine.shapes.narrowed(held, `only ${wanted.join()}`, () =>
    frame.machine.program.fields(held).flatMap(({ field }) => (wanted.includes(field.name) ? [field] : [])),
  )
}

/** Columns of a query as fields, with what their table's schema says of them. */
function ofSelection(
  frame: Frame,
  query: string,
  { tables: named, columns, all }: Selection,
  from: string | null = null,
): ResolvedEntity {
  const { program, shapes } = frame.machine
  const tables = from === null ? named : [from]
  const models = tables.map((table) => ({ table, model: program.model(table) }))
  const span = { start: 0, end: 0 }
  const owner = models[0]?.model ?? shapes.table(tables[0] ?? '')
  const shape = shapes.narrowed(owner, query, () => {
    const fields: EntityField[] = columns.map(({ name, as, table }) => {
      const own = models.filter((one) => table === null || from !== null || one.table === table)
      const of = own.find(({ model }) => model?.entity.fields.some((field) => field.name === name))
      const known = of?.model?.entity.fields.find((field) => field.name === name)
      const field = known ?? { span, type: { name: 'string', arguments: [], span } }
      const stored = as === name ? {} : { stored: name }
      return { ...field, ...stored, ...(of === undefined ? {} : { owner: of.table }), name: as }
    })
    if (all) fields.push(...models.flatMap(({ model }) => model?.entity.fields ?? []))
    return fields
  })
  if (!all) shapes.ordered.add(shape.entity)
  return shape
}

/** A model as a call asks for it: `select`, `omit`, `include`; relations only where they are asked for. */
function asked(frame: Frame, model: ResolvedEntity, options: Value | undefined, depth: number): ResolvedEntity {
  const wish = wishOf(frame, options, depth)
  return frame.machine.shapes.narrowed(model, JSON.stringify(wish), () => askedFields(frame, model, wish))
}

interface Wish {
  selected: string[] | null
  omitted: string[]
  relations: Record<string, Wish>
}

function wishOf(frame: Frame, options: Value | undefined, depth: number): Wish {
  const given = options === undefined ? null : objectOf(frame, options)
  const part = (key: string) => {
    const value = given?.fields.get(key)
    return value === undefined ? null : objectOf(frame, value)
  }
  const named = part('select') ?? part('attributes') ?? part('columns')
  const selected = named === null || (named.kind !== 'list' && namesIn(named).length === 0) ? null : named
  const omitted = part('omit') ?? part('columns')
  const relations: Wish['relations'] = {}
  for (const [name, value] of [...(part('select')?.fields ?? []), ...((part('include') ?? part('with'))?.fields ?? [])])
    if (depth < deepest && !isFalse(value)) relations[name] = wishOf(frame, value, depth + 1)
  return {
    selected: selected === null ? null : namesIn(selected),
    omitted: omitted === null ? [] : namesIn(omitted, part('omit') === null),
    relations,
  }
}

function askedFields(frame: Frame, model: ResolvedEntity, { selected, omitted, relations }: Wish): EntityField[] {
  const { program } = frame.machine
  const known = program.fields(model)
  // db.query.customers.findMany({ with: { orders: true } }): relations that the model itself does not list
  const others = Object.entries(relations).flatMap(([name, wish]): EntityField[] => {
    const relation = known.some(({ field }) => field.name === name) ? null : program.model(name, 'relations')
    if (relation === null) return []
    const span = { start: 0, end: 0 }
    return [{ name, span, type: { name: '{}', arguments: [], span, fields: askedFields(frame, relation, wish) } }]
  })
  const own = known.flatMap(({ field }): EntityField[] => {
    if ((selected !== null && !selected.includes(field.name)) || omitted.includes(field.name)) return []
    const relation = relationOf(frame, field.type)
    if (relation === null) return [field]
    const wish = relations[field.name]
    if (wish === undefined) return []
    const { span } = field
    return [{ ...field, type: { name: '{}', arguments: [], span, fields: askedFields(frame, relation, wish) } }]
  })
  return [...own, ...others]
}

/** `{ id: true }`, `['id', 'name']`; those that are false, where they are asked for. */
function namesIn(object: HeapObject, denied = false): string[] {
  if (object.kind !== 'list')
    return [...object.fields].flatMap(([name, value]) => (isFalse(value) === denied ? [name] : []))
  if (denied) return []
  return [...object.fields.values()].flatMap((value) => value.texts.map((text) => knownText(text) ?? ''))
}

function isFalse({ texts }: Value): boolean {
  return texts.length === 1 && knownText(texts[0]!) === 'false'
}

function relationOf(frame: Frame, type: TypeReference | undefined): ResolvedEntity | null {
  const one = type?.name === '[]' ? type.arguments[0] : type
  return one === undefined || one.binding !== undefined ? null : frame.machine.program.model(one.name, 'relations')
}

function objectOf(frame: Frame, value: Value): HeapObject | null {
  const [first] = objectThings(value)
  return first === undefined ? null : readObject(frame, first.address)
}
