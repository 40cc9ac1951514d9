import { describe, expect, test } from 'vitest'
import { catalogueData } from './data.generated.js'
import { createNames } from './names.js'

const names = createNames(catalogueData.dataClasses, catalogueData.names)

function said(name: string): string | null {
  const match = names.identifier(name)
  return match && `${match.dataClass} ${match.strength}`
}

describe('identifiers', () => {
  test.each([
    ['emailTemplateKey', null],
    ['phoneVerificationEnabled', null],
    ['phone_verification_enabled', null],
    ['fileName', null],
    ['hostname', null],
    ['className', null],
    ['postalCode', 'postal-code strong'],
    ['fullName', 'name strong'],
    ['bloodType', 'health strong'],
    ['氏名', 'name label'],
  ])('the issue: %s → %s', (name, expected) => {
    expect(said(name)).toBe(expected)
  })

  test.each(
    'DataSakuseiNengappi getByOreKind hosyouGaisya koyou_keitai kouza_id musen_menkyo_no mail_send_date birthtimeMs maxAge isDisabled kennenshuriken komponenshu ronenShuryo jyusyoroku'.split(
      ' ',
    ),
  )('the measured trap %s is nothing', (name) => {
    expect(said(name)).toBeNull()
  })

  test('menkyo_no is also the number of an estate agent, so it needs a person', () => {
    expect(said('menkyo_no')).toBe('drivers-licence context')
    expect(said('honninMenkyoNo')).toBe('drivers-licence strong')
  })

  test.each([
    ['name', 'name context'],
    ['userName', 'name context'],
    ['username', 'name context'],
    ['tel', 'phone context'],
    ['addr01', 'address context'],
    ['name01', 'name context'],
    ['kana02', 'name-kana context'],
    ['homePhone', 'phone strong'],
    ['primaryMail', 'email context'],
    ['nameAndAddress', 'address context'],
    ['emailBody', 'free-text context'],
    ['emailThread', 'free-text context'],
    ['名前', 'name context'],
  ])('%s alone is %s', (name, expected) => {
    expect(said(name)).toBe(expected)
  })

  test.each([
    ['customerPhone', 'phone'],
    ['patientAge', 'birth-date'],
    ['userAddress', 'address'],
    ['memberTel', 'phone'],
    ['kokyakuTel', 'phone'],
    ['kokyaku_name', 'name'],
    ['guestName', 'name'],
    ['emergency_tel', 'phone'],
    ['customerHomeAddr', 'address'],
    ['顧客Tel', 'phone'],
    ['spouseYearlyIncome', 'income'],
  ])('%s: a person and a weak word make a strong name of %s', (name, dataClass) => {
    expect(said(name)).toBe(`${dataClass} strong`)
  })

  test.each(
    'UserCard userState userPrefs userPost memberCard clientName clientEmail profileName companyPhone shopAddress productName supportEmail organizationEmail customerCompanyAddress'.split(
      ' ',
    ),
  )('%s is no strong name', (name) => {
    expect(names.identifier(name)?.strength).not.toBe('strong')
  })

  test.each(
    'sendEmail validatePhone formatAddress emailSubject addressFormat nameValidator phoneUrl genderOptions emailService invalid_street_address phone_number_collection who_can_see_email emailSentAt isEmail hasPhoneNumber'.split(
      ' ',
    ),
  )('%s is nothing', (name) => {
    expect(said(name)).toBeNull()
  })

  test.each([
    ['isMarried', 'family'],
    ['hasDisability', 'disability'],
    ['has_criminal_record', 'criminal-record'],
    ['foreign_resident_card_number', 'residence-card'],
    ['ipAddress', 'device-cookie'],
    ['mailAddress', 'email'],
    ['householderName', 'name'],
    ['bank_accounts', 'bank-account'],
    ['customerNameKana', 'name-kana'],
  ])('%s is %s: the specific class, or a fact that a mere yes tells', (name, dataClass) => {
    expect(names.identifier(name)?.dataClass).toBe(dataClass)
  })
})

