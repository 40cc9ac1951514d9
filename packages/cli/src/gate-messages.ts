/** What is said about comparisons, baselines and the gate, English and Japanese side by side. */
import type { Localized } from '@sekisho/core'

const partsJa = { engine: 'エンジン', catalogue: 'カタログ', policy: 'ポリシー' } as const

export const gateMessages = {
  compared: (kind: 'staged' | 'since', base: string | null, brought: number, known: number): Localized => {
    const en = kind === 'staged' ? 'this commit' : 'this branch'
    const ja = kind === 'staged' ? 'このコミット' : 'このブランチ'
    return {
      en: `compared with ${base ?? 'an empty repository'}: ${en} brings ${brought}, ${known} were there before`,
      ja: `${base ?? '空のリポジトリ'} と比較: ${ja}で加わるもの ${brought} 件、以前からのもの ${known} 件`,
    }
  },
  fixed: (count: number): Localized => ({ en: `no longer found: ${count}`, ja: `解消: ${count} 件` }),
  policyChanged: (count: number, from: 'base' | 'head'): Localized => ({
    en: `the policy changes in ${count} ${count === 1 ? 'entry' : 'entries'} (${from === 'base' ? "not in force here: the base's policy judges" : 'in force here'})`,
    ja: `ポリシーの変更 ${count} 件(${from === 'base' ? '今回は適用していません。比較元のポリシーで判定' : '今回の判定に適用'})`,
  }),
  more: (count: number): Localized => ({ en: `and ${count} more`, ja: `ほか ${count} 件` }),
  baseline: (file: string, entries: number, matched: number): Localized => ({
    en: `baseline ${file}: ${matched} of ${entries} entries still found`,
    ja: `ベースライン ${file}: ${entries} 件のうち ${matched} 件が残っています`,
  }),
  refused: (count: number): Localized => ({
    en: `${count} baseline ${count === 1 ? 'entry holds' : 'entries hold'} nothing: what the policy never allows can't be baselined`,
    ja: `ベースラインの ${count} 件は無効です。never の検出はベースラインに入れられません`,
  }),
  stale: (count: number): Localized => ({
    en: `in the baseline, but fixed: ${count} (sekisho baseline --prune removes them)`,
    ja: `ベースラインにあるが解消済み: ${count} 件(sekisho baseline --prune で削除)`,
  }),
  madeWith: (
    changed: readonly ('engine' | 'catalogue' | 'policy')[],
    day: string | null,
    count: number,
  ): Localized => ({
    en: `since the baseline${day === null ? '' : ` of ${day}`} the ${changed.join(' and the ')} changed: ${count} of the new findings come from that, not from code`,
    ja: `ベースライン${day === null ? '' : `(${day})`}以降に${changed.map((part) => partsJa[part]).join('・')}が変わりました。新しい検出のうち ${count} 件はコードではなくその変更によるものです`,
  }),
  observed: (until: string): Localized => ({
    en: `ROLLOUT: findings are observed until ${until} (gate.observeUntil); nothing fails until then`,
    ja: `導入期間: ${until} までは観察のみで、失敗にしません(gate.observeUntil)`,
  }),
}
