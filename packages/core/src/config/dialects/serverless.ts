/**
 * The Serverless Framework's own references: `${env:NAME, 'default'}`, `${self:custom.ai.url}`, `${opt:stage}`. What they stand in is
 * often a template of CloudFormation, too.
 */
import type { ConfigFile } from '../setting.js'
import { named, rewritten } from './names.js'

const FILES = /(?:^|\/)serverless(?:[._-][\w.-]+)?\.(?:ya?ml|json)$/i
const REFERENCE =
  /\$\{(env|self|opt|param|sls|ssm|cf|file)(?:\([^)}]{0,100}\))?:([^{},]{0,200})(?:,\s*([^{}]{0,400}))?\}/g

export function asServerless(file: ConfigFile): boolean {
  if (!FILES.test(file.path)) return false
  file.scope ??= file.path
  for (const setting of file.settings) {
    named(setting, { scope: file.path, name: `self.${setting.path.join('.')}` })
    if (setting.value?.includes('${') !== true) continue
    let fallback: string | null = null
    const text = setting.value.replace(REFERENCE, (_, kind: string, name: string, other?: string) => {
      const given = other?.trim().replace(/^(["'])(.*)\1$/, '$2')
      if (given !== undefined) fallback = given
      if (kind === 'env') return `\${${name.trim()}}`
      return kind === 'self' ? `\${self.${name.trim()}}` : '${?}'
    })
    if (text === setting.value) continue
    rewritten(setting, fallback === null || text !== text.match(/^\$\{[^{}]*\}$/)?.[0] ? [text] : [text, fallback])
  }
  return true
}
