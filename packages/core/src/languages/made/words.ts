/** Names of nodes as names of variables. */

/** `Get customer (1)` → getCustomer1Rows: it says whose rows they are, not what one of them is. */
export function wordOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu)?.slice(0, 8) ?? []
  const joined = words.map((word, at) => (at === 0 ? lowered(word) : word[0]!.toUpperCase() + word.slice(1))).join('')
  return `${/^[\p{L}]/u.test(joined) ? joined : `data${joined}`}Rows`
}

function lowered(word: string): string {
  return /^[A-Z]+$/.test(word) ? word.toLowerCase() : word[0]!.toLowerCase() + word.slice(1)
}
