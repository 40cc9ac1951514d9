/** What findings say, in English and Japanese side by side. Messages say "can reach" and "basis not declared", never "illegal". */
import type { Localized, Zone } from '../finding.js'
import type { DataClass } from '../catalog/data-class.js'

export const zoneNames: Readonly<Record<Zone, Localized>> = {
  edge: { en: 'on device or own server', ja: '端末上・自社サーバー' },
  domestic: { en: 'domestic provider in Japan', ja: '国内事業者(国内処理)' },
  'japan-region': { en: 'Japan region of a foreign company', ja: '外国事業者の日本リージョン' },
  'japan-cross-region': {
    en: 'cross-region profile within Japan of a foreign company',
    ja: '外国事業者の日本国内クロスリージョン',
  },
  designated: { en: 'designated country (EU/EEA, UK)', ja: '指定国(EU/EEA・英国)' },
  foreign: { en: 'outside Japan', ja: '日本国外' },
  unknown: { en: 'place not known', ja: '所在不明' },
}

export interface Words {
  classes: readonly DataClass[]
  sink: string
  provider: Localized | null
  host: string | null
  zone: Zone
  subject: string
}

function list(classes: readonly DataClass[]): Localized {
  return { en: classes.map((one) => one.name.en).join(', '), ja: classes.map((one) => one.name.ja).join('、') }
}

function destination({ provider, host }: Pick<Words, 'provider' | 'host'>): Localized {
  if (provider === null && host === null) return { en: 'an AI endpoint', ja: 'AI エンドポイント' }
  if (provider === null) return { en: host!, ja: host! }
  return host === null ? provider : { en: `${provider.en} (${host})`, ja: `${provider.ja}(${host})` }
}

export function flowMessage(words: Words): Localized {
  const whose =
    words.subject === 'japan'
      ? { en: 'Japanese-customer data', ja: '日本の顧客データ' }
      : { en: 'Personal data counted as Japanese', ja: '日本の顧客のものとして扱う個人データ' }
  const data = list(words.classes)
  const to = destination(words)
  const zone = zoneNames[words.zone]
  return {
    en: `${whose.en} (${data.en}) can reach ${to.en}: ${zone.en}. No basis is declared for it.`,
    ja: `${whose.ja}(${data.ja})が ${to.ja} に届き得ます: ${zone.ja}。根拠が宣言されていません。`,
  }
}

export function unresolvedMessage(words: Words): Localized {
  const data = list(words.classes)
  const to = destination(words)
  const sent =
    words.classes.length === 0
      ? { en: '', ja: '' }
      : { en: ` Data that can reach it: ${data.en}.`, ja: `届き得るデータ: ${data.ja}。` }
  return {
    en: `${words.sink}() sends to ${to.en}, and neither code nor settings say where that is.${sent.en}`,
    ja: `${words.sink}() の送信先 ${to.ja} の所在が、コードからも設定からも分かりません。${sent.ja}`,
  }
}

export function unresolvedSetting(words: Words): Localized {
  const to = destination(words)
  return {
    en: `${words.sink} points to ${to.en}, and nothing says where that is.`,
    ja: `${words.sink} は ${to.ja} を指していますが、その所在が分かりません。`,
  }
}

export function unresolvedRemedy(host: string | null, provider: string | null): Localized {
  const match =
    host !== null
      ? `match: { hosts: [${host}] }`
      : provider !== null
        ? `provider: ${provider}`
        : 'match: { hosts: [<host>] }'
  const entry = `destinations:\n  <name>:\n    ${match}\n    zone: <domestic | japan-region | …>\n    evidence: { document: <ref>, checked: <date> }`
  return {
    en: `Set the endpoint where the repository shows it, or declare it in sekisho.yaml:\n${entry}`,
    ja: `リポジトリから分かる形で送信先を設定するか、sekisho.yaml に宣言してください:\n${entry}`,
  }
}

export function flowRemedy(provider: Localized | null, missing: readonly string[], liftable: boolean): Localized {
  const lacking =
    missing.length === 0
      ? { en: '', ja: '' }
      : {
          en: ` Declare what is missing: ${missing.join(', ')}.`,
          ja: `不足している項目を宣言してください: ${missing.join('、')}。`,
        }
  const general = liftable
    ? {
        en: 'Send it to a domestic or edge endpoint, leave these fields out, remove them with a sanitizer named in the policy, or declare the destination with its basis in sekisho.yaml.',
        ja: '国内またはエッジのエンドポイントに送る、該当項目を除く、ポリシーに登録したサニタイザーで除去する、または sekisho.yaml の destinations に根拠を宣言してください。',
      }
    : {
        en: 'This may not be sent there, and no exception can allow it: remove the data before the call, or use an edge or domestic endpoint that the policy allows.',
        ja: 'この送信先には送れず、例外も認められません。呼び出しの前にデータを除くか、ポリシーが認めるエッジ・国内のエンドポイントを使ってください。',
      }
  const own = provider === null ? { en: '', ja: '' } : { en: ` ${provider.en}`, ja: ` ${provider.ja}` }
  return { en: general.en + lacking.en + own.en, ja: general.ja + lacking.ja + own.ja }
}

