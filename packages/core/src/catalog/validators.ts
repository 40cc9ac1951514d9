/**
 * The validators that data classes name: whether a whole value has the form, and where there is one the check digit, of a
 * class. A form alone proves little; findLiterals in literals.ts weighs it with what stands beside it.
 */
import {
  digitsOf,
  isCardNumber,
  isCorporateNumber,
  isDriversLicence,
  isInsurerNumber,
  isMyNumber,
  toHalfWidth,
} from './digits.js'
import { isEmail, isPlausibleBirthDate } from './forms.js'
import { isPhone } from './phones.js'

/** Longest value that is looked at. */
const valueLimit = 400

const prefectures =
  '北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|石川県|福井県|山梨県|' +
  '長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県|徳島県|香川県|愛媛県|' +
  '高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県'
const prefectureName = new RegExp(`^(?:${prefectures})$`)
const prefecturePrefix = new RegExp(`^(?:〒?[0-9]{3}-?[0-9]{4}\\s?)?(?:${prefectures})[^\\s]{0,20}?[市区町村郡]`)

const validators: Readonly<Record<string, (value: string) => boolean>> = {
  'my-number': (value) => /^[0-9]{4}([ -]?)[0-9]{4}\1[0-9]{4}$/.test(value) && isMyNumber(digitsOf(value)),
  'corporate-number': (value) => isCorporateNumber(value),
  'invoice-t-number': (value) => /^T[0-9]{13}$/.test(value),
  'drivers-licence': (value) => isDriversLicence(value),
  'jp-phone': isPhone,
  'jp-postal': (value) => /^(?:〒 ?)?[0-9]{3}-[0-9]{4}$/.test(value) || /^〒 ?[0-9]{7}$/.test(value),
  'insurer-number': (value) => isInsurerNumber(value),
  'employment-insurance-number': (value) => /^[0-9]{4}-?[0-9]{6}-?[0-9]$/.test(value),
  'pension-number': (value) => /^[0-9]{4}-?[0-9]{6}$/.test(value),
  'eleven-digits-with-label': (value) => /^[0-9]{11}$/.test(value),
  'jp-passport': (value) => /^[TM][A-Z][0-9]{7}$/.test(value),
  'residence-card': (value) => /^[A-Z]{2}[0-9]{8}[A-Z]{2}$/.test(value),
  'zengin-bank': (value) => /^[0-9]{4}$/.test(value),
  'zengin-branch': (value) => /^[0-9]{3}$/.test(value),
  'zengin-account': (value) => /^[0-9]{7}$/.test(value),
  'yucho-kigo': (value) => /^1[0-9]{3}0-?[0-9]?-?[0-9]{1,7}1$/.test(value),
  'luhn-13-19': (value) => /^[0-9]+(?:[ -][0-9]+){0,5}$/.test(value) && isCardNumber(digitsOf(value)),
  'kana-only': (value) => /^(?:[ァ-ヶー・\s]{2,}|[ぁ-ゖー\s]{2,})$/.test(value),
  'jp-prefecture-name': (value) => prefectureName.test(value),
  'jp-prefecture-prefix': (value) => prefecturePrefix.test(value),
  'plausible-birthdate': isPlausibleBirthDate,
  'email-rfc5322-lite': isEmail,
  'icd10-like': (value) => /^[A-TV-Z][0-9]{2}(?:\.[0-9]{1,2})?$/.test(value),
  'kanji-name-heuristic': (value) =>
    /^[一-龠々]{1,4}[ \u3000]?[一-龠々ぁ-ゖァ-ヶー]{1,6}$/.test(value) && value.length >= 2,
}

/** The ids that `validate` knows. */
export const validatorIds: readonly string[] = Object.keys(validators)

/** Whether a whole value has the form that the validator describes; full-width characters are read as plain ones. */
export function validate(id: string, text: string): boolean {
  if (!Object.hasOwn(validators, id) || text.length > valueLimit) return false
  return validators[id]?.(toHalfWidth(text.normalize('NFKC')).trim()) ?? false
}

export { findLiterals, mask, type Literal } from './literals.js'
