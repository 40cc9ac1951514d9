/**
 * Shapes that values describe: `const Customer = z.object({ phone: z.string().describe('電話番号') })`, and models that code defines:
 * `pgTable('customers', { tel: text() })`, `sequelize.define('Customer', { … })`, `new Schema({ … })`, `Table('customers', Column('tel'))`.
 */
import type { Entity, EntityField, Module, Record as RecordValue, Statement, Value } from '../ir/ir.js'
import type { SchemaEntity } from '../schemas/schema.js'

const deepest = 4
const cache = new WeakMap<Module, Map<string, Entity | null>>()

/** The shape that a module's binding describes; null where its value is no construction from a record. */
export function describedBy(module: Module, binding: string): Entity | null {
  let known = cache.get(module)
  if (known === undefined) cache.set(module, (known = new Map()))
  let found = known.get(binding)
  if (found === undefined) known.set(binding, (found = entityOf(module, binding)))
  return found
}

function entityOf(module: Module, binding: string): Entity | null {
  const bind = module.body.find(
    (statement): statement is Extract<Statement, { kind: 'bind' }> =>
      statement.kind === 'bind' && statement.pattern.kind === 'binding' && statement.pattern.binding === binding,
  )
  if (bind?.value == null || bind.pattern.kind !== 'binding') return null
  const fields = fieldsOf(bind.value, 0)
  return fields === null
    ? null
    : { name: shapeName(bind.pattern.name), binding: '', fields, extends: [], span: bind.span }
}

type Bind = Extract<Statement, { kind: 'bind' }>

/** The models that a module's top level defines by calls of these names. */
export function definedModels(module: Module, defines: (name: string) => boolean): SchemaEntity[] {
  const binds = new Map<string, Bind>()
  const models: SchemaEntity[] = []
  for (const statement of module.body) {
    if (statement.kind !== 'bind' || statement.pattern.kind !== 'binding' || statement.value === null) continue
    binds.set(statement.pattern.binding, statement)
    const model = modelOf(statement, statement.pattern.name, statement.value, binds, defines)
    if (model !== null) models.push(model)
  }
  return models
}

function modelOf(
  { span }: Bind,
  bound: string,
  value: Value,
  binds: ReadonlyMap<string, Bind>,
  defines: (name: string) => boolean,
): SchemaEntity | null {
  // mongoose.models.Customer ?? mongoose.model('Customer', schema)
  if (value.kind === 'logical') return modelOf({ span } as Bind, bound, value.right, binds, defines)
  const call = [...chainOf(value)].find(({ callee }) => defines(nameOf(callee)))
  if (call === undefined) return null
  const fields = definedFields(call, binds)
  if (fields === null || fields.length === 0) return null
  const stored = textsOf(call)[0]
  const names = [...new Set([stored, shapeName(bound)])].filter((name): name is string => !!name && name !== 'default')
  const name = names[0]
  return name === undefined ? null : { entity: { name, binding: '', fields, extends: [], span }, names }
}

function definedFields(call: Call, binds: ReadonlyMap<string, Bind>): EntityField[] | null {
  const given = call.arguments.map((argument) => argument.value)
  for (const value of given) {
    if (value.kind === 'record') return recordFields(value, 0, true)
    const returned = returnedRecord(value)
    if (returned !== null) return recordFields(returned, 0, true)
    // model('Customer', customerSchema), model('Customer', new Schema({ … }))
    const schema = value.kind === 'reference' ? binds.get(value.binding)?.value : value
    if (schema != null && schema.kind === 'call') {
      const record = schema.arguments[0]?.value
      if (record?.kind === 'record') return recordFields(record, 0, true)
    }
  }
  const columns = given.flatMap((value) => (value.kind === 'call' ? (columnOf(value) ?? []) : []))
  return columns.length === 0 ? null : columns
}

// Column('tel', String, comment='電話番号')
function columnOf(call: Call): EntityField | null {
  const [name] = call.arguments
  if (name?.value.kind !== 'constant' || typeof name.value.value !== 'string') return null
  const said = call.arguments.find((argument) => argument.name === 'comment')?.value
  const comment = said?.kind === 'constant' && typeof said.value === 'string' ? said.value : undefined
  const type = { name: 'string', arguments: [], span: call.span }
  return { name: name.value.value, type, span: call.span, ...(comment === undefined ? {} : { comment }) }
}

/** `customerSchema` describes a customer. */
export function shapeName(name: string): string {
  return name.replace(/(?<=.)_?(?:schema|validator|codec)$/i, '')
}

