/** Shapes that values describe: `const Customer = z.object({ phone: z.string().describe('電話番号') })`. */
import type { Entity, EntityField, Module, Record as RecordValue, Statement, Value } from '../ir/ir.js'

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

/** `customerSchema` describes a customer. */
export function shapeName(name: string): string {
  return name.replace(/(?<=.)_?(?:schema|validator|codec)$/i, '')
}

/** Fields of the record that a chain of calls starts from. */
function fieldsOf(value: Value, depth: number): EntityField[] | null {
  if (depth > deepest) return null
  for (const call of chainOf(value)) {
    const record = call.arguments.map((argument) => argument.value).find((given) => given.kind === 'record')
    if (record !== undefined) return recordFields(record, depth)
  }
  return null
}

function recordFields(record: RecordValue, depth: number): EntityField[] {
  return record.entries.flatMap(({ key, value, span, comment }): EntityField[] => {
    if (key?.kind !== 'constant' || typeof key.value !== 'string') return []
    const inner = fieldsOf(value, depth + 1)
    const said = [...chainOf(value)].flatMap((call) => (nameOf(call.callee) === 'describe' ? textsOf(call) : []))
    const label = [...said, ...(comment === undefined ? [] : [comment])].join('\n')
    return [
      {
        name: key.value,
        span,
        ...(inner === null ? {} : { type: { name: '{}', arguments: [], span, fields: inner } }),
        ...(label === '' ? {} : { comment: label }),
      },
    ]
  })
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
  return callee.kind === 'member' && callee.key.kind === 'constant' ? String(callee.key.value) : ''
}

function textsOf(call: Call): string[] {
  return call.arguments.flatMap(({ value }) =>
    value.kind === 'constant' && typeof value.value === 'string' ? [value.value] : [],
  )
}
