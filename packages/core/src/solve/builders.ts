/**
 * Packages whose functions describe shapes (validation, parsing): what they build holds no data, whatever its keys are named;
 * what it parses has the shape that was described.
 */
import type { EntityField } from '../ir/ir.js'
import { shapeName } from '../link/described.js'
import type { ResolvedEntity } from '../link/program.js'
import { calleeName, type Application } from './calls.js'
import { unseen } from './unseen.js'
import type { PackageThing } from './clients.js'
import { publish, readObject, type Frame } from './frame.js'
import { knownText } from './text.js'
import { thingValue, type Thing, type Value } from './value.js'

type Made = Thing & { kind: 'made' }

const deepest = 4

/** A call of such a package's function: `z.object({…})`, `v.parse(schema, input)`. */
export function buildShape(
  frame: Frame,
  thing: PackageThing,
  parsers: ReadonlySet<string>,
  application: Application,
): Value {
  const name = thing.path.slice(thing.path.lastIndexOf('.') + 1)
  const [first, ...rest] = application.args
  if (parsers.has(name)) {
    const shape = first?.value.things.find((given) => given.kind === 'made')
    const written = application.site.arguments?.[0]?.value
    return parsed(frame, shape ?? null, written === undefined ? '' : calleeName(written), {
      ...application,
      args: rest,
    })
  }
  const values = application.args.map(({ value }) => value)
  for (const value of values) publish(frame, value)
  return thingValue({
    kind: 'made',
    package: thing.package,
    exported: name,
    arguments: values,
    path: '',
    when: frame.machine.facts.none,
  })
}

/** A method of what was built: one more condition, or a value of the shape. Null where the package builds no shapes. */
export function callShape(frame: Frame, thing: Made, application: Application): Value | null {
  const parsers = frame.machine.knowledge.package(thing.package)?.parsers ?? null
  if (parsers === null) return null
  const name = thing.path.slice(thing.path.lastIndexOf('.') + 1)
  if (parsers.has(name)) {
    const { callee } = application.site
    return parsed(frame, thing, callee?.kind === 'member' ? calleeName(callee.object) : '', application)
  }
  const said = application.args.map(({ value }) => value)
  for (const value of said) publish(frame, value)
  return thingValue({ ...thing, path: '', arguments: [...thing.arguments, ...said].slice(0, 8) })
}

function parsed(frame: Frame, shape: Made | null, name: string, application: Application): Value {
  // `customerSchema.parse(input)` gives a customer: a schema has no content, what it parses does
  const named = shapeName(name)
  const result = unseen(frame, { ...application, name: named, receiver: { ...application.receiver, things: [] } })
  const entity = shape === null || result.opaque === null ? null : entityOf(frame, shape, named, 0)
  return entity === null ? result : { ...result, opaque: { ...result.opaque!, entity, holds: entity } }
}

/** The shape of a value that was built by such a package; of a table, its model. */
export function shapeOf(frame: Frame, value: Value): ResolvedEntity | null {
  for (const thing of value.things) {
    if (!isBuilt(frame, thing) || thing.path !== '') continue
    const found = modelOf(frame, thing) ?? entityOf(frame, thing, '', 0)
    if (found !== null) return found
  }
  return null
}

export function isBuilt(frame: Frame, thing: Thing): thing is Made {
  return thing.kind === 'made' && frame.machine.knowledge.package(thing.package)?.parsers != null
}

/** The name that a table is defined with: `pgTable('customers', { … })`. */
export function tableName(shape: Made): string {
  const said = shape.arguments.flatMap(({ texts }) => texts.map((text) => knownText(text) ?? ''))
  return said.find((text) => /^[\w$.-]+$/.test(text)) ?? ''
}

function modelOf({ machine: { program } }: Frame, shape: Made): ResolvedEntity | null {
  return program.model(tableName(shape))
}

function entityOf(frame: Frame, shape: Made, name: string, depth: number): ResolvedEntity | null {
  if (depth > deepest) return null
  const given = shape.arguments.flatMap((value) => value.things)
  const record = given.find((thing) => thing.kind === 'object')
  // createInsertSchema(customers)
  const other = given.find((thing) => isBuilt(frame, thing) && thing.path === '')
  if (record === undefined) return other === undefined ? null : shapeOf(frame, thingValue(other))
  const { shapes } = frame.machine
  const object = readObject(frame, record.address)
  return shapes.narrowed(shapes.table(name), `shape ${record.address} ${object.fields.size}`, () =>
    [...object.fields].map(([key, value]) => fieldOf(frame, key, value, depth)),
  )
}

function fieldOf(frame: Frame, name: string, value: Value, depth: number): EntityField {
  const span = { start: 0, end: 0 }
  const shape = value.things.find((thing) => thing.kind === 'made')
  if (shape === undefined) return { name, span }
  const label = shape.arguments.flatMap(({ texts }) => texts.map((text) => knownText(text) ?? '')).join('\n')
  const inner = entityOf(frame, shape, name, depth + 1)
  const fields = inner?.entity.fields
  return {
    name,
    span,
    ...(fields === undefined ? {} : { type: { name: '{}', arguments: [], span, fields } }),
    ...(label === '' ? {} : { comment: label }),
  }
}
