/**
 * Channels as the text shows them: names that listeners listen to, and calls that speak. Who speaks over a channel that somebody
 * hears takes part in what the listener does, though no import ties them.
 */

export interface ChannelNames {
  sends: ReadonlySet<string>
  receives: ReadonlySet<string>
  /** Names of streams' and hosts' own events. */
  ambient: ReadonlySet<string>
}

export interface ChannelReader {
  /** Names of channels that a text listens to. */
  heard(text: string): string[]
  /** Whether a text calls what sends. */
  sends(text: string): boolean
  /** The channels that a text speaks over, of these: it names them, and calls what sends. */
  spoken(text: string, channels: Iterable<string>): string[]
}

export function createChannelReader({ sends, receives, ambient }: ChannelNames): ChannelReader {
  const any = (names: ReadonlySet<string>) => [...names].join('|')
  const hears = new RegExp(`\\b(?:${any(receives)})(?:<[^<>()]{0,80}>)?\\(\\s*(['"\`])([^'"\`\\n\\\\]{2,80})\\1`, 'g')
  const says = new RegExp(`\\b(?:${any(sends)})(?:<[^<>()]{0,80}>)?\\(`)
  return {
    heard: (text) => [...text.matchAll(hears)].flatMap(([, , name]) => (ambient.has(name!) ? [] : [name!])),
    sends: (text) => says.test(text),
    spoken: (text, channels) => (says.test(text) ? [...channels].filter((name) => names(text, name)) : []),
  }
}

function names(text: string, channel: string): boolean {
  return ["'", '"', '`'].some((quote) => text.includes(quote + channel + quote))
}
