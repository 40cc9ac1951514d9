/**
 * Finds personal data written as a value inside a string: numbers by their form and check digit, weighed with the label
 * beside them. Linear in the text, which is read up to a limit; what is found is only ever shown masked.
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
import { isEmail } from './forms.js'
import { isOfPerson, isRoleMailbox } from './people.js'
import { isMobile, isPhone } from './phones.js'
import { isSampleAddress, isSampleNumber } from './samples.js'

export type Certainty = 'certain' | 'likely' | 'possible'

export interface Literal {
  readonly dataClass: string
  /** Position in the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly certainty: Certainty
  readonly validator: string
  readonly masked: string
  /** Present where the value is one that documentation and tests use. */
  readonly sample?: true
}

/** Longest text that is read, and how far before a value its label may stand. */
const textLimit = 20_000
const reach = 30
/** How far before a value the person may be named whose it is; other values may stand between. */
const personReach = 60

/** What names a class beside a value: in the text before it, or in the variable or key that holds it. */
const labels: Readonly<Record<string, RegExp>> = {
  'my-number': /my[\s_-]?num(?:ber)?|individual[\s_-]?number|マイナンバー|個人番号|kojin[\s_-]?(?:bango|no)/i,
  phone: /phone|mobile|電話|携帯|連絡先|denwa|keitai|(?<![a-z])(?:tel|fax)(?![a-z])/i,
  'postal-code': /postal|post[\s_-]?code|(?<![a-z])zip|郵便|〒|yuu?bin|住所|address/i,
  'credit-card': /card|カード|クレジット|(?<![a-z])pan(?![a-z])/i,
  'drivers-licence': /driv(?:er|ing)\S{0,3}[\s_-]?licen[cs]e|免許|menkyo/i,
  passport: /passport|旅券|パスポート|ryoken/i,
  'residence-card': /residence[\s_-]?card|在留|zairyu/i,
  'basic-pension-number': /pension|年金|nenkin/i,
  'employment-insurance': /employment[\s_-]?insurance|emp[\s_-]?ins|雇用保険|koyou?[\s_-]?hoken/i,
  'resident-record-code': /resident[\s_-]?record|住民票|juu?minhyou?/i,
  'health-insurance': /insur(?:er|ance)|保険者|hokens[hy]a/i,
  'bank-account': /bank[\s_-]?account|account[\s_-]?(?:number|no)(?![a-z])|口座|kou?za[\s_-]?(?:bango|no)/i,
}

/** Twelve digits that are something else. */
const notMyNumber =
  /order|tracking|aws|arn|account|invoice|timestamp|法人|注文|伝票|追跡|免許|product|jan|barcode|version|build|sku/i

interface Shape {
  readonly text: string
  readonly digits: string
  /** Whether the value is all that the text holds. */
  readonly whole: boolean
  named(dataClass: string): boolean
  /** Whether what stands beside it says that it is a person's. */
  readonly ofPerson: boolean
  /** Named by the text directly before the value, not only by the variable. */
  readonly near: string
  /** Both: what stands before the value, and the variable. */
  readonly beside: string
}

/** Parts of a UUID may happen to pass a check digit; what stands around it keeps its place. */
function withoutUuids(text: string): string {
  if (!text.includes('-')) return text
  return text.replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, (uuid) => 'x'.repeat(uuid.length))
}

/**
 * The personal data that stand as values in a text; `context` is the variable, key or label that holds the text. A phone
 * number, mail address or postal code is no more than possible unless a person is named beside it, or `ofPerson` says so.
 */
