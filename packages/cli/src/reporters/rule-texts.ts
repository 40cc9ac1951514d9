/** What each rule is about, for report formats that list rules. */
import type { Localized, RuleId } from '@sekisho/core'

interface RuleText {
  short: Localized
  full: Localized
  help: Localized
  severity: 'error' | 'warning' | 'note'
}

const declare: Localized = {
  en: 'Send the data to an endpoint that the policy allows, remove or pseudonymise it by a sanitizer that the policy names, or declare the destination with its zone, evidence and basis in sekisho.yaml.',
  ja: 'ポリシーが許すエンドポイントに送る、ポリシーに記載したサニタイザーで取り除くか仮名化する、または送信先を zone・evidence・basis とともに sekisho.yaml に宣言してください。',
}

export const ruleTexts: Readonly<Record<RuleId, RuleText>> = {
  'cross-border-flow': {
    short: {
      en: 'Personal data can reach an AI endpoint that the policy does not allow for it',
      ja: 'ポリシーが許していない AI エンドポイントに個人データが届きうる',
    },
    full: {
      en: 'Personal data of customers in Japan can reach an AI service outside the zones that the policy allows for its class. The trace shows the path.',
      ja: '日本の顧客の個人データが、ポリシーがそのデータ種別に許していない地域の AI サービスに届きえます。経路を示します。',
    },
    help: declare,
    severity: 'error',
  },
  'unresolved-endpoint': {
    short: {
      en: 'Where this AI endpoint is can not be told from code and config',
      ja: 'AI エンドポイントの所在を特定できない',
    },
    full: {
      en: 'The endpoint depends on a value that neither code nor config shows, so the policy judges it as zone unknown.',
      ja: 'エンドポイントがコードと設定からは分からない値で決まるため、zone unknown として判定します。',
    },
    help: {
      en: 'Declare the endpoint under destinations in sekisho.yaml, or give the variable that decides it a value in the repository.',
      ja: 'sekisho.yaml の destinations に宣言するか、エンドポイントを決める変数の値をリポジトリに置いてください。',
    },
    severity: 'warning',
  },
  'foreign-endpoint': {
    short: { en: 'An AI endpoint outside Japan', ja: '国外の AI エンドポイント' },
    full: {
      en: 'Code or config uses an AI endpoint that is processed outside Japan.',
      ja: 'コードまたは設定が、国外で処理される AI エンドポイントを使っています。',
    },
    help: declare,
    severity: 'note',
  },
  'region-escape': {
    short: {
      en: 'Routing leaves Japan though the endpoint is in Japan',
      ja: '国内エンドポイントからの国外ルーティング',
    },
    full: {
      en: 'A profile, deployment type, fallback or setting sends requests to other countries although the endpoint stands in Japan.',
      ja: 'エンドポイントは日本にありますが、プロファイル、デプロイの種類、フォールバックまたは設定により国外で処理されえます。',
    },
    help: {
      en: 'Choose the Japan profile, regional deployment or setting that the message names.',
      ja: 'メッセージに示す日本のプロファイル、リージョン デプロイまたは設定を選んでください。',
    },
    severity: 'error',
  },
  'undeclared-residency': {
    short: { en: 'Residency in Japan is not declared', ja: '国内保存の根拠が宣言されていない' },
    full: {
      en: 'Japan is offered here only by an account setting that code can not show.',
      ja: 'ここでの日本国内処理は、コードには現れないアカウント設定に依存します。',
    },
    help: {
      en: 'Declare the destination with evidence and date in sekisho.yaml.',
      ja: '送信先を evidence と日付とともに sekisho.yaml に宣言してください。',
    },
    severity: 'note',
  },
  'personal-data-literal': {
    short: { en: 'A personal identifier stands in the source', ja: 'ソース中の個人識別情報' },
    full: {
      en: 'A literal passes the check digit of a personal identifier, such as My Number, and stands beside its label.',
      ja: 'マイナンバーなど、検査数字が一致する個人識別情報がソースに書かれています。',
    },
    help: {
      en: 'Remove it from the source and its history; use documented sample values in tests.',
      ja: 'ソースと履歴から取り除き、テストには公開されているサンプル値を使ってください。',
    },
    severity: 'warning',
  },
  'client-side-ai-call': {
    short: { en: 'An AI service is called from the user’s terminal', ja: '利用者の端末からの AI 呼び出し' },
    full: {
      en: 'Code that runs in the browser or app calls an AI service, past every control of the server.',
      ja: 'ブラウザーやアプリで動くコードが AI サービスを直接呼び出し、サーバー側の統制が働きません。',
    },
    help: { en: 'Call it from the server.', ja: 'サーバーから呼び出してください。' },
    severity: 'warning',
  },
  'expired-exception': {
    short: { en: 'An exception has expired', ja: '例外の期限切れ' },
    full: {
      en: 'An exception of the policy is past its expiry and allows nothing.',
      ja: 'ポリシーの例外が期限を過ぎ、効力がありません。',
    },
    help: { en: 'Remove it, or have it approved anew.', ja: '削除するか、改めて承認を得てください。' },
    severity: 'error',
  },
  'unused-exception': {
    short: { en: 'An exception allows nothing', ja: '使われていない例外' },
    full: { en: 'No finding needs this exception any more.', ja: 'この例外を必要とする検出はもうありません。' },
    help: { en: 'Remove it.', ja: '削除してください。' },
    severity: 'warning',
  },
  'overdue-review': {
    short: { en: 'A basis is due for review', ja: '根拠の見直し期限超過' },
    full: {
      en: 'The review date of a destination’s basis has passed.',
      ja: '送信先の basis の見直し期日を過ぎています。',
    },
    help: { en: 'Review it and set the next date.', ja: '見直しを行い、次の期日を設定してください。' },
    severity: 'warning',
  },
  'malformed-directive': {
    short: { en: 'A directive that can not be obeyed', ja: '正しくないディレクティブ' },
    full: {
      en: 'An inline directive names no rule or reason, covers an error, or covers nothing.',
      ja: '行内ディレクティブに規則や理由がない、エラーを対象としている、または何にも効いていません。',
    },
    help: {
      en: 'Write: sekisho-disable-next-line <rule> -- <reason>. An error needs an exception in the policy.',
      ja: 'sekisho-disable-next-line <規則> -- <理由> と書いてください。エラーにはポリシーの例外が必要です。',
    },
    severity: 'warning',
  },
}
