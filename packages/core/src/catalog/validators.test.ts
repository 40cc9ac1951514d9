import { describe, expect, test } from 'vitest'
import { findLiterals, mask, validate } from './validators.js'

describe('validate', () => {
  test.each([
    [
      'my-number',
      '621498320257 123456789018 １２３４５６７８９０１８ 1234-5678-9018',
      '123456789019 621498320258 111111111111 12345678901 1234-56789018',
    ],
    ['corporate-number', '7000012050002 2000012010019 8000012010038 5000012010024', '7000012050003 0000012050002'],
    ['invoice-t-number', 'T7000012050002', 'T700001205000 7000012050002'],
    ['drivers-licence', '309012345620', '309212345610 999999999999'],
    ['insurer-number', '33120015 06137590 138156', '33120016 138157'],
    [
      'jp-phone',
      '090-8273-1946 09082731946 03-5253-5111 (03)5253-5111 0422-53-5111 050-3123-4567 +81-90-8273-1946 +8135253-5111 ０９０－８２７３－１９４６',
      '0120-999-999 0570-000-111 12-3456-7890 090-0123-4567 020-1234-5678 2024-11-25',
    ],
    ['jp-postal', '〒100-0001 100-0001 〒1000001', '1000001 100-00011'],
    ['pension-number', '0123-456789 0123456789', '012-3456789'],
    ['employment-insurance-number', '1234-567890-1 12345678901', '1234-56789-1'],
    ['jp-passport', 'TK1234568 MZ7654321', 'AB1234567 TK123456'],
    ['residence-card', 'AB12345678CD', 'AB1234567CD'],
    ['luhn-13-19', '4539 1488 0343 6467 4539148803436467 371449635398431', '4539148803436468 1234567890123456'],
    [
      'email-rfc5322-lite',
      'taro.yamada@docomo.ne.jp',
      'a@example.com a@example.jp x@shop.test x@y.invalid noreply@shop.jp not-a-mail',
    ],
    [
      'plausible-birthdate',
      '1985-04-01 1985/4/1 昭和60年4月1日 S60.4.1 令和元年5月1日',
      '1885-04-01 2024-13-01 v1.2.3',
    ],
    ['jp-prefecture-name', '東京都 神奈川県', '東京 大阪市'],
    ['jp-prefecture-prefix', '東京都千代田区 〒100-0001東京都千代田区', '千代田区'],
    ['kana-only', 'ヤマダタロウ さとうはなこ', '山田 abc'],
    ['icd10-like', 'E11 J45.9', 'U07 11E'],
    ['zengin-account', '1234567', '12345678'],
    ['yucho-kigo', '10120-1234561', '20120-1234561'],
  ])('%s', (id, good, bad) => {
    const [groups, rest] =
      id === 'luhn-13-19' ? [['4539 1488 0343 6467'], good.split(' ').slice(4)] : [[], good.split(' ')]
    expect([...groups, ...rest].filter((value) => !validate(id, value))).toEqual([])
    expect(bad.split(' ').filter((value) => validate(id, value))).toEqual([])
  })

  test('an unknown id validates nothing', () => {
    expect(validate('constructor', 'x')).toBe(false)
  })
})

function found(text: string, context?: string): string {
  return findLiterals(text, context)
    .map(({ dataClass, certainty, sample }) => `${dataClass} ${certainty}${sample ? ' sample' : ''}`)
    .join(', ')
}

