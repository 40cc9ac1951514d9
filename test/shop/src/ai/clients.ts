import Anthropic from '@anthropic-ai/sdk'
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import OpenAI from 'openai'

/** 海外のお客様向けと、お客様のデータを含まない文章向け */
export const openai = new OpenAI()

/** 国内のお客様向け。国内で処理される */
export const plamo = new OpenAI({
  apiKey: process.env.PLAMO_API_KEY,
  baseURL: process.env.PLAMO_BASE_URL ?? 'https://api.platform.preferredai.jp/v1',
})

export const claude = new Anthropic()

/** 東京リージョン */
export const bedrock = new BedrockRuntimeClient({ region: process.env.AWS_REGION ?? 'ap-northeast-1' })