/** Fields of the record that a chain of calls starts from. */
function fieldsOf(value: Value, depth: number): EntityField[] | null {
  if (depth > deepest) return null
  for (const call of chainOf(value)) {
    const at = call.arguments.findIndex((argument) => argument.value.kind === 'record')
    const record = call.arguments[at]?.value
    // pgTable('customers', { … }): behind a name stand columns
    if (record?.kind === 'record') return recordFields(record, depth, at > 0)
    const returned = call.arguments.map((argument) => returnedRecord(argument.value)).find((given) => given !== null)
    if (returned != null) return recordFields(returned, depth, true)
  }
  return null
}

// (t) => ({ tel: t.text() })
function returnedRecord(value: Value): RecordValue | null {
  const last = value.kind === 'function' ? value.body.at(-1) : undefined
  return last?.kind === 'return' && last.value?.kind === 'record' ? last.value : null
}

const sayings = new Set(['describe', 'comment', 'label', 'title'])
const numbers =
  /^(?:int|integer|bigint|smallint|tinyint|serial|bigserial|real|float|double|doublePrecision|numeric|decimal|number)$/i
const flags = new Set(['boolean', 'bool', 'Boolean', 'BOOLEAN'])

/** `columns`: values are columns of a table, and may say under which name they are stored. */
function recordFields(record: RecordValue, depth: number, columns: boolean): EntityField[] {
  if (depth > deepest) return []
  return record.entries.flatMap(({ key, value, span, comment }): EntityField[] => {
    if (key?.kind !== 'constant' || typeof key.value !== 'string') return []
    const chain = [...chainOf(value)]
    const options = columns && value.kind === 'record' ? value : null
    const inner = options === null ? fieldsOf(value, depth + 1) : nested(options, depth)
    const said = chain.flatMap((call) => (sayings.has(nameOf(call.callee)) ? textsOf(call) : []))
    const label = [...said, ...(options === null ? [] : told(options)), ...(comment === undefined ? [] : [comment])]
    const first = chain.at(-1)
    const stored = columns && first !== undefined ? textsOf(first)[0] : undefined
    const type = inner === null ? scalarOf(first, columns, span) : shape(inner, span)
    return [
      {
        name: key.value,
        span,
        ...(type === null ? {} : { type }),
        ...(stored === undefined || stored === key.value ? {} : { stored }),
        ...(label.length === 0 ? {} : { comment: label.join('\n') }),
      },
    ]
  })
}

/** `boolean()`, `t.integer('age')`; other columns are text. */
function scalarOf(column: Call | undefined, columns: boolean, span: Value['span']): EntityField['type'] | null {
  const name = column === undefined ? '' : nameOf(column.callee)
  const known = flags.has(name) ? 'boolean' : numbers.test(name) ? 'number' : columns ? 'string' : null
  return known === null ? null : { name: known, arguments: [], span }
}

function shape(fields: EntityField[], span: Value['span']) {
  return { name: '{}', arguments: [], span, fields }
}

/** `{ street: String }`; one with a type is a column's options. */
function nested(options: RecordValue, depth: number): EntityField[] | null {
  const named = (name: string) => options.entries.some(({ key }) => key?.kind === 'constant' && key.value === name)
  return named('type') || options.entries.length === 0 ? null : recordFields(options, depth + 1, true)
}

/** `{ type: DataTypes.STRING, comment: '氏名' }` */
function told(options: RecordValue): string[] {
  return options.entries.flatMap(({ key, value }) =>
    key?.kind === 'constant' &&
    (sayings.has(String(key.value)) || key.value === 'description') &&
    value.kind === 'constant' &&
    typeof value.value === 'string'
      ? [value.value]
      : [],
  )
}

type Call = Extract<Value, { kind: 'call' }>

/** The calls of `a(…).b(…).c(…)`, the last one first. */
function* chainOf(value: Value): Generator<Call> {
  let current: Value = value
  for (let calls = 0; current.kind === 'call' && calls < 40; calls++) {
    yield current
    if (current.callee.kind !== 'member' || current.callee.object.kind === 'parent') return
    current = current.callee.object
  }
}

function nameOf(callee: Call['callee']): string {
  if (callee.kind === 'reference') return callee.binding.replace(/#\d+$/, '')
  return callee.kind === 'member' && callee.key.kind === 'constant' ? String(callee.key.value) : ''
}

function textsOf(call: Call): string[] {
  return call.arguments.flatMap(({ value }) =>
    value.kind === 'constant' && typeof value.value === 'string' ? [value.value] : [],
  )
}
