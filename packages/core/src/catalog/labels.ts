/**
 * What people's words say: a column comment, a form label, the prompt text before a hole. Japanese labels are substrings
 * (after NFKC), English ones whole words. In Japanese the head stands last (保護者の電話番号 is a phone number), but a class
 * that asks for more care is not hidden by what follows it.
 */
import type { DataClass, NameLists, Row } from './data-class.js'
import type { NameMatch } from './identifiers.js'
import { hasJapanese, plain } from './tokens.js'

/** Longest text that is read for a label. */
const textLimit = 400

const demanding: ReadonlySet<Row> = new Set(['my-number', 'special-care', 'biometric'])

export interface Labels {
  /** Japanese labels in a text that has Japanese script. */
  japanese(text: string): NameMatch | null
  label(text: string): NameMatch | null
  labelBefore(text: string): NameMatch | null
}

interface Word {
  readonly text: string
  readonly classes: readonly DataClass[]
  readonly not: readonly DataClass[]
}

interface Hit {
  readonly start: number
  readonly end: number
  readonly dataClass: DataClass
  readonly text: string
}

export function createLabels(
  classes: readonly DataClass[],
  lists: NameLists,
  identifier: (name: string) => NameMatch | null,
): Labels {
  const words = byFirstCharacter(classes)
  const phrases = englishPhrases(classes)
  const heads = new Set(lists.contentless.heads)
  const contentless = endingIn(lists.contentless.ja)
  // Whether somebody has an allergy, or a spouse, is itself the fact.
  const telling: ReadonlySet<string> = new Set([...lists.tokens.booleanRows, ...lists.tokens.booleanClasses])
  const contentlessEvenOfHealth = endingIn(lists.contentless.ja.filter((ending) => !/有無|フラグ/.test(ending)))

  return { japanese, label, labelBefore }

  function label(text: string): NameMatch | null {
    const cut = plain(text.slice(0, textLimit)).trim()
    return (hasJapanese(cut) ? japanese(cut) : null) ?? english(cut)
  }

  function japanese(text: string): NameMatch | null {
    const hits = japaneseHits(text).filter((hit) => {
      const tail =
        telling.has(hit.dataClass.row) || telling.has(hit.dataClass.id) ? contentlessEvenOfHealth : contentless
      return !tail.test(text.slice(hit.end))
    })
    return toMatch(hits.findLast((hit) => demanding.has(hit.dataClass.row)) ?? hits.at(-1))
  }

  function labelBefore(text: string): NameMatch | null {
    const end = withoutTrail(plain(text.slice(-160)))
    const line = end.slice(Math.max(end.lastIndexOf('\n'), end.lastIndexOf('。')) + 1)
    if (hasJapanese(line.slice(-1)) || /[\u3040-\u9fff]/.test(line)) {
      const hit = japaneseHits(line).findLast((one) => one.end === line.length)
      if (hit) return toMatch(hit)
      // A weak Japanese word (名前) is a label only when it stands alone.
      const weak = identifier(lastSegment(line))
      return weak && weak.strength === 'context' ? weak : englishBefore(line)
    }
    return englishBefore(line)
  }

  function englishBefore(line: string): NameMatch | null {
    const segment = lastSegment(line)
    const spoken = wordsOf(segment)
    if (spoken.length === 0) return null
    if (spoken.length <= 5 && !spoken.some((word) => pointers.has(word))) {
      const said = identifier(segment)
      if (said) return said.strength === 'context' ? said : { ...said, strength: 'label' }
    }
    return toMatch(phraseHits(spoken).findLast((hit) => hit.end === spoken.length && hit.end - hit.start > 1))
  }

  function english(text: string): NameMatch | null {
    const spoken = wordsOf(text)
    if (spoken.length === 0) return null
    if (spoken.length <= 6 && !hasJapanese(text)) {
      const said = identifier(text)
      if (said?.strength === 'strong') return { ...said, strength: 'label' }
    }
    const alone = spoken.filter((word) => !articles.has(word)).length
    const hits = phraseHits(spoken).filter(
      (hit) => !heads.has(spoken[hit.end] ?? '') && (hit.end - hit.start > 1 || alone === 1),
    )
    return toMatch(hits.findLast((hit) => demanding.has(hit.dataClass.row)) ?? hits.at(-1))
  }

  function japaneseHits(text: string): Hit[] {
    const found: Hit[] = []
    const nots: Hit[] = []
    for (let start = 0; start < text.length; start++) {
      for (const word of words.get(text[start] ?? '') ?? []) {
        const end = start + word.text.length
        if (!text.startsWith(word.text, start) || !standsFree(text, start, end)) continue
        for (const dataClass of word.classes) found.push({ start, end, dataClass, text: word.text })
        for (const dataClass of word.not) nots.push({ start, end, dataClass, text: word.text })
      }
    }
    const allowed = found.filter(
      (hit) => !nots.some((not) => not.dataClass === hit.dataClass && not.start <= hit.start && hit.end <= not.end),
    )
    return longestFirst(allowed)
  }

  function phraseHits(spoken: readonly string[]): Hit[] {
    const found: Hit[] = []
    for (let start = 0; start < spoken.length; start++)
      for (let end = start + 1; end <= Math.min(spoken.length, start + phrases.longest); end++) {
        const text = spoken.slice(start, end).join(' ')
        const dataClass = phrases.entries.get(text)
        if (dataClass) found.push({ start, end, dataClass, text })
      }
    return longestFirst(found)
  }
}

