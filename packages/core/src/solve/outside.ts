/** Values from outside what is seen: parameters of entered functions, results of unseen code. */
import type { FunctionValue, Parameter, Pattern, TypeReference } from '../ir/ir.js'
import type { Unit } from '../link/program.js'
import type { Machine } from './machine.js'
import { classInstance } from './instances.js'
import { declaredClient, typedClient } from './clients.js'
import { provided } from './provided.js'
import { asSource } from './sources.js'
import { idOf, join, nothing, sure, thingValue, type Opaque, type Place, type Thing, type Value } from './value.js'

const scalarTypes = new Set(['boolean', 'number', 'bigint', 'Date', 'true', 'false', 'void', 'never'])
const listTypes = new Set(['[]', 'Array', 'ReadonlyArray', 'Set', 'Iterable', 'List'])

export function opaqueValue(
  machine: Machine,
  originKey: string,
  names: readonly string[],
  entity: Opaque['entity'],
  place: Place,
  inner: readonly Thing[] = [],
  own = names.length,
): Value {
  const opaque: Opaque = {
    origin: machine.origin(originKey),
    names: names.filter((name) => name !== '').slice(0, 6),
    own,
    entity,
    inner,
    attribute: false,
    returns: null,
    holds: null,
    place,
    when: machine.facts.none,
    list: false,
    scalar: false,
    text: false,
  }
  return { ...nothing, opaque }
}

/** What a parameter may be when the caller is not seen: by its name and its declared type. */
export function unknownParameter(
  machine: Machine,
  unit: Unit,
  node: FunctionValue,
  parameter: Parameter,
  index: number,
): Value {
  const pattern = bare(parameter.pattern)
  const name = parameter.name ?? (pattern.kind === 'binding' ? pattern.name : '')
  const place: Place = { module: unit.index, span: pattern.span }
  const unknown = opaqueValue(machine, `parameter ${idOf(node)}.${index}`, [name], null, place)
  const value = entered(machine, unit.index, unknown, parameter, name)
  return typed(machine, unit.index, value, typeOf(pattern), true)
}

/** `@RequestBody Message message`: what the catalogue says of what an annotation puts into a parameter. */
function entered(
  machine: Machine,
  module: number,
  value: Value,
  { decorators, pattern }: Parameter,
  name: string,
): Value {
  if (decorators === undefined || scalarTypes.has(typeOf(pattern)?.name ?? '')) return value
  for (const decorator of decorators) {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator
    const target = callee.kind === 'reference' ? machine.program.imported(module, callee.binding) : null
    const source =
      target?.kind === 'package' ? machine.knowledge.package(target.package)?.sources.get(target.path) : null
    if (source == null) continue
    const evidence = { dataClass: source.dataClass, sureness: sure[source.confidence], party: null }
    return asSource(machine, value, evidence, { module, span: bare(pattern).span }, name)
  }
  return value
}

function bare(pattern: Pattern): Pattern {
  return pattern.kind === 'default' ? bare(pattern.pattern) : pattern
}

export function typeOf(pattern: Pattern): TypeReference | undefined {
  if (pattern.kind === 'default') return typeOf(pattern.pattern)
  return pattern.kind === 'place' ? undefined : pattern.type
}

/** A value with what its declared type says of it. What comes from outside may be given by a container. */
export function typed(
  machine: Machine,
  module: number,
  value: Value,
  type: TypeReference | undefined,
  outside = false,
): Value {
  if (type === undefined || value.opaque === null) return value
  const entity = machine.program.entity(module, type)
  const scalar = scalarTypes.has(type.name)
  const list = listTypes.has(type.name)
  const text =
    type.name === 'string' ||
    /^['"`]/.test(type.name) ||
    (type.name === '|' && type.arguments.every((one) => /^['"`]|^(string|null|undefined)$/.test(one.name)))
  let result = value
  if (scalar || list || text || (entity !== null && value.opaque.entity === null))
    result = { ...value, opaque: { ...value.opaque, entity: value.opaque.entity ?? entity, scalar, list, text } }
  if (text && value.data.size === 0) result = column(machine, result)
  const isStore =
    entity === null ? type.arguments.length > 0 : entity.entity.fields.every(({ returns }) => returns !== undefined)
  const holds = isStore ? machine.program.held(module, type) : null
  if (holds !== null) result = { ...result, opaque: { ...result.opaque!, holds } }
  const made = outside ? provided(machine, module, type, value.opaque.names[0]) : null
  if (made !== null) return join(made, { ...result, opaque: null })
  const client =
    typedClient(machine, module, type, value.opaque, outside) ?? declaredClient(machine, module, type, value.opaque)
  if (client !== null) result = join(client, { ...result, opaque: null })
  const service = client === null ? typedService(machine, module, type) : null
  if (service !== null) result = join(result, service)
  const instance = classInstance(machine, module, type)
  return instance === null ? result : join(instance, holds === null ? { ...result, opaque: null } : result)
}

/** `String phone = jdbc.queryForObject("select phone …")`: a text that is a record of one column is that column. */
function column(machine: Machine, value: Value): Value {
  const { entity, names, place } = value.opaque!
  const [only, ...others] = entity === null ? [] : machine.program.fields(entity)
  if (only === undefined || others.length > 0) return value
  const [found] = machine.shapes.promised(entity!, names)
  return found === undefined ? value : asSource(machine, value, found.evidence, place, only.field.name)
}

/** A parameter or field declared as a package's service that reads the environment, or as its HTTP client. */
function typedService(machine: Machine, module: number, type: TypeReference): Value | null {
  const named = machine.program.packageType(module, type)
  if (named === null) return null
  const environment = machine.knowledge.package(named.package)?.environment ?? new Set<string>()
  const reads = [...environment].some((call) => call.startsWith(`${named.path}.`))
  const speaks = machine.knowledge.http(named.package)?.instances?.some(({ name }) => name === named.path) === true
  if (!reads && !speaks) return null
  const { package: from, path: exported } = named
  return thingValue({ kind: 'made', package: from, exported, arguments: [], path: '', when: machine.facts.none })
}
