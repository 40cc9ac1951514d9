/** The run in one line: what fails, what to look at, what was not looked at. Says nothing of the exit code, which the gate decides. */
import type { Localized, Report } from '@sekisho/core'
import type { ReportContext } from './reporter.js'

export interface Verdict {
  icon: string
  level: 'error' | 'warn' | 'incomplete' | 'clean'
  text: Localized
}

export function verdict(
  { summary, flows, gaps }: Report,
  { isIncomplete }: Pick<ReportContext, 'isIncomplete'>,
): Verdict {
  const { error, warn } = summary.findings
  const relevant = gaps.filter((gap) => gap.relevant).length
  if (error > 0) return { icon: '❌', level: 'error', text: failing(error, warn) }
  if (isIncomplete)
    return {
      icon: '⚠️',
      level: 'incomplete',
      text: {
        en: `Incomplete: ${relevant} places that could hide a flow were not analysed`,
        ja: `検査は不完全です: 流れを隠しうる ${relevant} か所を解析できませんでした`,
      },
    }
  if (warn > 0)
    return {
      icon: '⚠️',
      level: 'warn',
      text: {
        en: `${warn} ${warn === 1 ? 'warning' : 'warnings'}: to be looked at`,
        ja: `警告 ${warn} 件: 確認が必要です`,
      },
    }
  return {
    icon: '✅',
    level: 'clean',
    text: summary.findings.suppressed > 0 ? settled(summary.findings.suppressed) : clean(flows.length),
  }
}

/** What is allowed, or was there before, is not nothing. */
function settled(count: number): Localized {
  return {
    en: `No open finding; ${count} allowed, or there before`,
    ja: `対応を要する検出はありません(許可済み・以前からのもの ${count} 件)`,
  }
}

function clean(flows: number): Localized {
  return {
    en: `Nothing that the policy does not allow (${flows} ${flows === 1 ? 'flow' : 'flows'} to AI endpoints)`,
    ja: `ポリシーが許可していないものはありません(AI エンドポイントへの流れ ${flows} 件)`,
  }
}

function failing(error: number, warn: number): Localized {
  return {
    en: `${error} ${error === 1 ? 'error' : 'errors'}${warn > 0 ? ` and ${warn} ${warn === 1 ? 'warning' : 'warnings'}` : ''}: what the policy does not allow`,
    ja: `エラー ${error} 件${warn > 0 ? `、警告 ${warn} 件` : ''}: ポリシーが許可していません`,
  }
}
