import { describe, expect, test } from 'vitest'
import { catalogueData } from './data.generated.js'
import { createNames } from './names.js'

const names = createNames(catalogueData.dataClasses, catalogueData.names)

describe('subjects', () => {
  test.each([
    ['country', 'country'],
    ['countryCode', 'country'],
    ['country_of_residence', 'country'],
    ['shippingCountry', 'country'],
    ['nationality', 'country'],
    ['userRegion', 'country'],
    ['居住国', 'country'],
    ['locale', 'locale'],
    ['preferredLanguage', 'locale'],
    ['lang', 'locale'],
    ['region', null],
    ['awsRegion', null],
    ['targetLanguage', null],
    ['programmingLanguage', null],
    ['countries', null],
    ['countryCount', null],
    ['currency', null],
    ['name', null],
  ])('attribute %s → %s', (name, expected) => {
    expect(names.subjectAttribute(name)).toBe(expected)
  })

  test.each([
    ...[
      'JP',
      'jpn',
      'JPN',
      'ja',
      'ja-JP',
      'ja_JP',
      'Japan',
      '日本',
      '392',
      '+81',
      'JP-13',
      '国内',
      'ja-JP-u-ca-japanese',
    ].map((text) => [text, 'japan']),
    ...[
      'US',
      'us',
      'USA',
      'en',
      'en-US',
      'zh_Hant_TW',
      'DE',
      'ko',
      'United States',
      '海外',
      'overseas',
      '+1',
      'アメリカ',
    ].map((text) => [text, 'other']),
    ...['active', 'premium', 'xx', '', 'JPY', 'ap-northeast-1', 'true'].map((text) => [text, null]),
  ])('value %s → %s', (text, expected) => {
    expect(names.subjectValue(String(text))).toBe(expected)
  })

  test.each([
    ['isJapanese', 'japan'],
    ['isDomesticCustomer', 'japan'],
    ['isJpUser', 'japan'],
    ['is_in_japan', 'japan'],
    ['residesInJapan', 'japan'],
    ['isJapanResident', 'japan'],
    ['国内判定', 'japan'],
    ['国内顧客か', 'japan'],
    ['kokunaiHantei', 'japan'],
    ['isOverseas', 'other'],
    ['isForeignCustomer', 'other'],
    ['isOutsideJapan', 'other'],
    ['isNotJapanese', 'other'],
    ['海外', 'other'],
    ['isJapaneseText', null],
    ['isJapanRegion', null],
    ['isForeignKey', null],
    ['hasJapanese', null],
    ['isDomesticEndpoint', null],
    ['isActive', null],
    ['日本語', null],
    ['japanRegion', null],
  ])('predicate %s → %s', (name, expected) => {
    expect(names.predicate(name)).toBe(expected)
  })
})
