import type Anthropic from '@anthropic-ai/sdk'
import { Hono } from 'hono'
import { claude } from '../ai/clients.js'
import { findCustomer } from '../repository/customers.js'

const MODEL = 'claude-sonnet-4-5'
const SYSTEM = 'あなたは通信販売の問い合わせ窓口です。必要なときだけ会員情報を調べてください。'

const tools: Anthropic.Tool[] = [
  {
    name: 'look_up_member',
    description: '会員の連絡先とランクを調べる',
    input_schema: { type: 'object', properties: {} },
  },
]

/** 会員情報を調べる道具。返した文字列はモデルに送られる */
async function lookUpMember(customerId: string): Promise<string> {
  const customer = await findCustomer(customerId)
  if (!customer) return '会員が見つかりません'
  return JSON.stringify({ 氏名: customer.name, 電話番号: customer.phone, ランク: customer.rank })
}

export const support = new Hono()

support.post('/chat', async (c) => {
  const { customerId, turns } = await c.req.json<{ customerId: string; turns: Anthropic.MessageParam[] }>()
  const messages = [...turns]
  for (let round = 0; round < 5; round++) {
    const reply = await claude.messages.create({ model: MODEL, max_tokens: 800, system: SYSTEM, tools, messages }) // finding: cross-border-flow name, phone, free-text → foreign (error) for anthropic
    const call = reply.content.find((block) => block.type === 'tool_use')
    if (!call) return c.json({ reply: reply.content })
    messages.push({ role: 'assistant', content: reply.content })
    const content = await lookUpMember(customerId)
    messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content }] })
  }
  return c.json({ reply: '担当者におつなぎします' })
})
