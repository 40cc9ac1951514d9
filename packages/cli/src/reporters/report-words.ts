/** How reports for people name what the contract has as ids; English and Japanese side by side. */
import type { Confidence, CountryRecord, FlowRecord, Ground, Localized, Report, Subject, Zone } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { zoneNames } from '../messages.js'

export const subjectNames: Readonly<Record<Subject, Localized>> = {
  japan: { en: 'in Japan', ja: '日本国内' },
  other: { en: 'elsewhere', ja: '日本国外' },
  unknown: { en: 'country unknown, counted as Japan', ja: '国不明・国内扱い' },
}

export const confidenceNames: Readonly<Record<Confidence, Localized>> = {
  certain: { en: 'certain', ja: '確実' },
  likely: { en: 'likely', ja: '可能性高' },
  possible: { en: 'possible', ja: '可能性あり' },
}

export const decisionNames: Readonly<Record<FlowRecord['decision'], Localized>> = {
  allow: { en: 'allowed', ja: '許可' },
  note: { en: 'note', ja: '注記' },
  warn: { en: 'warn', ja: '警告' },
  error: { en: 'error', ja: 'エラー' },
  never: { en: 'never', ja: '禁止' },
}

const rowNames: Readonly<Record<string, Localized>> = {
  related: { en: 'related information', ja: '個人関連情報' },
  'basic-support': { en: 'basic support', ja: '補助的な情報' },
  identifier: { en: 'identifier', ja: '識別子' },
  basic: { en: 'basic', ja: '基本情報' },
  'customer-record': { en: 'customer record', ja: '顧客記録' },
  financial: { en: 'financial', ja: '金融情報' },
  'government-id': { en: 'government id', ja: '公的番号' },
  'free-text': { en: 'free text', ja: '自由記述' },
  'special-care': { en: 'special care-required', ja: '要配慮個人情報' },
  biometric: { en: 'biometric', ja: '生体情報' },
  'my-number': { en: 'My Number', ja: '特定個人情報' },
  pseudonymised: { en: 'pseudonymised', ja: '仮名化済み' },
  'not-personal': { en: 'not personal', ja: '個人情報以外' },
}

const partyNames: Readonly<Record<string, string>> = {
  customer: '顧客',
  employee: '従業員',
  patient: '患者',
  applicant: '応募者',
  member: '会員',
  student: '学生・生徒',
  user: '利用者',
}

const basisNames: Readonly<Record<string, string>> = {
  'no-provision': '取り扱わない(提供に当たらない)',
  entrustment: '委託',
  'consent-27': '同意(27条)',
  'adequate-28': '指定国(28条)',
  'equivalent-system-28': '基準適合体制(28条)',
  'consent-28': '外国提供の同意(28条)',
  'handled-in-japan': '国内での取扱い',
  statute: '法令に基づく',
  'external-env': '外的環境の把握',
  record: '確認・記録(29条・30条)',
  'special-care-consent': '要配慮個人情報の取得同意',
  'statutory-affairs': '個人番号利用事務等',
  supervision: '監督',
}

const systems: Readonly<Record<CountryRecord['system'], Localized>> = {
  home: { en: 'Japan', ja: '日本' },
  designated: {
    en: 'designated under APPI Art. 28 (system equal to Japan’s)',
    ja: '個人情報保護法28条の指定国(日本と同等の水準の制度)',
  },
  surveyed: {
    en: 'not designated; the PPC has published a survey of its system (www.ppc.go.jp/enforcement/infoprovision/laws/)',
    ja: '指定国ではない。個人情報保護委員会が制度の調査結果を公表(www.ppc.go.jp/enforcement/infoprovision/laws/)',
  },
  unknown: {
    en: 'not designated, no published survey known: to be found out (Rules Art. 17)',
    ja: '指定国ではなく、公表された調査も把握していない: 要確認(規則17条)',
  },
}

