/** What is said about YAML that cannot be read, in both languages, and the bounds of what is read. */
import type { Localized } from '../finding.js'
import type { Wrong } from './source.js'

export const limits = {
  /** UTF-16 code units of one file. */
  size: 1_000_000,
  depth: 64,
  /** Nodes that all aliases of a file may stand for. */
  expanded: 10_000,
  /** Mistakes reported for one file. */
  errors: 50,
  /** Lines with YAML's own mistakes reported for one file. */
  syntaxErrors: 5,
}

const words: Record<string, [code: string, message: Localized, remedy: Localized]> = {
  size: [
    'too-large',
    { en: 'the file is larger than 1 MB', ja: 'ファイルが 1 MB を超えています' },
    { en: 'split it, and name the parts under `extends`', ja: '分割し、`extends` に列挙してください' },
  ],
  control: [
    'control-character',
    { en: 'a control character stands here', ja: '制御文字が含まれています' },
    { en: 'remove it, and save the file as UTF-8 text', ja: '削除し、UTF-8 のテキストとして保存してください' },
  ],
  depth: [
    'too-deep',
    { en: `nested deeper than ${limits.depth} levels`, ja: `入れ子が ${limits.depth} 段を超えています` },
    { en: 'a policy needs about six levels', ja: 'ポリシーの入れ子は 6 段程度で足ります' },
  ],
  expanded: [
    'too-many-aliases',
    { en: 'aliases expand to too much here', ja: 'エイリアスの展開が大きすぎます' },
    { en: 'write the values out', ja: '値をそのまま書いてください' },
  ],
  merge: [
    'merge-key',
    { en: 'merge keys (`<<`) are not read', ja: 'マージキー（`<<`）は使えません' },
    { en: 'write the keys out', ja: 'キーをそのまま書いてください' },
  ],
  anchor: [
    'duplicate-anchor',
    { en: 'an anchor of this name stands above', ja: '同名のアンカーが上にあります' },
    { en: 'give it another name', ja: '別の名前にしてください' },
  ],
  tag: [
    'tag',
    { en: 'tags (`!…`) are not read', ja: 'タグ（`!…`）は使えません' },
    { en: 'remove the tag', ja: 'タグを削除してください' },
  ],
  NON_STRING_KEY: [
    'key-not-text',
    { en: 'a key must be text', ja: 'キーは文字列にしてください' },
    { en: 'quote the key if it starts with [ or {', ja: '[ や { で始まるキーは引用符で囲んでください' },
  ],
  BAD_DIRECTIVE: [
    'directive',
    { en: 'directives (`%…`) are not read', ja: 'ディレクティブ（`%…`）は使えません' },
    { en: 'remove the line', ja: 'この行を削除してください' },
  ],
  MULTIPLE_DOCS: [
    'several-documents',
    { en: 'a second YAML document starts here', ja: 'ここから 2 つ目の YAML 文書が始まっています' },
    { en: 'keep one document: remove the `---`', ja: '文書は 1 つにし、`---` を削除してください' },
  ],
  TAB_AS_INDENT: [
    'tab-indent',
    { en: 'tabs cannot indent YAML', ja: 'YAML のインデントにタブは使えません' },
    { en: 'use spaces', ja: '空白を使ってください' },
  ],
  BAD_INDENT: [
    'indent',
    { en: 'the indentation does not fit the lines above', ja: 'インデントが上の行と合いません' },
    { en: 'align it with its siblings, using spaces', ja: '空白で同じ段の行に揃えてください' },
  ],
  BAD_ALIAS: [
    'unknown-alias',
    { en: 'no anchor of this name stands above', ja: 'この名前のアンカーが上にありません' },
    {
      en: "quote the text if it starts with * or & ('*.example.jp')",
      ja: "* や & で始まる値は引用符で囲んでください（'*.example.jp'）",
    },
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'nested-on-one-line',
    { en: 'a key with a value cannot stand inside a value on one line', ja: '1 行の値の中に `キー: 値` は書けません' },
    {
      en: "quote the text if it holds ': ', or start a new line",
      ja: "': ' を含む値は引用符で囲むか、改行してください",
    },
  ],
  MULTILINE_IMPLICIT_KEY: [
    'key-without-colon',
    { en: 'a key and its value are missing their colon here', ja: 'キーと値の間のコロンがありません' },
    { en: '`key: value`, on one line', ja: '`キー: 値` と 1 行で書いてください' },
  ],
  BAD_SCALAR_START: [
    'unquoted',
    { en: 'text cannot start with this character', ja: '引用符のない値はこの文字で始められません' },
    { en: "quote it: '@company/mask'", ja: "引用符で囲んでください: '@company/mask'" },
  ],
  BAD_DQ_ESCAPE: [
    'bad-escape',
    { en: 'no such escape in double quotes', ja: '二重引用符の中で使えないエスケープです' },
    { en: "use single quotes: 'C:\\dir'", ja: "単一引用符を使ってください: 'C:\\dir'" },
  ],
  UNEXPECTED_TOKEN: [
    'unexpected',
    { en: 'this does not belong here', ja: 'ここには書けません' },
    { en: 'check quotes, brackets, commas and indentation', ja: '引用符・括弧・カンマ・インデントを確認してください' },
  ],
  MISSING_CHAR: [
    'missing-character',
    {
      en: 'a closing quote, bracket, comma or colon is missing',
      ja: '閉じ引用符・括弧・カンマ・コロンのいずれかが足りません',
    },
    { en: 'close it before this place', ja: 'この位置までに閉じてください' },
  ],
}
words.TAG_RESOLVE_FAILED = words.tag!

/** `key` is a code of the YAML parser or one of the bounds; `detail` the key's name or the parser's own words. */
export function yamlWords(key: string, detail: string): Wrong {
  if (key === 'DUPLICATE_KEY') {
    return {
      code: 'duplicate-key',
      message: { en: `the key \`${detail}\` stands twice`, ja: `キー \`${detail}\` が重複しています` },
      remedy: { en: 'merge the two, or remove one', ja: '1 つにまとめるか、一方を削除してください' },
    }
  }
  const known = words[key]
  if (known) return { code: known[0], message: known[1], remedy: known[2] }
  const text = detail.split('\n', 1)[0]!.slice(0, 200)
  return {
    code: 'yaml',
    message: { en: `not YAML: ${text}`, ja: `YAML として読めません: ${text}` },
    remedy: { en: 'quote text that holds special characters', ja: '特殊文字を含む値は引用符で囲んでください' },
  }
}
