/**
 * Terraform and OpenTofu, and what other tools write in their language (Nomad's jobs, Packer, Terragrunt): resources, variables with their defaults, locals, outputs, provider configurations, calls of modules of
 * the repository, and `*.tfvars`. A folder is a scope; what a module is called with is given to the names of its folder.
 */
import {
  addExpression,
  addVariable,
  type Expression,
  literalOf,
  type Place,
  referenceOf,
  renamed,
} from './expressions/expression.js'
import { type Attribute, type Block, type Body, readBody } from './hcl/body.js'
import { folderOf, relativeTo } from './scope-path.js'
import type { ConfigFile, ConfigFormat, SettingName } from './setting.js'
import { readFile } from './tree.js'
import { givesVariables } from './yaml/variables.js'

const none: ReadonlyMap<string, string> = new Map()

export const terraform: ConfigFormat = {
  id: 'terraform',
  matches: (path) =>
    (/\.(?:tf|tofu|tfvars|hcl|nomad)$/.test(path) && !/\.lock\.hcl$/.test(path)) ||
    /\.tfvars\.(?:example|sample|template|dist)$/.test(path),
  read(path, text) {
    return readFile('terraform', path, text, (file) => {
      file.scope = folderOf(path)
      const body = readBody(file, text)
      if (/\.(?:tf|tofu|hcl|nomad)$/.test(path)) new Reader(file, file.scope).read(body)
      else {
        if (!path.endsWith('.tfvars')) file.example = true
        for (const { name, nameSpan, value } of body.attributes)
          addExpression(file, value, {
            ...{ path: [name], key: nameSpan, renames: none },
            names: scopesOf(file.scope).map((scope) => ({ scope, name: `var.${name}` })),
          })
      }
    })
  },
}

/** Folders whose variables a file gives: its own, and the module's above a folder of environments. */
function scopesOf(folder: string): string[] {
  const parts = folder.split('/')
  const at = parts.findIndex((part) => /^(?:env|envs|environments?|vars|tfvars|config|configs|stages?)$/i.test(part))
  return at < 0 ? [folder] : [folder, parts.slice(0, at).join('/')]
}

class Reader {
  constructor(
    readonly file: ConfigFile,
    readonly scope: string,
  ) {
    file.resources = []
    file.modules = []
  }

  read(body: Body): void {
    for (const block of body.blocks) {
      const { type, labels } = block
      if (type === 'resource' || type === 'data') this.#resource(block)
      else if (type === 'variable') this.#variable(block)
      else if (type === 'locals') this.#named(block.body.attributes, ['locals'], 'local')
      else if (type === 'output')
        this.#body(block.body, ['output', labels[0] ?? ''], [], none, { value: this.#names(`output.${labels[0]}`) })
      else if (type === 'provider') this.#provider(block)
      else if (type === 'module') this.#module(block)
      else this.#body(block.body, [type, ...labels], [], none)
    }
    this.#named(body.attributes, [], 'local')
  }

