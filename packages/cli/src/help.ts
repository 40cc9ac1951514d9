/** Texts of `--help`, in both languages. Options are explained by what they are for; examples teach the rest. */
import type { CommanderError } from 'commander'
import { formatHelp } from './format-help.js'
import type { Locale } from './locale.js'

const english = {
  description: 'Which Japanese-customer data can reach which AI endpoint, and does the policy allow it?',
  version: 'print the version',
  help: 'print help',
  scan: 'scan a directory (default: this one), or only some files of it',
  paths: 'one directory, or files and directories of one repository',
  policy: 'policy file (default: sekisho.yaml at the scanned directory or above, up to the git root)',
  format: 'report format (below), to standard output or to a path; repeatable (default: terminal)',
  floor: "an organisation's policy that this one may only tighten: a file or npm:package, then @sha256-<hash>",
  baseline:
    'file of findings that were there before (default: sekisho-baseline.json beside the policy, if there is one)',
  staged: 'what the next commit brings: the git index (not the work tree) compared with HEAD',
  since: 'what this branch brings: HEAD compared with where it left <ref> (with --staged: the index)',
  policyFrom: 'whose policy judges a comparison (default: base for --since, head for --staged)',
  output: 'write the report to a file instead of standard output',
  locale: 'language of messages (default: SEKISHO_LOCALE, the policy, LC_ALL, LC_MESSAGES, LANG)',
  failOn: 'lowest severity that makes the exit code 1 (default: the policy, or error)',
  noCache: 'neither read nor write the cache',
  color: 'colours even where there is no terminal',
  noColor: 'no colours',
  today: 'judge expiry and review dates as on this day, YYYY-MM-DD (default: today in Asia/Tokyo)',
  notes: 'show every note with its trace',
  verbose: 'show notes, and on standard error where the time goes',
  maxFileSize: 'files above this size are not parsed; what is cut is reported as a gap',
  programExamples: `
Examples:
  $ sekisho scan                          this directory, by its sekisho.yaml
  $ sekisho scan --help                   every option

What it could not analyse is reported. It runs no code of the scanned repository and uses no network.`,
  scanExamples: `
Examples:
  $ sekisho scan                          scan this directory
  $ sekisho scan apps/web --fail-on warn  fail on warnings, too
  $ sekisho scan src/ask.ts src/chat.ts   only these files and what they import
  $ sekisho scan -f terminal -f sarif=sekisho.sarif
                                          read it here, upload the other
  $ sekisho scan -f json -o report.json   for other programs
  $ sekisho scan --staged                 in a pre-commit hook
  $ sekisho scan --since origin/main      in a pull request

Formats:
${formatHelp('en')}

Exit codes:
  0  nothing that fails the gate
  1  findings at or above --fail-on
  2  a mistake in the policy or the arguments
  3  incomplete: a file could not be analysed, and the policy (gate.gaps) does not accept it
  The worst wins; 130 when interrupted.`,
}

