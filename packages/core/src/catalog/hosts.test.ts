import { describe, expect, it } from 'vitest'
import { hole, isLocal, parseUrl } from './hosts.js'
import { catalogue } from './load.js'

describe('parseUrl', () => {
  const cases: [
    text: string,
    expected: [scheme: string | null, host: string, port: number | null, path: string] | null,
  ][] = [
    ['https://api.openai.com/v1', ['https', 'api.openai.com', null, '/v1']],
    ['  HTTPS://user:p%40ss@API.OpenAI.com.:443/v1?x=1#y ', ['https', 'api.openai.com', 443, '/v1']],
    ['https:\\\\api.openai.com\\v1', ['https', 'api.openai.com', null, '/v1']],
    ['https://api%2Eopenai%2Ecom/v1', ['https', 'api.openai.com', null, '/v1']],
    ['https://api。openai。com/v1', ['https', 'api.openai.com', null, '/v1']],
    ['wss://api.openai.com/v1/realtime', ['wss', 'api.openai.com', null, '/v1/realtime']],
    ['//api.openai.com/v1', [null, 'api.openai.com', null, '/v1']],
    ['api.openai.com/v1', [null, 'api.openai.com', null, '/v1']],
    ['localhost:11434', [null, 'localhost', 11434, '']],
    ['http://[::1]:8080/v1', ['http', '::1', 8080, '/v1']],
    ['http://ollama:11434', ['http', 'ollama', 11434, '']],
    ['https://xn--eckwd4c7c.example/v1', ['https', 'xn--eckwd4c7c.example', null, '/v1']],
    ['https://日本語.example/', ['https', '日本語.example', null, '/']],
    ['https://api.openai.com@evil.example/v1', ['https', 'evil.example', null, '/v1']],
    ['https://evil.example\\@api.openai.com/', ['https', 'evil.example', null, '/@api.openai.com/']],
    [`https://${hole}.openai.azure.com/openai`, ['https', `${hole}.openai.azure.com`, null, '/openai']],
    [`https://api.openai.com${hole}`, ['https', 'api.openai.com', null, '']],
    [`${hole}/v1`, null],
    ['/v1/chat/completions', null],
    ['mailto:a@api.openai.com', null],
    ['arn:aws:bedrock:ap-northeast-1::foundation-model/x', null],
    ['gpt-5', null],
    ['data:text/plain,api.openai.com', null],
    ['https://', null],
    ['', null],
  ]
  it.each(cases)('%s', (text, expected) => {
    const url = parseUrl(text)
    expect(url && [url.scheme, url.host, url.port, url.path]).toEqual(expected)
  })
})

describe('matchHost', () => {
  const cases: [url: string, expected: [provider: string, location: string, region?: string | null] | null][] = [
    ['https://api.openai.com/v1', ['openai', 'global']],
    ['https://jp.api.openai.com/v1', ['openai', 'JP']],
    ['https://eu.api.openai.com/v1', ['openai', '{region}', 'eu']],
    ['https://api.openai.com.proxy.example.jp/v1', null],
    ['https://notapi.openai.com/v1', null],
    ['https://api.openai.com.evil/v1', null],
    ['https://example.jp/api.openai.com/v1', null],
    ['https://api-openai.com/v1', null],
    ['https://bedrock-runtime.ap-northeast-1.amazonaws.com', ['amazon-bedrock', '{region}', 'ap-northeast-1']],
    [`https://bedrock-runtime.${hole}.amazonaws.com`, ['amazon-bedrock', '{region}', null]],
    ['https://bedrock-runtime.ap-northeast-1.amazonaws.com.example.jp', null],
    ['https://aws-external-anthropic.ap-northeast-1.api.aws', ['claude-platform-aws', 'global', 'ap-northeast-1']],
    ['https://asia-northeast1-aiplatform.googleapis.com/v1', ['google-vertex', '{region}', 'asia-northeast1']],
    ['https://contoso.services.ai.azure.com/anthropic/v1/messages', ['claude-microsoft-foundry', 'global']],
    ['https://contoso.services.ai.azure.com/openai/v1', ['azure-openai', 'unknown']],
    ['https://contoso.services.ai.azure.com/anthropics', ['azure-openai', 'unknown']],
    ['https://api.ai.sakura.ad.jp/v1', ['sakura-ai-engine', 'JP']],
    ['https://ws1.ap-northeast-1.maas.aliyuncs.com', ['alibaba-model-studio', '{region}', 'ap-northeast-1']],
    ['https://api.cloudflare.com/client/v4/accounts/abc/ai/run', ['cloudflare-workers-ai', 'global']],
    ['https://api.cloudflare.com/client/v4/zones', null],
    [`https://${hole}`, null],
    ['http://localhost:11434', null],
  ]
  it.each(cases)('%s', (text, expected) => {
    const url = parseUrl(text)!
    const match = catalogue.matchHost(url.host, url.path)
    const found = match && [
      match.provider.id,
      match.host.location,
      ...('region' in match.captures ? [match.captures.region] : []),
    ]
    expect(found).toEqual(expected)
  })
})

describe('isLocal', () => {
  const own = [
    ...[
      'localhost',
      'app.localhost',
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '0.0.0.0',
      '10.1.2.3',
      '192.168.0.5',
    ],
    ...['172.16.0.1', '172.31.255.1', '169.254.1.1', '::1', '::', 'fe80::1', 'fd12:3456::1', '::ffff:10.0.0.1'],
    ...['ollama', 'printer.local', 'host.docker.internal', 'vllm.ai.svc.cluster.local', 'vllm.ai.svc'],
  ]
  const others = [
    'https',
    ...[
      '8.8.8.8',
      '172.32.0.1',
      '11.0.0.1',
      '2001:db8::1',
      '::2',
      'example.jp',
      'localhost.example.jp',
      'local.example',
    ],
    ...['10.0.0.1.example.jp', 'svc.example.jp', 'app.railway.internal', hole, `${hole}.local`],
  ]
  it.each(own)('%s is local', (host) => expect(isLocal(host)).toBe(true))
  it.each(others)('%s is not', (host) => expect(isLocal(host)).toBe(false))
})
