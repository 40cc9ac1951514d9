/** What is said about files, English and Japanese side by side. */
import type { Localized } from '@sekisho/core'

export const fileMessages = {
  noSuchPath: (path: string): Localized => ({
    en: `${path}: no such file or directory. Give a directory or files to scan; "sekisho --help" shows the commands.`,
    ja: `${path}: ファイルまたはディレクトリがありません。検査するディレクトリかファイルを指定してください(コマンドの一覧は sekisho --help)。`,
  }),
  pathOutside: (path: string, root: string): Localized => ({
    en: `${path} is outside ${root}: one run scans one repository. Scan them one by one.`,
    ja: `${path} は ${root} の外です。1 回の実行で検査できるのは 1 つのリポジトリです。別々に実行してください。`,
  }),
  policyIsDirectory: (path: string): Localized => ({
    en: `${path} is a directory: --policy takes a file.`,
    ja: `${path} はディレクトリです。--policy にはファイルを指定してください。`,
  }),
  policyOutside: (path: string): Localized => ({
    en: `${path} is a link that leaves the repository: a policy is read only inside it. Name it by --policy.`,
    ja: `${path} はリポジトリの外を指すリンクです。--policy で明示してください。`,
  }),
  policyUnreadable: (path: string, why: Localized): Localized => ({
    en: `the policy ${path} can't be taken: it ${why.en}.`,
    ja: `ポリシー ${path} を使えません。${why.ja}。`,
  }),
  floorUnread: (name: string): Localized => ({
    en: `the floor ${name} can't be read: --floor takes a file, or npm: and the name of an installed package.`,
    ja: `組織ポリシー ${name} を読めません。--floor にはファイル、または npm: とインストール済みパッケージ名を指定してください。`,
  }),
  floorHash: (name: string, isMissing: boolean, actual: string): Localized => ({
    en: `the floor ${name} ${isMissing ? 'has no hash' : 'is not what its hash says'}. If this is the text you mean: --floor ${name}@sha256-${actual}`,
    ja: `組織ポリシー ${name} ${isMissing ? 'にハッシュがありません' : 'の内容がハッシュと一致しません'}。この内容でよければ: --floor ${name}@sha256-${actual}`,
  }),
  noRepository: (path: string): Localized => ({
    en: `${path} is in no git repository: --staged and --since ask git.`,
    ja: `${path} は git リポジトリの中にありません。--staged と --since は git を使います。`,
  }),
  gitFailed: (command: string): Localized => ({
    en: `git ${command} failed: run it yourself to see why (a damaged repository, or one that belongs to another user).`,
    ja: `git ${command} が失敗しました。同じコマンドを実行して原因(リポジトリの破損、所有者の違いなど)を確認してください。`,
  }),
  noSuchCommit: (ref: string): Localized => ({
    en: `there is no commit ${ref} here: fetch it first (in CI, a checkout with the whole history: fetch-depth: 0).`,
    ja: `コミット ${ref} がありません。先に取得してください(CI では全履歴をチェックアウト: fetch-depth: 0)。`,
  }),
  noMergeBase: (ref: string): Localized => ({
    en: `${ref} and HEAD have no commit in common here: fetch the whole history (fetch-depth: 0).`,
    ja: `${ref} と HEAD に共通のコミットがありません。全履歴を取得してください(fetch-depth: 0)。`,
  }),
  inConflict: { en: 'is in conflict: resolve it first', ja: 'コンフリクト中です。先に解消してください' },
  submodule: {
    en: 'is a submodule: its files are not in this repository, and were not looked at',
    ja: 'サブモジュールです。中のファイルはこのリポジトリに含まれないため確認していません',
  },
  unreadable: (why: string): Localized => ({ en: `can't be read (${why})`, ja: `読めません(${why})` }),
  missing: {
    en: "is not among git's objects here: fetch it (in CI, a checkout without filter and sparse-checkout)",
    ja: 'git のオブジェクトがこのクローンにありません。取得してください(CI では filter や sparse-checkout なしでチェックアウト)',
  },
  isDirectory: { en: 'is a directory', ja: 'ディレクトリです' },
  notThere: { en: 'is not there, or no ordinary file', ja: '存在しないか、通常のファイルではありません' },
  undecodable: {
    en: 'is neither UTF-8, UTF-16, Shift_JIS nor EUC-JP',
    ja: 'UTF-8、UTF-16、Shift_JIS、EUC-JP のいずれでもありません',
  },
  nameUndecodable: { en: 'has a name that is not UTF-8', ja: '名前が UTF-8 ではありません' },
  linkOutside: {
    en: 'is a symbolic link that leaves the scanned tree',
    ja: '検査対象の外を指すシンボリックリンクです',
  },
  tooLarge: (size: number, limit: number): Localized => ({
    en: `${size} bytes: above --max-file-size ${limit}`,
    ja: `${size} バイト: --max-file-size ${limit} を超えています`,
  }),
  tooDeep: { en: 'is nested too deeply to be parsed', ja: '入れ子が深すぎて解析できません' },
  crashed: (why: string): Localized => ({
    en: `the analysis failed on this file: ${why}`,
    ja: `このファイルの解析に失敗しました: ${why}`,
  }),
  unreadLanguage: (language: string): Localized => ({
    en: `names an AI service, and ${language} is not read: nothing here was judged. Look at it yourself; where no customer data is in it, name it in the policy under exclude`,
    ja: `AI サービスの名前がありますが、${language} は解析対象外のため何も判定していません。内容を確認し、顧客データを扱わない場合はポリシーの exclude に記載してください`,
  }),
  minified: { en: 'is generated or minified: not parsed', ja: '生成または圧縮されたファイルのため解析していません' },
}
