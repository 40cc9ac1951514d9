/**
 * What a container makes by functions of the program, for whoever asks for its type: `@Bean ChatClient chatClient(…)`. Such a
 * function is solved before those who ask; where several fit, the name that is asked for decides, then the one that comes first.
 */
import type { Client } from '../catalog/catalogue.js'
import type { FunctionValue, TypeReference } from '../ir/ir.js'
import type { Program } from '../link/program.js'
import type { Activation } from './activation.js'
import { clientOf } from './clients.js'
import { bindingKey, classesIn } from '../link/classes.js'
import type { Machine } from './machine.js'
import { joinAll, nothing, type Value } from './value.js'

export interface Provider {
  node: FunctionValue
  module: number
  /** What it returns: a type of a package or of the program. */
  key: string | null
  client: Client | null
  activation: Activation | null
}

/** Functions that a container calls, in the order of the program. */
export function indexProviders(machine: Machine): Provider[] {
  const { program } = machine
  return program.units.flatMap(({ index, module }) =>
    classesIn(module.body).flatMap(({ node }) =>
      node.members.flatMap(({ value }): Provider[] =>
        value?.kind === 'function' && value.provides !== undefined && value.returns !== undefined
          ? [
              {
                node: value,
                module: index,
                key: keyOf(program, index, value.returns),
                client: clientIn(machine, index, value.returns),
                activation: null,
              },
            ]
          : [],
      ),
    ),
  )
}

function keyOf(program: Program, module: number, type: TypeReference): string | null {
  const named = program.packageType(module, type)
  return named === null ? bindingKey(program, module, type) : `${named.package}#${named.path}`
}

function clientIn(machine: Machine, module: number, type: TypeReference): Client | null {
  const named = machine.program.packageType(module, type)
  return named === null
    ? null
    : (clientOf(machine, { kind: 'package', ...named, when: machine.facts.none })?.client ?? null)
}

/** What a container gives where this type is asked for; null where no function of the program provides it. */
export function provided(
  machine: Machine,
  module: number,
  type: TypeReference,
  name: string | undefined,
): Value | null {
  if (machine.providers.length === 0) return null
  const key = keyOf(machine.program, module, type)
  if (key === null) return null
  const client = clientIn(machine, module, type)
  const exact = machine.providers.filter((one) => one.key === key)
  const fitting = exact.length > 0 ? exact : machine.providers.filter((one) => isOf(one.client, client))
  const named = fitting.filter(({ node }) => node.provides!.name === (type.qualifier ?? name))
  const first = fitting.filter(({ node }) => node.provides!.first)
  const chosen = named.length > 0 ? named : first.length > 0 ? first : fitting
  const value = joinAll(chosen.slice(0, 4).map(({ activation }) => activation?.result.value ?? nothing))
  return value === nothing ? null : value
}

/** Whether a client of one class can be had where a more general one is asked for: both are wired for the same, neither speaks through the other. */
function isOf(given: Client | null, wanted: Client | null): boolean {
  if (given?.wired === undefined || wanted?.wired === undefined || given === wanted) return false
  const isModel = (client: Client) => client.opens === undefined && client.store !== true
  return (
    wanted.wired.as === given.wired.as &&
    wanted.wired.by.some((one) => given.wired!.by.includes(one)) &&
    isModel(given) === isModel(wanted) &&
    wanted.endpoint.length === 0
  )
}

/** Models among what is provided, for a client that is not: one that a container makes speaks through them. */
export function providedModels(machine: Machine, client: Client): Value {
  if (client.wired === undefined || client.through === undefined || client.endpoint.length > 0) return nothing
  const { as, by } = client.wired
  const fitting = machine.providers.filter(
    ({ client: one }) =>
      one?.wired !== undefined &&
      one.wired.as === as &&
      one.wired.by.some((schema) => by.includes(schema)) &&
      one.opens === undefined &&
      one.store !== true,
  )
  const first = fitting.filter(({ node }) => node.provides!.first)
  const chosen = first.length > 0 ? first : fitting
  return joinAll(chosen.slice(0, 4).map(({ activation }) => activation?.result.value ?? nothing))
}
