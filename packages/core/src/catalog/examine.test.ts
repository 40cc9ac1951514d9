import { describe, expect, test } from 'vitest'
import { examine } from './examine.js'
import { catalogue } from './load.js'

const table: [text: string, kind: string, provider: string | null, zone: string][] = [
  ['api.openai.com', 'host', 'openai', 'foreign'],
  ['API.OpenAI.com.', 'host', 'openai', 'foreign'],
  ['https://user:secret@api.openai.com:443/v1', 'host', 'openai', 'foreign'],
  ['api.openai.com.proxy.example.jp', 'host', null, 'unknown'],
  ['notapi.openai.com.example.jp', 'host', null, 'unknown'],
  ['jp.api.openai.com', 'host', 'openai', 'japan-region'],
  ['bedrock-runtime.ap-northeast-1.amazonaws.com', 'host', 'amazon-bedrock', 'japan-region'],
  ['bedrock-runtime.us-east-1.amazonaws.com', 'host', 'amazon-bedrock', 'foreign'],
  ['asia-northeast1-aiplatform.googleapis.com', 'host', 'google-vertex', 'japan-region'],
  ['aiplatform.googleapis.com', 'host', 'google-vertex', 'foreign'],
  ['acme-japaneast.openai.azure.com', 'host', 'azure-openai', 'unknown'],
  ['claude.googleapis.com', 'host', 'claude-google-cloud-managed', 'foreign'],
  ['api.ai.sakura.ad.jp', 'host', 'sakura-ai-engine', 'domestic'],
  ['http://localhost:11434', 'host', null, 'edge'],
  ['192.168.0.12:8000', 'host', null, 'edge'],
  ['llm.example.co.jp', 'host', null, 'unknown'],
  ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'model', 'amazon-bedrock', 'foreign'],
  ['apac.amazon.nova-lite-v1:0', 'model', 'amazon-bedrock', 'foreign'],
  ['us.meta.llama3-3-70b-instruct-v1:0', 'model', 'amazon-bedrock', 'foreign'],
  ['jp.anthropic.claude-sonnet-4-5-20250929-v1:0', 'model', 'amazon-bedrock', 'japan-cross-region'],
  ['anthropic.claude-3-haiku-20240307-v1:0', 'model', null, 'unknown'],
  [
    'arn:aws:bedrock:ap-northeast-1:123456789012:inference-profile/jp.anthropic.claude-sonnet-4-5',
    'model',
    'amazon-bedrock',
    'japan-cross-region',
  ],
  ['gpt-5.2', 'model', null, 'unknown'],
  ['openrouter/anthropic/claude-sonnet-4.5', 'model', 'openrouter', 'foreign'],
  ['azure/gpt-5.2', 'model', 'azure-openai', 'unknown'],
  ['ollama/qwen3', 'model', 'ollama', 'edge'],
  ['qwen3:8b', 'model', null, 'unknown'],
  ['bedrock/jp.anthropic.claude-sonnet-4-5', 'model', 'amazon-bedrock', 'japan-cross-region'],
  ['bedrock/global.anthropic.claude-sonnet-4-5', 'model', 'amazon-bedrock', 'foreign'],
  ['bedrock/ap-northeast-1/anthropic.claude-3-haiku', 'model', 'amazon-bedrock', 'japan-region'],
  ['bedrock/us-east-1/anthropic.claude-3-haiku', 'model', 'amazon-bedrock', 'foreign'],
  ['@cf/meta/llama-3.1-8b-instruct', 'model', 'cloudflare-workers-ai', 'foreign'],
  ['arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/summary', 'model', 'amazon-sagemaker', 'japan-region'],
  ['arn:aws:s3:ap-northeast-1:123456789012:bucket', 'model', null, 'unknown'],
  ['AZURE_OPENAI_KEY', 'model', null, 'unknown'],
  ['gs://customers/calls.wav', 'unknown', null, 'unknown'],
  ['vpce-0a1b2c3d-xyz.bedrock-runtime.ap-northeast-1.vpce.amazonaws.com', 'host', 'amazon-bedrock', 'japan-region'],
  ['vpce-0a1b2c3d-xyz.bedrock-runtime.us-east-1.vpce.amazonaws.com', 'host', 'amazon-bedrock', 'foreign'],
  ['shop.privatelink.openai.azure.com', 'host', 'azure-openai', 'unknown'],
  ['two words', 'unknown', null, 'unknown'],
  ['', 'unknown', null, 'unknown'],
]

describe('examine', () => {
  test.each(table)('%s', (text, kind, provider, zone) => {
    const found = examine(catalogue, text)
    expect([found.kind, found.provider?.id ?? null, found.zone]).toEqual([kind, provider, zone])
    expect(found.why.en).not.toBe('')
    expect(found.why.ja).not.toBe('')
  })

  test('a look-alike is told from what it looks like', () => {
    expect(examine(catalogue, 'api.openai.com.proxy.example.jp').why.en).toContain('only looks like api.openai.com')
  })

  test('a host that serves other things too names the paths that are an AI service', () => {
    expect(examine(catalogue, 'shop.snowflakecomputing.com').why.en).toContain('/api/v2/cortex')
  })

  test('a bare name says where a router that is given it alone would go, and no place', () => {
    expect(examine(catalogue, 'gpt-5.2').why.en).toContain('OpenAI')
  })

  test('what only an account setting decides must be declared', () => {
    expect(examine(catalogue, 'jp.api.openai.com').undeclared).not.toBeNull()
    expect(examine(catalogue, 'api.openai.com').undeclared).toBeNull()
  })
})
