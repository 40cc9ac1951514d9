/** The language of messages: `--locale`, then SEKISHO_LOCALE, the policy, LC_ALL, LC_MESSAGES, LANG, then English. */
import type { Localized } from '@sekisho/core'

export type Locale = keyof Localized

type Environment = Readonly<Record<string, string | undefined>>

export function chooseLocale(given: Locale | null, policy: Locale | null, environment: Environment): Locale {
  return (
    given ??
    known(environment['SEKISHO_LOCALE']) ??
    policy ??
    known(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG']) ??
    'en'
  )
}

/** `ja`, `ja_JP.UTF-8` → `ja`; what is neither Japanese nor English says nothing. */
function known(value: string | undefined): Locale | null {
  const language = value?.toLowerCase().split(/[_.@-]/)[0]
  return language === 'ja' || language === 'en' ? language : null
}
