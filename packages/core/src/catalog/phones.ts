/**
 * Japan's telephone numbers: 0, then area code and exchange of five digits together, then four of the subscriber; mobile
 * and IP telephony have 0A0 and eight digits. Numbers that only a business has (0120, 0800, 0570, 0990) and data lines
 * (020) are no person's and have no place in the tables.
 */
import { digitsOf, isPattern } from './digits.js'

/** Area codes of three digits, of four (the fourth digits after the first three), of five; those of two are 03, 04, 06. */
const three =
  '011 015 017 018 019 022 023 024 025 026 027 028 029 042 043 044 045 046 047 048 049 052 053 054 055 058 059 072 073 ' +
  '075 076 077 078 079 082 083 084 086 087 088 089 092 093 095 096 097 098 099'
const four =
  '012:3456 013:3456789 014:23456 015:2345678 016:234567 017:2345689 018:234567 019:1234578 022:0345689 023:34578 ' +
  '024:01234678 025:0456789 026:013456789 027:046789 028:02345789 029:1345679 042:28 043:689 046:03567 047:05689 048:0 ' +
  '049:345 053:1236789 054:4578 055:01345678 056:123456789 057:2345678 058:14567 059:456789 072:15 073:56789 ' +
  '074:023456789 076:135678 077:01234689 079:01456789 082:034679 083:345678 084:5678 085:23456789 086:356789 087:579 ' +
  '088:034579 089:2345678 092:0 093:0 094:02346789 095:0245679 096:456789 097:234789 098:0234567 099:34567'
const five =
  '01267 01372 01374 01377 01392 01397 01398 01456 01457 01466 01547 01558 01564 01586 01587 01632 01634 01635 01648 ' +
  '01654 01655 01656 01658 04992 04994 04996 04998 05769 05979 07468 08387 08388 08396 08477 08512 08514 09496 09802 ' +
  '09912 09913 09969'

const areas: ReadonlySet<string> = new Set([
  '03',
  '04',
  '06',
  ...three.split(' '),
  ...four.split(' ').flatMap((group) => [...group.slice(4)].map((last) => group.slice(0, 3) + last)),
  ...five.split(' '),
])

/** Mobile, and IP telephony; of the eight digits that follow the first is never 0. */
const cellular = /^0[5-9]0[1-9][0-9]{7}$/

/** A Japanese phone number that a person can have: mobile, landline, IP; national or with +81. */
export function isPhone(value: string): boolean {
  const text = national(value)
  if (!/^\(?0[0-9]{1,10}\)?(?:[- ]?\(?[0-9]{1,8}\)?){0,2}$/.test(text)) return false
  const digits = digitsOf(text)
  const parts = text.split(/[^0-9]+/).filter((part) => part !== '')
  if (/^0[5-9]0/.test(digits) && digits.length === 11) return cellular.test(digits) && standsAt(parts, [3, 7])
  if (digits.length !== 10) return false
  return [2, 3, 4, 5].some((size) => isArea(digits, size) && standsAt(parts, [size, 6]))
}

/** Whether it is a number that a person carries, not one that rings in a house or shop. */
export function isMobile(value: string): boolean {
  return /^0[6-9]0[1-9][0-9]{7}$/.test(digitsOf(national(value)))
}

/** Numbers that nobody has: what follows the area code counts up or down, or repeats (090-1234-5678, 03-3333-4444). */
export function isSamplePhone(value: string): boolean {
  const digits = digitsOf(national(value))
  if (/^0[5-9]0[0-9]{8}$/.test(digits)) {
    const [first, last] = [digits.slice(3, 7), digits.slice(7)]
    return first === '1234' || isPattern(first + last) || (isPattern(first) && isPattern(last))
  }
  if (!/^0[0-9]{9}$/.test(digits)) return false
  const size = [5, 4, 3, 2].find((one) => areas.has(digits.slice(0, one)))
  if (size === undefined) return false
  const exchange = digits.slice(size, 6)
  return isPattern(digits.slice(size)) || (isPattern(exchange) && isPattern(digits.slice(6)))
}

function national(value: string): string {
  return value.replace(/^\+81[- ]?\(?0?\)?[- ]?/, '0')
}

/** The exchange of a landline never begins with 0 or 1; 04 is split among three areas only. */
function isArea(digits: string, size: number): boolean {
  const area = digits.slice(0, size)
  return (
    areas.has(area) &&
    (area === '04' ? /^04(?:29|7[01])/ : /^0[0-9]+$/).test(digits) &&
    !/[01]/.test(digits[size] ?? '0')
  )
}

/** Whether the separators stand only where they may. */
function standsAt(parts: readonly string[], places: readonly number[]): boolean {
  let at = 0
  return parts.slice(0, -1).every((part) => places.includes((at += part.length)))
}