export function endpointMessage(provider: Localized | null, host: string | null, zone: Zone): Localized {
  const to = destination({ provider, host })
  return {
    en: `AI endpoint ${to.en}: ${zoneNames[zone].en}. No Japanese-customer data was seen to reach it.`,
    ja: `AI エンドポイント ${to.ja}: ${zoneNames[zone].ja}。日本の顧客データが届く経路は見つかっていません。`,
  }
}

export function settingMessage(
  name: string,
  provider: Localized | null,
  host: string | null,
  zone: Zone,
  /** null: no code does; undefined: not known. */
  usedBy: string | null | undefined,
): Localized {
  const to = destination({ provider, host })
  const used =
    usedBy === undefined
      ? { en: '', ja: '' }
      : usedBy === null
        ? { en: ' No code seen here reads it.', ja: '読み取るコードは見つかっていません。' }
        : { en: ` Read by ${usedBy}.`, ja: `${usedBy} が読み取ります。` }
  return {
    en: `${name} points to ${to.en}: ${zoneNames[zone].en}.${used.en}`,
    ja: `${name} は ${to.ja} を指しています: ${zoneNames[zone].ja}。${used.ja}`,
  }
}

export const forEslint: Localized = {
  en: 'is for ESLint; the scanner does not obey it',
  ja: 'ESLint 用です。スキャナーは従いません',
}

/** Names no rule. */
export const forAllOfEslint: Localized = {
  en: 'is for ESLint and names no rule, so that it hides the finding under it there; the scanner does not obey it',
  ja: 'ルール名のない ESLint 用のもので、ESLint ではその下の検出も隠れます。スキャナーは従いません',
}

export const endpointRemedy: Localized = {
  en: 'Keep Japanese-customer data away from it, or choose a domestic, edge or Japan-region endpoint.',
  ja: '日本の顧客データを渡さないか、国内・エッジ・日本リージョンのエンドポイントを選んでください。',
}

export function escapeMessage(
  provider: Localized | null,
  escape: { factor: string; en: string; ja: string },
): Localized {
  return {
    en: `${provider?.en ?? 'AI endpoint'}: ${escape.en}.`,
    ja: `${provider?.ja ?? 'AI エンドポイント'}: ${escape.ja}。`,
  }
}

/** What takes over from an endpoint in Japan. */
export function standIn(name: string, host: string | null): { factor: string; en: string; ja: string } {
  return {
    factor: name,
    en: `${name} is in Japan, but requests to it can fall back to ${host ?? 'an endpoint'} outside it`,
    ja: `${name} は日本にありますが、フォールバックにより日本国外の ${host ?? 'エンドポイント'} に送られることがあります`,
  }
}

export const standInRemedy: Localized = {
  en: 'Fall back only to endpoints in Japan, or give the foreign model a name of its own.',
  ja: 'フォールバック先を日本国内のエンドポイントに限るか、国外のモデルには別の名前を付けてください。',
}

export const escapeRemedy: Localized = {
  en: 'Use a model id or profile that stays in Japan (for Amazon Bedrock: a `jp.` profile or an in-region model id), or a regional deployment type.',
  ja: '日本国内に留まるモデル ID・プロファイル(Amazon Bedrock では `jp.` プロファイルまたはリージョン内モデル ID)か、リージョン型のデプロイを使ってください。',
}

export function undeclaredRemedy(host: string | null): Localized {
  const entry = `destinations:\n  <name>:\n    match: { hosts: [${host ?? '<host>'}] }\n    zone: japan-region\n    evidence: { document: <ref>, checked: <date> }`
  return {
    en: `Declare it with its evidence in sekisho.yaml:\n${entry}`,
    ja: `証跡を付けて sekisho.yaml に宣言してください:\n${entry}`,
  }
}

export function clientSideMessage(sink: string): Localized {
  return {
    en: `${sink}() runs in the user's browser or app and sends to an AI service from there.`,
    ja: `${sink}() は利用者の端末で実行され、そこから AI サービスに送信します。`,
  }
}

export const clientSideRemedy: Localized = {
  en: 'Call the service from your server, or list the recipient in your external-transmission notice.',
  ja: 'サーバー側から呼び出すか、外部送信の公表事項(電気通信事業法27条の12)に送信先を記載してください。',
}

export function literalMessage(dataClass: DataClass, masked: string): Localized {
  return {
    en: `A value that reads as ${dataClass.name.en} stands in the file: ${masked}`,
    ja: `${dataClass.name.ja} とみられる値がファイルに書かれています: ${masked}`,
  }
}

export const literalRemedy: Localized = {
  en: 'Remove it; where a sample is needed, use a value that cannot be real.',
  ja: '削除してください。サンプルが必要な場合は、実在し得ない値を使ってください。',
}

export const directiveRemedy: Localized = {
  en: 'Directives cover notes and warnings of one rule with a reason; an error needs an exception in sekisho.yaml.',
  ja: 'ディレクティブは理由を付けて一つのルールの note と warn だけを抑制します。error には sekisho.yaml の例外が必要です。',
}