export function findLiterals(text: string, context = '', ofPerson = false): Literal[] {
  const plain = withoutUuids(toHalfWidth(text.length > textLimit ? text.slice(0, textLimit) : text))
  const found: Literal[] = []
  const reader = readerOf(plain, context, ofPerson)
  for (const match of plain.matchAll(/(?<![0-9A-Za-z.+(]|[0-9]-)[+(]?[0-9][0-9() -]{4,30}[0-9](?![0-9A-Za-z])/g))
    number(match)
  for (const match of plain.matchAll(/(?<![A-Za-z0-9])[A-Z]{2}[0-9]{7,8}(?:[A-Z]{2})?(?![A-Za-z0-9])/g)) code(match)
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) mail(at)
  return found.sort((a, b) => a.start - b.start)

  function number(match: RegExpExecArray): void {
    for (const [start, value] of piecesOf(match[0], match.index)) {
      const shape = reader(start, value)
      const judged = judgeNumber(shape)
      if (judged) keep(start, value, ...judged, isSampleNumber(value))
    }
  }

  function code(match: RegExpExecArray): void {
    const value = match[0]
    const shape = reader(match.index, value)
    if (/^[TM][A-Z][0-9]{7}$/.test(value) && shape.named('passport'))
      keep(match.index, value, 'passport', 'likely', 'jp-passport', value === 'TK1234567')
    if (/^[A-Z]{2}[0-9]{8}[A-Z]{2}$/.test(value) && shape.named('residence-card'))
      keep(match.index, value, 'residence-card', 'likely', 'residence-card', value === 'AB12345678CD')
  }

  function mail(at: number): void {
    const local = /[A-Za-z0-9._%+-]{1,64}$/.exec(plain.slice(Math.max(0, at - 64), at))?.[0]
    const domain = /^[A-Za-z0-9.-]{1,255}/.exec(plain.slice(at + 1, at + 256))?.[0].replace(/[.-]+$/, '')
    if (!local || !domain || !isEmail(`${local}@${domain}`) || isSampleAddress(local, domain)) return
    const start = at - local.length
    if (
      notMailbox.test(`${local}@${domain}`) ||
      /[:/]$/.test(plain.slice(Math.max(0, start - 1), start)) ||
      plain[at + 1 + domain.length] === ':'
    )
      return
    const value = `${local}@${domain}`
    const certainty = !isRoleMailbox(local) && reader(start, value).ofPerson ? 'likely' : 'possible'
    keep(start, value, 'email', certainty, 'email-rfc5322-lite', false)
  }

  function keep(
    start: number,
    value: string,
    dataClass: string,
    certainty: Certainty,
    validator: string,
    sample: boolean,
  ): void {
    const end = start + value.length
    if (found.some((one) => start < one.end && one.start < end)) return
    const literal = { dataClass, start, end, validator, masked: mask(value) }
    found.push(sample ? { ...literal, certainty: 'possible', sample } : { ...literal, certainty })
  }
}

/** Retina images, package versions, repository and service accounts. */
const notMailbox =
  /\.(?:png|jpe?g|gif|svg|webp|js|ts|css|json|html|md|py|rb|go)$|^git@|gserviceaccount\.com$|users\.noreply\./i

/** A run of digits may hold several values: 090-1234-5678 03-1234-5678. Spaces join only groups of four. */
function* piecesOf(run: string, start: number): Generator<[number, string]> {
  if (/^[0-9]{4}(?: [0-9]{4}){2,3}$/.test(run) || /^3[0-9]{3} [0-9]{6} [0-9]{4,5}$/.test(run) || /^\+/.test(run)) {
    yield [start, run]
    return
  }
  for (const match of run.matchAll(/[^ ]+/g)) {
    const value = match[0].replace(/^\((?![^(]*\))|[()-]+$/g, '')
    yield [start + match.index + match[0].indexOf(value), value]
  }
}

function readerOf(plain: string, context: string, ofPerson: boolean): (start: number, value: string) => Shape {
  const length = plain.trim().length
  return (start, value) => {
    const before = plain.slice(Math.max(0, start - reach), start)
    // A value before this one has its own label.
    const near = before.slice(Math.max(before.lastIndexOf('\n'), before.search(/[0-9]{3}[^0-9]*$/)) + 1)
    return {
      text: value,
      digits: digitsOf(value),
      whole: length === value.length,
      near,
      beside: `${near}\n${context}`,
      ofPerson: ofPerson || isOfPerson(lineBefore(plain, start), context),
      named: (dataClass) => labels[dataClass]?.test(near) === true || labels[dataClass]?.test(context) === true,
    }
  }
}

function lineBefore(plain: string, start: number): string {
  const before = plain.slice(Math.max(0, start - personReach), start)
  return before.slice(before.lastIndexOf('\n') + 1)
}

type Judgement = [dataClass: string, certainty: Certainty, validator: string]

function judgeNumber(shape: Shape): Judgement | null {
  const { text, digits, named } = shape
  if (isCorporateNumber(digits)) return null
  if (digits.length === 12 && !text.startsWith('+')) return judgeTwelve(shape)
  if (digits.length >= 13 && /^[0-9]+(?:[ -][0-9]+)*$/.test(text) && isCardNumber(digits)) {
    const grouped = /[ -]/.test(text)
    return [
      'credit-card',
      grouped || named('credit-card') ? (grouped ? 'certain' : 'likely') : 'possible',
      'luhn-13-19',
    ]
  }
  if (/^[0-9]{3}-[0-9]{4}$/.test(text))
    return named('postal-code') && !/電話|phone|(?<![a-z])(?:tel|fax)(?![a-z])/i.test(shape.near)
      ? ['postal-code', shape.ofPerson ? 'likely' : 'possible', 'jp-postal']
      : null
  if (/^[0-9]{7}$/.test(text) && named('bank-account')) return ['bank-account', 'likely', 'zengin-account']
  if (/^[0-9]{7}$/.test(text) && /〒\s*$|郵便番号|postal|zip/i.test(shape.near))
    return ['postal-code', shape.ofPerson ? 'likely' : 'possible', 'jp-postal']
  if (/^[0-9]{4}-?[0-9]{6}$/.test(text) && named('basic-pension-number'))
    return ['basic-pension-number', 'likely', 'pension-number']
  if (/^[0-9]{4}-?[0-9]{6}-?[0-9]$/.test(text) && named('employment-insurance'))
    return ['employment-insurance', 'likely', 'employment-insurance-number']
  if (/^[0-9]{11}$/.test(text) && named('resident-record-code'))
    return ['resident-record-code', 'likely', 'eleven-digits-with-label']
  if (isInsurerNumber(digits) && text === digits && named('health-insurance'))
    return ['health-insurance', 'possible', 'insurer-number']
  return isPhone(text) ? judgePhone(shape) : null
}

function judgeTwelve(shape: Shape): Judgement | null {
  const { text, digits, named, near, beside } = shape
  if (named('drivers-licence') && isDriversLicence(digits)) return ['drivers-licence', 'likely', 'drivers-licence']
  if (!/^[0-9]{4}([ -]?)[0-9]{4}\1[0-9]{4}$/.test(text) || !isMyNumber(digits)) return null
  const grouped = text.length > 12
  if (named('my-number'))
    return ['my-number', grouped || labels['my-number']?.test(near) ? 'certain' : 'likely', 'my-number']
  if (notMyNumber.test(beside)) return null
  if (grouped) return ['my-number', 'certain', 'my-number']
  return shape.whole ? ['my-number', 'possible', 'my-number'] : null
}

function judgePhone({ text, named, ofPerson }: Shape): Judgement {
  if (!ofPerson) return ['phone', 'possible', 'jp-phone']
  return ['phone', named('phone') && isMobile(text) ? 'certain' : 'likely', 'jp-phone']
}

/** A value as reports may show it: its first character, its last two digits, the rest hidden, the separators kept. */
export function mask(text: string): string {
  const letters = [...text]
  const digits = letters.flatMap((letter, index) => (/[0-9０-９]/.test(letter) ? [index] : []))
  const shown = new Set(digits.length >= 7 ? [0, ...digits.slice(-2)] : [0])
  return letters.map((letter, index) => (shown.has(index) || /[\s@.()-]/.test(letter) ? letter : '*')).join('')
}
