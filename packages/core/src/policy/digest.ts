/** The digest of a resolved policy: the same for the same content, wherever and however it is written. */
import type { Policy } from './policy.js'

/** The content as text: keys sorted, places and file names left out. */
export function canonical(policy: Omit<Policy, 'digest'>): string {
  return JSON.stringify({ ...policy, file: null }, (key, value: unknown) => {
    if (key === 'origin' || key === 'layers') return undefined
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  })
}

/** FNV-1a, 64 bits, over UTF-16 code units, in hex: tells versions apart where the caller gives no better function. */
export function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (let i = 0; i < text.length; i++) {
    hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn
  }
  return hash.toString(16).padStart(16, '0')
}
