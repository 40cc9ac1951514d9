/** What the calendar says about a policy: exceptions that have expired or run too long, reviews that are overdue. */
import type { Localized, Severity } from '../finding.js'
import { isPast } from './decide.js'
import type { Origin, Policy } from './policy.js'
import { severityOf } from './severity.js'

export interface DateNotice {
  rule: 'expired-exception' | 'overdue-review'
  severity: Severity
  /** The exception's or destination's id. */
  id: string
  message: Localized
  remedy: Localized
  origin: Origin
}

/** Today is YYYY-MM-DD in Asia/Tokyo; a day still counts until it is over. */
export function checkDates(policy: Policy, today: string): DateNotice[] {
  return [
    ...expiredExceptions(policy, today),
    ...expiringExceptions(policy, today),
    ...longExceptions(policy, today),
    ...overdueReviews(policy, today),
    ...dueReviews(policy, today),
  ]
}

function expiredExceptions(policy: Policy, today: string): DateNotice[] {
  return policy.exceptions
    .filter((exception) => isPast(exception.expiry, today))
    .map(({ id, expiry, origin }) => ({
      rule: 'expired-exception',
      severity: severityOf(policy, 'expired-exception'),
      id,
      message: {
        en: `Exception ${id} expired on ${expiry} and allows nothing any more.`,
        ja: `例外 ${id} は ${expiry} に期限切れとなり、効力がありません。`,
      },
      remedy: {
        en: 'Remove it, or have the approver renew it with a new expiry.',
        ja: '削除するか、承認者の承認を得て新しい expiry を設定してください。',
      },
      origin,
    }))
}

/** Before it is too late: whoever needs it longer must ask in time. */
function expiringExceptions(policy: Policy, today: string): DateNotice[] {
  return policy.exceptions.flatMap(({ id, expiry, origin }) => {
    const left = daysBetween(today, expiry)
    if (left < 0 || left >= policy.gate.warnDays) return []
    return [
      {
        rule: 'expired-exception' as const,
        severity: 'warn' as const,
        id: `${id} soon`,
        message: {
          en: `Exception ${id} expires on ${expiry}${left === 0 ? ', today' : `, in ${left} ${left === 1 ? 'day' : 'days'}`}.`,
          ja: `例外 ${id} は ${expiry} に期限切れとなります(${left === 0 ? '本日' : `あと ${left} 日`})。`,
        },
        remedy: {
          en: 'Fix what it allows, or have the approver renew it with a new expiry.',
          ja: '対象を修正するか、承認者の承認を得て新しい expiry を設定してください。',
        },
        origin,
      },
    ]
  })
}

function dueReviews(policy: Policy, today: string): DateNotice[] {
  return policy.destinations.flatMap(({ id, bases }) =>
    bases.flatMap(({ all, reviewBy, origin }) => {
      const left = reviewBy === null ? -1 : daysBetween(today, reviewBy)
      if (left < 0 || left >= policy.gate.warnDays) return []
      return [
        {
          rule: 'overdue-review' as const,
          severity: 'note' as const,
          id: `${id} soon`,
          message: {
            en: `The review of basis ${all.join(' + ')} of destination ${id} is due by ${reviewBy}.`,
            ja: `送信先 ${id} の根拠 ${all.join(' + ')} の見直し期限は ${reviewBy} です。`,
          },
          remedy: {
            en: 'Review the basis and set the next reviewBy.',
            ja: '根拠を見直し、次回の reviewBy を設定してください。',
          },
          origin,
        },
      ]
    }),
  )
}

function longExceptions(policy: Policy, today: string): DateNotice[] {
  const days = policy.gate.exceptionMaxDays
  if (days === null) return []
  const latest = addDays(today, days)
  return policy.exceptions
    .filter(({ expiry }) => expiry > latest)
    .map(({ id, expiry, origin }) => ({
      rule: 'expired-exception',
      severity: 'warn',
      id,
      message: {
        en: `Exception ${id} runs until ${expiry}, longer than the ${days} days that gate.exceptionMaxDays permits.`,
        ja: `例外 ${id} の期限 ${expiry} は、gate.exceptionMaxDays の ${days} 日を超えています。`,
      },
      remedy: { en: `Set expiry to ${latest} or earlier.`, ja: `expiry を ${latest} 以前にしてください。` },
      origin,
    }))
}

function overdueReviews(policy: Policy, today: string): DateNotice[] {
  return policy.destinations.flatMap(({ id, bases }) =>
    bases
      .filter((basis) => isPast(basis.reviewBy, today))
      .map(({ all, reviewBy, origin }) => ({
        rule: 'overdue-review' as const,
        severity: severityOf(policy, 'overdue-review'),
        id,
        message: {
          en: `The review of basis ${all.join(' + ')} of destination ${id} was due by ${reviewBy}; until it is reviewed, the basis does not count.`,
          ja: `送信先 ${id} の根拠 ${all.join(' + ')} は ${reviewBy} までに見直しが必要でした。見直すまで根拠として扱いません。`,
        },
        remedy: {
          en: 'Review the basis and set the next reviewBy.',
          ja: '根拠を見直し、次回の reviewBy を設定してください。',
        },
        origin,
      })),
  )
}

/** Whether it is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return false
  const date = new Date(0)
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  return date.toISOString().slice(0, 10) === text
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
