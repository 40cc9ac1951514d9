/** `sekisho doctor`: is anything silently doing nothing? Looks at the installation, the repository, the policy and the gate. */
import { chooseLocale } from '../locale.js'
import { exitCodes } from '../exit-code.js'
import { safeLines, visible } from '../sanitize.js'
import type { Register } from './command.js'
import { diagnose } from './diagnosis.js'
import { scanOptionsOf, withScanFlags, type RawScanFlags } from './scan-flags.js'

const words = {
  en: {
    description: 'check whether anything is silently doing nothing: policy, hook, workflow, parser, baseline',
    directory: 'the directory (default: this one)',
    fine: 'Nothing is silently doing nothing.',
    bad: (count: number) => `${count} ${count === 1 ? 'thing needs' : 'things need'} attention.`,
  },
  ja: {
    description: '働いていないものがないか確認(ポリシー、フック、ワークフロー、パーサー、ベースライン)',
    directory: 'ディレクトリ(既定: 現在の場所)',
    fine: '働いていないものはありません。',
    bad: (count: number) => `${count} 件の確認が必要です。`,
  },
} as const

export const registerDoctor: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  withScanFlags(program.command('doctor').description(text.description), locale)
    .argument('[directory]', text.directory)
    .action((directory: string | undefined, raw: RawScanFlags) => {
      onRun(async (surroundings) => {
        const { checks, policyLocale } = await diagnose(scanOptionsOf([directory ?? '.'], raw), surroundings)
        const spoken = chooseLocale(raw.locale ?? null, policyLocale, surroundings.environment)
        const bad = checks.filter(({ is }) => is === 'bad').length
        const sign = { fine: 'ok  ', told: 'info', bad: 'BAD ' } as const
        const lines = checks.map(({ is, text: said }) => `${sign[is]}  ${visible(said[spoken])}`)
        const end = bad === 0 ? words[spoken].fine : words[spoken].bad(bad)
        const stdout = safeLines(`${[...lines, '', end].join('\n')}\n`)
        return { code: bad === 0 ? exitCodes.clean : exitCodes.findings, stdout }
      })
    })
}
