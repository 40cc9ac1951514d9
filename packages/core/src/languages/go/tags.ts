/** What a struct's tags say of a field: a label in words, the variable of the environment that it is read from. */
import type { Value } from '../../ir/ir.js'
import { constant, member, spanOf } from '../nodes.js'
import { fieldOf, type SyntaxNode } from '../tree.js'
import { textOf, type Lowering } from './lowering.js'

const labels = /^(?:label|comment|description|desc|title|doc|jsonschema_description|ja|name_ja|display|caption)$/

/** `json:"phone" env:"X"` → pairs */
export function tagsOf(l: Lowering, declaration: SyntaxNode): [string, string][] {
  const tag = fieldOf(declaration, 'tag')
  if (tag === null) return []
  return [
    ...textOf(l, tag)
      .slice(1, -1)
      .slice(0, 2000)
      .matchAll(/([\w-]+):\\?"((?:[^"\\]|\\.)*)"/g),
  ].map(([, key, value]) => [key!, value!.replace(/\\(.)/g, '$1')])
}

/** Words for people, as a comment: `label:"電話番号"`, `gorm:"comment:電話番号"`, `jsonschema:"description=…"`. */
export function labelsIn(l: Lowering, declaration: SyntaxNode): string | undefined {
  const said = tagsOf(l, declaration).flatMap(([key, value]) => {
    if (labels.test(key)) return [value]
    const inner = /(?:^|[;,])(?:comment|description|title)[:=]([^;,]+)/.exec(value)
    return inner === null ? [] : [inner[1]!]
  })
  return said.length === 0 ? undefined : said.join('\n')
}

const stores = [
  'json',
  'db',
  'form',
  'bson',
  'firestore',
  'csv',
  'yaml',
  'query',
  'param',
  'dynamodbav',
  'spanner',
  'bigquery',
]

/** The name outside: `json:"phone_number"`, `gorm:"column:tel"`. */
export function storedName(l: Lowering, declaration: SyntaxNode): string | undefined {
  const tags = new Map(tagsOf(l, declaration))
  const column = /(?:^|;)column:(\w+)/i.exec(tags.get('gorm') ?? '')?.[1]
  const names = [column, ...stores.map((key) => tags.get(key)?.split(',')[0])]
  return names.find((name) => name !== undefined && name !== '' && name !== '-')
}

/** `json:"-"` */
export function isUnwritten(l: Lowering, declaration: SyntaxNode): boolean {
  return tagsOf(l, declaration).some(([key, value]) => key === 'json' && value === '-')
}

/** `env:"OPENAI_BASE_URL" envDefault:"https://…"`, `envconfig:"…" default:"…"`, `mapstructure:"…"`: what the field holds. */
export function settingOf(l: Lowering, declaration: SyntaxNode): Value | null {
  const tags = new Map(tagsOf(l, declaration))
  const named = tags.get('env') ?? tags.get('envconfig') ?? tags.get('mapstructure')
  const [name, ...options] = (named ?? '').split(/[,;]\s*/)
  if (name === undefined || !/^[\w.-]+$/.test(name)) return null
  const span = spanOf(declaration)
  const inline = options.find((option) => option.startsWith('default='))?.slice('default='.length)
  const fallback = tags.get('envDefault') ?? tags.get('env-default') ?? tags.get('default') ?? inline
  const call: Value = {
    kind: 'call',
    callee: member({ kind: 'global', name: 'os', span }, 'Getenv', span),
    arguments: [{ value: constant(name, span) }],
    construct: false,
    span,
  }
  return fallback === undefined
    ? call
    : { kind: 'logical', operator: 'or', left: call, right: constant(fallback, span), span }
}
