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
  /** Whether a text speaks over any of these channels: it names one, and calls what sends. */
  speaks(text: string, channels: ReadonlySet<string>): boolean
}

export function createChannelReader({ sends, receives, ambient }: ChannelNames): ChannelReader {
  const any = (names: ReadonlySet<string>) => [...names].join('|')
  const hears = new RegExp(`\\b(?:${any(receives)})(?:<[^<>()]{0,80}>)?\\(\\s*(['"\`])([^'"\`\\n\\\\]{2,80})\\1`, 'g')
  const says = new RegExp(`\\b(?:${any(sends)})(?:<[^<>()]{0,80}>)?\\(`)
  return {
    heard: (text) => [...text.matchAll(hears)].flatMap(([, , name]) => (ambient.has(name!) ? [] : [name!])),
    sends: (text) => says.test(text),
    speaks(text, channels) {
      if (channels.size === 0 || !says.test(text)) return false
      return [...channels].some((name) => ["'", '"', '`'].some((quote) => text.includes(quote + name + quote)))
    },
  }
}
