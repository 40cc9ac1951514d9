/** `sekisho init`: a policy, and where asked for a hook and a workflow. Asks at a terminal, takes flags elsewhere; never overwrites. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { catalogue } from '@sekisho/core'
import { gitRootOf, Mistake, POLICY_NAME, portable } from '@sekisho/files'
import { InvalidArgumentError, Option } from 'commander'
import { exitCodes } from '../exit-code.js'
import { helpText } from '../help.js'
import type { Locale } from '../locale.js'
import { visible } from '../sanitize.js'
import type { Surroundings } from '../scan.js'
import type { Outcome, Register } from './command.js'
import { cis, filesOf, hooks, PACKAGE, type Answers, type Ci, type Hook } from './init-files.js'

interface Raw {
  preset?: string[]
  hook?: Hook
  ci?: Ci
  locale?: Locale
  yes?: boolean
  force?: boolean
}

const words = {
  en: {
    description: 'write a policy, and a commit hook and a CI workflow if you want them',
    directory: 'where (default: this directory)',
    preset: 'preset of the policy; repeatable (default: localization)',
    hook: 'commit hook',
    ci: 'CI workflow',
    yes: 'ask nothing: the defaults for what no flag says',
    force: 'overwrite files that are there',
    askPreset: (all: string) => `Presets, with commas [localization] (${all}): `,
    askHook: `Commit hook [none] (${hooks.join(', ')}): `,
    askCi: `CI workflow [none] (${cis.join(', ')}): `,
    noGit: 'a git hook needs a git repository of its own (a linked work tree shares the hooks of its main one)',
    unknown: (word: string, all: string) => `${word} is not known here: one of ${all}`,
    there: (files: string) => `already there: ${files}. Nothing was written; --force overwrites.`,
    kept: (file: string) => `kept ${file} (--preset with --force writes it anew)`,
    wrote: (file: string) => `wrote ${file}`,
    next: 'Next: "sekisho scan" shows what there is; "sekisho baseline" keeps it, so that only what is new fails; "sekisho doctor" checks that all is at work.',
    counsel: 'Presets are a starting point for your own counsel, not legal advice.',
  },
  ja: {
    description: 'ポリシーを作成。必要ならコミットフックと CI ワークフローも作成',
    directory: '作成する場所(既定: 現在のディレクトリ)',
    preset: 'ポリシーのプリセット。複数指定可(既定: localization)',
    hook: 'コミットフック',
    ci: 'CI ワークフロー',
    yes: '質問せず、指定のない項目は既定値を使う',
    force: '既存のファイルを上書きする',
    askPreset: (all: string) => `プリセット(カンマ区切り)[localization](${all}): `,
    askHook: `コミットフック [none](${hooks.join('、')}): `,
    askCi: `CI ワークフロー [none](${cis.join('、')}): `,
    noGit: 'git フックには独立した git リポジトリが必要です(リンクされたワークツリーは元のフックを共有します)',
    unknown: (word: string, all: string) => `${word} は使えません。次のいずれか: ${all}`,
    there: (files: string) => `すでにあります: ${files}。何も書いていません。--force で上書きします。`,
    kept: (file: string) => `そのまま: ${file} (書き直すには --preset と --force)`,
    wrote: (file: string) => `作成: ${file}`,
    next: '次に: sekisho scan で現状を確認、sekisho baseline で記録すると新しい検出だけが失敗になります。sekisho doctor で動作を確認できます。',
    counsel: 'プリセットは検討の出発点であり、法的助言ではありません。',
  },
} as const

export const registerInit: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  program
    .command('init')
    .description(text.description)
    .argument('[directory]', text.directory)
    .addOption(
      new Option('--preset <name>', text.preset).argParser((value: string, before: string[] = []) => {
        if (!presetIds().includes(value))
          throw new InvalidArgumentError(`Allowed choices are ${presetIds().join(', ')}.`)
        return [...before, value]
      }),
    )
    .addOption(new Option('--hook <kind>', text.hook).choices(hooks))
    .addOption(new Option('--ci <kind>', text.ci).choices(cis))
    .addOption(new Option('--locale <locale>', helpText(locale).locale).choices(['en', 'ja']))
    .option('-y, --yes', text.yes)
    .option('--force', text.force)
    .helpOption('-h, --help', helpText(locale).help)
    .action((directory: string | undefined, raw: Raw) => {
      onRun(async (surroundings, spoken) => init(directory ?? '.', raw, surroundings, raw.locale ?? spoken))
    })
}

async function init(directory: string, raw: Raw, surroundings: Surroundings, locale: Locale): Promise<Outcome> {
  const text = words[locale]
  const folder = resolve(surroundings.cwd, directory)
  if (!existsSync(folder))
    throw new Mistake({ en: `${folder}: no such directory`, ja: `${folder}: ディレクトリがありません` })
  const policy = join(folder, POLICY_NAME)
  const answers = await asked(raw, existsSync(policy), surroundings, locale)
  const gitRoot = gitRootOf(folder)
  const hasHooks = gitRoot !== null && statSync(join(gitRoot, '.git')).isDirectory()
  if (answers.hook === 'git' && !hasHooks) throw new Mistake({ en: words.en.noGit, ja: words.ja.noGit })
  const root = gitRoot ?? folder
  const files = filesOf(answers, existsSync(join(folder, PACKAGE)), locale).map((file) => ({
    ...file,
    path: join(file.at === 'policy' ? folder : root, file.path),
  }))
  const shown = (path: string) => visible(portable(relative(surroundings.cwd, path)))
  const there = raw.force ? [] : files.filter(({ path }) => existsSync(path))
  if (there.length > 0) {
    const list = there.map(({ path }) => shown(path)).join(', ')
    throw new Mistake({ en: words.en.there(list), ja: words.ja.there(list) })
  }
  for (const { path, content, mode } of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content, { mode })
  }
  const notes = files.flatMap(({ note }) => (note === null ? [] : [note]))
  const kept = answers.presets === null ? [text.kept(shown(policy))] : []
  const lines = [...kept, ...files.map(({ path }) => text.wrote(shown(path))), ...notes, '', text.next, text.counsel]
  return { code: exitCodes.clean, stdout: `${lines.join('\n')}\n` }
}

/**
 * Flags first; what they leave open is asked for at a terminal. A policy that is there stays where only a hook or a workflow is
 * asked for.
 */
