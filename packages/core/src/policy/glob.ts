/**
 * Globs of the policy, matched in time linear in pattern × path: a policy may come from a hostile repository, and a glob
 * compiled to a regular expression backtracks. `*` and `?` stay within a segment, `**` crosses segments, `{a,b}` and
 * `[abc]` are alternatives. Files that start with a dot are matched like others.
 */
const maxAlternatives = 64

/** Whether any of the globs matches the path; no globs match nothing. */
export function matchesAny(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, path))
}

export function matchesGlob(pattern: string, path: string): boolean {
  const segments = path.replace(/^(\.?\/)+/, '').split('/')
  return expandBraces(pattern.replace(/^(\.?\/)+/, '')).some((one) => matchesSegments(one.split('/'), segments))
}

/** `*` and `?` in a name that has no segments: a host label, a field, an account. */
export function matchesName(pattern: string, name: string): boolean {
  let p = 0
  let n = 0
  let star = -1
  let from = 0
  while (n < name.length) {
    const size = p < pattern.length && pattern[p] !== '*' ? charMatch(pattern, p, name[n]!) : 0
    if (size > 0) {
      p += size
      n += 1
    } else if (pattern[p] === '*') {
      star = p++
      from = n
    } else if (star >= 0) {
      p = star + 1
      n = ++from
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}

/** Length of the pattern's piece at `p` if it matches the character, else 0. */
function charMatch(pattern: string, p: number, char: string): number {
  const piece = pattern[p]
  if (piece === '?') return 1
  if (piece === '[') {
    const close = pattern.indexOf(']', p + 2)
    if (close > 0) return inSet(pattern.slice(p + 1, close), char) ? close - p + 1 : 0
  }
  if (piece === '\\' && p + 1 < pattern.length) return pattern[p + 1] === char ? 2 : 0
  return piece === char ? 1 : 0
}

function inSet(set: string, char: string): boolean {
  const negated = set[0] === '!' || set[0] === '^'
  const members = negated ? set.slice(1) : set
  let found = false
  for (let i = 0; i < members.length; i++) {
    if (members[i + 1] === '-' && i + 2 < members.length) {
      if (members[i]! <= char && char <= members[i + 2]!) found = true
      i += 2
    } else if (members[i] === char) {
      found = true
    }
  }
  return found !== negated
}

function matchesSegments(patterns: string[], segments: string[]): boolean {
  // reach[j]: the patterns read so far can match the first j segments.
  let reach = segments.map(() => false)
  reach.unshift(true)
  for (const pattern of patterns) {
    const next = reach.map(() => false)
    for (let j = 0; j <= segments.length; j++) {
      if (pattern === '**') next[j] = reach[j]! || (j > 0 && next[j - 1]!)
      else if (j > 0) next[j] = reach[j - 1]! && matchesName(pattern, segments[j - 1]!)
    }
    reach = next
  }
  return reach[segments.length]!
}

/** `a/{b,c}` → `a/b`, `a/c`; past the limit the rest stays as written and matches nothing more. */
function expandBraces(pattern: string): string[] {
  const done: string[] = []
  const open = [pattern]
  while (open.length > 0 && done.length + open.length <= maxAlternatives) {
    const one = open.pop()!
    const end = one.indexOf('}')
    const start = end < 0 ? -1 : one.lastIndexOf('{', end)
    if (start < 0) {
      done.push(one)
      continue
    }
    const options = one.slice(start + 1, end).split(',')
    for (const option of options.reverse()) open.push(one.slice(0, start) + option + one.slice(end + 1))
  }
  return [...done, ...open]
}