const articles: ReadonlySet<string> = new Set(['the', 'a', 'an', 'your', 'my', 'their', 'his', 'her', 's'])
/** Words that point at a thing (this email) instead of labelling a value. */
const pointers: ReadonlySet<string> = new Set(['this', 'that', 'these', 'those', 'following', 'each', 'every', 'any'])

/** Short labels in one script must not be part of a longer word in it (メイ in メイン, 姓 in 同姓). */
function standsFree(text: string, start: number, end: number): boolean {
  const label = text.slice(start, end)
  const before = text[start - 1] ?? ''
  const after = text[end] ?? ''
  if (/^[A-Za-z-]+$/.test(label)) return !/[A-Za-z]/.test(before) && !/[A-Za-z]/.test(after)
  if (label.length <= 5 && /^[ァ-ヶー]+$/.test(label))
    return !/[ァ-ヶー]/.test(after) && (label.length > 4 || !/[ァ-ヶー]/.test(before))
  if (label.length === 1 && /[一-龠]/.test(label)) return !/[一-龠]/.test(before) && !/[一-龠]/.test(after)
  return true
}

function longestFirst(found: Hit[]): Hit[] {
  const standing: Hit[] = []
  for (const hit of found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start))
    if (!standing.some((one) => hit.start < one.end && one.start < hit.end)) standing.push(hit)
  return standing.sort((a, b) => a.start - b.start)
}

function toMatch(hit: Hit | undefined): NameMatch | null {
  return hit ? { dataClass: hit.dataClass.id, strength: 'label', matched: hit.text } : null
}

/** Cuts what may stand between a label and the hole after it: punctuation, quotes, a particle, a remark in parentheses. */
function withoutTrail(text: string): string {
  let rest = text
  for (let turn = 0; turn < 6; turn++) {
    const before = rest
    rest = rest.replace(/[\s:;=「『【《“”"'`<>()[\]{}*_|,、・→➡*#~-]+$/, '')
    rest = rest
      .replace(/(?<=[\u3040-\u9fff])(?:は|が|を|に|も|とは)$/, '')
      .replace(/(?<=[A-Za-z])\s+(?:is|are|was)$/, '')
    rest = rest.replace(/[(][^()\n]{1,12}$/, '').replace(/】$/, '')
    if (rest === before) break
  }
  return rest
}

function lastSegment(line: string): string {
  const parts = line.split(/[,;|。、.!?•*"'`(){}[\]<>:「」『』【】#=+]|\s-\s|^\s*-\s*/)
  return (parts.at(-1) ?? '').replace(/^[\s・-]+/, '').trim()
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[a-z]+/g) ?? []
  ).slice(0, 60)
}

function englishPhrases(classes: readonly DataClass[]) {
  const entries = new Map<string, DataClass>()
  let longest = 1
  for (const dataClass of classes)
    for (const text of dataClass.labels.en) {
      const spoken = wordsOf(text)
      if (!entries.has(spoken.join(' '))) entries.set(spoken.join(' '), dataClass)
      longest = Math.max(longest, spoken.length)
    }
  return { entries, longest }
}

function byFirstCharacter(classes: readonly DataClass[]): Map<string, Word[]> {
  const merged = new Map<string, { classes: DataClass[]; not: DataClass[] }>()
  const of = (text: string) => {
    const key = plain(text)
    const known = merged.get(key) ?? { classes: [], not: [] }
    merged.set(key, known)
    return known
  }
  for (const dataClass of classes) {
    for (const text of dataClass.labels.ja) of(text).classes.push(dataClass)
    for (const text of dataClass.labels.jaNot) of(text).not.push(dataClass)
  }
  const byFirst = new Map<string, Word[]>()
  for (const [text, { classes: own, not }] of merged) {
    const first = text[0] ?? ''
    byFirst.set(first, [...(byFirst.get(first) ?? []), { text, classes: own, not }])
  }
  return byFirst
}

/** What follows a label and makes it say nothing of the person: 電話番号認証フラグ, 住所変更日. */
function endingIn(endings: readonly string[]): RegExp {
  return new RegExp(`^[^、。,;:：()（）「」\\s]{0,8}(?:${endings.map(escapeRegExp).join('|')})(?![\\u4e00-\\u9fff])`)
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
