/** What a declared shape promises: its personal fields, with those of the shapes it holds. Worked out once a shape and kind of owner. */
import type { EntityField } from '../ir/ir.js'
import type { ResolvedEntity } from '../link/program.js'
import type { Machine } from './machine.js'
import type { Thing } from './value.js'
import { fieldEvidence, ownerOf, type Evidence, type Owner } from './sources.js'

export interface PromisedField {
  /** Field of the shape itself under which it stands. */
  top: string
  label: string
  evidence: Evidence
}

const deepest = 3
const mostFields = 40

export class Shapes {
  readonly #promised = new WeakMap<object, Map<string, readonly PromisedField[]>>()
  readonly #fields = new WeakMap<object, ReadonlyMap<string, { field: EntityField; module: number }>>()
  readonly #narrowed = new WeakMap<object, Map<string, ResolvedEntity>>()
  readonly #tables = new Map<string, ResolvedEntity>()
  readonly #evidence = new WeakMap<object, Map<string, Evidence | null>>()

  /** Shapes whose fields are columns in their order. */
  readonly ordered = new WeakSet<object>()

  constructor(readonly machine: Machine) {}

  /** A shape with these of its fields, the same one for the same key. */
  narrowed({ module, entity }: ResolvedEntity, key: string, fields: () => EntityField[]): ResolvedEntity {
    let known = this.#narrowed.get(entity)
    if (known === undefined) this.#narrowed.set(entity, (known = new Map()))
    let found = known.get(key)
    if (found === undefined) known.set(key, (found = { module, entity: { ...entity, fields: fields(), extends: [] } }))
    return found
  }

  /** A table that no schema tells of. */
  table(name: string): ResolvedEntity {
    let found = this.#tables.get(name)
    if (found === undefined) {
      const span = { start: 0, end: 0 }
      this.#tables.set(name, (found = { module: 0, entity: { name, binding: '', fields: [], extends: [], span } }))
    }
    return found
  }

  field(entity: ResolvedEntity, name: string): { field: EntityField; module: number } | undefined {
    let fields = this.#fields.get(entity.entity)
    if (fields === undefined) {
      const all = this.machine.program.fields(entity)
      // Columns go by any case; a name that is written so comes first.
      fields = new Map([
        ...all.map((entry) => [entry.field.name.toLowerCase(), entry] as const),
        ...all.map((entry) => [entry.field.name, entry] as const),
      ])
      this.#fields.set(entity.entity, fields)
    }
    return fields.get(name) ?? fields.get(name.toLowerCase())
  }

  /** Evidence of one field, given what its owners' names say. */
  evidence(entity: string, field: EntityField, owner: Owner): Evidence | null {
    let known = this.#evidence.get(field)
    if (known === undefined) this.#evidence.set(field, (known = new Map()))
    const key = `${entity} ${ownerKey(owner)}`
    let found = known.get(key)
    if (found === undefined) known.set(key, (found = fieldEvidence(this.machine, entity, field, owner)))
    return found
  }

  promised(entity: ResolvedEntity, names: readonly string[]): readonly PromisedField[] {
    const owner = ownerOf(this.machine, entity.entity.name === '' ? names : [entity.entity.name, ...names])
    let known = this.#promised.get(entity.entity)
    if (known === undefined) this.#promised.set(entity.entity, (known = new Map()))
    const key = ownerKey(owner)
    let found = known.get(key)
    if (found === undefined) {
      const list: PromisedField[] = []
      this.#add(entity, owner, null, '', list, 0, new Set())
      known.set(key, (found = list))
    }
    return found
  }

  #add(
    entity: ResolvedEntity,
    owner: Owner,
    top: string | null,
    prefix: string,
    list: PromisedField[],
    depth: number,
    seen: Set<object>,
  ): void {
    if (depth > deepest || seen.has(entity.entity)) return
    seen.add(entity.entity)
    const own = this.machine.knowledge.names.owner(entity.entity.name)
    const here = depth === 0 || own.is === 'neutral' ? owner : own
    for (const { field, module } of this.machine.program.fields(entity)) {
      if (list.length >= mostFields) return
      if (field.returns !== undefined) continue
      const evidence = this.evidence(entity.entity.name, field, here)
      const label = prefix === '' ? field.name : `${prefix}.${field.name}`
      if (evidence !== null) list.push({ top: top ?? field.name, label, evidence })
      if (field.type !== undefined && (evidence === null || field.type.name === '{}')) {
        const inner = this.machine.program.entity(module, field.type)
        if (inner !== null) this.#add(inner, here, top ?? field.name, label, list, depth + 1, seen)
      }
    }
  }
}

/** The shape of a record's class; null of any other. */
export function recordShape(machine: Machine, { node, closure }: Thing & { kind: 'class' }): ResolvedEntity | null {
  if (node.record !== true || node.binding === undefined) return null
  const entity = machine.unit(closure.module).entities.get(node.binding)
  return entity === undefined ? null : { module: closure.module, entity }
}

function ownerKey(owner: Owner): string {
  return `${owner.is} ${owner.party ?? ''} ${owner.strong}`
}
