/**
 * SQL in the texts of other languages: `session.sql("SELECT AI_COMPLETE(?, ?)", params)`. A text with its holes becomes a value of the IR
 * whose holes and parameters are references, which the solver fills with what the program puts there. All of it stands at one place of
 * the program: where the text is handed over.
 */
import { eachChild } from '../../ir/children.js'
import type { Statement, Value } from '../../ir/ir.js'
import type { Span } from '../../location.js'
import { constant, reference } from '../nodes.js'
import { startReading } from '../sql.js'
import { holeText } from './literals.js'
import { DATABASE, emptyScope, sequence, withoutContent, type Reading } from './reading.js'
import { statements } from './statements.js'

/** A place in the text that a value of the call fills: by its number among all, or by its name; `null`: a hole of the text itself. */
export interface Filled {
  binding: string
  by: number | string | null
}

export interface EmbeddedQuery {
  value: Value
  filled: readonly Filled[]
}

const BEGINS =
  /^[\s(;]*(?:\/\*[\s\S]{0,2000}?\*\/\s*|--[^\n]{0,500}\n\s*)*(?:select|with|insert|update|merge|create|call|exec|execute|copy|declare|begin|alter|set)\b/i
/** `'…'`, `%(name)s`, `%s`, `?`, `$1`, `:name`, `@name`; a name in quotes is none. */
const PARAMETER =
  /'(?:[^'\\]|''|\\.)*'|%\((\w{1,60})\)s|%s|(\?)|\$(\d{1,2})\b|(?<![:\w\])]):([A-Za-z_]\w{0,60})|(?<![@\w])@([A-Za-z_]\w{0,60})/g
const mostHoles = 60

/** Whether a text may be a statement of SQL. */
export function looksLikeSql(text: string): boolean {
  return text.length > 10 && BEGINS.test(text.slice(0, 3000))
}

/** `parts`: the text; null is a hole in it. All nodes stand at `span`. */
export function embeddedQuery(parts: readonly (string | null)[], span: Span): EmbeddedQuery {
  const filled: Filled[] = []
  const hole = (by: Filled['by']) => {
    if (filled.length >= mostHoles) return 'NULL'
    filled.push({ binding: `${LOCAL}hole#${filled.length}`, by })
    return holeText(filled.length - 1)
  }
  const whole = parts.map((part) => part ?? hole(null)).join('')
  let count = 0
  const text = whole.replace(
    PARAMETER,
    (match: string, named?: string, mark?: string, number?: string, colon?: string, at?: string) => {
      if (match.startsWith("'")) return match.replace(/%s/g, () => hole(count++))
      if (number !== undefined) return hole(Number(number) - 1)
      const name = named ?? colon ?? at
      return name === undefined ? hole(mark === undefined || mark === '?' ? count++ : null) : hole(name)
    },
  )
  const holes = filled.map(({ binding }) => reference(binding, span))
  const read: Reading = { ...startReading('', text, holes, new Map()), scope: emptyScope(null), names: LOCAL }
  const values = statements(read).flatMap(valueOf)
  const value = values.length === 0 ? constant(null, span) : sequence([...values, withoutContent([], span)], span)
  return { value: placed(value, span), filled }
}

/** Names that only one evaluation knows. */
const LOCAL = '.'

function valueOf(statement: Statement): Value[] {
  switch (statement.kind) {
    case 'expression':
      return [statement.value]
    case 'bind':
      return statement.value === null
        ? []
        : [{ kind: 'assignment', target: statement.pattern, value: statement.value, span: statement.span }]
    case 'branch':
      return [statement.test, ...statement.then.flatMap(valueOf), ...statement.otherwise.flatMap(valueOf)]
    case 'loop':
    case 'block':
      return statement.body.flatMap(valueOf)
    default:
      return []
  }
}

/** Every node at one place, the database as what it is in any module. */
function placed(root: Value, { start, end }: Span): Value {
  const seen = new Set<object>()
  const stack: object[] = [root]
  while (stack.length > 0) {
    const node = stack.pop()! as { span?: Span; nameSpan?: Span; kind?: string; binding?: string; from?: string }
    if (seen.has(node)) continue
    seen.add(node)
    if (node.span !== undefined) node.span = { start, end }
    if (node.nameSpan !== undefined) node.nameSpan = { start, end }
    if (node.kind === 'reference' && node.binding === DATABASE) {
      node.kind = 'module'
      node.from = 'sql:database'
    }
    eachChild(node, (child, key) => {
      if (key !== 'span' && key !== 'nameSpan') stack.push(child)
    })
  }
  return root
}
