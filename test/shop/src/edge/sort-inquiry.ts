import { Ollama } from 'ollama'
import type { Customer } from '../domain/customer.js'

/** 店舗のサーバーで動くモデル。お客様のデータは外に出ない */
const ollama = new Ollama({ host: 'http://localhost:11434' })

const DEPARTMENTS = ['配送', '返品', '商品', 'その他']

/** 問い合わせを担当に振り分ける */
export async function sortInquiry(customer: Customer, subject: string): Promise<string> {
  const response = await ollama.chat({
    model: 'qwen3:8b',
    messages: [
      { role: 'system', content: `担当を一つ選んでください: ${DEPARTMENTS.join('、')}` },
      { role: 'user', content: `${customer.name} 様(${customer.phone}、${customer.rank} 会員): ${subject}` },
    ],
  })
  return DEPARTMENTS.find((department) => response.message.content.includes(department)) ?? 'その他'
}
