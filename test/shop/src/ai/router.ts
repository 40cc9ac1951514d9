import { type Customer, isDomesticCustomer } from '../domain/customer.js'
import { openai, plamo } from './clients.js'

const INSTRUCTIONS = 'あなたは和菓子店の店員です。お客様のお名前を呼び、丁寧に二百字以内で答えてください。'

/** 国内のお客様への返答は国内のモデルで、海外のお客様への返答は海外のモデルで書く */
export async function answerInquiry(customer: Customer, subject: string): Promise<string> {
  const ai = isDomesticCustomer(customer) ? plamo : openai
  const model = isDomesticCustomer(customer) ? 'plamo-2.2-prime' : 'gpt-5.2'
  // お客様の問い合わせ文だけは、どちらのお客様のものか書かれていない
  // finding: cross-border-flow free-text → foreign (note)
  const completion = await ai.chat.completions.create({
    model,
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content: `${customer.name} 様(${customer.email})から: ${subject}` },
    ],
  })
  return completion.choices[0]?.message.content ?? ''
}
