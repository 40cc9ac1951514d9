/** Where the argument that carries data stands: an access path followed into what is written at the call itself. */
import type { Value } from '../ir/ir.js'
import type { Span } from '../location.js'

/** `0.messages` of `create({ messages: [...] })` is the list; where the text does not show the path, the last part that it does. */
export function argumentSpan(
  site: { span: Span; arguments?: readonly { value: Value; name?: string }[] },
  path: string,
): Span {
  const [head, ...rest] = path.split(/\.|(?=\[\])/).filter((segment) => segment !== '')
  const given = site.arguments ?? []
  let value =
    head !== undefined && /^\d+$/.test(head)
      ? given.filter(({ name }) => name === undefined)[Number(head)]?.value
      : given.find(({ name }) => name === head)?.value
  if (value === undefined) return site.span
  for (const segment of rest) {
    const next = inside(value, segment)
    if (next === undefined) break
    value = next
  }
  return value.span
}

function inside(value: Value, segment: string): Value | undefined {
  if (value.kind === 'cast' || value.kind === 'await') return inside(value.value, segment)
  if (segment.startsWith('$'))
    return value.kind === 'call' && value.construct ? value.arguments[Number(segment.slice(1))]?.value : undefined
  if (value.kind !== 'record') return undefined
  return value.entries.findLast(({ key }) => key?.kind === 'constant' && key.value === segment)?.value
}
