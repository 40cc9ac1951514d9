/**
 * What makes a finding the same one tomorrow: rule, file, the call and the function around it, endpoint and classes — no line
 * numbers. Identical calls in one function are told apart by their order.
 */
import { hash } from '../solve/value.js'

export class Fingerprints {
  readonly #seen = new Map<string, number>()

  of(parts: readonly (string | null)[]): string {
    const base = parts.map((part) => part ?? '').join('\u0000')
    const count = (this.#seen.get(base) ?? 0) + 1
    this.#seen.set(base, count)
    return digest(`${base}\u0000${count}`)
  }
}

/** 32 hexadecimal digits of four 32-bit lanes. */
function digest(text: string): string {
  const lanes = [hash(text), hash(`1${text}`), hash(`2${text}`), hash(`3${text}`)]
  return lanes.map((lane) => fold(lane)).join('')
}

function fold(text: string): string {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}
