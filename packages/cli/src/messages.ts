/** What the CLI says to people, English and Japanese side by side. Untrusted text in them passes `visible` where it is written. */
import type { Localized, Severity, Suppression, Zone } from '@sekisho/core'

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

export const zoneNames: Readonly<Record<Zone, Localized>> = {
  edge: { en: 'edge', ja: '自社環境' },
  domestic: { en: 'domestic', ja: '国内' },
  'japan-region': { en: 'Japan region', ja: '日本リージョン' },
  'japan-cross-region': { en: 'across Japan regions', ja: '日本国内の複数リージョン' },
  designated: { en: 'designated country', ja: '指定国' },
  unknown: { en: 'unknown', ja: '不明' },
  foreign: { en: 'foreign', ja: '外国' },
}

export const severityNames: Readonly<Record<Severity, Localized>> = {
  error: { en: 'error', ja: 'エラー' },
  warn: { en: 'warn', ja: '警告' },
  note: { en: 'note', ja: '注記' },
}

export const groundNames: Readonly<Record<'statute' | 'guideline' | 'product-policy', Localized>> = {
  statute: { en: 'statute', ja: '法令' },
  guideline: { en: 'guideline', ja: 'ガイドライン' },
  'product-policy': { en: 'product policy', ja: '製品の既定ポリシー' },
}

export const suppressionNames: Readonly<Record<Suppression['kind'], Localized>> = {
  directive: { en: 'directive', ja: 'ディレクティブ' },
  exception: { en: 'exception', ja: '例外' },
  baseline: { en: 'baseline', ja: 'ベースライン' },
  base: { en: 'there before', ja: '既存' },
}

