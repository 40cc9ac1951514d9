/** Half and full width side by side: values with one, values with the other. What has both is counted on both sides. */
export interface Widths {
  digits: [half: number, full: number]
  letters: [half: number, full: number]
  kana: [half: number, full: number]
  spaces: [half: number, full: number]
}

const FORMS = {
  digits: [/[0-9]/, /[０-９]/],
  letters: [/[A-Za-z]/, /[Ａ-Ｚａ-ｚ]/],
  kana: [/[ｦ-ﾟ]/, /[ァ-ヺ]/],
  spaces: [/ /, /\u3000/],
} as const

export function widthsOf(text: string, into: Widths): void {
  for (const kind of Object.keys(FORMS) as (keyof Widths)[]) {
    const [half, full] = FORMS[kind]
    if (half.test(text)) into[kind][0]++
    if (full.test(text)) into[kind][1]++
  }
}

/** Kinds that a column writes in both widths. */
export function mixedWidths(widths: Widths): (keyof Widths)[] {
  return (Object.keys(FORMS) as (keyof Widths)[]).filter((kind) => widths[kind][0] > 0 && widths[kind][1] > 0)
}
