/** Records that name columns, `select({ email: customers.email })`: the shape of the rows that a query gives. */
import type { EntityField } from '../ir/ir.js'
import type { ResolvedEntity } from '../link/program.js'
import { isBuilt, shapeOf, tableName } from './builders.js'
import { readObject, type Frame } from './frame.js'
import { objectThings, thingValue, type Thing, type Value } from './value.js'

type Made = Thing & { kind: 'made' }

const deepest = 3
const numbers = new Set(['count', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct'])
const span = { start: 0, end: 0 }

/** Null where the value is no record of columns. */
export function selectedShape(frame: Frame, value: Value): ResolvedEntity | null {
  const [record] = objectThings(value)
  if (record === undefined) return null
  const { fields } = readObject(frame, record.address)
  const made = [...fields.values()].flatMap(({ things }) => things.filter((thing) => isBuilt(frame, thing)))
  if (made.length === 0) return null
  const { shapes } = frame.machine
  const owner = made.map((thing) => shapeOf(frame, thingValue({ ...thing, path: '' }))).find((shape) => shape !== null)
  return shapes.narrowed(owner ?? shapes.table(''), `selected ${record.address} ${fields.size}`, () =>
    fieldsOf(frame, record.address, 0),
  )
}

function fieldsOf(frame: Frame, address: number, depth: number): EntityField[] {
  return [...readObject(frame, address).fields].map(([name, value]): EntityField => {
    const [inner] = objectThings(value)
    if (inner !== undefined && depth < deepest)
      return { name, span, type: shape(fieldsOf(frame, inner.address, depth + 1)) }
    const made = value.things.find((thing) => isBuilt(frame, thing))
    return made === undefined ? { name, span } : selectedField(frame, name, made)
  })
}

function selectedField(frame: Frame, name: string, made: Made): EntityField {
  if (made.path === '') {
    const table = tableName(made) === '' ? null : shapeOf(frame, thingValue(made))
    if (table !== null)
      return { name, span, type: shape(frame.machine.program.fields(table).map(({ field }) => field)) }
  }
  if (numbers.has(made.exported)) return { name, span, type: { name: 'number', arguments: [], span } }
  const [column] = columnsIn(frame, made, 0)
  return column === undefined ? { name, span } : { ...column, name, stored: column.stored ?? column.name }
}

/** The columns that an expression is made of: `lower(customers.email)`. */
function columnsIn(frame: Frame, made: Made, depth: number): EntityField[] {
  if (made.path !== '') {
    const table = shapeOf(frame, thingValue({ ...made, path: '' }))
    const name = made.path.split('.')[0]!
    const field = table === null ? undefined : frame.machine.shapes.field(table, name)?.field
    const owner = table?.entity.name ?? ''
    return [{ ...(field ?? { name, span }), ...(owner === '' ? {} : { owner }) }]
  }
  if (depth > deepest) return []
  const given = made.arguments.flatMap(({ things }) => things.filter((thing) => isBuilt(frame, thing)))
  return given.flatMap((inner) => columnsIn(frame, inner, depth + 1))
}

function shape(fields: EntityField[]): EntityField['type'] {
  return { name: '{}', arguments: [], span, fields }
}

/** The rows of a table with those of one that is joined to it, each under its name. */
export function joinedShape(frame: Frame, held: ResolvedEntity, value: Value): ResolvedEntity | null {
  const table = value.things.find((thing) => isBuilt(frame, thing) && thing.path === '')
  const other = table === undefined ? null : shapeOf(frame, value)
  if (other === null) return null
  const { shapes, program } = frame.machine
  const own = program.fields(held).map(({ field }) => field)
  const under = (name: string, of: ResolvedEntity): EntityField => ({
    name,
    span,
    type: shape(program.fields(of).map(({ field }) => field)),
  })
  return shapes.narrowed(held, `with ${other.entity.name}`, () => [
    ...own,
    under(held.entity.name, held),
    under(other.entity.name, other),
  ])
}