/** The plain limit of what code can show. */
export const limit: Localized = {
  en: 'This report is made from code, configuration and the policy. It shows which data can reach which endpoint, not what was sent, and what the policy declares, not whether that is so.',
  ja: '本書はコード・設定・ポリシーから作成したものです。どのデータがどこに届きうるかを示すもので、実際に送信された事実や、ポリシーの宣言内容が事実であることを示すものではありません。',
}

export function rowName(row: string, locale: Locale): string {
  return rowNames[row]?.[locale] ?? row
}

/** A class by its name; the policy's own classes by their id. */
export function className({ reference }: Report, id: string, locale: Locale): string {
  return reference.dataClasses.find((one) => one.id === id)?.name[locale] ?? id
}

export function providerName({ reference }: Report, id: string | null, locale: Locale): string | null {
  return id === null ? null : (reference.providers.find((one) => one.id === id)?.name[locale] ?? id)
}

export function partyName(party: string | null, locale: Locale): string | null {
  return party === null || locale === 'en' ? party : (partyNames[party] ?? party)
}

export function basisName(token: string, locale: Locale): string {
  return locale === 'en' ? token : (basisNames[token] ?? token)
}

/** `US` → アメリカ合衆国 (US) */
export function countryName(code: string, locale: Locale): string {
  if (!/^[A-Z]{2}$/.test(code)) return code
  const name = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }).of(code)
  return name === undefined ? code : locale === 'ja' ? `${name}(${code})` : `${name} (${code})`
}

export function countrySystem({ reference }: Report, code: string, locale: Locale): string | null {
  const country = reference.countries.find((one) => one.code === code)
  return country === undefined ? null : systems[country.system][locale]
}

/** A ground as it is cited in the reader's language. */
export function groundText({ reference, referenceJa }: Ground, locale: Locale): string {
  if (locale === 'en') return reference
  if (referenceJa !== undefined) return referenceJa
  return reference
    .replace(/^preset ([\w-]+): ([\w-]+) × ([\w-]+)/, (_, preset: string, row: string, zone: string) => {
      return `プリセット ${preset}: ${cellJa(row, zone)}`
    })
    .replace(/^policy: ([\w-]+) × ([\w-]+)/, (_, row: string, zone: string) => `ポリシー: ${cellJa(row, zone)}`)
    .replace(/^deny by default: no cell for ([\w-]+) × ([\w-]+)/, (_, row: string, zone: string) => {
      return `既定で拒否: ${cellJa(row, zone)} の定めなし`
    })
    .replace(/\bMy Number Act Art\. ([\d(), ]+)/g, (_, articles: string) => `番号法${articlesJa(articles)}`)
    .replace(/\bAPPI Art\. ([\d(), ]+)/g, (_, articles: string) => `個人情報保護法${articlesJa(articles)}`)
}

/** `environment OPENAI_BASE_URL (.env:3)` as the reader's language has it. */
export function resolvedText(from: string, locale: Locale): string {
  if (locale === 'en') return from
  return from
    .replace(/^environment (\S+)/, '環境変数 $1')
    .replace(/ not set in the repository$/, '(リポジトリに設定なし)')
    .replace(/ not set$/, '(設定なし)')
    .replace(/^default in code$/, 'コード内の既定値')
    .replace(/^default of (.*)$/, '$1 の既定値')
    .replace(/^default (.*)$/, '既定値 $1')
    .replace(/^option (.*)$/, 'オプション $1')
    .replace(/^literal$/, 'コード・設定内の値')
}

function cellJa(row: string, zone: string): string {
  return `${rowName(row, 'ja')} × ${zoneNames[zone as Zone]?.ja ?? zone}`
}

/** `27, 28(1)` → 27条・28条1項 */
function articlesJa(articles: string): string {
  const all = articles.split(',').map((one) => one.trim())
  const named = all.filter((one) => one !== '').map((one) => one.replace(/^(\d+)(?:\((\d+)\))?.*$/, articleJa))
  return named.join('・') + (all.at(-1) === '' ? '、' : '')
}

function articleJa(_: string, article: string, paragraph?: string): string {
  return `${article}条${paragraph === undefined ? '' : `${paragraph}項`}`
}
