/**
 * Functions that several databases offer under one name: whose one is by what else the script says, in its words or its place;
 * where nothing tells, it may be each.
 */
import type { Call } from '../../ir/ir.js'
import { either, offered, type Reading } from './reading.js'

/** docs.snowflake.com/en/user-guide/snowflake-cortex/aisql, docs.databricks.com/aws/en/large-language-models/ai-functions */
const ofBoth = /^ai_(?:classify|extract|summarize|translate|similarity|parse_document)$/

const snowflake =
  /\bsnowflake\b|\bcortex\b|\bai_(?:complete|filter|agg|summarize_agg|sentiment|redact|transcribe|embed)\s*\(|\bto_file\s*\(|\buse\s+(?:role|warehouse)\b|\bvariant\b|\bflatten\s*\(|\bcreate\s+(?:or\s+replace\s+)?(?:stage|warehouse)\b|\bprompt\s*\(\s*'/i
const databricks =
  /\bdatabricks\b|\bMAGIC\b|\bai_(?:query|gen|fix_grammar|analyze_sentiment|mask|forecast)\s*\(|\busing\s+delta\b|\bread_files\s*\(|\bdbfs:|\/Volumes\/|\bstreaming\s+(?:live\s+)?table\b|\blive\.\w|\barray\s*\(\s*'/i
const mostRead = 200_000

type Dialect = 'snowflake' | 'databricks'

const known = new WeakMap<Reading, Dialect | 'any'>()

function dialectOf(r: Reading): Dialect | 'any' {
  let found = known.get(r)
  if (found === undefined) known.set(r, (found = told(r.text.slice(0, mostRead)) ?? told(r.path) ?? 'any'))
  return found
}

function told(text: string): Dialect | null {
  const isSnowflake = snowflake.test(text)
  if (isSnowflake === databricks.test(text)) return null
  return isSnowflake ? 'snowflake' : 'databricks'
}

/** Whose function a call means, of those that go by its name. */
export function meantBy(r: Reading, path: readonly string[], call: Call): Call {
  const [name] = path
  if (path.length !== 1 || !ofBoth.test(name!) || call.callee.kind !== 'operation') return call
  const dialect = dialectOf(r)
  if (dialect === 'snowflake') return call
  const [declared, plain] = call.callee.operands
  const other = offered(['databricks', name!], call.callee.span)
  const meant = dialect === 'databricks' ? other : either([plain!, other], call.callee.span)
  return { ...call, callee: { ...call.callee, operands: [declared!, meant] } }
}
