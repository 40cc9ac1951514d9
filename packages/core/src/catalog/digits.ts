/** Check digits of Japanese numbers, and the one-to-one reading of full-width characters that keeps positions. */

/** Full-width ASCII, dashes and the wide space as their plain forms, one character for one. */
export function toHalfWidth(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  return text
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/[‐‑‒–—―−﹣]/g, '-')
    .replace(/(?<=[0-9])[ーｰ](?=[0-9])/g, '-')
}

/** The digits of a text, joined. */
export function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '')
}

/** My Number: Ordinance of the Ministry of Internal Affairs and Communications No. 85 of 2014, Art. 5. */
export function isMyNumber(digits: string): boolean {
  if (!/^[0-9]{12}$/.test(digits) || isRepeated(digits)) return false
  const rest = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return (rest <= 1 ? 0 : 11 - rest) === digitAt(digits, 11)
}

/** Corporate number: Ordinance of the Ministry of Finance No. 70 of 2014, Art. 2; the first digit checks the rest. */
export function isCorporateNumber(digits: string): boolean {
  if (!/^[1-9][0-9]{12}$/.test(digits)) return false
  const sum = weighted(digits.slice(1), [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
  return 9 - (sum % 9) === digitAt(digits, 0)
}

/** Driver's licence: the formula is on private pages only, so it supports a label and proves nothing. */
export function isDriversLicence(digits: string): boolean {
  if (
    !/^[0-9]{12}$/.test(digits) ||
    isRepeated(digits) ||
    !/^(?:0|1[0-4]|2[0-5]|30|4|5[0-5]|6[0-5]|7[0-4]|8[0-3]|9[0-7])/.test(digits)
  )
    return false
  const rest = weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return (11 - rest) % 10 === digitAt(digits, 10)
}

/** Insurer number of health insurance (8 digits, national health insurance 6). */
export function isInsurerNumber(digits: string): boolean {
  return /^(?:[0-9]{8}|[0-9]{6})$/.test(digits) && !isRepeated(digits) && luhn(digits)
}

/** Credit card: Luhn, and a length that the issuer's prefix has. */
export function isCardNumber(digits: string): boolean {
  return cardPrefix.test(digits) && !isRepeated(digits) && luhn(digits)
}

// Visa 13, 16, 19; Mastercard 16; American Express 15; Diners 14; JCB 16; Discover 16.
const cardPrefix =
  /^(?:4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|(?:5[1-5]|2[2-7])[0-9]{14}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|35[2-8][0-9]{13}|6(?:011|4[4-9][0-9]|5[0-9]{2})[0-9]{12})$/

function luhn(digits: string): boolean {
  let sum = 0
  for (let index = digits.length - 1, double = false; index >= 0; index--, double = !double) {
    const value = digitAt(digits, index) * (double ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * digitAt(digits, index), 0)
}

function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 48
}

/** Whether digits repeat, count up, or count down from 9: 0000, 1234, 9876. */
export function isPattern(digits: string): boolean {
  if (digits.length < 3) return isRepeated(digits)
  return isRepeated(digits) || '01234567890123456789'.includes(digits) || '98765432109876543210'.startsWith(digits)
}

function isRepeated(digits: string): boolean {
  return /^(\d)\1+$/.test(digits)
}
