/** "Did you mean": the known word nearest to one that is not known. */
export function nearest(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase().replaceAll('_', '-').slice(0, 100)
  let best: string | null = null
  let bestDistance = Infinity
  for (const candidate of known) {
    const actual = candidate.toLowerCase()
    const near = actual.length > 2 && wanted.length > 2 && (wanted.startsWith(actual) || actual.startsWith(wanted))
    const distance = near ? 1 : editDistance(wanted, actual)
    if (distance < bestDistance && distance <= Math.max(1, Math.floor(actual.length / 3)) && distance < wanted.length) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Insertions, deletions, replacements and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let older: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, older[j - 2]! + 1)
      row.push(least)
    }
    older = previous
    previous = row
  }
  return previous[b.length]!
}
