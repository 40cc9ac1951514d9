/** One expression for many texts: what they begin with in common is written once, so that most places are left at their first letter. */
interface Branch {
  /** Whether a text ends here: what is longer need not be looked for. */
  ends: boolean
  next: Map<string, Branch>
}

/** Longer texts are looked for by their beginning. */
const longest = 200

export function anyOf(texts: readonly string[]): RegExp {
  if (texts.length === 0) return /(?!)/
  const root: Branch = { ends: false, next: new Map() }
  for (const text of texts) {
    let at = root
    for (const letter of text.slice(0, longest)) {
      let next = at.next.get(letter)
      if (next === undefined) at.next.set(letter, (next = { ends: false, next: new Map() }))
      at = next
    }
    at.ends = true
  }
  return new RegExp(patternOf(root))
}

function patternOf({ ends, next }: Branch): string {
  if (ends) return ''
  const ways = [...next].map(([letter, branch]) => `${escaped(letter)}${patternOf(branch)}`)
  return ways.length === 1 ? ways[0]! : `(?:${ways.join('|')})`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
