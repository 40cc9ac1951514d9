/**
 * What a name means: a local, a member of a receiver or class around the code, what the file declares or imports, else something of
 * its own package or of a package imported as a whole. Members of what is not known here are asked for beside that.
 */
import type { Value } from '../../ir/ir.js'
import { constant, member, reference } from '../nodes.js'
import { defaults } from './library.js'
import { findLocal, unique, type Holder, type ImplicitReceiver, type Lowering } from './lowering.js'

type Span = Value['span']

/** A name of no class and of no import by name: of the same package, or of one that is imported as a whole. */
export function soughtBinding(l: Lowering, name: string): string | null {
  if (defaults.has(name)) return null
  const known = l.sought.get(name)
  if (known !== undefined) return known
  const binding = unique(l, name)
  l.sought.set(name, binding)
  const span = { start: 0, end: 0 }
  l.imports.push({
    binding,
    from: '.',
    ...(l.wildcards.length === 0 ? {} : { or: l.wildcards }),
    name,
    typeOnly: false,
    span,
  })
  return binding
}

/** What the file itself says of a name: its own declarations and imports. */
export function topValue(l: Lowering, name: string, span: Span): Value | null {
  const inner = l.inner.get(name)
  if (inner !== undefined)
    return inner.path.reduce<Value>((object, key) => member(object, key, span), reference(inner.binding, span))
  const own = l.tops.get(name)
  return own === undefined ? null : reference(own, span)
}

function packageValue(l: Lowering, name: string, span: Span): Value {
  const binding = soughtBinding(l, name)
  return binding === null ? { kind: 'global', name, span } : reference(binding, span)
}

interface Around {
  /** Innermost implicit receiver before a class that has the name. */
  receiver: ImplicitReceiver | null
  /** The class that has the name, or else the innermost that may inherit it. */
  holder: Holder | null
  how: 'instance' | 'static' | 'inherited'
}

function around(l: Lowering, name: string): Around {
  let receiver: ImplicitReceiver | null = null
  let heir: Holder | null = null
  for (let at = l.contexts.length - 1; at >= 0; at--) {
    const context = l.contexts[at]!
    if (context.kind === 'receiver') receiver ??= context
    if (context.kind !== 'class') continue
    const how = context.members.get(name)
    if (how !== undefined) return { receiver, holder: context, how }
    if (context.inherits) heir ??= context
  }
  return { receiver, holder: heir, how: 'inherited' }
}

function ofHolder(holder: Holder, how: Around['how'], name: string, span: Span): Value {
  return member(reference(how === 'static' ? holder.binding : holder.receiver, span), name, span)
}

/** Values of which one is meant, and which is not known. */
export function either(values: readonly Value[], span: Span): Value {
  return values.reduceRight((otherwise, then) => ({
    kind: 'choice',
    test: { kind: 'unknown', children: [], span },
    then,
    otherwise,
    span,
  }))
}

/** A name that is read. */
export function nameValue(l: Lowering, name: string, span: Span): Value {
  if (name === 'true' || name === 'false') return constant(name === 'true', span)
  if (name === 'null') return constant(null, span)
  const local = findLocal(l, name)
  if (local !== null) return reference(local, span)
  const { receiver, holder, how } = around(l, name)
  const own = receiver === null ? [] : [member(reference(receiver.binding, span), name, span)]
  if (holder !== null && how !== 'inherited') return either([...own, ofHolder(holder, how, name, span)], span)
  const top = topValue(l, name, span)
  if (top !== null) return l.extensions.get(name) === 'property' && own.length > 0 ? extended(top, own[0]!, span) : top
  if (/^[A-Z]/.test(name) || l.contexts.length === 0) return packageValue(l, name, span)
  const inherited = holder === null ? [] : [ofHolder(holder, how, name, span)]
  return either([...own, ...inherited, ...(own.length > 0 ? [] : [packageValue(l, name, span)])], span)
}

/** A property that extends the receiver. */
function extended(getter: Value, receiver: Value, span: Span): Value {
  if (receiver.kind !== 'member') return getter
  return { kind: 'call', callee: getter, arguments: [{ value: receiver.object }], construct: false, span }
}

/** A name that is called: the callee, and what it means where an object has no such member. */
export interface Callee {
  value: Value
  otherwise?: { callee: Value; receiver: boolean }
}

export function calleeOf(l: Lowering, name: string, span: Span): Callee {
  const local = findLocal(l, name)
  if (local !== null) {
    const value = reference(local, span)
    return { value, otherwise: { callee: member(value, 'invoke', span), receiver: false } }
  }
  const { receiver, holder, how } = around(l, name)
  if (holder !== null && how !== 'inherited') {
    const value = ofHolder(holder, how, name, span)
    return { value, otherwise: { callee: member(value, 'invoke', span), receiver: false } }
  }
  const top = topValue(l, name, span)
  if (top !== null) {
    // setBody(x) in the block of a request, name() in an extension function
    if (receiver !== null && /^[a-z]/.test(name) && l.extensions.get(name) !== undefined)
      return {
        value: member(reference(receiver.binding, span), name, span),
        otherwise: { callee: top, receiver: true },
      }
    return { value: top, otherwise: { callee: member(top, 'invoke', span), receiver: false } }
  }
  if (defaults.has(name)) {
    const own = receiver !== null && receiver.label.startsWith('build') ? reference(receiver.binding, span) : null
    return { value: own === null ? { kind: 'global', name, span } : member(own, name, span) }
  }
  const value = packageValue(l, name, span)
  const owner = /^[A-Z]/.test(name) ? null : receiver !== null ? receiver.binding : (holder?.receiver ?? null)
  if (owner === null) return { value }
  return { value: member(reference(owner, span), name, span), otherwise: { callee: value, receiver: false } }
}

/** Where a name that is assigned is written; null where it is a local's binding. */
export function placeOf(l: Lowering, name: string, span: Span): Value {
  const local = findLocal(l, name)
  if (local !== null) return reference(local, span)
  const { receiver, holder, how } = around(l, name)
  if (receiver !== null && (holder === null || how === 'inherited' || isInner(l, receiver, holder)))
    return member(reference(receiver.binding, span), name, span)
  if (holder !== null && how !== 'inherited') return ofHolder(holder, how, name, span)
  const top = topValue(l, name, span)
  if (top !== null) return top
  return holder === null ? { kind: 'global', name, span } : ofHolder(holder, how, name, span)
}

/** `apply { name = … }` in a class that has a `name` too: the nearer one is written. */
function isInner(l: Lowering, receiver: ImplicitReceiver, holder: Holder): boolean {
  return l.contexts.lastIndexOf(receiver) > l.contexts.lastIndexOf(holder)
}
