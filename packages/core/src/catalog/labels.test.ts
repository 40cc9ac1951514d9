import { describe, expect, test } from 'vitest'
import { catalogueData } from './data.generated.js'
import { createNames } from './names.js'

const names = createNames(catalogueData.dataClasses, catalogueData.names)

describe('labels', () => {
  test.each([
    ['電話番号', 'phone'],
    ['ﾌﾘｶﾞﾅ', 'name-kana'],
    ['保護者の電話番号', 'phone'],
    ['障害者の氏名', 'disability'],
    ['商品名', null],
    ['メールアドレス', 'email'],
    ['メールテンプレート', null],
    ['電話番号認証フラグ', null],
    ['住所変更日', null],
    ['アレルギーの有無', 'health'],
    ['メイン担当', null],
    ['システム障害', null],
    ['Date of birth', 'birth-date'],
    ["The customer's phone number", 'phone'],
    ["Driver's license number", 'drivers-licence'],
    ['Full name of the applicant', 'name'],
    ['Email template key', null],
    ['Email', 'email'],
    ['Sends an email to the given list when a job fails', null],
    ['', null],
  ])('%s → %s', (text, expected) => {
    expect(names.label(text)?.dataClass ?? null).toBe(expected)
  })

  test.each([
    ['以下の顧客に返信:\n電話番号：', 'phone'],
    ['Phone number: ', 'phone'],
    ['- お名前は ', 'name'],
    ['【氏名】', 'name'],
    ['電話番号（必須）：', 'phone'],
    ['"phone_number": "', 'phone'],
    ['<customer_phone>', 'phone'],
    ['Customer name: ', 'name'],
    ['Summarise this email: ', null],
    ['電話番号を確認してから案内してください。依頼: ', null],
    ['ご質問: ', 'free-text'],
    ['電話番号は次の通りです：', null],
    ['商品名：', null],
    ['会社名: ', null],
    ['File name: ', null],
    ['病歴: ', 'health'],
    ['IPアドレス: ', 'device-cookie'],
    ['', null],
  ])('before a hole: %s → %s', (text, expected) => {
    const match = names.labelBefore(text)
    expect(match?.strength === 'context' && expected === null ? null : (match?.dataClass ?? null)).toBe(expected)
  })
})
