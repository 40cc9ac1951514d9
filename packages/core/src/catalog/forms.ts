/** The forms of values that have no check digit: mail addresses, dates of birth. Phone numbers: phones.ts. */
import { isSampleDomain } from './samples.js'

/** An address that could be a person's mailbox: no reserved domain, no mailbox that nobody reads. */
export function isEmail(value: string): boolean {
  const parts = /^([a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})$/i.exec(value)
  if (!parts) return false
  return (
    !isSampleDomain(parts[2] ?? '') && !/^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster)/i.test(parts[1] ?? '')
  )
}

const eras: Readonly<Record<string, number>> = {
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  大正: 1911,
  明治: 1867,
  S: 1925,
  H: 1988,
  R: 2018,
  T: 1911,
  M: 1867,
}

/** A date on which a living person can have been born; its year is not compared with today's, this module has no clock. */
export function isPlausibleBirthDate(value: string): boolean {
  const western = /^((?:19|20)[0-9]{2})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?$/.exec(value)
  const era = /^(明治|大正|昭和|平成|令和|[MTSHR])([0-9]{1,2}|元)[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$/.exec(value)
  const year = western
    ? Number(western[1])
    : era
      ? (eras[era[1] ?? ''] ?? 0) + (era[2] === '元' ? 1 : Number(era[2]))
      : 0
  const month = Number(western?.[2] ?? era?.[3])
  const day = Number(western?.[3] ?? era?.[4])
  return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}
