/** What is said about an entry of `extends` that cannot be had, in both languages. */
import { nearest } from './near.js'
import { didYouMean, oneOf } from './schema.js'
import type { Wrong } from './source.js'

export const extendsWords = {
  twice: (spec: string): Wrong => ({
    code: 'extends-twice',
    message: { en: `\`${spec}\` stands twice`, ja: `\`${spec}\` が重複しています` },
    remedy: { en: 'remove one', ja: '一方を削除してください' },
  }),

  unknown: (spec: string, presets: readonly string[]): Wrong => ({
    code: 'unknown-preset',
    message: { en: `no preset \`${spec}\``, ja: `プリセット \`${spec}\` はありません` },
    expected: oneOf(presets),
    remedy:
      didYouMean(nearest(spec, presets)) ??
      (spec.startsWith('@')
        ? { en: `\`npm:${spec}\` for a package`, ja: `パッケージなら \`npm:${spec}\` と書いてください` }
        : {
            en: 'a file starts with ./ (`./policy/base.yaml`), a package with npm: (`npm:@company/policy`)',
            ja: 'ファイルは ./（`./policy/base.yaml`）、パッケージは npm:（`npm:@company/policy`）で始めてください',
          }),
  }),

  notAnException: (key: string): Wrong => ({
    code: 'exceptions-only',
    message: {
      en: `a file of exceptions holds nothing else: \`${key}\` belongs in the policy`,
      ja: `例外ファイルに書けるのは exceptions だけです。\`${key}\` はポリシーに書いてください`,
    },
    expected: { en: 'version, exceptions', ja: 'version, exceptions' },
    remedy: { en: 'move it to the policy', ja: 'ポリシーへ移してください' },
  }),

  outside: (spec: string): Wrong => ({
    code: 'extends-outside',
    message: { en: `\`${spec}\` is not inside the policy's root`, ja: `\`${spec}\` はポリシーのルートの外です` },
    expected: {
      en: 'a relative path inside the root; no absolute path, no URL, no \\ (nothing is fetched)',
      ja: 'ルート内の相対パス（絶対パス・URL・\\ は不可。通信は行いません）',
    },
    remedy: {
      en: 'copy the file into the repository: `./policy/base.yaml`',
      ja: 'リポジトリ内に置いてください: `./policy/base.yaml`',
    },
  }),

  unread: (file: string): Wrong =>
    file.startsWith('npm:')
      ? {
          code: 'extends-unread',
          message: {
            en: `the package ${file.slice(4)} cannot be read here`,
            ja: `パッケージ ${file.slice(4)} を読めません`,
          },
          remedy: {
            en: 'install it beside the policy; packages are read by the command line, which gives `read` the name',
            ja: 'ポリシーのあるプロジェクトにインストールしてください（パッケージはコマンドラインが読み込みます）',
          },
        }
      : {
          code: 'extends-unread',
          message: { en: `the file ${file} cannot be read`, ja: `ファイル ${file} を読めません` },
          remedy: {
            en: 'paths are relative to the file that names them',
            ja: 'パスは、それを書いたファイルからの相対パスです',
          },
        },

  cycle: (files: readonly string[]): Wrong => ({
    code: 'extends-cycle',
    message: { en: `these extend each other: ${files.join(' → ')}`, ja: `相互に継承しています: ${files.join(' → ')}` },
    remedy: { en: 'remove one of the steps', ja: 'いずれかの extends を削除してください' },
  }),

  tooMany: (depth: number, files: number): Wrong => ({
    code: 'extends-too-many',
    message: { en: 'too many files extend one another', ja: '継承するファイルが多すぎます' },
    expected: { en: `${depth} steps, ${files} files at most`, ja: `最大 ${depth} 段、${files} ファイル` },
    remedy: { en: 'put what they share into one file', ja: '共通部分を 1 つのファイルにまとめてください' },
  }),

  presetHash: (spec: string): Wrong => ({
    code: 'preset-hash',
    message: {
      en: `the preset ${spec} is part of this tool and has no hash`,
      ja: `プリセット ${spec} は本ツールの一部で、ハッシュはありません`,
    },
    remedy: {
      en: `\`${spec}\`, and pin the tool's version`,
      ja: `\`${spec}\` と書き、ツールのバージョンを固定してください`,
    },
  }),

  notAHash: (hash: string): Wrong => ({
    code: 'not-a-hash',
    message: {
      en: `\`#${hash.slice(0, 80)}\` is not a hash`,
      ja: `\`#${hash.slice(0, 80)}\` はハッシュではありません`,
    },
    expected: {
      en: '#sha256- and the SHA-256 of the file, in hex or base64',
      ja: '#sha256- に続けてファイルの SHA-256（16 進または base64）',
    },
  }),

  unchecked: (): Wrong => ({
    code: 'hash-unchecked',
    message: { en: 'the hash cannot be checked here', ja: 'ここではハッシュを検証できません' },
    remedy: { en: 'give the parser a `digest` function (SHA-256)', ja: '`digest` 関数（SHA-256）を渡してください' },
  }),

  changed: (actual: string): Wrong => ({
    code: 'hash-mismatch',
    message: { en: 'the file is not the one that the hash is of', ja: 'ファイルの内容がハッシュと一致しません' },
    expected: { en: `the file has #sha256-${actual}`, ja: `ファイルのハッシュは #sha256-${actual}` },
    remedy: {
      en: 'review the change, then write the new hash',
      ja: '変更内容を確認のうえ、新しいハッシュを書いてください',
    },
  }),
}
