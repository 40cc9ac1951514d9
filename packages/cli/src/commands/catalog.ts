/** `sekisho catalog`: what is known of providers, of one host or model id, and what Japan offers side by side. */
import { catalogue, examine, type Examined, type Provider } from '@sekisho/core'
import { Mistake } from '@sekisho/files'
import { Option as Flag, type Command } from 'commander'
import { exitCodes } from '../exit-code.js'
import { chooseLocale, type Locale } from '../locale.js'
import { zoneNames } from '../messages.js'
import { wrap } from '../reporters/wrap.js'
import { safeJson, visible } from '../sanitize.js'
import { optionsInJapan, type Option } from './catalog-compare.js'
import type { Outcome, Register, Run } from './command.js'
import { measure } from './connect.js'
import { markdownTable, plainTable } from './table.js'

const WIDTH = 100

const words = {
  en: {
    description: 'what the catalogue knows of AI providers, hosts and model ids',
    list: 'list all providers',
    show: 'show one provider, with its sources',
    id: 'a provider, by its id',
    check: 'say where a URL, host or model id is, and why',
    what: 'a URL, a host or a model id',
    compare: 'compare what is offered in Japan: domestic providers and Japan regions of others',
    format: 'how to print it',
    measure: 'time a TCP and TLS connection to each host (uses the network)',
    timeout: 'milliseconds to wait for a connection',
    locale: 'language of the output',
    unknown: (id: string, like: string) => `the catalogue has no provider \`${id}\`${like}`,
    like: (ids: string) => `; did you mean ${ids}?`,
    declare: 'to declare',
    columns: ['provider', 'name', 'operator', 'law', 'kind', 'tier', 'checked'],
    compared: [
      'zone',
      'provider',
      'host',
      'operator',
      'contract with',
      'law',
      'routing',
      'OpenAI-compatible',
      'certifications',
      'evidence',
    ],
    yes: 'yes',
    no: 'no',
  },
  ja: {
    description: 'AI プロバイダー、ホスト、モデル ID についてカタログが知っていること',
    list: 'すべてのプロバイダーを一覧',
    show: '1 つのプロバイダーを出典とともに表示',
    id: 'プロバイダーの ID',
    check: 'URL、ホスト、モデル ID がどこにあるかを理由とともに表示',
    what: 'URL、ホスト、またはモデル ID',
    compare: '日本で利用できる選択肢(国内事業者と各社の日本リージョン)を比較',
    format: '出力形式',
    measure: '各ホストへの TCP と TLS の接続時間を測定(ネットワークを使用)',
    timeout: '接続を待つ時間(ミリ秒)',
    locale: '出力の言語',
    unknown: (id: string, like: string) => `プロバイダー \`${id}\` はカタログにありません${like}`,
    like: (ids: string) => `。候補: ${ids}`,
    declare: '宣言が必要',
    columns: ['プロバイダー', '名称', '運営者', '法域', '種類', '区分', '確認日'],
    compared: ['ゾーン', 'プロバイダー', 'ホスト', '運営者', '契約主体', '法域', '経路', 'OpenAI 互換', '認証', '根拠'],
    yes: 'あり',
    no: 'なし',
  },
} as const

interface Raw {
  format: 'table' | 'json' | 'markdown'
  locale?: Locale
  measure?: boolean
  timeout?: string
}

export const registerCatalog: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  const group = program.command('catalog').description(text.description)
  const add = (usage: string, description: string, formats: readonly Raw['format'][]): Command =>
    group
      .command(usage)
      .description(description)
      .addOption(new Flag('-f, --format <format>', text.format).choices(formats).default('table'))
      .addOption(new Flag('--locale <locale>', text.locale).choices(['en', 'ja']))
  const run = (raw: Raw, act: (locale: Locale) => string | Promise<string>) => {
    const made: Run = async (surroundings): Promise<Outcome> => ({
      code: exitCodes.clean,
      stdout: await act(chooseLocale(raw.locale ?? null, null, surroundings.environment)),
    })
    onRun(made)
  }
  add('list', text.list, ['table', 'json', 'markdown']).action((raw: Raw) => run(raw, (spoken) => list(raw, spoken)))
  add('show', text.show, ['table', 'json'])
    .argument('<provider>', text.id)
    .action((id: string, raw: Raw) => run(raw, (spoken) => show(id, raw, spoken)))
  add('check', text.check, ['table', 'json'])
    .argument('<what>', text.what)
    .action((what: string, raw: Raw) => run(raw, (spoken) => check(what, raw, spoken)))
  add('compare', text.compare, ['table', 'json', 'markdown'])
    .option('--measure', text.measure)
    .option('--timeout <ms>', text.timeout, '3000')
    .action((raw: Raw) => run(raw, (spoken) => compare(raw, spoken)))
}

function list(raw: Raw, locale: Locale): string {
  const { providers } = catalogue.data
  if (raw.format === 'json') return `${safeJson({ version: catalogue.version, providers: providers.map(summary) })}\n`
  const rows = providers.map(({ id, name, operator, kind, tier, checked }) => [
    id,
    name[locale],
    operator.name,
    operator.jurisdiction ?? '?',
    kind,
    tier,
    checked,
  ])
  return raw.format === 'markdown'
    ? markdownTable(words[locale].columns, rows)
    : plainTable(words[locale].columns, rows)
}