describe('literals', () => {
  test.each([
    ['1234 5678 9018', undefined, 'my-number certain'],
    ['1234-5678-9018', undefined, 'my-number certain'],
    ['１２３４　５６７８　９０１８', undefined, 'my-number certain'],
    ['マイナンバー: 621498320257', undefined, 'my-number certain'],
    ['621498320257', 'myNumber', 'my-number likely'],
    ['621498320257', undefined, 'my-number possible'],
    ['621498320257', 'orderNumber', ''],
    ['621498320257', 'awsAccountId', ''],
    ['arn:aws:iam::621498320257:role/x', undefined, ''],
    ['621498320258', 'myNumber', ''],
    ['マイナンバー 6214 9832 0258', undefined, ''],
    ['7000012050002', 'myNumber', ''],
    ['T7000012050002', undefined, ''],
    ['123456789012', 'myNumber', ''],
    ['309012345620', '運転免許証番号', 'drivers-licence likely'],
    ['309012345620', 'x', ''],
    ['090-8273-1946', undefined, 'phone possible'],
    ['090-8273-1946', 'PHONE', 'phone possible'],
    ['090-8273-1946', '電話', 'phone possible'],
    ['03-5253-5112', 'SHOP_PHONE', 'phone possible'],
    ['03-5253-5112', 'clinicTel', 'phone possible'],
    ['03-5253-5112', 'customerSupportTel', 'phone possible'],
    ['03-5253-5112', 'customerTel', 'phone likely'],
    ['02-5253-5112', 'customerTel', ''],
    ['081-234-5678', 'customerTel', ''],
    ['0225-11-2345', 'customerTel', ''],
    ['店舗電話 03-5253-5112', undefined, 'phone possible'],
    ['予約電話：090-8273-1946', undefined, 'phone possible'],
    ['お客様お問い合わせ窓口 03-5253-5112', undefined, 'phone possible'],
    ['お客様の電話番号は090-8273-1946です', undefined, 'phone certain'],
    ['佐藤様 (090-8273-1946)', undefined, 'phone likely'],
    ['電話番号は090-8273-1946です', undefined, 'phone possible'],
    ['09082731946', undefined, 'phone possible'],
    ['09082731946', 'customerPhone', 'phone certain'],
    ['03-5253-5111', undefined, 'phone possible'],
    ['TEL: (03)5253-5112', undefined, 'phone possible'],
    ['+81-90-8273-1946', undefined, 'phone possible'],
    ['+81-90-8273-1946', 'guestPhone', 'phone certain'],
    ['+81-90-1234-5678', 'guestPhone', 'phone possible sample'],
    ['0120-117-117', undefined, ''],
    ['090-1234-5678', undefined, 'phone possible sample'],
    ['〒106-0032', undefined, 'postal-code possible'],
    ['106-0032', 'postalCode', 'postal-code possible'],
    ['106-0032', 'customerPostalCode', 'postal-code likely'],
    ['106-0032', undefined, ''],
    ['taro.yamada@docomo.ne.jp', undefined, 'email possible'],
    ['taro.yamada@docomo.ne.jp', 'email', 'email possible'],
    ['taro.yamada@docomo.ne.jp', 'customerEmail', 'email likely'],
    ['taro.yamada@docomo.ne.jp', 'SMTP_USER', 'email possible'],
    ['shop.tokyo@docomo.ne.jp', 'MAIL_USER', 'email possible'],
    ['support@shop.co.jp', 'customerEmail', 'email possible'],
    ['alerts+ops@shop.co.jp', 'customerEmail', 'email possible'],
    ['delivered@resend.dev', 'customerEmail', ''],
    ['sato@hoge.co.jp', 'customerEmail', ''],
    ['連絡先: taro.yamada@docomo.ne.jp', undefined, 'email possible'],
    ['support@shop.co.jp', undefined, 'email possible'],
    ['taro@example.com', undefined, ''],
    ['noreply@shop.co.jp', undefined, ''],
    ['git@github.com:shop/app.git', undefined, ''],
    ['icon@2x.png', undefined, ''],
    ['https://user:pass@host.com/', undefined, ''],
    ['lodash@4.17.21', undefined, ''],
    ['4539 1488 0343 6467', undefined, 'credit-card certain'],
    ['4539148803436467', 'cardNumber', 'credit-card likely'],
    ['4539148803436467', undefined, 'credit-card possible'],
    ['4242 4242 4242 4242', undefined, 'credit-card possible sample'],
    ['MZ7654321', 'passportNumber', 'passport likely'],
    ['MZ7654321', undefined, ''],
    ['在留カード番号 XY87654321ZW', undefined, 'residence-card likely'],
    ['AB12345678CD', 'residenceCard', 'residence-card possible sample'],
    ['基礎年金番号：5821-456789', undefined, 'basic-pension-number likely'],
    ['口座番号 7654328', undefined, 'bank-account likely'],
    ['7654328', undefined, ''],
    ['保険者番号 33120015', undefined, 'health-insurance possible'],
    ['2026-11-25T10:00:00', undefined, ''],
    ['192.168.100.200', undefined, ''],
    ['550e8400-e29b-41d4-a716-446655440000', undefined, ''],
    ['#336699 1.2345678901', undefined, ''],
    ['', undefined, ''],
    ['氏名 佐藤, TEL 090-8273-1946 / taro.yamada@docomo.ne.jp', undefined, 'phone certain, email likely'],
  ])('%s (%s) → %s', (text, context, expected) => {
    expect(found(text, context)).toBe(expected)
  })

  test('positions are those of the text, and what is found is masked', () => {
    const text = '番号：１２３４-５６７８-９０１８です'
    const [literal] = findLiterals(text)
    expect(text.slice(literal?.start, literal?.end)).toBe('１２３４-５６７８-９０１８')
    expect(literal?.masked).toBe('1***-****-**18')
    expect(mask('taro.yamada@docomo.ne.jp')).toBe('t***.******@******.**.**')
  })

  test('hostile texts are answered at once', () => {
    const started = performance.now()
    for (const unit of ['1', '1-', '1 ', '(', '@', 'a@', '@a.', 'a@a.', 'A1', '０', '+81-', '1234 5678 9018 '])
      findLiterals(unit.repeat(50_000))
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

test('a part of a UUID is no number of its own', () => {
  expect(findLiterals('/api/websites/f375d28c-1949-4597-8871-f1b942e3aa24/metrics')).toEqual([])
  expect(findLiterals('f375d28c-1949-4597-8871-f1b942e3aa24 マイナンバー 123456789018')).toHaveLength(1)
})
