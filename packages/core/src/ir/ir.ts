/**
 * The flow IR: one small tree into which every language is lowered, so that the engine knows no language.
 * Invariants: every node has its span; every name is resolved: a `reference` names a binding that is unique in its
 * module (shadowed names are renamed), a `global` names what the module does not bind. Nothing stands here for one
 * language's sake. What a language cannot lower is an `unknown` that keeps its children.
 */
import type { Gap } from '../gap.js'
import type { Span } from '../location.js'

export type { Gap } from '../gap.js'

/** Values: what can be computed. */
export type Value =
  | Constant
  | Template
  | Reference
  | Global
  | Member
  | Call
  | Record
  | List
  | FunctionValue
  | ClassValue
  | Choice
  | Logical
  | Await
  | Yield
  | Assignment
  | Operation
  | Cast
  | ImportedModule
  | Parent
  | Unknown

export interface Node {
  span: Span
}

/** A literal. `undefined` and `null` are constants too. */
export interface Constant extends Node {
  kind: 'constant'
  value: string | number | boolean | null | undefined
}

/** Text with holes: `電話番号${x}`, f"{x}". Parts alternate freely; strings are cooked text. */
export interface Template extends Node {
  kind: 'template'
  parts: (string | Value)[]
}

/** A binding whose name starts with `shared ` is one of the whole program: every module that names it means the same. */
export interface Reference extends Node {
  kind: 'reference'
  binding: string
}

/** A name that the module does not bind: `fetch`, `process`, `JSON`. */
export interface Global extends Node {
  kind: 'global'
  name: string
}

/** `object.key`, `object[key]`; a static key is a constant. */
export interface Member extends Node {
  kind: 'member'
  object: Value
  key: Value
}

export interface Argument {
  value: Value
  /** For languages with named arguments. */
  name?: string
  /** `...xs`, `*xs` */
  spread?: boolean
  /** `**xs`: a record whose members are named arguments. */
  keywords?: boolean
  /** A block after the call: for the last parameter, whatever stands between has its default. */
  last?: boolean
  /** `&x`, `out x`: a place that the called code may write. */
  writes?: Pattern
}

/** `callee(…)` or `new callee(…)`. A tagged template is a call of its tag: a list of its strings, then its holes. */
export interface Call extends Node {
  kind: 'call'
  callee: Value
  /**
   * What the callee's name means where the object has no such member, or the value cannot be called: with `receiver`, a function
   * that takes the object as its first argument (what extends its type).
   */
  otherwise?: { callee: Value; receiver: boolean }
  arguments: Argument[]
  /** `load<Customer>(…)`, where they are written. */
  typeArguments?: TypeReference[]
  construct: boolean
}

export interface RecordEntry {
  /** A static key is a constant; a spread has none. */
  key: Value | null
  value: Value
  span: Span
  /** Comment that stands directly before or after the entry on its line. */
  comment?: string
}

/** `{ a: 1, [k]: 2, ...rest }`. Getters are entries whose value is what they return; methods are functions. */
export interface Record extends Node {
  kind: 'record'
  entries: RecordEntry[]
  /** `Customer{Phone: x}`: an instance made by its members alone, without a constructor; keys may be the places of the members. */
  type?: TypeReference
}

export interface List extends Node {
  kind: 'list'
  items: { value: Value; spread: boolean }[]
}

export interface Parameter {
  pattern: Pattern
  /** Name for named arguments and messages, where the pattern is a plain binding. */
  name?: string
  rest?: boolean
  /** `**options`: a record of the named arguments that no other parameter takes. */
  keywords?: boolean
  /** `@Body() customer: Customer` */
  decorators?: Value[]
}

export interface FunctionValue extends Node {
  kind: 'function'
  /** Declared, assigned or property name; '' when there is none. */
  name: string
  /** The name's span, or the function's head. */
  nameSpan: Span
  parameters: Parameter[]
  /** Binding of a function expression's name inside its own body, where it has one. */
  binding?: string
  /** Binding of the receiver (`this`, `self`) inside; absent in functions that take it from outside (arrows). */
  receiver?: string
  body: Statement[]
  async: boolean
  generator: boolean
  /** Declared return type. */
  returns?: TypeReference
  /** Whether it is code of the module that can be called from outside without being seen: exported, decorated, a default. */
  decorators: Value[]
  /** Decorators of the program are called with it, the last first: its name means what they give. */
  wrapped?: boolean
  /** A container calls it and gives what it returns to whoever asks for its return type: under a name, and first where several fit. */
  provides?: { name: string; first: boolean }
  comment?: string
}