function summary(provider: Provider) {
  const {
    id,
    name,
    kind,
    operator,
    hosts,
    environment = [],
    compatible = [],
    tier,
    sources,
    checked,
    unverified = [],
  } = provider
  const places = [
    ...new Set(
      optionsInJapan()
        .filter((one) => one.provider === id)
        .map(({ zone }) => zone),
    ),
  ]
  const packages = Object.fromEntries(
    (['npm', 'pypi', 'maven', 'go', 'sql'] as const).map((key) => [
      key,
      (provider[key] ?? []).flatMap((facts) => facts.packages),
    ]),
  )
  return {
    id,
    name,
    kind,
    operator,
    hosts,
    environment,
    packages,
    compatible,
    inJapan: places,
    tier,
    sources,
    checked,
    unverified,
  }
}

function show(id: string, raw: Raw, locale: Locale): string {
  const provider = catalogue.providerById(id)
  if (provider === null) {
    const near = catalogue.data.providers.map((one) => one.id).filter((one) => one.includes(id) || id.includes(one))
    const like = (spoken: Locale) => (near.length === 0 ? '' : words[spoken].like(near.slice(0, 5).join(', ')))
    throw new Mistake({ en: words.en.unknown(id, like('en')), ja: words.ja.unknown(id, like('ja')) })
  }
  if (raw.format === 'json') return `${safeJson(provider)}\n`
  const { name, operator, hosts, environment = [], tier, sources, checked, unverified = [], remedy } = provider
  const lines = [
    `${name[locale]} (${id})`,
    `  ${operator.name} (${operator.jurisdiction ?? '?'})  tier ${tier}  ${checked}`,
    ...hosts.map((host) => `  ${host.host}${host.path ?? ''}  ${host.location}`),
    ...environment.map((one) => `  ${one.name}  ${one.holds}`),
    ...(remedy === undefined ? [] : wrap(remedy[locale], WIDTH - 2).map((line) => `  ${line}`)),
    ...sources.map((source) => `  - ${source}`),
    ...unverified.map((one) => `  ? ${one}`),
  ]
  return `${lines.map(visible).join('\n')}\n`
}

function check(what: string, raw: Raw, locale: Locale): string {
  const found = examine(catalogue, what)
  if (raw.format === 'json') return `${safeJson(told(what, found, locale))}\n`
  const { provider, zone, region, why, undeclared } = found
  const lines = [
    `${zoneNames[zone][locale]} (${zone})${provider === null ? '' : `  ${provider.id}`}${region === null ? '' : `  ${region}`}`,
    ...wrap(why[locale], WIDTH - 2).map((line) => `  ${line}`),
    ...(undeclared === null
      ? []
      : wrap(`${words[locale].declare}: ${undeclared[locale]}`, WIDTH - 2).map((line) => `  ${line}`)),
    ...(provider?.sources ?? []).map((source) => `  - ${source}`),
  ]
  return `${lines.map(visible).join('\n')}\n`
}

function told(
  what: string,
  { kind, subject, provider, zone, region, jurisdiction, why, undeclared }: Examined,
  locale: Locale,
) {
  return {
    query: what,
    kind,
    subject,
    provider: provider?.id ?? null,
    name: provider?.name ?? null,
    operator: provider?.operator ?? null,
    zone,
    region,
    jurisdiction,
    why: why[locale],
    reasons: why,
    undeclared,
    sources: provider?.sources ?? [],
    checked: provider?.checked ?? null,
  }
}

async function compare(raw: Raw, locale: Locale): Promise<string> {
  const options = optionsInJapan()
  if (raw.measure === true) await measureAll(options, Number(raw.timeout ?? '3000'))
  if (raw.format === 'json') return `${safeJson({ version: catalogue.version, options })}\n`
  const { compared, yes, no } = words[locale]
  const head = [...compared, ...(raw.measure === true ? ['TCP ms', 'TLS ms'] : [])]
  const rows = options.map((one) => [
    zoneNames[one.zone][locale],
    one.provider,
    one.host,
    one.operator,
    one.contractingEntity ?? words[locale].declare,
    one.jurisdiction ?? '?',
    one.routing.length === 0 ? '-' : one.routing.join('; '),
    one.openaiCompatible ? yes : no,
    one.certifications.length === 0 ? words[locale].declare : one.certifications.join(', '),
    `${one.evidence.tier}, ${one.evidence.checked}${one.undeclared === null ? '' : ` (${words[locale].declare})`}`,
    ...(raw.measure === true ? [shown(one.measured?.tcp), one.measured?.error ?? shown(one.measured?.tls)] : []),
  ])
  return raw.format === 'markdown' ? markdownTable(head, rows) : plainTable(head, rows)
}

function shown(milliseconds: number | null | undefined): string {
  return milliseconds == null ? '-' : String(milliseconds)
}

/** A few at a time; a host with a place to fill is an account's own, and cannot be asked. */
async function measureAll(options: Option[], timeout: number): Promise<void> {
  if (!Number.isFinite(timeout) || timeout <= 0)
    throw new Mistake({ en: '--timeout takes a number of milliseconds', ja: '--timeout はミリ秒の数値です' })
  const waiting = options.filter(({ host }) => !/[{*]/.test(host))
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      next.measured = await measure(next.host, { timeout })
  }
  await Promise.all(Array.from({ length: 6 }, work))
}