export const messages = {
  error: { en: 'error', ja: 'エラー' },
  warning: { en: 'warning', ja: '警告' },
  outputFailed: (path: string, why: string): Localized => ({
    en: `${path} can't be written: ${why}.`,
    ja: `${path} に書けません: ${why}。`,
  }),
  binary: (format: string): Localized => ({
    en: `${format} is not text: write it to a file, -f ${format}=path.`,
    ja: `${format} はテキストではありません。-f ${format}=パス でファイルに書いてください。`,
  }),
  unparsable: (why: string): Localized => ({
    en: `can't be parsed: ${why}`,
    ja: `構文を解析できません: ${why}`,
  }),
  parserMissing: (why: string): Localized => ({
    en: `the parser is not installed for this platform (${why}). Install sekisho with its optional dependencies: npm install --include=optional`,
    ja: `このプラットフォーム用のパーサーがありません(${why})。オプション依存を含めてインストールしてください: npm install --include=optional`,
  }),
  parserGaveUp: 'the parser gave up: the text needs too many steps',
  bug: {
    en: 'sekisho failed; this is a bug, and nothing was checked. Please report it with the lines below.',
    ja: 'sekisho の不具合により検査できませんでした。以下の内容を添えて報告してください。',
  },

  // The terminal report.
  to: { en: '→', ja: '→' },
  path: (dataClass: string): Localized => ({ en: `path of ${dataClass}`, ja: `${dataClass} の経路` }),
  pathPlain: { en: 'path', ja: '経路' },
  pathBefore: (place: string): Localized => ({ en: `as at ${place}`, ja: `${place} と同じ` }),
  otherPaths: { en: 'also, with their paths under --verbose', ja: 'ほかのデータの入口(経路は --verbose)' },
  stepsBetween: (count: number): Localized => ({
    en: `…  ${count} steps between: --verbose`,
    ja: `…  途中の ${count} 手順は --verbose で表示`,
  }),
  confidence: { en: 'confidence', ja: '確度' },
  decidedBy: (dataClass: string): Localized => ({
    en: `decided by ${dataClass}`,
    ja: `判定を決めたデータ: ${dataClass}`,
  }),
  inFiles: (count: number): Localized => ({ en: `in ${plural(count, 'file')}`, ja: `${count} ファイル` }),
  grounds: { en: 'grounds', ja: '根拠' },
  remedy: { en: 'what to do', ja: '対処' },
  more: (fingerprint: string): Localized => ({
    en: `more: sekisho explain ${fingerprint}`,
    ja: `詳細: sekisho explain ${fingerprint}`,
  }),
  endpoint: { en: 'endpoint', ja: 'エンドポイント' },
  environment: { en: 'environment', ja: '環境' },
  allowed: { en: 'Not counted: allowed, or there before', ja: '対象外: 許可済み、または以前からの検出' },
  allowedBy: (kind: Suppression['kind'], id: string | null, reason: string): Localized => ({
    en: `${suppressionNames[kind].en}${id === null ? '' : ` ${id}`}: ${reason}`,
    ja: `${suppressionNames[kind].ja}${id === null ? '' : ` ${id}`}: ${reason}`,
  }),
  hiddenNotes: (count: number): Localized => ({
    en: `${plural(count, 'note')} not shown: --notes shows ${count === 1 ? 'it' : 'them'}`,
    ja: `注記 ${count} 件は省略しました(--notes で表示)`,
  }),
  findings: (error: number, warn: number, note: number, suppressed: number): Localized => ({
    en:
      error + warn + note === 0
        ? `no findings${suppressed > 0 ? `, ${suppressed} allowed or there before` : ''}`
        : `${plural(error, 'error')}, ${plural(warn, 'warning')}, ${plural(note, 'note')}${
            suppressed > 0 ? `, ${suppressed} allowed or there before` : ''
          }`,
    ja:
      error + warn + note === 0
        ? `検出なし${suppressed > 0 ? `(許可済みまたは以前からの検出 ${suppressed} 件)` : ''}`
        : `エラー ${error} 件、警告 ${warn} 件、注記 ${note} 件${
            suppressed > 0 ? `(ほかに許可済みまたは以前からの検出 ${suppressed} 件)` : ''
          }`,
  }),
  flows: (allowed: number, total: number): Localized => ({
    en: `${plural(total, 'flow')} of personal data to AI endpoints, ${allowed} allowed by the policy`,
    ja: `AI エンドポイントへの個人データの流れ ${total} 件、うちポリシーが許可 ${allowed} 件`,
  }),
  endpoints: (total: number, byZone: string): Localized => ({
    en: total === 0 ? 'no AI endpoints' : `${plural(total, 'AI endpoint')}: ${byZone}`,
    ja: total === 0 ? 'AI エンドポイントなし' : `AI エンドポイント ${total} 件: ${byZone}`,
  }),
  files: (seen: number, analysed: number): Localized => ({
    en: `${plural(seen, 'file')} seen, ${analysed} could matter and ${analysed === 1 ? 'was' : 'were'} analysed`,
    ja: `ファイル ${seen} 件を確認し、関係しうる ${analysed} 件を解析`,
  }),
  policy: (file: string | null, presets: string): Localized => ({
    en: `policy: ${file ?? `no sekisho.yaml: the default (${presets})`}`,
    ja: `ポリシー: ${file ?? `sekisho.yaml なし: 既定(${presets})`}`,
  }),
  excluded: (patterns: string): Localized => ({
    en: `excluded by the policy: ${patterns}`,
    ja: `ポリシーによる除外: ${patterns}`,
  }),
  gaps: (count: number, relevant: number): Localized => ({
    en: `NOT analysed: ${plural(count, 'gap')}, ${relevant} of which could hide a flow`,
    ja: `未解析: ${count} 件、うち流れを隠しうるもの ${relevant} 件`,
  }),
  notAnalysed: { en: 'not analysed', ja: '未解析' },
  relevantGap: { en: 'could matter', ja: '要確認' },
  moreGaps: (count: number): Localized => ({
    en: `and ${count} more that can't matter: --verbose lists them`,
    ja: `ほかに影響のないもの ${count} 件(--verbose で表示)`,
  }),
  incomplete: {
    en: 'The scan is incomplete, and the policy (gate.gaps) does not accept it: exit code 3.',
    ja: '検査は不完全であり、ポリシー(gate.gaps)がそれを認めていません: 終了コード 3。',
  },
}
