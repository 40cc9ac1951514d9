/** What the inputs of a page ask for, where a function is handed to it with them: `Interface(fn=consult, inputs=[Textbox(label="電話番号")])`. */
import type { Application } from './calls.js'
import { readObject, type Frame } from './frame.js'
import { readMember } from './members.js'
import { alone, type Evidence } from './sources.js'
import { knownText } from './text.js'
import { nothing, objectThings, type Value } from './value.js'

/** Evidence for each parameter of a function among the arguments, by the labels of the inputs that stand beside it. */
export function askedBeside(frame: Frame, { args, site }: Application): readonly (Evidence | null)[] {
  const { machine } = frame
  for (const { value, name } of args) {
    if (name !== undefined && name !== 'inputs') continue
    const parts = objectThings(value).flatMap(({ address }) => {
      const { kind, fields } = readObject(frame, address)
      return kind === 'list' ? [...fields.values()] : []
    })
    const labels = (parts.length > 0 ? parts : [value]).map((part) => labelOf(frame, part, site.span))
    if (labels.some((label) => label !== null))
      return labels.map((label) => {
        const match = label === null ? null : machine.knowledge.names.label(label)
        return match === null
          ? null
          : { dataClass: match.dataClass, sureness: alone(machine, match.dataClass), party: null }
      })
  }
  return []
}

/** The words that an input of a package was made with. */
function labelOf(frame: Frame, { things }: Value, span: { start: number; end: number }): string | null {
  for (const thing of things) {
    if (thing.kind !== 'made' || thing.arguments.named === undefined) continue
    const [text] = readMember(frame, thing.arguments.named, 'label', nothing, span).texts
    const known = text === undefined ? null : knownText(text)
    if (known !== null) return known
  }
  return null
}
