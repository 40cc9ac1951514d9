/** Instances that are written as their members, `Customer{Phone: x}`: of a class of the program, or of what a package declares. */
import type { Record as RecordValue, TypeReference } from '../ir/ir.js'
import { construct } from './clients.js'
import { constantKey } from './evaluate.js'
import { readObject, updateObject, writeObject, type Frame } from './frame.js'
import { initialMembers } from './classes.js'
import { classNamed, injectedAddress, objectValue, type ClassThing } from './instances.js'
import { join, nothing, objectThings, thingValue, type Arguments, type Value } from './value.js'

/** The name of a member that is given by its place. */
export function memberKey({ machine, unit }: Frame, node: RecordValue, key: string | null): string | null {
  if (node.type === undefined || key === null || !/^\d+$/.test(key)) return key
  const of = classNamed(machine, unit.index, node.type)
  const fields = of?.node.members.filter(({ member, static: isStatic }) => member === 'field' && !isStatic)
  const name = fields?.[Number(key)]?.key
  return name === undefined ? key : constantKey(name)
}

/** What a service was made with is what its methods find, whoever calls them. */
function shareMembers(frame: Frame, of: ClassThing, address: number): void {
  const { node, closure } = of
  const [shared] = objectThings(
    objectValue(frame.machine, injectedAddress(frame.machine, { node, module: closure.module, closure })),
  )
  if (shared === undefined) return
  updateObject(frame, shared.address, (object) => ({ ...object, kind: 'instance', class: of }), nothing)
  for (const [name, value] of readObject(frame, address).fields) writeObject(frame, shared.address, name, value, false)
}

export function instanceOf(frame: Frame, type: TypeReference, record: Value, site: RecordValue): Value {
  const { machine, unit } = frame
  const of = classNamed(machine, unit.index, type)
  if (of !== null) {
    machine.constructed.add(of.node)
    for (const { address } of objectThings(record)) {
      updateObject(frame, address, (object) => ({ ...object, kind: 'instance', class: of }), nothing)
      const given = new Set(
        site.entries.flatMap(({ key }) => (key === null ? [] : memberKey(frame, site, constantKey(key)))),
      )
      for (const [name, value] of initialMembers(frame, of, record))
        if (!given.has(name)) writeObject(frame, address, name, value, true)
      if (of.node.record !== true) shareMembers(frame, of, address)
    }
    return record
  }
  const named = machine.program.packageType(unit.index, type)
  if (named === null) return record
  const when = machine.facts.none
  const args: Arguments = Object.assign([], { named: record })
  const client = construct(frame, { kind: 'package', package: named.package, path: named.path, when }, args, true, site)
  const made =
    client ??
    thingValue({ kind: 'made', package: named.package, exported: named.path, arguments: args, path: '', when })
  return join(record, made)
}