/**
 * A static method under the key `[[make]]` makes the instances of its class and of what inherits from it; the member `[[allocate]]` of a class
 * is an instance on which no constructor ran. A method under `[[call]]` is what calling an instance calls.
 */
export interface ClassMember {
  key: Value
  static: boolean
  /** Field: the initial value or null. Method: a function. Accessor: a function whose result is the member's value. */
  value: Value | null
  member: 'field' | 'method' | 'getter' | 'setter'
  type?: TypeReference
  /** Its members are members of the class too: an embedded field, `by`. */
  delegate?: boolean
  span: Span
  decorators: Value[]
}

export interface ClassValue extends Node {
  kind: 'class'
  name: string
  nameSpan: Span
  parent: Value | null
  implements: TypeReference[]
  /**
   * Constructor, if written. Parameter properties are lowered to parameters and assignments to the receiver at the body's start
   * (they appear in `members` as typed fields too). Field initialisers stay in `members`.
   */
  constructorFunction: FunctionValue | null
  members: ClassMember[]
  /** Binding of the class inside its own body, where it has one. */
  binding?: string
  /** Binding of the receiver in the initial values of fields that are not static; in static ones it is the class. */
  receiver?: string
  /** Its instances are records of data, no services: what is typed with it comes from outside as data. */
  record?: boolean
  /** It only declares: a value of this type is one of those that implement it. */
  abstract?: boolean
  /** No class of its own: further members of this one, which is declared elsewhere. */
  of?: TypeReference
  /** Calling it gives the argument, as of this type. */
  converts?: boolean
  decorators: Value[]
  /** As of a function. */
  wrapped?: boolean
}

/** `test ? then : otherwise` */
export interface Choice extends Node {
  kind: 'choice'
  test: Value
  then: Value
  otherwise: Value
}

/** `a && b`, `a || b`, `a ?? b` */
export interface Logical extends Node {
  kind: 'logical'
  operator: 'and' | 'or' | 'nullish'
  left: Value
  right: Value
}

export interface Await extends Node {
  kind: 'await'
  value: Value
}

/** `yield x`; with `each`, what x iterates over. */
export interface Yield extends Node {
  kind: 'yield'
  value: Value | null
  each: boolean
}

/** An assignment as a value; a statement wraps it. `a += b` assigns an operation. `a ||= b` assigns a logical. */
export interface Assignment extends Node {
  kind: 'assignment'
  target: Pattern
  value: Value
}

/**
 * Operators. `carries` says whether the result holds its operands' content: `concat` does, a comparison does not.
 * Named: concat, equal, not-equal, not, compare, in, typeof, instance-of, arithmetic, void, delete, sequence (the last operand
 * is the result; it carries the last only), first (the first operand that has a value), iterate (an element of the operand), other.
 */
export interface Operation extends Node {
  kind: 'operation'
  operator: string
  operands: Value[]
  carries: boolean
}

/** `x as T`, `<T>x`, `x satisfies T`: the same value with a declared type. */
export interface Cast extends Node {
  kind: 'cast'
  value: Value
  type: TypeReference
}

/** `require('x')`, `import('x')` (then awaited): a module's namespace. */
export interface ImportedModule extends Node {
  kind: 'module'
  from: string
}

/** `super`: called, it is the parent's constructor; as an object, the parent's members, both with this receiver. */
export interface Parent extends Node {
  kind: 'parent'
  receiver: string
}

/** What could not be lowered; it carries its children's data. */
export interface Unknown extends Node {
  kind: 'unknown'
  children: Value[]
  /** Why, for the gap; empty where nothing is lost (markup, for example). */
  reason?: string
}

/** Targets of binding and assignment. */
export type Pattern = BindingPattern | RecordPattern | ListPattern | PlacePattern | DefaultPattern

export interface BindingPattern extends Node {
  kind: 'binding'
  binding: string
  /** The name as written. */
  name: string
  type?: TypeReference
  /** Comment that documents the declaration, if any. */
  comment?: string
}

export interface RecordPattern extends Node {
  kind: 'record-pattern'
  entries: { key: Value; pattern: Pattern }[]
  rest?: Pattern
  type?: TypeReference
}

export interface ListPattern extends Node {
  kind: 'list-pattern'
  items: (Pattern | null)[]
  /** A record is taken apart too: its fields, in the order of their declaration. */
  records?: boolean
  rest?: Pattern
  type?: TypeReference
  /** The results of one call: what is no list of them, from code that is not seen, is the first. */
  results?: boolean
}

/** `a.b = …`, `a[k] = …` */
export interface PlacePattern extends Node {
  kind: 'place'
  place: Member
}

export interface DefaultPattern extends Node {
  kind: 'default'
  pattern: Pattern
  value: Value
}

