import { describe, expect, it } from 'vitest'
import { examine } from './examine.js'
import { catalogue } from './load.js'

/** Hosts and model ids that look like what they are not, each with what must be said of it. */
const traps: [why: string, text: string, provider: string | null, zone: string, undeclared?: true][] = [
  [
    'a Tokyo host from which inference may go anywhere',
    'aws-external-anthropic.ap-northeast-1.api.aws',
    'claude-platform-aws',
    'foreign',
  ],
  ['not Vertex AI', 'claude.googleapis.com', 'claude-google-cloud-managed', 'foreign'],
  [
    'hosted by Anthropic whatever the resource',
    'https://shop.services.ai.azure.com/anthropic',
    'claude-microsoft-foundry',
    'foreign',
  ],
  ['the same host without that path', 'shop.services.ai.azure.com', 'azure-openai', 'unknown', true],
  ['a Japanese company that calls models of others', 'api.sakana.ai', 'sakana-fugu', 'unknown', true],
  ['Asia Pacific is not Japan', 'api-apc.cognitive.microsofttranslator.com', 'azure-translator', 'foreign'],
  ['Asia Pacific, country not known', 'apac.api.smith.langchain.com', 'langsmith', 'unknown'],
  ['Japan by routing, storage or processing by the project', 'jp.api.openai.com', 'openai', 'japan-region', true],
  ['words in the wrong order', 'api.eu.openai.com', null, 'unknown'],
  [
    'a regional host, processing by the model',
    'asia-northeast1-aiplatform.googleapis.com',
    'google-vertex',
    'japan-region',
    true,
  ],
  [
    'a regional host, processing by the deployment',
    'japaneast.api.cognitive.microsoft.com',
    'azure-openai',
    'japan-region',
    true,
  ],
  ['a resource names no region', 'tokyo-prod-japaneast.openai.azure.com', 'azure-openai', 'unknown', true],
  [
    'a region in Japan, content kept elsewhere unless opted out',
    'comprehend.ap-northeast-1.amazonaws.com',
    'aws-ai-services',
    'japan-region',
    true,
  ],
  ['the global host of a product with regional ones', 'speech.googleapis.com', 'google-speech-vision-docai', 'foreign'],
  ['Osaka', 'inference.generativeai.ap-osaka-1.oci.oraclecloud.com', 'oci-genai', 'japan-region'],
  [
    'where tenancies of Tokyo usually call',
    'inference.generativeai.us-chicago-1.oci.oraclecloud.com',
    'oci-genai',
    'foreign',
  ],
  ['IBM, Tokyo', 'jp-tok.ml.cloud.ibm.com', 'watsonx', 'japan-region'],
  ['the region that examples copy', 'us-south.ml.cloud.ibm.com', 'watsonx', 'foreign'],
  [
    'the region stands in the cluster’s host',
    'a1b2.ap-northeast-1-0.aws.cloud.qdrant.io',
    'qdrant-cloud',
    'japan-region',
  ],
  ['the same of another region', 'a1b2.us-west-1-0.aws.cloud.qdrant.io', 'qdrant-cloud', 'foreign'],
  [
    'Tokyo of a workspace, global or Japan by its scope',
    'ws.ap-northeast-1.maas.aliyuncs.com',
    'alibaba-model-studio',
    'japan-region',
    true,
  ],
  ['the default of its SDKs', 'dashscope-intl.aliyuncs.com', 'alibaba-model-studio', 'foreign'],
  ['seen only in generated code', 'api.cotomi.nec-cloud.com', null, 'unknown'],
  ['seen only in students’ code', 'api.cotomi.com', 'nec-cotomi', 'unknown'],
  ['one catalogue’s word', 'api.tsuzumi.ntt.com', null, 'unknown'],
  ['weights of a Chinese company on Japanese servers', 'api.ai.sakura.ad.jp', 'sakura-ai-engine', 'domestic'],
  ['the service of that company', 'api.deepseek.com', 'deepseek', 'foreign'],
  ['its weights, wherever they run', 'deepseek-r1', null, 'unknown'],
  ['downloads weights, sends no prompts', 'huggingface.co', null, 'unknown'],
  ['routes prompts to anybody', 'router.huggingface.co', 'huggingface', 'foreign'],
  ['global is not the European Union', 'api.mistral.ai', 'mistral', 'foreign'],
  ['the European Union', 'api.eu.mistral.ai', 'mistral', 'designated'],
  ['the default of tracing', 'cloud.langfuse.com', 'langfuse', 'designated'],
  ['tracing, Japan', 'jp.cloud.langfuse.com', 'langfuse', 'japan-region'],
  ['the default of tracing', 'api.smith.langchain.com', 'langsmith', 'foreign'],
  ['translation, Japan by addendum', 'api-jp.deepl.com', 'deepl', 'japan-region'],
  ['not Bedrock: no region', 'api.nova.amazon.com', 'amazon-nova-api', 'foreign'],
  ['models that run away from the machine', 'ollama.com', 'ollama-cloud', 'foreign'],
  ['models on the machine', 'http://127.0.0.1:11434', null, 'edge'],
  ['in the cluster', 'http://llm.default.svc.cluster.local/v1', null, 'edge'],
  ['a profile that leaves Japan', 'apac.amazon.nova-pro-v1:0', 'amazon-bedrock', 'foreign'],
  ['a profile that leaves Japan', 'global.anthropic.claude-sonnet-5', 'amazon-bedrock', 'foreign'],
  ['a profile of Japan', 'jp.anthropic.claude-sonnet-5', 'amazon-bedrock', 'japan-cross-region'],
  ['the path names another provider', 'gateway.ai.cloudflare.com/v1/a/shop/openai', 'cloudflare-ai-gateway', 'foreign'],
  ['a library of fireworks', 'fireworks.js.org', null, 'unknown'],
  ['a database beside the vectors', 'good-fish-12345.upstash.io', null, 'unknown'],
  ['a name before an at sign', 'https://api.ai.sakura.ad.jp@evil.example/v1', null, 'unknown'],
  ['a public host that the policy must declare', 'https://llm.example.co.jp/v1', null, 'unknown'],
]

describe('traps', () => {
  it.each(traps)('%s: %s', (_, text, provider, zone, undeclared) => {
    const found = examine(catalogue, text)
    expect([found.provider?.id ?? null, found.zone, found.undeclared !== null]).toEqual([
      provider,
      zone,
      undeclared === true,
    ])
  })
})