const japanese: typeof english = {
  description: '日本の顧客のどのデータが、どの AI エンドポイントに届きうるか。ポリシーはそれを許しているか。',
  version: 'バージョンを表示',
  help: 'ヘルプを表示',
  scan: 'ディレクトリ(既定: 現在の場所)、またはその一部のファイルを検査',
  paths: '1 つのディレクトリ、または 1 つのリポジトリ内のファイルとディレクトリ',
  policy: 'ポリシーファイル(既定: 対象ディレクトリまたはその上位、git のルートまでの sekisho.yaml)',
  format: 'レポート形式(下記)。標準出力またはパスへ。複数指定可(既定: terminal)',
  floor:
    '組織のポリシー(リポジトリは厳しくすることだけができる)。ファイルまたは npm:パッケージ に @sha256-<ハッシュ> を付ける',
  baseline: '以前からの検出を記録したファイル(既定: ポリシーと同じ場所の sekisho-baseline.json)',
  staged: '次のコミットで加わるもの: git のインデックス(作業ツリーではない)を HEAD と比べる',
  since: 'このブランチで加わるもの: HEAD を <ref> との分岐点と比べる(--staged と併用: インデックス)',
  policyFrom: '比較でどちらのポリシーに従うか(既定: --since は base、--staged は head)',
  output: 'レポートを標準出力ではなくファイルに書く',
  locale: 'メッセージの言語(既定: SEKISHO_LOCALE、ポリシー、LC_ALL、LC_MESSAGES、LANG の順)',
  failOn: '終了コードを 1 にする最低の重大度(既定: ポリシーの値、なければ error)',
  noCache: 'キャッシュを読み書きしない',
  color: '端末でなくても色を付ける',
  noColor: '色を付けない',
  today: '期限と見直し日をこの日付 YYYY-MM-DD で判定(既定: Asia/Tokyo の今日)',
  notes: 'すべての note を経路とともに表示',
  verbose: 'note を表示し、所要時間を標準エラー出力に表示',
  maxFileSize: 'これより大きいファイルは解析しない。解析しなかったものは gap として報告',
  programExamples: `
例:
  $ sekisho scan                          このディレクトリを sekisho.yaml に従って検査
  $ sekisho scan --help                   すべてのオプション

解析できなかったものは必ず報告します。対象リポジトリのコードは実行せず、ネットワークも使いません。`,
  scanExamples: `
例:
  $ sekisho scan                          このディレクトリを検査
  $ sekisho scan apps/web --fail-on warn  警告でも失敗にする
  $ sekisho scan src/ask.ts src/chat.ts   これらのファイルと、その import 先だけ
  $ sekisho scan -f terminal -f sarif=sekisho.sarif
                                          画面で読み、SARIF も書き出す
  $ sekisho scan -f json -o report.json   ほかのプログラムのために
  $ sekisho scan --staged                 コミット前のフックで
  $ sekisho scan --since origin/main      プルリクエストで

形式:
${formatHelp('ja')}

終了コード:
  0  ゲートに反するものはない
  1  --fail-on 以上の検出がある
  2  ポリシーまたは引数の誤り
  3  不完全: 解析できないファイルがあり、ポリシー(gate.gaps)がそれを認めていない
  重いものが優先。中断時は 130。`,
}

export function helpText(locale: Locale): typeof english {
  return locale === 'ja' ? japanese : english
}

const japaneseMistakes: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '(.*?)'/, "オプション '$1' はありません。"],
  [/^unknown command '(.*?)'/, "コマンド '$1' はありません。"],
  [/^missing required argument '(.*?)'/, "'$1' を指定してください。"],
  [
    /^too many arguments for '(.*?)'\. Expected (\d+) arguments? but got (\d+)[^]*/,
    "'$1' の引数は $2 個までです($3 個あります)。",
  ],
  [/^command-argument value '(.*?)' is invalid for argument '(.*?)'\./, "'$2' の値 '$1' は正しくありません。"],
  [/^option '(.*?)' argument missing/, "オプション '$1' に値がありません。"],
  [/^option '(.*?)' argument '(.*?)' is invalid\./, "オプション '$1' の値 '$2' は正しくありません。"],
  [/Allowed choices are (.*?)\.$/m, '使える値: $1。'],
  [/A date is written YYYY-MM-DD\./, '日付は YYYY-MM-DD の形で書いてください。'],
  [/A size is written 500k, 2m or in bytes\./, '大きさは 500k、2m またはバイト数で書いてください。'],
  [/A path must follow "="\./, '"=" の後にパスを書いてください。'],
  [/^one report an output: .*/, '出力先 1 つにレポート 1 つです。ほかは -f 名前=パス で指定してください。'],
  [/\(Did you mean (.*?)\?\)/, '$1 ではありませんか?'],
]

/**
 * What is wrong with the arguments, and where to look.
 * @param command whose arguments they are: `sekisho catalog check`
 */
export function argumentMistake({ message }: CommanderError, command: string, locale: Locale): string {
  const said = message.replace(/^error: /, '')
  if (locale === 'en') return `error: ${said}\n"${command} --help" shows what can be written.\n`
  const translated = japaneseMistakes.reduce((text, [pattern, words]) => text.replace(pattern, words), said)
  return `エラー: ${translated}\n使い方は ${command} --help で表示します。\n`
}
