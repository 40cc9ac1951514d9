/**
 * Folds the spellings of a Japanese word in Latin letters (Hepburn, Kunrei, with or without long vowels, common mixes) to
 * one form, so that jusho, juusyo and jyuusho compare equal. A token that is not made of syllables is returned as it is.
 */

const macrons: Readonly<Record<string, string>> = {
  ā: 'a',
  ī: 'i',
  ū: 'u',
  ē: 'e',
  ō: 'o',
  â: 'a',
  î: 'i',
  û: 'u',
  ê: 'e',
  ô: 'o',
}

const syllables =
  /^(?:n(?![aiueoy])'?|(?:kk?|ss?|tt?|pp?|gg?|zz?|dd?|bb?|[nhmrjfw]|jj|hh|ff|rr)?[aiueo]|(?:k|g|n|h|b|p|m|r|s|z|t|d|c|j|kk|ss|tt|pp)y[auo]|(?:s|ss)h[aiueo]|(?:t|c|tc)?ch[aiueo]|t?tsu|dz[iu]|y[auo]|oh(?![aiueoy])|m(?=[bpm]))+$/

const rules: readonly (readonly [RegExp, string])[] = [
  [/n'/g, 'n'],
  [/nn(?![aiueoy])/g, 'n'],
  [/m(?=[bpm])/g, 'n'],
  [/cch/g, 'tch'],
  [/shi/g, 'si'],
  [/sh(?=[auo])/g, 'sy'],
  [/chi/g, 'ti'],
  [/ch(?=[auo])/g, 'ty'],
  [/cy(?=[auo])/g, 'ty'],
  [/tsu/g, 'tu'],
  [/fu/g, 'hu'],
  [/jy?(?=[auo])/g, 'zy'],
  [/ji|dzi|di/g, 'zi'],
  [/dzu|du/g, 'zu'],
  [/o[uo](?![aiueo])|oh(?![aiueoy])/g, 'o'],
  [/uu/g, 'u'],
]

/** One form for all spellings of a lower-case romaji token. */
export function foldRomaji(token: string): string {
  const plain = token.replace(/[āīūēōâîûêô]/g, (letter) => macrons[letter] ?? letter)
  if (plain.length > 60 || !syllables.test(plain)) return token
  return rules.reduce((text, [pattern, to]) => text.replace(pattern, to), plain)
}

/** Folds every token of a sequence. */
export function foldSequence(tokens: readonly string[]): string[] {
  return tokens.map(foldRomaji)
}
