/** A witness path as people read it: source, steps, sink, each with file and line; calls are told where the data crossed into another function. */
import type { TraceStep } from '../finding.js'
import type { Activation } from '../solve/activation.js'
import type { Machine } from '../solve/machine.js'
import type { SinkHit } from '../solve/sink.js'
import type { Datum, Place, Step } from '../solve/value.js'

/** `named`: the data class as Japanese readers know it. */
export function traceOf(machine: Machine, hit: SinkHit, datum: Datum, named: string): TraceStep[] {
  const steps: Step[] = []
  for (let step: Step | null = datum.step; step !== null; step = step.previous) steps.unshift(step)
  const trace = steps.map((step) => written(machine, step, labelOf(step, datum, named), datum))
  for (const call of callsTo(machine, hit.activation, datum.step))
    trace.push(written(machine, call, { en: 'handed on in this call', ja: 'この呼び出しで渡される' }, datum))
  trace.push(written(machine, hit.place, { en: `sent by ${hit.name}()`, ja: `${hit.name}() で送信` }, datum))
  return dedupe(trace)
}

/** Where the data enters the program. */
export function sourceOf(machine: Machine, datum: Datum, named: string): TraceStep {
  let first: Step = datum.step
  while (first.previous !== null) first = first.previous
  return written(machine, first, labelOf(first, datum, named), datum)
}

function written(machine: Machine, place: Place, label: { en: string; ja: string }, datum: Datum): TraceStep {
  const unit = machine.unit(place.module)
  const { line, column } = unit.lines.position(place.span.start)
  return { file: unit.module.path, line, column, label: label.en, labelJa: label.ja, dataClass: datum.dataClass }
}

function labelOf(step: Step, datum: Datum, named: string): { en: string; ja: string } {
  const { name } = step
  switch (step.kind) {
    case 'source':
      return { en: `${name} is ${datum.dataClass}`, ja: `${name} は${named}` }
    case 'bound':
      return { en: `kept as ${name}`, ja: `${name} に代入` }
    case 'argument':
      return { en: `argument ${name}`, ja: `引数 ${name}` }
    case 'returned':
      return { en: `returned by ${name}()`, ja: `${name}() の戻り値` }
    case 'member':
      return { en: `put into member ${name}`, ja: `メンバー ${name} に格納` }
    case 'element':
      return { en: 'added to a list', ja: 'リストに追加' }
    case 'text':
      return { en: 'written into a text', ja: '文字列に埋め込み' }
    case 'through':
      return { en: `passed through ${name}()`, ja: `${name}() を通過` }
    case 'call':
      return { en: `called ${name}()`, ja: `${name}() の呼び出し` }
  }
}

/** Calls between the function of the last step and the sink's. */
function callsTo(machine: Machine, sink: Activation, last: Step): Place[] {
  const calls: Place[] = []
  const home = functionAt(machine, last)
  let current: Activation | null = sink
  for (let i = 0; i < 12 && current !== null; i++) {
    if (current.node === home && current.module === last.module) return calls
    if (current.calledFrom === null) break
    calls.unshift(current.calledFrom.place)
    current = current.calledFrom.activation
  }
  return current !== null && current.node === home && current.module === last.module ? calls : []
}

function functionAt(machine: Machine, place: Place): Activation['node'] {
  let found: Activation['node'] = null
  for (const node of machine.unit(place.module).scopes.functions)
    if (
      node.span.start <= place.span.start &&
      place.span.end <= node.span.end &&
      (found === null || node.span.start >= found.span.start)
    )
      found = node
  return found
}

function dedupe(trace: TraceStep[]): TraceStep[] {
  return trace.filter((step, index) => {
    const next = trace[index + 1]
    return (
      next === undefined ||
      index === 0 ||
      next.file !== step.file ||
      next.line !== step.line ||
      next.column !== step.column
    )
  })
}
