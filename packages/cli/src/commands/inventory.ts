/** `sekisho inventory`: every AI endpoint of a repository, worst zone first, with where it is used and what reaches it. */
import { zones, type EndpointRecord, type Report } from '@sekisho/core'
import { Option } from 'commander'
import { exitCodes, isRefused } from '../exit-code.js'
import { chooseLocale, type Locale } from '../locale.js'
import { messages, zoneNames } from '../messages.js'
import { safeJson, safeLines, visible } from '../sanitize.js'
import { scan } from '../scan.js'
import type { Register } from './command.js'
import { scanOptionsOf, withScanFlags, type RawScanFlags } from './scan-flags.js'

const FEW_PLACES = 5

const words = {
  en: {
    description: 'list every AI endpoint of the repository by zone',
    directory: 'the directory to scan (default: this one)',
    format: 'for people, or for programs',
    undeclared: 'not declared in the policy',
    declared: (id: string) => `destination ${id}`,
    more: (count: number) => `and ${count} more`,
    data: 'data',
    none: 'no AI endpoints',
  },
  ja: {
    description: 'リポジトリの AI エンドポイントをゾーンごとに一覧',
    directory: '検査するディレクトリ(既定: 現在の場所)',
    format: '人が読む形式、またはプログラム用',
    undeclared: 'ポリシーに宣言なし',
    declared: (id: string) => `送信先 ${id}`,
    more: (count: number) => `ほか ${count} か所`,
    data: 'データ',
    none: 'AI エンドポイントなし',
  },
} as const

export const registerInventory: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  withScanFlags(program.command('inventory').description(text.description), locale)
    .argument('[directory]', text.directory)
    .addOption(new Option('-f, --format <format>', text.format).choices(['terminal', 'json']).default('terminal'))
    .action((directory: string | undefined, raw: RawScanFlags & { format: 'terminal' | 'json' }) => {
      onRun(async (surroundings) => {
        const { report, policy } = await scan(scanOptionsOf([directory ?? '.'], raw), surroundings)
        const spoken = chooseLocale(raw.locale ?? null, policy.locale, surroundings.environment)
        const isIncomplete = report.gaps.some((gap) => isRefused(gap, policy.gate.gaps))
        const stdout = raw.format === 'json' ? `${safeJson(inventoryOf(report))}\n` : safeLines(listed(report, spoken))
        return {
          code: isIncomplete ? exitCodes.incomplete : exitCodes.clean,
          stdout,
          stderr: isIncomplete ? `${messages.incomplete[spoken]}\n` : '',
        }
      })
    })
}

type Listed = EndpointRecord & { dataClasses: string[] }

/** Worst zone first. */
function inventoryOf({ endpoints, flows }: Report): Listed[] {
  const rank = ({ zone }: EndpointRecord) => zones.indexOf(zone)
  const keyOf = (one: Pick<EndpointRecord, 'provider' | 'zone' | 'endpoint'>) =>
    JSON.stringify([one.provider, one.zone, one.endpoint.host, one.endpoint.region])
  return endpoints
    .map((record) => {
      const here = flows.filter((flow) => keyOf(flow) === keyOf(record))
      return { ...record, dataClasses: [...new Set(here.flatMap(({ dataClasses }) => dataClasses))].sort() }
    })
    .sort((a, b) => rank(b) - rank(a))
}

function listed(report: Report, locale: Locale): string {
  const text = words[locale]
  const all = inventoryOf(report)
  const lines: string[] = all.length === 0 ? [text.none] : []
  let zone: string | null = null
  for (const { zone: at, provider, endpoint, jurisdiction, destination, places, dataClasses } of all) {
    if (at !== zone) lines.push(...(zone === null ? [] : ['']), `${zoneNames[at][locale]} (${at})`)
    zone = at
    const what = [provider, endpoint.host, endpoint.region, jurisdiction].filter(
      (one) => one !== null && one !== undefined,
    )
    lines.push(`  ${what.map((one) => visible(String(one))).join('  ')}`)
    lines.push(`    ${destination === null ? text.undeclared : text.declared(visible(destination))}`)
    if (dataClasses.length > 0) lines.push(`    ${text.data}: ${dataClasses.map(visible).join(', ')}`)
    for (const { file, line, column } of places.slice(0, FEW_PLACES))
      lines.push(`    ${visible(file)}:${line}:${column}`)
    if (places.length > FEW_PLACES) lines.push(`    ${text.more(places.length - FEW_PLACES)}`)
  }
  return `${lines.join('\n')}\n`
}