/** Statements: what happens in order. Code after a return, throw or jump in the same block is dropped by lowering. */
export type Statement =
  | { kind: 'bind'; pattern: Pattern; value: Value | null; span: Span; exported?: boolean }
  | { kind: 'expression'; value: Value; span: Span }
  | { kind: 'return'; value: Value | null; span: Span }
  | { kind: 'throw'; value: Value; span: Span }
  | { kind: 'jump'; to: 'break' | 'continue'; label?: string; span: Span }
  | { kind: 'branch'; test: Value; then: Statement[]; otherwise: Statement[]; span: Span }
  | Loop
  | {
      kind: 'try'
      block: Statement[]
      caught: Pattern | null
      handler: Statement[]
      finalizer: Statement[]
      span: Span
    }
  | { kind: 'block'; label?: string; body: Statement[]; span: Span }

/** `each` loops bind `pattern` to the elements (`of`) or keys (`in`) of `over`; `while` loops test first. */
export interface Loop extends Node {
  kind: 'loop'
  label?: string
  form: 'of' | 'in' | 'while'
  /** Evaluated before the first round. */
  before: Statement[]
  pattern: Pattern | null
  over: Value | null
  test: Value | null
  body: Statement[]
  /** Evaluated after each round. */
  after: Statement[]
}

/** A type as written, as far as it says what a value holds. */
export interface TypeReference extends Node {
  /** `Customer`, `OpenAI.Chat.Message` (dots kept), `[]` for arrays, `|` for unions, `&` for intersections, `{}` for a type literal. */
  name: string
  /** Binding in this module that the first segment of the name refers to (an import or a local declaration). */
  binding?: string
  arguments: TypeReference[]
  /** The name by which a value of this type is asked for, where a container has several: `@Qualifier("openAi")`. */
  qualifier?: string
  /** Members of a type literal. */
  fields?: EntityField[]
  /** Literal keys of `Pick<T, 'a' | 'b'>`/`Omit`: a string-literal type is named by its quoted text, `'a'`. */
}

export interface EntityField extends Node {
  name: string
  type?: TypeReference
  /** A method: what it returns. Then it is no field of data. */
  returns?: TypeReference
  /** The query that it runs: `@Query("select c.phone from Customer c")`. */
  asks?: string
  method?: boolean
  /** Documentation or trailing comment, without its markers. */
  comment?: string
  /** Its name where it is stored or sent, where that is another: of a column, in JSON, of a selected expression. */
  stored?: string
  /** Left out where the whole record is written down: `json:"-"`. */
  unwritten?: boolean
  /** Name of the shape it is of, where that is another: of a column of a joined table. */
  owner?: string
}

/** A declared shape: interface, type, class, and later ORM models and schemas. */
export interface Entity extends Node {
  name: string
  /** Binding of the name in this module. */
  binding: string
  fields: EntityField[]
  /** Shapes whose fields it has too (extends, intersections, aliased types). */
  extends: TypeReference[]
  /** Every class that has its methods implements it, without saying so. */
  structural?: boolean
  comment?: string
}

export interface Import extends Node {
  binding: string
  from: string
  /** Further modules that the name may be of, where it is none of the first: packages imported as a whole. */
  or?: readonly string[]
  /** Exported name there; 'default'; '*' for the namespace. */
  name: string
  /** A name that scripts share: where none of them has it, it is a global. */
  global?: boolean
  /** Erased at run time: it only helps to resolve types. */
  typeOnly: boolean
  /** The class that it is nested in, where a package is that of both: `WebClient.Builder`. */
  within?: string
}

export type Export = Node &
  (
    | { kind: 'local'; name: string; binding: string; typeOnly: boolean }
    | { kind: 'from'; name: string; from: string; imported: string; typeOnly: boolean }
    /** `export * from`, `export * as name from` (then `name`). */
    | { kind: 'all'; from: string; name?: string; typeOnly: boolean }
  )

/** `// sekisho-disable-next-line rule -- reason`: parsed by the rules, found by the language because only it knows comments. */
export interface Comment extends Node {
  /** Text without the comment's markers, trimmed of decoration. */
  text: string
  /** 1-based line of its end. */
}

/** One lowered file. Paths are relative to the run's root, with '/'. */
export interface Module {
  path: string
  language: string
  imports: Import[]
  exports: Export[]
  body: Statement[]
  entities: Entity[]
  /** All comments, in order; rules read directives in them. */
  comments: Comment[]
  /** CommonJS: binding of the exports record, if the module writes to it. */
  exportsRecord?: string
  /** Runs in the user's terminal: `'use client'`, a Vue/Svelte component's script, a browser global. */
  client: boolean
  gaps: Gap[]
}