async function asked(raw: Raw, hasPolicy: boolean, { ask }: Surroundings, locale: Locale): Promise<Answers> {
  const text = words[locale]
  const question = async (words: string) => (ask === null || raw.yes ? '' : (await ask(words)).trim())
  const stays = hasPolicy && raw.preset === undefined && (raw.hook ?? raw.ci ?? 'none') !== 'none'
  const presets = stays ? null : (raw.preset ?? listed(await question(text.askPreset(presetIds().join(', ')))))
  const hook = raw.hook ?? ((await question(text.askHook)) || 'none')
  const ci = raw.ci ?? ((await question(text.askCi)) || 'none')
  const known = presets?.map((one) => checked(one, presetIds())) ?? null
  return {
    presets: known?.length === 0 ? ['localization'] : known,
    hook: checked(hook, hooks),
    ci: checked(ci, cis),
  }
}

function listed(answer: string): string[] {
  return answer.split(/[\s,、]+/).filter(Boolean)
}

function presetIds(): string[] {
  return catalogue.data.presets.map(({ id }) => id)
}

function checked<T extends string>(word: string, known: readonly T[]): T {
  const found = known.find((one) => one === word)
  if (found !== undefined) return found
  const all = known.join(', ')
  throw new Mistake({ en: words.en.unknown(word, all), ja: words.ja.unknown(word, all) })
}
