/** Files of a feature that are near AI: prompts, and an assistant over one of the application's clients. */
const lower = (name) => name[0].toLowerCase() + name.slice(1)

export const KINDS = ['foreign', 'direct', 'domestic', 'guarded', 'masked', 'plain']

export const CLIENTS = `import Anthropic from '@anthropic-ai/sdk'
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import OpenAI from 'openai'

/** 海外のお客様向け */
export const openai = new OpenAI()

/** 国内のお客様向け。国内で処理される */
export const plamo = new OpenAI({
  apiKey: process.env.PLAMO_API_KEY,
  baseURL: process.env.PLAMO_BASE_URL ?? 'https://api.platform.preferredai.jp/v1',
})

export const claude = new Anthropic()

/** 東京リージョン */
export const bedrock = new BedrockRuntimeClient({ region: process.env.AWS_REGION ?? 'ap-northeast-1' })
`

export const WRAPPER = `import type OpenAI from 'openai'

export interface Message {
  role: 'system' | 'user'
  content: string
}

/** モデルの呼び出しを一か所に集める。失敗したら三回まで繰り返す */
export class ChatModel {
  constructor(
    private readonly client: OpenAI,
    private readonly model: string,
  ) {}

  async complete(messages: Message[], retries = 3): Promise<string> {
    try {
      const completion = await this.client.chat.completions.create({ model: this.model, messages })
      return completion.choices[0]?.message.content ?? ''
    } catch (error) {
      if (retries > 0) return this.complete(messages, retries - 1)
      throw error
    }
  }
}
`

export const MASK = `/** 個人を特定できる部分を落とす */
export function digest(text: string): number {
  return text.length
}

export function withoutPerson<T extends { lines: unknown[] }>({ lines }: T): { count: number } {
  return { count: lines.length }
}
`

export function promptFile({ person: [Person, label], thing: [Thing, title] }, random) {
  const rules = Array.from(
    { length: 3 + random.below(10) },
    (_, index) => `  '規則 ${index + 1}: ${title}について簡潔に答えること',`,
  )
  return `import type { ${Person}, ${Thing} } from '../domain/index.js'
import type { Message } from '@/shared/ai/index.js'

const RULES = [
${rules.join('\n')}
]

export function describe${Person}(${lower(Person)}: ${Person}): string {
  return [\`${label}: \${${lower(Person)}.name} 様\`, \`電話: \${${lower(Person)}.phone}\`].join('\\n')
}

export function describeLines(${lower(Thing)}: ${Thing}): string {
  return ${lower(Thing)}.lines.map((line) => \`\${line.productName} × \${line.quantity}\`).join('\\n')
}

export function buildPrompt(${lower(Thing)}: ${Thing}, question: string): Message[] {
  return [
    { role: 'system', content: RULES.join('\\n') },
    { role: 'user', content: \`\${describe${Person}(${lower(Thing)}.${lower(Person)})}\\n\${describeLines(${lower(Thing)})}\\n質問: \${question}\` },
  ]
}

export function buildPlainPrompt(${lower(Thing)}: ${Thing}): Message[] {
  return [{ role: 'user', content: describeLines(${lower(Thing)}) }]
}
`
}

const BODIES = {
  foreign: () => `    return new ChatModel(openai, 'gpt-5.2').complete(buildPrompt(target, question))`,
  direct:
    () => `    const { content } = (await openai.responses.create({ model: 'gpt-5.2', input: buildPrompt(target, question) })).output[0]
    return content`,
  domestic: () => `    return new ChatModel(plamo, 'plamo-2.2-prime').complete(buildPrompt(target, question))`,
  guarded: (
    person,
  ) => `    const model = isDomestic(target.${person}) ? new ChatModel(plamo, 'plamo-2.2-prime') : new ChatModel(openai, 'gpt-5.2')
    return model.complete(buildPrompt(target, question))`,
  masked: () => `    const message = await claude.messages.create({
      model: 'claude-sonnet-4-5',
      max_tokens: 500,
      messages: [{ role: 'user', content: \`\${digest(question)} \${withoutPerson(target).count}\` }],
    })
    return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('')`,
  plain: () => `    if (question === '') return ''
    const response = await openai.responses.create({ model: 'gpt-5.2', input: describeLines(target) })
    return response.output_text`,
}

const NEEDS = {
  foreign: ['ChatModel', 'openai'],
  direct: ['openai'],
  domestic: ['ChatModel', 'plamo'],
  guarded: ['ChatModel', 'openai', 'plamo'],
  masked: ['claude', 'digest', 'withoutPerson'],
  plain: ['openai'],
}
const promptOf = (kind) => (kind === 'plain' ? 'describeLines' : 'buildPrompt')

export function assistantFile({ person: [Person], thing: [Thing, title], kind }) {
  const domain = kind === 'guarded' ? `isDomestic, type ${Thing}` : `type ${Thing}`
  return `import { ${NEEDS[kind].join(', ')} } from '@/shared/ai/index.js'
import { ${domain} } from '../domain/index.js'
${kind === 'masked' ? '' : `import { ${promptOf(kind)} } from './prompt.js'\n`}
/** ${title}への返答を書く */
export class ${Thing}Assistant {
  async reply(target: ${Thing}, question: string): Promise<string> {
${BODIES[kind](lower(Person))}
  }
}
`
}
