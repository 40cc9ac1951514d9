/** What each report format is for, in `--help`; every format of the registry has a line. */
import type { Locale } from './locale.js'

const purposes: Readonly<Record<string, readonly [en: string, ja: string]>> = {
  terminal: ['for people at a terminal', '端末で読む'],
  html: ['one page to look at, print and hand on', '1 つのページ(閲覧・印刷・提出用)'],
  json: ['the contract, with a schema: all that is known', 'すべての内容(スキーマあり)'],
  sarif: ['GitHub code scanning and other SARIF readers', 'GitHub code scanning など'],
  github: ['GitHub Actions annotations, and the step summary', 'GitHub Actions の注釈とステップの要約'],
  'gitlab-sast': ['GitLab security report', 'GitLab のセキュリティレポート'],
  'gitlab-codequality': ['GitLab Code Quality', 'GitLab の Code Quality'],
  junit: ['test reports', 'テスト結果として表示'],
  checkstyle: ['Jenkins and review tools', 'Jenkins・レビューツール'],
  rdjson: ['reviewdog', 'reviewdog'],
  markdown: ['pull request comments, wikis', 'プルリクエストのコメント、Wiki'],
  csv: ['findings for spreadsheets', '検出の一覧(表計算)'],
  cyclonedx: ['AI services, data and trust boundaries, as CycloneDX 1.6', 'AI サービスの一覧(CycloneDX 1.6)'],
  'cyclonedx-1.7': ['the same as CycloneDX 1.7', '同上(CycloneDX 1.7)'],
  'register-markdown': ['transfer register: all flows, allowed ones too', '移転台帳(許可されたものを含むすべての流れ)'],
  'register-csv': ['the same as CSV', '移転台帳(CSV)'],
  'register-xlsx': ['the same as a workbook, to a file', '移転台帳(Excel、ファイルへ)'],
}

export function formatHelp(locale: Locale): string {
  const at = locale === 'en' ? 0 : 1
  return Object.entries(purposes)
    .map(([id, purpose]) => `  ${id.padEnd(20)}${purpose[at]}`)
    .join('\n')
}

export const explainedFormats: readonly string[] = Object.keys(purposes)
