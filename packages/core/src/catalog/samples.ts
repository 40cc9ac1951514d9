/**
 * Values that stand for nobody: the domains that RFC 2606 and JPRS reserve, numbers of documentation, test cards. They are
 * recognised by their form; the sample names of people are a list in data/names.
 */
import { digitsOf, isPattern, toHalfWidth } from './digits.js'
import { isSamplePhone } from './phones.js'

const sampleDomain =
  /(?:^|\.)(?:example(?:\.(?:com|org|net|jp|co\.jp|ne\.jp|or\.jp|ac\.jp|go\.jp|edu))?|test|invalid|localhost|local)$/
/** Domains of mail services' test boxes, and those that people write where any domain would do. */
const emptyDomains: ReadonlySet<string> = new Set(
  (
    'resend.dev mailinator.com mailtrap.io ethereal.email test.com test.jp test.co.jp dummy.com sample.com sample.jp ' +
    'sample.co.jp hoge.com hoge.jp hoge.co.jp fuga.com foo.com foo.bar bar.com domain.com company.com yourdomain.com ' +
    'your-domain.com yourcompany.com mycompany.com acme.com'
  ).split(' '),
)
const sampleNumbers: ReadonlySet<string> = new Set([
  '1234567',
  '0000000',
  '9999999',
  '1111111',
  '123456789012',
  '1234567890',
  '0123456789',
  '09000000000',
  '09012345678',
  '08012345678',
  '07012345678',
  '09011112222',
  '08011112222',
  '0312345678',
  '0300000000',
  '0311112222',
  '0612345678',
  '09098765432',
  '0901234567',
  '0120123456',
  '09099999999',
  '0399999999',
  '05012345678',
  '4242424242424242',
  '4111111111111111',
  '4012888888881881',
  '4000056655665556',
  '5555555555554444',
  '5105105105105100',
  '5200828282828210',
  '378282246310005',
  '371449635398431',
  '378734493671000',
  '30569309025904',
  '38520000023237',
  '6011111111111117',
  '6011000990139424',
  '3530111333300000',
  '3566002020360505',
  '4000000000000002',
  '4000002500003155',
])

/** Whether a mail domain is reserved for documentation and tests, or stands for any. */
export function isSampleDomain(domain: string): boolean {
  const name = domain.toLowerCase()
  return sampleDomain.test(name) || emptyDomains.has(name) || /(?:^|\.)acme\.[a-z]{2,}$/.test(name)
}

/** `john.doe@`, `user1@`, `your-name@`: mailboxes of nobody in particular, at whatever domain. */
const sampleMailbox =
  /^(?:(?:john|jane|joe)[._-]?(?:doe|smith)|(?:doe|smith)[._-]?(?:john|jane)|(?:test|dummy|sample|example|foo|hoge|fuga|your|my)(?:[._-]?(?:user|name|email|mail|account))?|(?:user|username|email|someone|somebody|nobody))\d{0,4}$/

/** Whether a mail address is nobody's: a mailbox or a domain of documentation and tests. */
export function isSampleAddress(local: string, domain: string): boolean {
  return isSampleDomain(domain) || sampleMailbox.test(local.toLowerCase().replace(/\+.*$/, ''))
}

/** Whether digits (separators allowed) are those of a documentation example. */
export function isSampleNumber(text: string): boolean {
  const plain = toHalfWidth(text)
  const digits = digitsOf(plain)
  return digits.length >= 7 && (sampleNumbers.has(digits) || isPattern(digits) || isSamplePhone(plain))
}
