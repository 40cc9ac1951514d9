import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime'
import { bedrock } from '../ai/clients.js'
import { totalOf } from '../domain/order.js'
import { ordersOfMonth } from '../repository/orders.js'

/** 東京と大阪のあいだだけで処理されるプロファイル */
const MODEL = 'jp.anthropic.claude-sonnet-4-5-20250929-v1:0'

/** 地域ごとの売れ行きの月次報告 */
export async function monthlyReport(from: Date, to: Date): Promise<string> {
  const orders = await ordersOfMonth(from, to)
  const lines = orders.map((order) => `${order.shipTo.prefecture}${order.shipTo.street}: ${totalOf(order)} 円`)
  const messages = [{ role: 'user' as const, content: [{ text: `売れ行きを報告してください\n${lines.join('\n')}` }] }]
  const response = await bedrock.send(new ConverseCommand({ modelId: MODEL, messages })) // finding: cross-border-flow address → japan-cross-region (note) for amazon-bedrock
  return response.output?.message?.content?.[0]?.text ?? ''
}
