// 旧会員分析バッチ。東京から呼んでいるが、global. のプロファイルなので処理は国外に出る
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime'
import { activeCustomers } from '../repository/customers.js'

const bedrock = new BedrockRuntimeClient({ region: 'ap-northeast-1' })

async function main() {
  for (const customer of await activeCustomers()) {
    const text = `会員 ${customer.id}(${customer.rank}、${customer.birthday?.toISOString()})の好みを推測してください`
    const messages = [{ role: 'user' as const, content: [{ text }] }]
    // finding: region-escape (error); cross-border-flow birth-date, customer-id → foreign (error)
    await bedrock.send(new ConverseCommand({ modelId: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', messages }))
  }
}

await main()
