import { describe, expect, it } from 'vitest'
import { parseUrl } from './hosts.js'
import { catalogue } from './load.js'
import { worst } from './zones.js'

interface Case {
  url: string
  model?: string
  deployment?: string
  region?: string
  zone: string
  escape?: boolean
  undeclared?: boolean
}

const bedrock = 'https://bedrock-runtime.ap-northeast-1.amazonaws.com'
const arn = 'arn:aws:bedrock:ap-northeast-1:123456789012:'

const cases: Case[] = [
  { url: 'https://api.openai.com/v1', zone: 'foreign' },
  { url: 'https://jp.api.openai.com/v1', zone: 'japan-region', undeclared: true },
  { url: 'https://eu.api.openai.com/v1', zone: 'designated' },
  { url: 'https://kr.api.openai.com/v1', zone: 'foreign' },
  { url: 'https://zz.api.openai.com/v1', zone: 'unknown' },
  { url: 'https://api.anthropic.com', zone: 'foreign' },
  { url: 'https://api.deepseek.com', zone: 'foreign' },
  { url: 'https://api.ai.sakura.ad.jp/v1', zone: 'domestic' },
  { url: 'https://api.platform.preferredai.jp/v1', zone: 'domestic' },
  { url: 'https://api.sakana.ai/v1', zone: 'unknown', undeclared: true },
  { url: 'https://jp.cloud.langfuse.com', zone: 'japan-region' },
  { url: 'https://aws-external-anthropic.ap-northeast-1.api.aws', zone: 'foreign' },
  { url: bedrock, zone: 'japan-region' },
  { url: bedrock, model: 'amazon.nova-pro-v1:0', zone: 'japan-region' },
  { url: bedrock, model: 'jp.anthropic.claude-sonnet-4-5-20250929-v1:0', zone: 'japan-cross-region' },
  { url: bedrock, model: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', zone: 'foreign', escape: true },
  { url: bedrock, model: 'apac.amazon.nova-pro-v1:0', zone: 'foreign', escape: true },
  { url: bedrock, model: 'us-gov.anthropic.claude', zone: 'foreign', escape: true },
  { url: bedrock, model: 'eu.amazon.nova-pro-v1:0', zone: 'designated', escape: true },
  { url: bedrock, model: `${arn}inference-profile/jp.anthropic.claude-haiku-4-5`, zone: 'japan-cross-region' },
  { url: bedrock, model: `${arn}inference-profile/global.anthropic.claude`, zone: 'foreign', escape: true },
  { url: bedrock, model: `${arn}application-inference-profile/abc`, zone: 'unknown', undeclared: true },
  {
    url: bedrock,
    model: 'arn:aws:bedrock:ap-northeast-1::foundation-model/amazon.nova-lite-v1:0',
    zone: 'japan-region',
  },
  { url: bedrock, model: 'arn:aws:bedrock:us-east-1:1:provisioned-model/abc', zone: 'foreign' },
  { url: bedrock, model: `${arn}provisioned-model/abc`, zone: 'japan-region' },
  { url: 'https://bedrock-runtime.ap-northeast-2.amazonaws.com', zone: 'foreign' },
  { url: 'https://bedrock-runtime.us-east-1.amazonaws.com', model: 'jp.anthropic.claude', zone: 'foreign' },
  { url: 'https://bedrock-runtime.us-east-1.amazonaws.com', model: 'global.anthropic.claude', zone: 'foreign' },
  { url: 'https://bedrock-runtime.eu-central-2.amazonaws.com', zone: 'foreign' },
  { url: 'https://bedrock-runtime.xx-new-1.amazonaws.com', zone: 'unknown' },
  { url: 'https://asia-northeast1-aiplatform.googleapis.com', zone: 'japan-region', undeclared: true },
  { url: 'https://asia-northeast3-aiplatform.googleapis.com', zone: 'foreign' },
  { url: 'https://europe-west1-aiplatform.googleapis.com', zone: 'designated' },
  { url: 'https://aiplatform.googleapis.com', zone: 'foreign' },
  { url: 'https://contoso.openai.azure.com', zone: 'unknown', undeclared: true },
  { url: 'https://contoso.openai.azure.com', region: 'japaneast', zone: 'japan-region', undeclared: true },
  { url: 'https://contoso.openai.azure.com', region: 'Japan East', deployment: 'Standard', zone: 'japan-region' },
  { url: 'https://contoso.openai.azure.com', region: '東日本', deployment: 'ProvisionedManaged', zone: 'japan-region' },
  {
    url: 'https://contoso.openai.azure.com',
    region: 'japaneast',
    deployment: 'GlobalStandard',
    zone: 'foreign',
    escape: true,
  },
  { url: 'https://contoso.openai.azure.com', deployment: 'DataZoneStandard', zone: 'foreign' },
  { url: 'https://contoso.openai.azure.com', deployment: 'Standard', zone: 'unknown' },
  { url: 'https://japaneast.api.cognitive.microsoft.com', zone: 'japan-region', undeclared: true },
  { url: 'https://eastasia.api.cognitive.microsoft.com', zone: 'foreign' },
  { url: 'https://inference.generativeai.ap-osaka-1.oci.oraclecloud.com', zone: 'japan-region' },
  { url: 'https://jp-tok.ml.cloud.ibm.com', zone: 'japan-region' },
  { url: 'https://ws.ap-northeast-1.maas.aliyuncs.com', zone: 'japan-region', undeclared: true },
]

describe('placeOf', () => {
  it.each(cases)(
    '$url $model $region $deployment → $zone',
    ({ url, model, deployment, region, zone, escape, undeclared }) => {
      const { host, path } = parseUrl(url)!
      const match = catalogue.matchHost(host, path)!
      const place = catalogue.placeOf({
        provider: match.provider,
        host: match.host,
        region: region ?? match.captures.region,
        modelId: model,
        deployment,
      })
      expect(place.zone).toBe(zone)
      expect(place.escape !== null, 'escape').toBe(escape ?? false)
      expect(place.undeclared !== null, 'undeclared').toBe(undeclared ?? false)
    },
  )

  it('knows no place without a provider, and its own machine', () => {
    expect(catalogue.placeOf({ provider: null, location: 'unknown' }).zone).toBe('unknown')
    expect(catalogue.placeOf({ provider: null, location: 'local' }).zone).toBe('edge')
    expect(catalogue.placeOf({ provider: catalogue.providerById('openai'), location: 'local' }).zone).toBe('edge')
  })

  it('says what leaves Japan', () => {
    const provider = catalogue.providerById('amazon-bedrock')
    const place = catalogue.placeOf({ provider, location: '{region}', region: 'ap-northeast-3', modelId: 'global.x' })
    expect(place.escape?.factor).toBe('global.x')
    expect(place.escape?.ja).toContain('global.x')
    expect(place.jurisdiction).toBe('US')
  })
})

describe('worst', () => {
  it.each([
    [['edge', 'foreign', 'domestic'], 'foreign'],
    [['designated', 'unknown'], 'unknown'],
    [['japan-region', 'japan-cross-region'], 'japan-cross-region'],
    [['edge'], 'edge'],
    [[], 'unknown'],
  ] as const)('%j → %s', (zones, expected) => expect(worst(zones)).toBe(expected))
})

describe('region tables', () => {
  it.each([
    ['aws', 'ap-northeast-1', 'JP'],
    ['aws', 'ap-northeast-2', 'KR'],
    ['aws', 'ap-northeast-3', 'JP'],
    ['azure', 'japanwest', 'JP'],
    ['azure', 'koreacentral', 'KR'],
    ['gcp', 'asia-northeast2', 'JP'],
    ['gcp', 'asia-northeast3', 'KR'],
    ['oci', 'ap-tokyo-1', 'JP'],
    ['ibm', 'jp-osa', 'JP'],
    ['alibaba', 'ap-northeast-1', 'JP'],
    ['snowflake', 'AWS_JP', 'japan-cross-region'],
  ])('%s %s is in %s', (table, region, country) => expect(catalogue.data.regions[table]?.[region]).toBe(country))
})
