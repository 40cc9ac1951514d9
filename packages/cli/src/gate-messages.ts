/** What is said about comparisons, baselines and the gate, English and Japanese side by side. */
import type { Localized } from '@sekisho/core'

const partsJa = { engine: 'エンジン', catalogue: 'カタログ', policy: 'ポリシー' } as const

export const gateMessages = {
  noFile: {
    en: 'NOTHING WAS CHECKED: no file matched what was asked for',
    ja: '何も検査していません: 対象に一致するファイルがありません',
  },
  noCode: (files: number): Localized => ({
    en: `no code was checked: none of the ${files} files is of a language that is read`,
    ja: `コードを検査していません: ${files} 件のファイルに対応言語のものがありません`,
  }),
  idleGlobs: (entry: string, globs: string): Localized => ({
    en: `the policy's ${entry} speaks of no file (${globs})`,
    ja: `ポリシーの ${entry} に一致するファイルがありません(${globs})`,
  }),
  moreIdle: (count: number): Localized => ({
    en: `and ${count} more entries of the policy speak of no file`,
    ja: `ほかに一致するファイルのない項目が ${count} 件あります`,
  }),
  badBaseline: (file: string, why: string): Localized => ({
    en: `${file} is no baseline: ${why}. Make it anew: sekisho baseline.`,
    ja: `${file} はベースラインとして読めません: ${why}。sekisho baseline で作り直してください。`,
  }),
  noBaseline: (file: string): Localized => ({
    en: `there is no baseline ${file}: sekisho baseline makes one.`,
    ja: `ベースライン ${file} がありません。sekisho baseline で作成してください。`,
  }),
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
  baselineWritten: (file: string, entries: number): Localized => ({
    en: `${file}: ${entries} ${entries === 1 ? 'finding' : 'findings'} kept. Commit it; its diff shows what is taken in or out.`,
    ja: `${file}: 検出 ${entries} 件を記録しました。コミットしてください。出し入れは差分で確認できます。`,
  }),
  baselineChanged: (added: number, removed: number): Localized => ({
    en: `${added} taken in, ${removed} taken out`,
    ja: `追加 ${added} 件、削除 ${removed} 件`,
  }),
  baselineIncomplete: {
    en: 'The scan was incomplete: what could not be analysed is not in the baseline. Exit code 3.',
    ja: '検査が不完全でした。解析できなかったものはベースラインに入っていません。終了コード 3。',
  },
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
