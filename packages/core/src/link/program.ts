/**
 * The linked program: modules with their scopes, exports resolved through re-exports and barrels, types resolved to the
 * shapes they name. It follows specifiers as written in the project; nothing is resolved through the package manager.
 */
import type { Entity, EntityField, Import, Module, TypeReference } from '../ir/ir.js'
import { languageById, languageOf } from '../languages/registry.js'
import { LineIndex } from '../location.js'
import { once } from '../once.js'
import type { SchemaFile } from '../schemas/schema.js'
import { definedModels, describedBy } from './described.js'
import { indexModels } from './models.js'
import { createResolver } from './resolve.js'
import type { Source } from './resolver.js'
import { findScopes, type Scopes } from './scopes.js'

export interface Unit {
  index: number
  module: Module
  text: string
  lines: LineIndex
  scopes: Scopes
  /** Binding → import. */
  imports: ReadonlyMap<string, Module['imports'][number]>
  entities: ReadonlyMap<string, Entity>
}

/** What an exported or imported name is: a binding of a module, a module's namespace, or something of a package. */
export type Target =
  | { kind: 'binding'; module: number; binding: string }
  | { kind: 'namespace'; module: number }
  | { kind: 'package'; package: string; path: string }

export interface ResolvedEntity {
  module: number
  entity: Entity
}

export interface Program {
  units: readonly Unit[]
  /** Module or package that a specifier means in a module. */
  source(module: number, specifier: string): Source
  /** A module with the other files of its package, which share its names. */
  together(module: number): readonly number[]
  /** Modules that bind a name of the whole program. */
  sharing(binding: string): readonly number[]
  /** Modules of the program that a module takes from, in its order. */
  imports(module: number): readonly number[]
  /** What a module exports under a name; null when it does not. */
  exported(module: number, name: string): Target | null
  exportNames(module: number): readonly string[]
  imported(module: number, binding: string): Target | null
  /** The declared shape a type names, through aliases, wrappers and imports; null when it is none of the project's. */
  entity(module: number, type: TypeReference | undefined): ResolvedEntity | null
  /** The package and exported name that a type names, for types of packages. */
  packageType(module: number, type: TypeReference | undefined): { package: string; path: string } | null
  /** The entity of a schema file that goes by this name in code; with what a query can include, where relations are asked for. */
  model(name: string, relations?: 'relations'): ResolvedEntity | null
  /** What a type of a package holds: `Repository<Customer>`. */
  held(module: number, type: TypeReference): ResolvedEntity | null
  /** Fields of a shape with those it inherits. */
  fields(resolved: ResolvedEntity): readonly { field: EntityField; module: number }[]
}

/** `@langchain/core` + `prompts`: the catalogue knows some packages by their entry points. */
export function withSubpath({ package: name, subpath }: { package: string; subpath: string }): string {
  return subpath === '' ? name : `${name}/${subpath}`
}

/** Type names that hold what their first argument holds. */
const wrappers = new Set([
  '[]',
  'Array',
  'ReadonlyArray',
  'Promise',
  'PromiseLike',
  'Awaited',
  'Partial',
  'Required',
  'Readonly',
  'NonNullable',
  'Set',
  'Iterable',
  'AsyncIterable',
  'Optional',
  'List',
  'Omit',
  'Pick',
  'DeepPartial',
  'Maybe',
  'Nullable',
  'Ref',
])
const deepest = 8

type Parts = Pick<Unit, 'lines' | 'scopes' | 'imports' | 'entities'>

const partsOf = once((module: Module) => {
  let known: { text: string; parts: Parts } | null = null
  return (text: string): Parts => {
    if (known?.text !== text) known = { text, parts: readParts(module, text) }
    return known.parts
  }
})

function readParts(module: Module, text: string): Parts {
  return {
    lines: new LineIndex(text),
    scopes: findScopes(module),
    imports: new Map(module.imports.map((entry) => [entry.binding, entry])),
    entities: new Map(module.entities.map((entity) => [entity.binding, entity])),
  }
}

const modelsOf = once(indexModels)
const definedIn = once((defines: (name: string) => boolean) => once((module: Module) => definedModels(module, defines)))

