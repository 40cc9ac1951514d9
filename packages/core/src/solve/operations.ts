/**
 * Operations that every language's library has under names of its own: what a method or function does with elements, text
 * and callbacks. Languages give the names (`push` appends, `map` maps); the solver knows what each does.
 */
export type OperationKind =
  /** Calls the first function with each element: a list of the results. */
  | 'map'
  | 'flat-map'
  /** The same, for its effect. */
  | 'each'
  /** Elements for which the function holds. */
  | 'filter'
  | 'find'
  /** Calls the function with what was accumulated and each element. */
  | 'reduce'
  /** Adds its arguments to the receiver's elements. */
  | 'append'
  /** Writes the second argument under the first. */
  | 'set'
  | 'get'
  /** Writes the second argument under the first where nothing is there; gives what then is. */
  | 'set-default'
  /** The receiver's elements again, with those of list arguments. */
  | 'elements'
  /** Removes and gives an element. */
  | 'take'
  /** The first argument as text; where the second lists names, of these members only. */
  | 'serialise'
  /** All elements as one text. */
  | 'join'
  /** The receiver's content as text, with that of the arguments. */
  | 'text'
  /** Calls the function with the receiver's value. */
  | 'then'
  | 'catch'
  | 'finally'
  /** Whether an element or text is among the receiver's. */
  | 'includes'
  /** The same, with the list as the argument. */
  | 'included'
  | 'starts'
  /** Adds the elements of its arguments to the receiver's. */
  | 'extend'
  /** Writes the members of its arguments, and those given by name, into the receiver. */
  | 'update'
  /** Removes and gives an element, or the member under a key. */
  | 'take-key'
  /** Pairs of a key and what stands under it. */
  | 'items'
  /** All elements of the argument as one text, with the receiver between. */
  | 'join-given'
  /** The receiver as a template, filled with the arguments. */
  | 'format'
  /** The receiver again, in another form. */
  | 'same'
  /** The receiver without the members that the arguments name. */
  | 'left-out'
  /** All that the receiver holds, as text. */
  | 'written'
  /** Functions: bound, called with a receiver. */
  | 'bind'
  | 'call'
  | 'apply'
  /** Yields no content. */
  | 'nothing'
  /** Functions, not methods: */
  /** Writes the members of later arguments into the first. */
  | 'merge'
  | 'values'
  | 'entries'
  | 'keys'
  /** The first argument as it is. */
  | 'identity'
  /** A list of the elements of the first argument; with a function, of its results. */
  | 'list'
  /** A record of the first argument's members and of what is given by name. */
  | 'record'
  /** Lists of what stands at the same place in each argument. */
  | 'zip'
  /** `map`, `filter` and `reduce` with the function first. */
  | 'map-over'
  | 'filter-over'
  | 'reduce-over'
  /** An element of the first argument, or one of several. */
  | 'element'
  /** The first argument's member under the second. */
  | 'member'
  | 'set-member'
  /** Calls the first argument with the rest. */
  | 'invoke'
  /** The second argument as a URL below the first. */
  | 'join-url'
  /** The first argument as a URL below the second. */
  | 'url'
  /** A list of the arguments. */
  | 'list-of'
  /** A new empty collection with the elements of the first argument. */
  | 'collection'
  /** An empty collection that gives what its first argument, called, makes under a key that it does not have. */
  | 'default-collection'
  /** Writes what comes from outside, or from the receiver, into its arguments. */
  | 'fill'
  /** Writes what the receiver and the later arguments hold into the first argument. */
  | 'write-into'
  /** Calls the function with unknown arguments. */
  | 'run'
  /** A value made by a function that gets a function to hand it to. */
  | 'promise'

/** What a language's standard library is to the solver. */
export interface Library {
  /** Method name → operation, on any receiver whose class is not the program's own. */
  methods: Readonly<Record<string, OperationKind>>
  /** Path of a global function or constructor → operation. */
  functions: Readonly<Record<string, OperationKind>>
  /** Members and calls that read the environment: `process.env`. */
  environment: readonly string[]
  /** Names under which globals are members: `globalThis`. */
  globalObjects: readonly string[]
}
