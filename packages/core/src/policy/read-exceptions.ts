/** Exceptions: each names what it allows narrowly, who approved it and until when; a `never` cell has none. */
import { cellsFor } from './decide.js'
import type { Draft } from './draft.js'
import { finish } from './draft.js'
import { nearest } from './near.js'
import type { Exception, Policy } from './policy.js'
import { checkDay } from './read-destinations.js'
import { didYouMean, oneOf } from './schema.js'
import type { Path } from './source.js'
import type { Reading } from './vocabulary.js'
import type { WrittenException } from './written.js'

export function readExceptions(reading: Reading, written: readonly WrittenException[], draft: Draft): Exception[] {
  const policy: Policy = { ...finish(draft, null), digest: '' }
  const seen = new Set(draft.exceptions.map(({ id }) => id))
  return written.map((exception, i) => {
    const path = ['exceptions', i]
    const data = reading.data(exception.data ?? [], [...path, 'data'])
    if (seen.has(exception.id)) reportTwice(reading, exception.id, path)
    seen.add(exception.id)
    checkDay(reading, exception.expiry, [...path, 'expiry'])
    checkScope(reading, exception, path)
    checkPeople(reading, exception, path, policy.gate)
    checkDestination(reading, exception, path, policy)
    return {
      id: exception.id,
      rule: exception.rule,
      path: exception.path ?? null,
      data: reading.expand(data),
      destination: exception.destination ?? null,
      fingerprint: exception.fingerprint ?? null,
      reason: exception.reason,
      requester: exception.requester ?? null,
      approver: exception.approver,
      ticket: exception.ticket ?? null,
      expiry: exception.expiry,
      origin: reading.origin(path),
    }
  })
}

function reportTwice(reading: Reading, id: string, path: Path): void {
  reading.wrong([...path, 'id'], {
    code: 'duplicate-exception',
    message: { en: `a second exception ${id}`, ja: `例外 ${id} が重複しています` },
    remedy: { en: 'give each exception its own id', ja: '例外ごとに別の id を付けてください' },
  })
}

/** An exception that names neither a path nor a finding would allow what nobody has looked at. */
function checkScope(reading: Reading, { rule, path: glob, fingerprint, data }: WrittenException, path: Path): void {
  if (glob === undefined && fingerprint === undefined) {
    reading.wrong(path, {
      code: 'exception-too-wide',
      message: {
        en: 'the exception names neither a path nor a fingerprint',
        ja: '例外に path も fingerprint もありません',
      },
      expected: { en: 'path or fingerprint', ja: 'path または fingerprint' },
      remedy: { en: '`path: src/…`', ja: '`path: src/…` を追加してください' },
    })
  }
  const needsData = rule === 'cross-border-flow' || rule === 'unresolved-endpoint'
  if (needsData && data === undefined && fingerprint === undefined) {
    reading.wrong(path, {
      code: 'exception-too-wide',
      message: { en: 'the exception does not say which data it is about', ja: '例外の対象データが書かれていません' },
      expected: { en: 'data', ja: 'data' },
      remedy: { en: '`data: [email]`', ja: '`data: [email]` のように書いてください' },
    })
  }
}

function checkPeople(
  reading: Reading,
  { approver, requester }: WrittenException,
  path: Path,
  { approvers, separateApprover }: Policy['gate'],
): void {
  if (approvers.length > 0 && !approvers.includes(approver)) {
    reading.wrong([...path, 'approver'], {
      code: 'not-an-approver',
      message: { en: `\`${approver}\` is not in gate.approvers`, ja: `\`${approver}\` は gate.approvers にありません` },
      expected: oneOf(approvers),
      remedy: didYouMean(nearest(approver, approvers)),
    })
  }
  if (separateApprover && requester === undefined) {
    reading.wrong(path, {
      code: 'requester-missing',
      message: {
        en: 'the exception does not say who asked for it, and gate.separateApprover asks for that',
        ja: '例外に requester がありません(gate.separateApprover により必須)',
      },
      expected: { en: 'requester', ja: 'requester' },
      remedy: { en: '`requester: (who asked)`', ja: '`requester:` に申請者を書いてください' },
    })
  }
  if (requester === undefined || sameName(requester) !== sameName(approver)) return
  const own = {
    code: 'own-approval',
    message: { en: `${approver} approves their own request`, ja: `${approver} が自らの申請を承認しています` },
    remedy: { en: 'have somebody else approve it', ja: '別の承認者が承認してください' },
  }
  if (separateApprover) reading.wrong([...path, 'approver'], own)
  else reading.warn([...path, 'approver'], own)
}

/** `Sato`, ` sato ` and `ｓａｔｏ` are one person. */
function sameName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

function checkDestination(reading: Reading, exception: WrittenException, path: Path, policy: Policy): void {
  if (exception.destination === undefined) return
  const destination = policy.destinations.find(({ id }) => id === exception.destination)
  if (!destination) {
    const known = policy.destinations.map(({ id }) => id)
    reading.wrong([...path, 'destination'], {
      code: 'unknown-destination',
      message: {
        en: `no destination \`${exception.destination}\``,
        ja: `送信先 \`${exception.destination}\` は宣言されていません`,
      },
      expected: known.length > 0 ? oneOf(known) : null,
      remedy: didYouMean(nearest(exception.destination, known)) ?? {
        en: 'declare it under destinations',
        ja: 'destinations に宣言してください',
      },
    })
    return
  }
  const { zone } = destination
  if (zone === null) return
  ;(exception.data ?? []).forEach((word, i) => {
    const query = {
      dataClass: word,
      row: reading.classes.get(word) ?? (word as never),
      zone,
      path: exception.path ?? '',
      party: null,
    }
    const never = cellsFor(policy, query).find(({ level }) => level === 'never')
    if (!never) return
    reading.wrong([...path, 'data', i], {
      code: 'exception-on-never',
      message: {
        en: `${word} × ${zone} is never allowed (${never.ground.reference}): no exception lifts it`,
        ja: `${word} × ${zone} は never（${never.ground.reference}）で、例外は認められません`,
      },
      remedy: { en: `remove ${word} from the exception`, ja: `例外から ${word} を削除してください` },
    })
  })
}
