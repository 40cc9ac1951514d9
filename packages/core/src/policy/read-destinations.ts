/** Destinations: what the policy declares of an endpoint, and whether it can be meant so. */
import type { Zone } from '../finding.js'
import { isDay } from './dates.js'
import type { Draft } from './draft.js'
import { nearest } from './near.js'
import type { Basis, Destination } from './policy.js'
import { didYouMean } from './schema.js'
import type { Path } from './source.js'
import type { Reading } from './vocabulary.js'
import type { WrittenBasis, WrittenDestination } from './written.js'

export function readDestinations(
  reading: Reading,
  written: Readonly<Record<string, WrittenDestination>>,
  base: Draft,
): Destination[] {
  return Object.entries(written).map(([id, destination]) => {
    const path = ['destinations', id]
    const { provider = null, match = {}, paths = [], zone = null, evidence = {}, contract = {}, data } = destination
    checkIdentity(reading, destination, path)
    checkEvidence(reading, destination, path)
    if (base.destinations.some((other) => other.id === id)) warnReplaced(reading, id, path)
    return {
      id,
      provider,
      match: { hosts: match.hosts ?? [], accounts: match.accounts ?? [], models: match.models ?? [] },
      paths,
      zone,
      evidence,
      contract,
      bases: (destination.bases ?? []).map((basis, i) => readBasis(reading, basis, [...path, 'bases', i], zone)),
      data: data === undefined ? null : reading.data(data, [...path, 'data']),
      origin: reading.source.keyOrigin(path),
    }
  })
}

function checkIdentity(reading: Reading, { provider, match }: WrittenDestination, path: Path): void {
  const matches = [match?.hosts, match?.accounts, match?.models].some((list) => list !== undefined)
  if (provider === undefined && !matches) {
    reading.wrongKey(path, {
      code: 'destination-unmatched',
      message: { en: 'nothing tells which endpoint this destination is', ja: 'どのエンドポイントの宣言か分かりません' },
      expected: { en: 'match or provider', ja: 'match または provider' },
      remedy: { en: '`match: { hosts: [llm.example.co.jp] }`', ja: '`match: { hosts: [llm.example.co.jp] }`' },
    })
  }
  if (provider !== undefined && reading.providers !== null && !reading.providers.includes(provider)) {
    reading.wrong([...path, 'provider'], {
      code: 'unknown-provider',
      message: {
        en: `no provider \`${provider}\` in the catalogue`,
        ja: `カタログにプロバイダー \`${provider}\` はありません`,
      },
      remedy: didYouMean(nearest(provider, reading.providers)) ?? {
        en: 'remove it, and match by host',
        ja: '削除し、ホスト名で指定してください',
      },
    })
  }
  match?.hosts?.forEach((host, i) => checkHost(reading, host, [...path, 'match', 'hosts', i]))
}

function checkHost(reading: Reading, host: string, path: Path): void {
  const isHost =
    /^(\*\.)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*\.?(:\d{1,5})?$/u.test(host) ||
    /^\[[0-9a-f:.]+\](:\d{1,5})?$/i.test(host)
  if (isHost && host.length <= 260) return
  const bare = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(host)?.[1] ?? null
  reading.wrong(path, {
    code: 'not-a-host',
    message: { en: `\`${host}\` is not a host name`, ja: `\`${host}\` はホスト名ではありません` },
    expected: {
      en: 'a host, or *. before one; no scheme, no path',
      ja: 'ホスト名、または先頭が *. のホスト名（スキームやパスは不要）',
    },
    remedy: bare === null ? null : { en: `\`${bare}\``, ja: `\`${bare}\` と書いてください` },
  })
}

const judged: readonly Zone[] = ['domestic', 'japan-region', 'japan-cross-region']

function checkEvidence(reading: Reading, { zone, evidence, bases }: WrittenDestination, path: Path): void {
  const checked = evidence?.checked
  if (typeof checked === 'string') checkDay(reading, checked, [...path, 'evidence', 'checked'])
  if (zone !== undefined && judged.includes(zone) && checked === undefined) {
    reading.warn([...path, 'zone'], {
      code: 'evidence-missing',
      message: {
        en: `zone ${zone} is declared without evidence of when it was checked`,
        ja: `ゾーン ${zone} の根拠（evidence.checked）が宣言されていません`,
      },
      expected: { en: 'evidence with checked', ja: 'evidence と checked' },
      remedy: {
        en: '`evidence: { region: japaneast, document: …, checked: YYYY-MM-DD }`',
        ja: '`evidence: { region: japaneast, document: …, checked: YYYY-MM-DD }`',
      },
    })
  }
  const unseen = (bases ?? []).findIndex(({ all, document }) => all.includes('no-provision') && document === undefined)
  if (unseen >= 0) {
    reading.warn([...path, 'bases', unseen, 'all'], {
      code: 'review-missing',
      message: {
        en: 'no-provision is a legal judgement and names no document',
        ja: 'no-provision は法的判断ですが、document がありません',
      },
      remedy: {
        en: '`document: (the legal review)`; besides, no training, no retention for abuse monitoring, access control',
        ja: '`document:` に法務の検討記録を書いてください（学習利用なし・不正監視目的の保持なし・アクセス制御も要件です）',
      },
    })
  }
}

