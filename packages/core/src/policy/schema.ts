/** The policy's shape: data/policy.schema.json checked by the validator generated from it, its errors in our words. */
import type { Localized } from '../finding.js'
import type { PolicyError } from './errors.js'
import { nearest } from './near.js'
import { schema as published, validate as generated } from './schema.generated.js'
import type { Path, PolicySource, Wrong } from './source.js'
import { limits } from './source-words.js'

interface SchemaError {
  instancePath: string
  schemaPath: string
  keyword: string
  params: Record<string, unknown>
}

interface Validate {
  (value: unknown): boolean
  errors?: SchemaError[] | null
}

interface SchemaNode {
  properties?: Record<string, unknown>
  [key: string]: unknown
}

export function checkShape(source: PolicySource): PolicyError[] {
  const validate = generated as unknown as Validate
  if (source.value === null) return [source.error(source.origin([]), empty)]
  if (validate(source.value)) return []
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if')
  return errors.slice(0, limits.errors).map((error) => explain(source, error))
}

const empty: Wrong = {
  code: 'empty',
  message: { en: 'the policy is empty', ja: 'ポリシーが空です' },
  remedy: { en: '`version: 1`', ja: '`version: 1` と書いてください' },
}

function explain(source: PolicySource, error: SchemaError): PolicyError {
  const path = pathOf(error.instancePath)
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty)
      return source.error(source.keyOrigin([...path, key]), unknownKey(key, schemaAt(error.schemaPath)))
    }
    case 'required':
      return source.error(
        source.keyOrigin(path),
        missingKey(String(error.params.missingProperty), schemaAt(error.schemaPath)),
      )
    case 'enum': {
      const allowed = (error.params.allowedValues as unknown[]).map(String)
      return source.error(source.origin(path), notOneOf(valueAt(source.value, path), allowed))
    }
    case 'type':
      return source.error(
        source.origin(path),
        wrongType(valueAt(source.value, path), [error.params.type].flat().map(String)),
      )
    default:
      return source.error(source.origin(path), outOfBounds(error))
  }
}

function unknownKey(key: string, node: SchemaNode): Wrong {
  const known = Object.keys(node.properties ?? {})
  const near = nearest(key, known)
  return {
    code: 'unknown-key',
    message: { en: `unknown key \`${key}\``, ja: `不明なキー \`${key}\`` },
    expected: oneOf(known),
    remedy: didYouMean(near) ?? { en: 'remove it', ja: '削除してください' },
  }
}

function missingKey(key: string, node: SchemaNode): Wrong {
  const about = (node.properties?.[key] as { description?: string } | undefined)?.description
  return {
    code: 'missing-key',
    message: { en: `\`${key}\` is missing`, ja: `\`${key}\` がありません` },
    remedy: {
      en: key === 'version' ? '`version: 1`' : `\`${key}: …\`${about ? ` — ${about}` : ''}`,
      ja: key === 'version' ? '`version: 1` と書いてください' : `\`${key}: …\` を追加してください`,
    },
  }
}

/** A word where only some are known. */
export function notOneOf(value: unknown, allowed: readonly string[], code = 'unknown-value'): Wrong {
  const shown = show(value)
  return {
    code,
    message: { en: `${shown} is not known here`, ja: `${shown} はここでは使えません` },
    expected: oneOf(allowed),
    remedy: typeof value === 'string' ? didYouMean(nearest(value, allowed)) : null,
  }
}

export function didYouMean(near: string | null): Localized | null {
  return near === null ? null : { en: `did you mean \`${near}\`?`, ja: `\`${near}\` ではありませんか？` }
}

export function oneOf(words: readonly string[]): Localized {
  return { en: `one of ${words.join(', ')}`, ja: `次のいずれか: ${words.join(', ')}` }
}

const typeWords: Record<string, [en: string, ja: string]> = {
  string: ['text', '文字列'],
  array: ['a list', 'リスト'],
  object: ['keys with values', 'キーと値の組'],
  integer: ['a whole number', '整数'],
  number: ['a number', '数値'],
  boolean: ['true or false', 'true または false'],
  null: ['nothing', '空'],
}

function wrongType(value: unknown, types: string[]): Wrong {
  const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  const [en, ja] = typeWords[actual] ?? typeWords.string!
  return {
    code: 'wrong-type',
    message: { en: `${en} stands here`, ja: `ここの値は${ja}です` },
    expected: {
      en: types.map((type) => typeWords[type]![0]).join(' or '),
      ja: types.map((type) => typeWords[type]![1]).join(' または '),
    },
    remedy:
      types.includes('string') && (actual === 'number' || actual === 'boolean')
        ? { en: `quote it: '${String(value)}'`, ja: `引用符で囲んでください: '${String(value)}'` }
        : types.includes('array') && actual === 'string'
          ? { en: `\`[${String(value)}]\``, ja: `\`[${String(value)}]\` と書いてください` }
          : null,
  }
}

function outOfBounds({ keyword, params }: SchemaError): Wrong {
  const limit = String(params.limit)
  const words: Record<string, [en: string, ja: string]> = {
    pattern: ['the text is empty', '文字列が空です'],
    minItems: ['the list is empty', 'リストが空です'],
    maxItems: [`the list holds more than ${limit} entries`, `リストが ${limit} 件を超えています`],
    minimum: [`the number is less than ${limit}`, `数値が ${limit} より小さいです`],
    maximum: [`the number is more than ${limit}`, `数値が ${limit} より大きいです`],
  }
  const [en, ja] = words[keyword] ?? [`the value does not fit (${keyword})`, `値が正しくありません（${keyword}）`]
  return {
    code: 'out-of-bounds',
    message: { en, ja },
    remedy: { en: 'give a value, or remove the key', ja: '正しい値を書くか、キーを削除してください' },
  }
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null')
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``
}

/** The part of the schema that holds the keyword at the end of the path. */
function schemaAt(schemaPath: string): SchemaNode {
  let node: unknown = published
  for (const key of pathOf(schemaPath.replace(/^#/, '')).slice(0, -1)) node = (node as Record<string, unknown>)[key]
  return node as SchemaNode
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value)
}

function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
