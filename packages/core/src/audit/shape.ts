/** The look of a value without the value: each character becomes the one that stands for its kind, runs are counted. */
const KINDS: readonly (readonly [first: number, last: number, kind: string])[] = [
  [0x30, 0x39, '9'],
  [0x61, 0x7a, 'a'],
  [0x41, 0x5a, 'A'],
  [0xff10, 0xff19, '９'],
  [0xff21, 0xff3a, 'Ａ'],
  [0xff41, 0xff5a, 'Ａ'],
  [0x3041, 0x3096, 'あ'],
  [0x30a1, 0x30fa, 'ア'],
  [0xff66, 0xff9f, 'ｱ'],
  [0x3400, 0x9fff, '漢'],
  [0xf900, 0xfaff, '漢'],
  [0x3005, 0x3007, '漢'],
]
/** Of these it is known that they say nothing of a person. */
const KEPT = new Set('-@.:/ \u3000()（）＠－ー・〒+_,;、。')

const longest = 24
const kinds = new Map<number, string>()

function kindOf(code: number): string {
  let kind = kinds.get(code)
  if (kind === undefined) {
    const found = KINDS.find(([first, last]) => code >= first && code <= last)?.[2]
    const character = String.fromCharCode(code)
    kind = found ?? (KEPT.has(character) ? character : /\p{L}/u.test(character) ? 'x' : '?')
    kinds.set(code, kind)
  }
  return kind
}

export function shapeOf(text: string): string {
  const length = Math.min(text.length, 200)
  let shape = ''
  for (let at = 0; at < length;) {
    const kind = kindOf(text.charCodeAt(at))
    let end = at + 1
    while (end < length && kindOf(text.charCodeAt(end)) === kind) end++
    shape += end - at <= 4 ? kind.repeat(end - at) : `${kind}{${end - at}}`
    at = end
    if (shape.length > longest) return `${shape}…`
  }
  return text.length > length ? `${shape}…` : shape
}