/** What linking asks of the catalogue. */
export interface Known {
  /** Whether a function of this name defines a model: `pgTable`. */
  defines?: (name: string) => boolean
  /** Whether anything is known of a package's export. */
  knows?(name: string, path: string): boolean
}

export function linkProgram(
  modules: readonly { module: Module; text: string }[],
  manifests: readonly { path: string; text: string }[],
  schemas: readonly SchemaFile[] = [],
  known: Known = {},
): Program {
  const units = modules.map((given, index): Unit => ({ index, ...given, ...partsOf(given.module)(given.text) }))
  const byPath = new Map(units.map((unit) => [unit.module.path, unit.index]))
  const resolver = createResolver(
    byPath,
    manifests,
    (path) => languageById(units[byPath.get(path) ?? -1]?.module.language ?? '') ?? languageOf(path),
  )
  const { defines } = known
  const defined = defines === undefined ? [] : units.map(({ module }) => definedIn(defines)(module))
  const inCode = defined.filter((entities) => entities.length > 0).map((entities) => ({ entities }))
  const models = inCode.length === 0 ? modelsOf(schemas) : indexModels([...schemas, ...inCode])
  const packages = new Map<number, readonly number[]>()
  const source = (module: number, specifier: string) => {
    const found = resolver.resolve(units[module]!.module.path, specifier)
    if ('module' in found && found.beside !== undefined) packages.set(found.module, [found.module, ...found.beside])
    return found
  }
  const sharing = new Map<string, number[]>()
  for (const { index, scopes } of units)
    for (const binding of scopes.shared) sharing.set(binding, [...(sharing.get(binding) ?? []), index])
  const together = (module: number) => packages.get(module) ?? [module]
  const exportCache = new Map<string, Target | null>()
  const importCache = new Map<string, Target | null>()
  const fieldCache = new WeakMap<Entity, { field: EntityField; module: number }[]>()
  const entityCache = new WeakMap<TypeReference, ResolvedEntity | null>()

  function exported(module: number, name: string, trail: readonly string[] = []): Target | null {
    const key = `${module}\u0000${name}`
    if (exportCache.has(key)) return exportCache.get(key)!
    if (trail.includes(key) || trail.length > 50) return null
    let found: Target | null = null
    for (const file of together(module)) found ??= findExport(file, name, [...trail, key])
    found ??= submodule(module, name)
    if (trail.length === 0 || found !== null) exportCache.set(key, found)
    return found
  }

  function submodule(module: number, name: string): Target | null {
    const found = name === 'default' ? null : resolver.within(units[module]!.module.path, '', name)
    return found === null ? null : { kind: 'namespace', module: found }
  }

  function findExport(module: number, name: string, trail: readonly string[]): Target | null {
    const { exports, exportsRecord } = units[module]!.module
    for (const entry of exports) {
      if (entry.kind === 'local' && entry.name === name) return through(module, entry.binding, trail)
      if (entry.kind === 'from' && entry.name === name) return fromSource(module, entry.from, entry.imported, trail)
      if (entry.kind === 'all' && entry.name === name) return fromSource(module, entry.from, '*', trail)
    }
    if (name === 'default' && exportsRecord !== undefined) return { kind: 'binding', module, binding: exportsRecord }
    if (name === 'default') return null
    for (const entry of exports) {
      if (entry.kind !== 'all' || entry.name !== undefined) continue
      const found = fromSource(module, entry.from, name, trail)
      if (found !== null && found.kind !== 'package') return found
    }
    const star = exports.find(
      (entry) => entry.kind === 'all' && entry.name === undefined && 'package' in source(module, entry.from),
    )
    return star && 'from' in star ? fromSource(module, star.from, name, trail) : null
  }

  /** An exported binding that is itself an import leads on to where it comes from. */
  function through(module: number, binding: string, trail: readonly string[]): Target {
    const entry = units[module]!.imports.get(binding)
    return (entry && fromImport(module, entry, trail)) ?? { kind: 'binding', module, binding }
  }

  /** The first of the modules that has the name; of packages, whose names are not seen, one that is known for it. */
  function fromImport(module: number, { from, or, name }: Import, trail: readonly string[]): Target | null {
    const first = fromSource(module, from, name, trail)
    if (or === undefined || (first !== null && first.kind !== 'package')) return first
    const others = or.map((other) => fromSource(module, other, name, trail))
    const own = others.find((target) => target !== null && target.kind !== 'package')
    if (own != null) return own
    const packages = [...others, first].filter((target) => target?.kind === 'package')
    return packages.find((target) => known.knows?.(target.package, target.path) === true) ?? packages[0] ?? null
  }

  function fromSource(module: number, from: string, name: string, trail: readonly string[]): Target | null {
    const target = source(module, from)
    if ('package' in target) {
      const inside = resolver.within(units[module]!.module.path, from, name)
      if (inside !== null) return { kind: 'namespace', module: inside }
      return { kind: 'package', package: withSubpath(target), path: name === '*' ? '' : name }
    }
    if (name === '*') return { kind: 'namespace', module: target.module }
    return exported(target.module, name, trail)
  }

  function imported(module: number, binding: string): Target | null {
    const entry = units[module]!.imports.get(binding)
    const target = entry ? fromImport(module, entry, []) : null
    if (target?.kind !== 'package' || entry?.within === undefined) return target
    return { ...target, path: `${entry.within}.${target.path}` }
  }

  function entity(module: number, type: TypeReference | undefined, depth = 0): ResolvedEntity | null {
    if (type === undefined || depth > deepest) return null
    if (type.fields !== undefined && type.fields.length > 0)
      return { module, entity: { name: '', binding: '', fields: type.fields, extends: [], span: type.span } }
    if (type.name === '|' || type.name === '&' || wrappers.has(type.name)) {
      if (type.name === 'Pick' || type.name === 'Omit') return narrowed(module, type, depth)
      const members = type.name === '|' || type.name === '&' ? type.arguments : type.arguments.slice(0, 1)
      const found = members.map((member) => entity(module, member, depth + 1)).filter((member) => member !== null)
      if (type.name !== '&' || found.length < 2) return found[0] ?? null
      return {
        module,
        entity: { name: found[0]!.entity.name, binding: '', fields: [], extends: type.arguments, span: type.span },
      }
    }
    if (type.name === 'Record' || type.name === 'Map') return entity(module, type.arguments[1], depth + 1)
    if (type.binding === undefined) return model(type.name)
    const described = ofValue(module, type.arguments[0])
    if (described !== null) return described
    return named(module, type.binding, type.name.split('.').slice(1), depth)
  }

  /** `z.infer<typeof Customer>`: the record that the value's construction was given. */
  function ofValue(module: number, type: TypeReference | undefined): ResolvedEntity | null {
    if (type?.binding === undefined || !type.name.startsWith('typeof ')) return null
    const target = imported(module, type.binding) ?? { kind: 'binding' as const, module, binding: type.binding }
    if (target.kind !== 'binding') return null
    const found = describedBy(units[target.module]!.module, target.binding)
    return found === null ? null : { module: target.module, entity: found }
  }

  /** A schema's entity; its types name no binding of the module it is given. */
  function model(name: string, relations?: 'relations'): ResolvedEntity | null {
    if (models.size === 0 || name === '') return null
    const found = relations === undefined ? models.find(name) : models.whole(name)
    return found === null ? null : { module: 0, entity: found }
  }

  function named(module: number, binding: string, rest: readonly string[], depth: number): ResolvedEntity | null {
    const { entities } = units[module]!
    const local = entities.get(binding)
    if (local !== undefined) {
      // `Bookings.Booking`: a shape within one
      const inner = rest.length === 0 ? undefined : [...entities.values()].find(({ name }) => name === rest.at(-1))
      return shape(module, inner ?? local, depth)
    }
    const target = imported(module, binding)
    if (target === null) return null
    // Generated types: import { Customer } from '@prisma/client'
    if (target.kind === 'package') return model(rest.at(-1) ?? target.path)
    if (target.kind === 'binding')
      return target.module === module && target.binding === binding
        ? null
        : named(target.module, target.binding, rest, depth + 1)
    const member = rest[0] === undefined ? null : exported(target.module, rest[0])
    return member?.kind === 'binding' ? named(member.module, member.binding, rest.slice(1), depth + 1) : null
  }

  /** An alias of one other type is that type. */
  function shape(module: number, found: Entity, depth: number): ResolvedEntity | null {
    if (found.fields.length === 0 && found.extends.length === 1)
      return entity(module, found.extends[0], depth + 1) ?? { module, entity: found }
    return { module, entity: found }
  }

  function narrowed(module: number, type: TypeReference, depth: number): ResolvedEntity | null {
    const whole = entity(module, type.arguments[0], depth + 1)
    if (whole === null) return null
    const keys = type.arguments[1]
    const names = new Set(
      (keys?.name === '|' ? keys.arguments : keys ? [keys] : []).map((key) => key.name.replace(/^['"`]|['"`]$/g, '')),
    )
    const kept = fields(whole).filter(({ field }) => names.has(field.name) === (type.name === 'Pick'))
    return { module: whole.module, entity: { ...whole.entity, fields: kept.map(({ field }) => field), extends: [] } }
  }

  function packageType(
    module: number,
    type: TypeReference | undefined,
    depth = 0,
  ): { package: string; path: string } | null {
    if (type === undefined || depth > deepest) return null
    if (type.name === '|' || wrappers.has(type.name)) {
      for (const member of type.arguments) {
        const found = packageType(module, member, depth + 1)
        if (found !== null) return found
      }
      return null
    }
    if (type.binding === undefined) return null
    const target = imported(module, type.binding)
    if (target?.kind === 'package') {
      const path = [target.path, ...type.name.split('.').slice(1)].filter((part) => part !== '').join('.')
      return { package: target.package, path }
    }
    return null
  }

  function fields(resolved: ResolvedEntity, depth = 0): { field: EntityField; module: number }[] {
    const own = resolved.entity.fields.map((field) => ({ field, module: resolved.module }))
    if (depth > 5) return own
    const names = new Set(own.map(({ field }) => field.name))
    for (const parent of resolved.entity.extends) {
      const found = entity(resolved.module, parent)
      if (found === null || found.entity === resolved.entity) continue
      for (const inherited of fields(found, depth + 1)) {
        if (names.has(inherited.field.name)) continue
        names.add(inherited.field.name)
        own.push(inherited)
      }
    }
    return own.slice(0, 400)
  }

  return {
    units,
    source,
    together,
    sharing: (binding) => sharing.get(binding) ?? [],
    imports(module) {
      const { module: lowered, scopes } = units[module]!
      const from = [
        ...lowered.imports.flatMap(({ from, or }) => [from, ...(or ?? [])]),
        ...lowered.exports.flatMap((entry) => ('from' in entry ? [entry.from] : [])),
        ...scopes.requires,
      ]
      return [...new Set(from)].flatMap((specifier) => {
        const found = source(module, specifier)
        return 'module' in found ? together(found.module) : []
      })
    },
    exported: (module, name) => exported(module, name),
    exportNames: (module) =>
      together(module)
        .flatMap((file) => units[file]!.module.exports)
        .flatMap((entry) => (entry.kind === 'all' && entry.name === undefined ? [] : [entry.name ?? ''])),
    imported(module, binding) {
      const key = `${module} ${binding}`
      let found = importCache.get(key)
      if (found === undefined) importCache.set(key, (found = imported(module, binding)))
      return found
    },
    entity(module, type) {
      if (type === undefined) return null
      let found = entityCache.get(type)
      if (found === undefined) entityCache.set(type, (found = entity(module, type)))
      return found
    },
    model,
    held(module, type) {
      if (packageType(module, type) !== null) return entity(module, type.arguments[0])
      // interface CustomerRepository extends JpaRepository<Customer, Long>
      const own = entity(module, type)
      const parent = own?.entity.extends.find(
        (one) => one.arguments.length > 0 && packageType(own.module, one) !== null,
      )
      return own === null || parent === undefined ? null : entity(own.module, parent.arguments[0])
    },
    packageType: (module, type) => packageType(module, type),
    fields(resolved) {
      let found = fieldCache.get(resolved.entity)
      if (found === undefined) fieldCache.set(resolved.entity, (found = fields(resolved)))
      return found
    },
  }
}
