/**
 * Decorators of the program over a function or class: called with it, the last first; what they give is what the name means. One that hands
 * its own parameters on as they are (a retry, a log) leaves the function what it is: all that it decorates would else be one.
 */
import { eachChild } from '../ir/children.js'
import type { FunctionValue, Value as Node } from '../ir/ir.js'
import { apply, type Site } from './calls.js'
import { evaluate } from './evaluate.js'
import type { Frame } from './frame.js'
import { nothing, type Thing, type Value } from './value.js'

/** `@register`, `@register("reply")` over what `value` is. */
export function applied(frame: Frame, decorators: readonly Node[], value: Value): Value {
  let current = value
  for (const decorator of [...decorators].reverse()) {
    const callee = evaluate(frame, decorator)
    const own = callee.things.filter(isOwn)
    if (own.length === 0) continue
    const given = apply(frame, {
      callee: { ...nothing, things: own },
      receiver: nothing,
      name: '',
      args: [{ value: current, spread: false, name: undefined }],
      construct: false,
      site: siteOf(decorator),
    })
    const things = given.things.filter(({ kind }) => kind !== 'package' && kind !== 'namespace')
    if (things.length > 0) current = { ...given, things }
  }
  return current
}

/** What changes what it decorates, or keeps it somewhere. */
function isOwn(thing: Thing): boolean {
  return thing.kind === 'class' || (thing.kind === 'function' && !handsOn(thing.node))
}

const sites = new WeakMap<object, Site>()

function siteOf(node: Node): Site {
  let site = sites.get(node)
  if (site === undefined) sites.set(node, (site = { span: node.span }))
  return site
}

const known = new WeakMap<FunctionValue, boolean>()

/** Whether a decorator gives a function that calls the decorated one with its own parameters and gives back what that gives. */
function handsOn(decorator: FunctionValue): boolean {
  let answer = known.get(decorator)
  if (answer === undefined) known.set(decorator, (answer = isTransparent(decorator)))
  return answer
}

function isTransparent({ parameters: [first], body }: FunctionValue): boolean {
  const pattern = first?.pattern
  if (pattern?.kind !== 'binding') return false
  const wrappers = functionsIn(body).filter((inner) => mentions(inner.body, pattern.binding))
  return wrappers.length > 0 && wrappers.every((wrapper) => keeps(wrapper, pattern.binding))
}

function functionsIn(nodes: readonly object[]): FunctionValue[] {
  const found: FunctionValue[] = []
  const stack = [...nodes]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ((node as Node).kind === 'function') found.push(node as FunctionValue)
    eachChild(node, (child) => stack.push(child))
  }
  return found
}

function mentions(nodes: readonly object[], binding: string): boolean {
  const stack = [...nodes]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isReference(node as Node, binding)) return true
    eachChild(node, (child) => stack.push(child))
  }
  return false
}

/** Every call of the decorated function takes what came in, nothing that is returned wraps what it gave. */
function keeps(wrapper: FunctionValue, decorated: string): boolean {
  const own = new Set(
    wrapper.parameters.flatMap(({ pattern }) => {
      const inner = pattern.kind === 'default' ? pattern.pattern : pattern
      return inner.kind === 'binding' ? [inner.binding] : []
    }),
  )
  if (wrapper.receiver !== undefined) own.add(wrapper.receiver)
  let kept = true
  const stack: object[] = [...wrapper.body]
  for (let node = stack.pop(); node !== undefined && kept; node = stack.pop()) {
    const one = node as Node
    if (one.kind === 'call' && isReference(one.callee, decorated))
      kept = one.arguments.every(({ value }) => value.kind === 'reference' && own.has(value.binding))
    else if (one.kind === 'call' && holdsCall(one.arguments, decorated)) kept = false
    else if (one.kind === 'assignment' && one.target.kind === 'binding' && own.has(one.target.binding)) kept = false
    eachChild(node, (child) => stack.push(child))
  }
  return kept
}

/** `mask(fn(*args))` */
function holdsCall(args: readonly { value: Node }[], decorated: string): boolean {
  return args.some(({ value }) => {
    const inner = value.kind === 'await' ? value.value : value
    return inner.kind === 'call' && isReference(inner.callee, decorated)
  })
}

function isReference(value: Node, binding: string): boolean {
  return value.kind === 'reference' && value.binding === binding
}