describe('recall on fields of real schemas', () => {
  const smarthr =
    'emp_code last_name first_name last_name_yomi first_name_yomi business_last_name business_first_name business_last_name_yomi birth_at gender identity_card_image1 tel_number address email profile_images emergency_relation_name emergency_last_name emergency_tel_number emergency_address resident_card_address resident_card_address_relation_name position occupation resume1 emp_ins_insured_person_number previous_workplace soc_ins_insured_person_number hel_ins_insured_person_number basic_pension_number first_workplace last_workplace having_spouse spouse_yearly_income monthly_income_currency nearest_station_and_line foreign_resident_last_name foreign_resident_card_number nationality_code resident_status_type bank_accounts department handicapped_type handicapped_note_type handicapped_image widow_type'
  const eccube =
    'name01 name02 kana01 kana02 company_name zip01 zipcode addr01 addr02 email tel01 fax01 birth first_buy_date last_buy_date buy_times buy_total note Sex Pref customer_id'
  const romaji =
    'shimei SIMEI_KANA kokyaku_mei jusho jyusyo JYUUSYO st_jyusyo sle_jyusyo yubin_no YUUBIN_BANGOU denwa_bango idm_denwa_no idm_keitai_tel HOGOSHA_KEITAI_TEL_NO seinengappi seinenngappi txtTantoSeinengappi tanjoubi seibetu kojin_bangou nenkin_bango hihokensha_bangou iryou_hihokensha_edaban koyou_hoken_bangou atenaNo juminhyoCode menkyosho_bango ryoken_no zairyu_shikaku kouza_bangou moto_kouza_bangou saki_kouza_meigi_kana furikomi_saki nenshuu kyuuyo kinmusaki_mei byoumei GENBYOREKI KETSUEKIGATA SINTAISYOUGAISYA ryoiku_techo zokugara_mei setainushi kaiin_no KOKYAKU_NO kanja_id todoufuken_cd'
  test.each([
    ['SmartHR crew', smarthr, 0],
    ['EC-CUBE customer', eccube, 0],
    ['romaji columns', romaji, 0],
  ])('%s', (_, fields, mostMissed) => {
    const missed = fields.split(' ').filter((field) => names.identifier(field) === null)
    expect(missed.length, missed.join(' ')).toBeLessThanOrEqual(mostMissed)
  })
})

describe('names without content', () => {
  test.each(
    'length count size phoneVerified emailSentAt nameLength emailEnabled templateId messageCount emailTemplate createdAt isActive hasEmail status includes starts_with 登録日時 件数'.split(
      ' ',
    ),
  )('%s', (name) => {
    expect(names.isContentless(name)).toBe(true)
  })

  test.each(
    'name email customerId birthDate date_of_birth address id isMarried hasDisability prescription message customer orders bloodType accountNumber 氏名'.split(
      ' ',
    ),
  )('%s has content', (name) => {
    expect(names.isContentless(name)).toBe(false)
  })
})

test('samples', () => {
  const samples = [
    '山田太郎',
    '山田 太郎',
    '山田　花子様',
    'taro@example.com',
    'a@example.co.jp',
    '090-1234-5678',
    '０９０－１２３４－５６７８',
    'Jane Doe',
    'AB12345678CD',
    '123-4567',
  ]
  expect(samples.filter((text) => !names.isSample(text))).toEqual([])
  expect(['佐藤健一郎', 'sato@docomo.ne.jp', '090-8273-1946', '', 'customer'].filter(names.isSample)).toEqual([])
})

test('hostile names are answered at once', () => {
  for (const text of [
    'a'.repeat(100_000),
    'aA'.repeat(50_000),
    '氏'.repeat(100_000),
    '('.repeat(10_000),
    ' '.repeat(100_000),
  ]) {
    names.identifier(text)
    names.label(text)
    names.labelBefore(text)
    names.owner(text)
    names.predicate(text)
    names.subjectAttribute(text)
    names.isSample(text)
  }
})
