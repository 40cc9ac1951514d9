import { expect, it } from 'vitest'
import { alternativesInJapan } from './alternatives.js'
import { catalogue } from './load.js'

it.each([
  ['amazon-bedrock', 'us-east-1', ['ap-northeast-1', 'ap-northeast-3']],
  ['amazon-bedrock', 'ap-northeast-1', []],
  ['amazon-bedrock', 'nowhere-1', []],
  [
    'amazon-bedrock',
    'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ['jp.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ],
  ['amazon-bedrock', 'us.anthropic.claude-3-7-sonnet', ['jp.anthropic.claude-3-7-sonnet']],
  ['amazon-bedrock', 'anthropic.claude-3-7-sonnet', []],
  ['azure-openai', 'eastus', ['japaneast', 'japanwest']],
  ['google-vertex', 'us-central1', ['asia-northeast1', 'asia-northeast2']],
  [
    'google-vertex',
    'https://us-central1-aiplatform.googleapis.com/v1/projects/p',
    [
      'https://asia-northeast1-aiplatform.googleapis.com/v1/projects/p',
      'https://asia-northeast2-aiplatform.googleapis.com/v1/projects/p',
    ],
  ],
  // It only selects routing: that is a decision with evidence, not a quick fix.
  ['openai', 'https://api.openai.com/v1', []],
  ['openai', 'us.', []],
  [null, 'us-east-1', []],
])('%s: %s → %j', (provider, text, expected) => {
  expect(alternativesInJapan(catalogue, provider, text)).toEqual(expected)
})
