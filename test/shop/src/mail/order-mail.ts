import { openai } from '../ai/clients.js'
import { type Order, totalOf } from '../domain/order.js'

const INSTRUCTIONS = '通信販売の発送のお知らせメールを、敬体で書いてください。件名は書かないでください。'

/** 発送のお知らせの本文 */
export async function writeShippedMail(order: Order): Promise<string> {
  const { shipTo } = order
  const lines = [
    `お届け先: ${shipTo.recipientName} 様`,
    `〒${shipTo.postalCode} ${shipTo.prefecture}${shipTo.street}`,
    `ご連絡先: ${shipTo.tel}`,
    ...order.items.map((item) => `${item.productName} × ${item.quantity}`),
  ]
  const response = await openai.responses.create({ // finding: cross-border-flow name, postal-code, prefecture, address, phone → foreign (error) for openai
    model: 'gpt-5.2',
    instructions: INSTRUCTIONS,
    input: lines.join('\n'),
  })
  return response.output_text
}

/** ご注文のお礼。商品と金額だけを渡し、宛名は受け取ってから差し込む */
export async function writeThanksMail(order: Order): Promise<string> {
  const lines = order.items.map((item) => `${item.productName} × ${item.quantity}`)
  const response = await openai.responses.create({
    model: 'gpt-5.2',
    instructions: 'ご注文のお礼のメールを、宛名を {{宛名}} として書いてください。',
    input: `${lines.join('\n')}\n合計 ${totalOf(order)} 円`,
  })
  return response.output_text.replace('{{宛名}}', `${order.customer.name} 様`)
}
