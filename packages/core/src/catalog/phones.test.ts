import { describe, expect, test } from 'vitest'
import { isMobile, isPhone, isSamplePhone } from './phones.js'

const phones = (text: string) => text.split(/\s{2,}/)

describe("Japan's numbering", () => {
  test.each([
    ['mobile', '090-8273-1946  080 8273 1946  07082731946  060-8273-1946  090-82731946'],
    ['IP telephony', '050-3123-4567  05031234567'],
    ['area codes of two digits', '03-5253-5111  (03)5253-5111  03(5253)5111  06-6941-0351  04-2998-1111  04-7167-1111'],
    ['of three', '011-211-2111  045-671-2121  098-866-2333  0456712121'],
    ['of four', '0422-51-5131  0225-95-1111  0957-22-1500  042251-5131'],
    ['of five', '01267-2-3182  04992-2-1441  (04992)2-1441'],
    [
      'international',
      '+81-90-8273-1946  +8190-8273-1946  +81 3-5253-5111  +81 (0)3-5253-5111  +8135253-5111  +81-422-51-5131',
    ],
  ])('%s', (_, text) => {
    expect(phones(text).filter((phone) => !isPhone(phone))).toEqual([])
  })

  test.each([
    ['no area', '02-5253-5111  02-12345678  081-234-5678  010-123-4567  0212345678  01-5253-5111  04-5253-5111'],
    ['an exchange that begins with 0 or 1', '0225-11-2222  03-1234-5678  03-0253-5111  045-171-2121  090-0123-4567'],
    ['separators elsewhere', '035-253-5111  0422-515-131  0452-67-12121  090-827-31946  0908-273-1946  03-5253-51-11'],
    ['too short, too long', '03-525-5111  090-8273-194  03-5253-51111  0422-51-51311  1111  00000000  123-4567'],
    ['toll-free and business', '0120-444-111  0120444111  0800-123-4567  0570-000-111  0990-512-345  0170-123-456'],
    ['data lines', '020-1234-5678  0200-123-4567  02012345678'],
    ['others', '2024-11-25  12-3456-7890  0000-00-0000  +1-212-555-0100  +82-10-1234-5678'],
  ])('not: %s', (_, text) => {
    expect(phones(text).filter(isPhone)).toEqual([])
  })

  test('who carries it', () => {
    expect(phones('090-8273-1946  +81-70-8273-1946  06082731946').filter((phone) => !isMobile(phone))).toEqual([])
    expect(phones('050-3123-4567  03-5253-5111  0422-51-5131').filter(isMobile)).toEqual([])
  })

  test('samples', () => {
    const samples =
      '090-1234-5678  090-1234-9999  080-1111-2222  070-9876-5432  090-0000-0000  +81-90-1234-5678  03-3333-4444  0422-22-3333  045-222-2222  03-2345-6789'
    expect(phones(samples).filter((phone) => !isSamplePhone(phone))).toEqual([])
    expect(
      phones('090-8273-1946  090-8765-4321  090-8273-1234  03-5253-1111  0422-51-5131').filter(isSamplePhone),
    ).toEqual([])
  })
})
