/**
 * Whether a value that stands alone is a person's: what a phone number, a mail address or a postal code does not say itself.
 * A shop's number is not a customer's; where nothing tells, nothing is claimed.
 */
import { plain, singular, tokenize } from './tokens.js'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const persons = words(
  'customer patient guest member user buyer purchaser subscriber applicant employee staff resident student guardian spouse ' +
    'passenger visitor tenant insured inpatient outpatient kokyaku okyakusama kaiin kanja riyosha keiyakusha honnin hogosha ' +
    'shain jugyoin moshikomisha',
)
const businesses = words(
  'shop store clinic hospital salon restaurant hotel office company corporate corp business org organization organisation ' +
    'school facility pharmacy branch support help helpdesk hotline contact inquiry enquiry reserve reservation booking ' +
    'reception service sales admin administrator team sender reply system smtp vendor supplier partner brand merchant ' +
    'seller provider webmaster author maintainer contributor publisher operator footer header tenpo honsha daihyo madoguchi',
)

const japanesePersons =
  /顧客|お客様|患者|会員|利用者|本人|契約者|申込者|申請者|応募者|保護者|配偶者|従業員|社員|職員|入居者|緊急連絡先|自宅|氏名|お名前|フリガナ|[一-龠ぁ-んァ-ヶ](?:さん|様)(?=の|[、,:(\s]|$)/
const japaneseBusinesses =
  /店|代表|予約|問い?合わ?せ|窓口|受付|本社|支社|会社|当院|医院|病院|クリニック|サロン|センター|ダイヤル|サポート|ヘルプ|事務所|営業所|薬局|施設|学校|市役所|役場|庁|差出人|送信元|運営|管理者/

/** Whether the words beside a value, or the name that holds it, are a shop's, an office's, a sender's. */
function isOfBusiness(text: string): boolean {
  return says(text, businesses, japaneseBusinesses)
}

/** Whether a text before a value, or the name that holds it, says that it is a person's: customerPhone, お客様の電話番号. */
export function isOfPerson(near: string, holder: string): boolean {
  const beside = `${near}\n${holder}`
  if (isOfBusiness(beside)) return false
  if (japanesePersons.test(plain(beside))) return true
  // The last word is what is held: SMTP_USER is an account, customerPhone a customer's phone.
  const held = tokenize(holder).slice(0, -1)
  return [...tokenize(near), ...held].some((token) => persons.has(token) || persons.has(singular(token)))
}

function says(text: string, own: ReadonlySet<string>, japanese: RegExp): boolean {
  const clean = plain(text)
  return tokenize(clean).some((token) => own.has(token) || own.has(singular(token))) || japanese.test(clean)
}

const roles = words(
  'support info information contact contactus sales admin administrator help helpdesk office press pr privacy security ' +
    'legal hello hi team service services customer customers webmaster root billing account accounts dev ops job jobs ' +
    'recruit recruiting saiyo career careers inquiry inquiries toiawase otoiawase marketing news newsletter mail email ' +
    'test testing user users me you bot alert alerts demo system delivered bounced complained notification notifications ' +
    'notify reservation reservations booking bookings yoyaku order orders shop store clinic reception staff master manager ' +
    'owner guest sample dummy example hoge fuga foo bar baz xxx abc hr soumu keiri eigyo finance feedback onboarding ' +
    'update updates subscribe unsubscribe invoice invoices payment payments refund refunds return returns abuse ' +
    'compliance dpo kojin kojinjoho tech engineering engineer developer build ci cron monitor monitoring status api app ' +
    'web site hotline desk member members client clients company noreply reply donotreply postmaster hostmaster mailer ' +
    'daemon bounce bounces default your yourname name username firstname lastname',
)

/** A mailbox that a role has, not a person: alerts@, support.jp@, delivered+tag@. */
export function isRoleMailbox(local: string): boolean {
  return local
    .toLowerCase()
    .split(/[._+\-0-9]+/)
    .some((part) => roles.has(part))
}
