/** The forms of values that have no check digit: phone numbers, mail addresses, dates of birth. */
import { digitsOf } from './digits.js'
import { isSampleDomain } from './samples.js'

/** A Japanese phone number of a person: mobile, landline, IP, international; not a service number. */
export function isPhone(value: string): boolean {
  const text = value.replace(/^\+81[- ]?\(?0?\)?/, '0')
  if (!/^\(?0[0-9]{1,4}\)?[- ]?\(?[0-9]{1,4}\)?[- ]?[0-9]{3,4}$/.test(text)) return false
  const digits = digitsOf(text)
  if (/^0(?:120|800|570|990|20)/.test(digits)) return false
  if (!standsInParts(text)) return false
  return /^0[5-9]0/.test(digits) ? /^0[5-9]0[1-9][0-9]{7}$/.test(digits) : /^0[1-9][0-9]{8}$/.test(digits)
}

/** Area codes of three digits; those of two are 03, 04 and 06 (Ministry of Internal Affairs, list of area codes). */
const areas = new Set(
  '011 015 017 018 019 022 023 024 025 026 027 028 029 042 043 044 045 046 047 048 049 052 053 054 055 058 059 072 073 075 076 077 078 079 082 083 084 086 087 088 089 092 093 095 096 097 098 099'.split(
    ' ',
  ),
)

/** Written in parts, a number has them where Japan's numbering has: area and exchange make six digits, and no exchange starts with 0 or 1. */
function standsInParts(text: string): boolean {
  const parts = text.split(/[^0-9]+/).filter((part) => part !== '')
  if (parts.length !== 3) return true
  const [area = '', exchange = '', rest = ''] = parts
  if (/^0[5-9]0$/.test(area)) return exchange.length === 4 && rest.length === 4
  if (area.length + exchange.length !== 6 || rest.length !== 4 || /^[01]/.test(exchange)) return false
  if (area.length === 2) return area === '03' || area === '04' || area === '06'
  return area.length === 3 ? areas.has(area) : true
}

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
