/** What the plugin itself says, English and Japanese side by side; what was found is said by the core. */
import type { Localized } from '@sekisho/core'

export const messages = {
  sentIn: (file: string, line: number): Localized => ({
    en: `It is sent in ${file}:${line}.`,
    ja: `送信箇所: ${file}:${line}。`,
  }),
  cut: {
    en: 'Not all imports were followed here: `sekisho scan` decides.',
    ja: 'ここではすべての import を辿っていません。判定は `sekisho scan` が行います。',
  },
  exhausted: {
    en: 'This file comes to an AI service through more code than is followed here: `sekisho scan` decides.',
    ja: 'このファイルから AI サービスに至るコードが多いため、ここでは辿っていません。判定は `sekisho scan` が行います。',
  },
  broken: (what: string): Localized => ({
    en: `The policy can't be read, and nothing is checked: ${what}`,
    ja: `ポリシーを読めないため、何も検査していません: ${what}`,
  }),
  inPlace: (text: string): Localized => ({ en: `Use ${text}.`, ja: `${text} を使う。` }),
} as const