  #names(name: string, isDefault = false): SettingName[] {
    return [isDefault ? { scope: this.scope, name, isDefault } : { scope: this.scope, name }]
  }

  #named(attributes: readonly Attribute[], path: readonly string[], head: string): void {
    for (const { name, nameSpan, value } of attributes) {
      const names = this.#names(`${head}.${name}`)
      addExpression(this.file, value, { path: [...path, name], key: nameSpan, names, renames: none })
    }
  }

  #variable({ labels: [name = ''], body }: Block): void {
    for (const attribute of body.attributes) {
      if (attribute.name !== 'default' && attribute.name !== 'description') continue
      const names = attribute.name === 'default' ? this.#names(`var.${name}`, true) : []
      const place = { path: ['variable', name, attribute.name], key: attribute.nameSpan, names, renames: none }
      addExpression(this.file, attribute.value, place)
    }
  }

  #resource({ type, labels: [kind = '', name = ''], body, span }: Block): void {
    const path = [type, kind, name]
    const called = type === 'data' ? `data.${kind}.${name}` : `${kind}.${name}`
    const explicit = attributeOf(body, 'provider')
    const provider = (explicit === null ? null : referenceOf(explicit)) ?? kind.split('_')[0]!
    // azapi_resource: type = "Microsoft.CognitiveServices/accounts@2024-10-01"
    const azapi = kind.startsWith('azapi_') ? literalOf(attributeOf(body, 'type') ?? undefined) : null
    const resource = {
      type: azapi?.replace(/@.*$/s, '') ?? kind,
      name: called,
      path,
      span,
      parent: null,
      provider: `provider.${provider}`,
    }
    if (type === 'resource') this.file.resources!.push(resource)
    this.#body(body, path, this.#names(called), this.#each(body, path))
  }

  // for_each = var.deployments: each.value is one of them
  #each(body: Body, path: readonly string[]): ReadonlyMap<string, string> {
    const over = attributeOf(body, 'for_each')
    if (over === null) return none
    return renamed(
      this.file,
      { item: 'each.value', over: iterated(over) },
      { path, key: null, names: [], renames: none },
    )
  }

  #provider({ labels: [name = ''], body }: Block): void {
    const alias = literalOf(attributeOf(body, 'alias') ?? undefined)
    const called = alias === null ? `provider.${name}` : `provider.${name}.${alias}`
    this.#body(body, ['provider', name, ...(alias === null ? [] : [alias])], this.#names(called), none)
  }

  #module({ labels: [name = ''], body, span }: Block): void {
    const source = literalOf(attributeOf(body, 'source') ?? undefined)
    const path = ['module', name]
    const inner = source !== null && /^\.\.?(?:\/|$)/.test(source) ? relativeTo(this.scope, source) : null
    if (inner !== null) this.file.modules!.push({ name: `module.${name}`, scope: inner })
    else if (source !== null) {
      const type = source.replace(/^registry\.terraform\.io\//, '')
      this.file.resources!.push({
        type,
        name: `module.${name}`,
        path,
        span,
        parent: null,
        provider: `provider.${type.split('/').at(-1)}`,
      })
    }
    const renames = this.#each(body, path)
    for (const { name: key, nameSpan, value } of body.attributes) {
      const names: SettingName[] = []
      if (inner !== null && key !== 'providers') names.push({ scope: inner, name: `var.${key}` })
      // providers = { aws = aws.tokyo }
      if (inner !== null && key === 'providers' && value.kind === 'object') this.#providers(value, path, inner)
      else addExpression(this.file, value, { path: [...path, key], key: nameSpan, names, renames })
    }
  }

  #providers(value: Expression & { kind: 'object' }, path: readonly string[], inner: string): void {
    for (const { key, keySpan, value: given } of value.entries) {
      const name = referenceOf(given)
      if (name === null) continue
      const names = [{ scope: inner, name: `provider.${key}` }]
      const text: Expression = { kind: 'text', texts: [`\${provider.${name}}`], span: given.span }
      addExpression(this.file, text, { path: [...path, 'providers', key], key: keySpan, names, renames: none })
    }
  }

  #body(
    body: Body,
    path: readonly string[],
    names: readonly SettingName[],
    renames: ReadonlyMap<string, string>,
    own: Readonly<Record<string, SettingName[]>> = {},
  ): void {
    const at = (key: string) => names.map((one) => ({ ...one, name: `${one.name}.${key}` }))
    for (const { name, nameSpan, value } of body.attributes) {
      const place: Place = { path: [...path, name], key: nameSpan, names: own[name] ?? at(name), renames }
      addExpression(this.file, value, place)
    }
    const seen = new Map<string, number>()
    for (const block of body.blocks) {
      const [type, inner, innerRenames] = this.#unwrapped(block, path, renames)
      const count = seen.get(type) ?? 0
      seen.set(type, count + 1)
      const place = [...path, type, ...(count > 0 ? [String(count)] : [])]
      if (!this.#variableBlock(inner, place, innerRenames)) this.#body(inner, place, at(type), innerRenames)
    }
  }

  // env { name = "NAME"  value = … }
  #variableBlock(body: Body, path: readonly string[], renames: ReadonlyMap<string, string>): boolean {
    const variables = givesVariables(
      path.filter((part) => !/^\d+$/.test(part)),
      null,
    )
    if (variables === null) return false
    const entries = body.attributes.map(({ name, nameSpan, value }) => ({ key: name, keySpan: nameSpan, value }))
    const item: Expression = { kind: 'object', entries, span: { start: 0, end: 0 } }
    if (addVariable(this.file, item, { path, key: null, names: [], renames }, variables)) return true
    // env { NAME = … }
    const isMap = entries.length > 0 && body.blocks.length === 0 && entries.every(({ key }) => variables.test(key))
    if (isMap) addExpression(this.file, item, { path, key: null, names: [], renames })
    return isMap
  }

  // dynamic "deployment" { for_each = …  content { … } }
  #unwrapped(
    block: Block,
    path: readonly string[],
    renames: ReadonlyMap<string, string>,
  ): [string, Body, ReadonlyMap<string, string>] {
    const type = block.labels[0]
    const content = block.body.blocks.find((each) => each.type === 'content')
    if (block.type !== 'dynamic' || type === undefined || content === undefined)
      return [block.type, block.body, renames]
    const over = attributeOf(block.body, 'for_each')
    const iterator = attributeOf(block.body, 'iterator')
    const item = `${(iterator === null ? null : referenceOf(iterator)) ?? type}.value`
    const place = { path: [...path, 'dynamic', type], key: null, names: [], renames }
    return [type, content.body, over === null ? renames : renamed(this.file, { item, over: iterated(over) }, place)]
  }
}

function attributeOf(body: Body, name: string): Expression | null {
  return body.attributes.find((attribute) => attribute.name === name)?.value ?? null
}

/** `{ for d in var.all : d.name => d }` gives the items of what it goes over. */
function iterated(over: Expression): Expression {
  if (over.kind === 'choice') return over.ways.find((way) => referenceOf(way) !== null) ?? over
  return over.kind === 'loop' && referenceOf(over.body) === over.item ? over.over : over
}