function readBasis(reading: Reading, written: WrittenBasis, path: Path, zone: Zone | null): Basis {
  if (written.reviewBy !== undefined) checkDay(reading, written.reviewBy, [...path, 'reviewBy'])
  const abroad = zone === 'foreign' || zone === 'designated'
  const carries = ['equivalent-system-28', 'adequate-28', 'consent-28', 'no-provision']
  if (abroad && written.all.includes('entrustment') && !written.all.some((token) => carries.includes(token))) {
    reading.wrong([...path, 'all'], {
      code: 'bare-entrustment-abroad',
      message: {
        en: `entrustment alone is no basis for zone ${zone} (APPI Art. 28(1), last sentence)`,
        ja: `ゾーン ${zone} では委託（entrustment）だけでは根拠になりません（個人情報保護法28条1項後段）`,
      },
      expected: {
        en: `entrustment with one of ${carries.join(', ')}`,
        ja: `entrustment と次のいずれか: ${carries.join(', ')}`,
      },
      remedy:
        zone === 'foreign'
          ? both('`all: [equivalent-system-28, entrustment]`')
          : both('`all: [adequate-28, entrustment]`'),
    })
  }
  checkFields(reading, written, path)
  return {
    all: written.all,
    data: reading.data(written.data ?? [], [...path, 'data']),
    purpose: written.purpose ?? null,
    country: written.country ?? null,
    document: written.document ?? null,
    reviewBy: written.reviewBy ?? null,
    origin: reading.origin(path),
  }
}

/** What the law asks to be there with a basis. A system is checked at least once a year; consent was given on what the person was told. */
const fieldsOf: readonly {
  token: string
  fields: readonly ('document' | 'reviewBy' | 'country')[]
  law: string
  lawJa: string
}[] = [
  {
    token: 'equivalent-system-28',
    fields: ['document', 'reviewBy'],
    law: 'APPI Art. 28(3), Enforcement Rules Art. 18',
    lawJa: '個人情報保護法28条3項・施行規則18条',
  },
  {
    token: 'consent-28',
    fields: ['document', 'country'],
    law: 'APPI Art. 28(2), Enforcement Rules Art. 17',
    lawJa: '個人情報保護法28条2項・施行規則17条',
  },
]

function checkFields(reading: Reading, written: WrittenBasis, path: Path): void {
  for (const { token, fields, law, lawJa } of fieldsOf) {
    const missing = written.all.includes(token) ? fields.filter((field) => written[field] === undefined) : []
    if (missing.length === 0) continue
    reading.wrong([...path, 'all'], {
      code: 'basis-incomplete',
      message: {
        en: `basis ${token} lacks ${missing.join(' and ')} (${law})`,
        ja: `根拠 ${token} に ${missing.join('・')} がありません（${lawJa}）`,
      },
      expected: { en: fields.join(', '), ja: fields.join('、') },
      remedy: both(
        missing.map((field) => (field === 'reviewBy' ? '`reviewBy: YYYY-MM-DD`' : `\`${field}: …\``)).join(', '),
      ),
    })
  }
}

export function checkDay(reading: Reading, day: string, path: Path): void {
  if (isDay(day)) return
  reading.wrong(path, {
    code: 'not-a-date',
    message: { en: `\`${day}\` is not a day of the calendar`, ja: `\`${day}\` は暦にある日付ではありません` },
    expected: { en: 'YYYY-MM-DD', ja: 'YYYY-MM-DD' },
    remedy: slashed(day),
  })
}

/** `2027/3/31` → `2027-03-31` */
function slashed(day: string): { en: string; ja: string } | null {
  const parts = /^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?$/.exec(day)
  if (!parts) return null
  const fixed = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  return isDay(fixed) ? both(`\`${fixed}\``) : null
}

function both(text: string): { en: string; ja: string } {
  return { en: text, ja: text }
}

function warnReplaced(reading: Reading, id: string, path: Path): void {
  reading.warn(path, {
    code: 'destination-replaced',
    message: {
      en: `destination ${id} replaces one of the same name in a file that this policy extends`,
      ja: `送信先 ${id} は、継承元の同名の宣言を置き換えます`,
    },
    remedy: { en: 'give it another name if that is not meant', ja: '意図しない場合は別の名前にしてください' },
  })
}
