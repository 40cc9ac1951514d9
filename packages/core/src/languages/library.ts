/**
 * What a language's standard library does, as data: names to operations. The operations' meaning is the solver's; a language
 * only says which of its names does what.
 */
export interface StandardLibrary {
  methods: Readonly<Record<string, string>>
  functions: Readonly<Record<string, string>>
  /** Members that hold the environment, and calls that read it. */
  environment: readonly string[]
  environmentCalls: readonly string[]
  globalObjects: readonly string[]
  /** Start of the paths whose packages are left out in the names above: `java.util.ArrayList` is `ArrayList`. */
  packages?: RegExp
  /** Calling a class makes an instance of it; there is no `new`. */
  constructsByCall?: boolean
  /** A function is an object with one method, by whatever name that goes: `sender.apply(text)`. */
  callsByName?: boolean
  /** The catalogue's facts about globals, `fetch` among them, are about its globals. */
  describedGlobals?: boolean
  /** Named arguments of a record's form: the members that it takes, and those that it leaves: `include`, `exclude`. */
  selecting?: { takes: readonly string[]; leaves: readonly string[] }
  /** Name of a method that adds an element to a list. */
  appendMethod: string
}

/** Names, as words of a text, that all do the same. */
export function all(names: string, operation: string): Record<string, string> {
  const words = names.trim().split(/\s+/)
  return Object.fromEntries(words.map((name) => [name, operation]))
}
