/** What a doctor says, English and Japanese side by side. */
import type { Localized } from '@sekisho/core'

export const doctorWords = {
  policy: (file: string, presets: string): Localized => ({
    en: `policy ${file} (${presets})`,
    ja: `ポリシー ${file}(${presets})`,
  }),
  noPolicy: (presets: string): Localized => ({
    en: `no sekisho.yaml: the default (${presets}) judges. "sekisho init" writes one.`,
    ja: `sekisho.yaml がないため既定(${presets})で判定します。sekisho init で作成できます。`,
  }),
  noCells: {
    en: 'the policy extends nothing and has no rules: every flow is an error, by default of a rule',
    ja: 'ポリシーにプリセットもルールもないため、すべての流れが(定めなしとして)エラーになります',
  },
  warnings: (count: number): Localized => ({
    en: `the policy has ${count} ${count === 1 ? 'warning' : 'warnings'}: "sekisho scan" shows them`,
    ja: `ポリシーに警告が ${count} 件あります(sekisho scan で表示)`,
  }),
  code: (read: number, analysed: number): Localized => ({
    en: `${read} ${read === 1 ? 'code file is of a language' : 'code files are of languages'} that ${read === 1 ? 'is' : 'are'} read; ${analysed} ${analysed === 1 ? 'file' : 'files'} could matter and ${analysed === 1 ? 'is' : 'are'} analysed`,
    ja: `対応言語のコード ${read} ファイル、関係しうる ${analysed} ファイルを解析`,
  }),
  noCode: (files: number): Localized => ({
    en: `none of the ${files} files is code of a language that is read: nothing is checked but config`,
    ja: `${files} ファイルに対応言語のコードがありません。設定以外は検査されていません`,
  }),
  unread: (list: string): Localized => ({
    en: `code that is not read: ${list}. Flows there are not found.`,
    ja: `読まれないコードがあります: ${list}。そこでの流れは検出できません。`,
  }),
  gaps: (count: number): Localized => ({
    en: `${count} files or places could matter and are not analysed: exit code 3. "sekisho scan" lists them.`,
    ja: `関係しうるのに解析できないものが ${count} 件あります(終了コード 3)。sekisho scan で確認できます。`,
  }),
  gapsAccepted: (count: number): Localized => ({
    en: `${count} gaps could hide a flow; the policy accepts them`,
    ja: `流れを隠しうる未解析が ${count} 件ありますが、ポリシーが認めています`,
  }),
  excluded: (globs: string): Localized => ({
    en: `left out by the policy: ${globs}`,
    ja: `ポリシーによる除外: ${globs}`,
  }),
  idle: (list: string): Localized => ({
    en: `entries of the policy that nothing meets: ${list}`,
    ja: `ポリシーにあるが使われていない項目: ${list}`,
  }),
  deadExceptions: (count: number): Localized => ({
    en: `${count} ${count === 1 ? 'exception allows' : 'exceptions allow'} nothing (unused or expired)`,
    ja: `効力のない例外が ${count} 件あります(未使用または期限切れ)`,
  }),
  reviews: (count: number): Localized => ({
    en: `${count} ${count === 1 ? 'review is' : 'reviews are'} due or overdue`,
    ja: `見直しの期限が近い、または過ぎたものが ${count} 件あります`,
  }),
  directives: (count: number): Localized => ({
    en: `${count} ${count === 1 ? 'comment does' : 'comments do'} not do what they say (malformed, unused, or eslint-disable, which a scan does not obey)`,
    ja: `書かれたとおりに働いていないコメントが ${count} 件あります(書式の誤り、未使用、または検査が従わない eslint-disable)`,
  }),
  gate: (failOn: string, gaps: string): Localized => ({
    en: `the gate fails on ${failOn}; gaps: ${gaps}`,
    ja: `ゲート: ${failOn} 以上で失敗、未解析: ${gaps}`,
  }),
  neverFails: { en: 'the gate never fails (--fail-on never)', ja: 'ゲートは失敗しません(--fail-on never)' },
  observed: (until: string): Localized => ({
    en: `rollout: findings fail nothing until ${until}`,
    ja: `導入期間: ${until} まで失敗にしません`,
  }),
  gapsAllowed: {
    en: 'gate.gaps is allow: what can not be analysed passes',
    ja: 'gate.gaps が allow のため、解析できないものも通ります',
  },
  staleBaseline: (count: number): Localized => ({
    en: `${count} baseline entries are fixed: "sekisho baseline --prune" takes them out, before they hide something`,
    ja: `解消済みのベースライン項目が ${count} 件あります。sekisho baseline --prune で除いてください`,
  }),
  refusedBaseline: (count: number): Localized => ({
    en: `${count} baseline entries hold nothing: what the policy never allows can't be baselined`,
    ja: `無効なベースライン項目が ${count} 件あります(never の検出は入れられません)`,
  }),
  olderBaseline: (changed: string): Localized => ({
    en: `the baseline was made with another ${changed}`,
    ja: `ベースラインの作成後に変わったもの: ${changed}`,
  }),
  noGit: {
    en: 'no git repository: --staged and --since can not work here',
    ja: 'git リポジトリではないため、--staged と --since は使えません',
  },
  hook: (file: string): Localized => ({ en: `commit hook: ${file}`, ja: `コミットフック: ${file}` }),
  noHook: {
    en: 'no commit hook names sekisho ("sekisho init --hook git" writes one)',
    ja: 'コミットフックに sekisho がありません(sekisho init --hook git で作成できます)',
  },
  hookNotExecutable: {
    en: '.git/hooks/pre-commit is not executable: git skips it in silence (chmod +x)',
    ja: '.git/hooks/pre-commit に実行権限がなく、git は黙って無視します(chmod +x)',
  },
  hookNotInstalled: (files: string): Localized => ({
    en: `${files} names sekisho, but no hook of this clone comes to it (pre-commit install, lefthook install, husky, lint-staged in the hook): no hook is installed that runs it`,
    ja: `${files} に sekisho がありますが、このクローンにそれを呼び出すフックがインストールされていません(pre-commit install、lefthook install、husky、フックからの lint-staged)`,
  }),
  workflow: (files: string): Localized => ({ en: `CI: ${files}`, ja: `CI: ${files}` }),
  noWorkflow: {
    en: 'no CI configuration names sekisho ("sekisho init --ci github" or "--ci gitlab" writes one)',
    ja: 'CI の設定に sekisho がありません(sekisho init --ci github または gitlab で作成できます)',
  },
  weakWorkflow: (file: string): Localized => ({
    en: `${file} takes the failure away (|| true, continue-on-error, allow_failure, --fail-on never)`,
    ja: `${file} は失敗を無効にしています(|| true、continue-on-error、allow_failure、--fail-on never)`,
  }),
  cache: (folder: string): Localized => ({ en: `cache: ${folder}`, ja: `キャッシュ: ${folder}` }),
  noCache: (folder: string): Localized => ({
    en: `the cache ${folder} can not be written: every run is a cold one`,
    ja: `キャッシュ ${folder} に書けないため、毎回すべてを解析します`,
  }),
}
