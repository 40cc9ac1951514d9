/**
 * Options of a Vue component: `export default { data() {…}, methods: {…} }` → a class, as its functions share `this`:
 * data and props are fields, computed values getters, everything else that is a function a method.
 */
import type { ClassMember, ClassValue, TypeReference, Value } from '../../ir/ir.js'
import { keyOf } from './chains.js'
import { expression } from './expressions.js'
import { functionValue, type Naming } from './functions.js'
import type { Lowering } from './lowering.js'
import { constant } from '../nodes.js'
import { keyName } from './records.js'
import { literalText, spanOf, type Syntax } from './syntax.js'
import { type, typed } from './types.js'

/** The options of `{…}`, `defineComponent({…})`, `Vue.extend({…})`; null for anything else. */
export function componentOptions(node: Syntax): Syntax | null {
  let at = node
  while (at.type === 'TSAsExpression' || at.type === 'TSSatisfiesExpression') at = at.expression
  if (at.type === 'ObjectExpression') return at
  if (at.type !== 'CallExpression' || at.arguments[0]?.type !== 'ObjectExpression') return null
  const name = at.callee.type === 'MemberExpression' ? at.callee.property.name : at.callee.name
  return name === 'defineComponent' || name === 'extend' ? at.arguments[0] : null
}

export function componentClass(l: Lowering, options: Syntax, naming: Naming): ClassValue {
  const receiver = l.names.unique('this')
  const outer = l.frame
  l.frame = { receiver, arguments: undefined, breaks: null }
  const members = (options.properties as Syntax[]).flatMap((property) => optionMembers(l, property))
  l.frame = outer
  return {
    kind: 'class',
    name: naming.name,
    nameSpan: naming.span,
    parent: null,
    implements: [],
    constructorFunction: null,
    members,
    receiver,
    decorators: [],
    span: spanOf(options),
  }
}

function optionMembers(l: Lowering, node: Syntax): ClassMember[] {
  if (node.type === 'SpreadElement') return [field(node, constant('...', spanOf(node)), expression(l, node.argument))]
  const name = node.computed === true ? '' : String(node.key.name ?? node.key.value)
  const properties: Syntax[] | null = node.value.type === 'ObjectExpression' ? node.value.properties : null
  // methods: { async send() {…} }
  if (properties !== null && name === 'methods') return properties.map((property) => memberOf(l, property, 'method'))
  // watch: { phone(value) {…} }: a method that no name calls
  if (properties !== null && name === 'watch') {
    return properties.map((property) => {
      const member = memberOf(l, property, 'method')
      return { ...member, key: constant(`watch ${keyName(member.key)}`, member.key.span) }
    })
  }
  // computed: { phone() {…}, name: { get() {…}, set(x) {…} } }
  if (properties !== null && name === 'computed') return properties.map((property) => memberOf(l, property, 'getter'))
  if (name === 'props') return propFields(l, node.value)
  if (name === 'data' && isFunction(node.value)) return dataFields(l, node)
  return [memberOf(l, node, 'method')]
}

function field(node: Syntax, key: Value, value: Value | null, held?: TypeReference): ClassMember {
  return { key, static: false, value, member: 'field', ...typed(held), span: spanOf(node), decorators: [] }
}

function isFunction(node: Syntax): boolean {
  return node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
}

function memberOf(l: Lowering, node: Syntax, member: 'method' | 'getter'): ClassMember {
  // ...mapActions(['send'])
  if (node.type === 'SpreadElement') return field(node, constant('...', spanOf(node)), expression(l, node.argument))
  const key = keyOf(l, node.key, node.computed === true)
  // phone: { handler(value) {…} }, name: { get() {…}, set(x) {…} }
  const inner: Syntax | undefined =
    node.value.type === 'ObjectExpression'
      ? node.value.properties.find(
          (one: Syntax) => /^(get|handler)$/.test(one.key?.name ?? '') && isFunction(one.value),
        )
      : undefined
  const written: Syntax = inner === undefined ? node.value : inner.value
  if (!isFunction(written)) return field(node, key, expression(l, node.value))
  const value = functionValue(l, written, { name: keyName(key), span: spanOf(node.key) })
  return { key, static: false, value, member, span: spanOf(node), decorators: [] }
}

// data() { return { phone: '' } }
function dataFields(l: Lowering, node: Syntax): ClassMember[] {
  const { value } = node
  const statements: Syntax[] = value.body.type === 'BlockStatement' ? value.body.body : []
  const last = statements.at(-1)
  const returned: Syntax | null =
    statements.length === 0 ? value.body : last?.type === 'ReturnStatement' ? last.argument : null
  const method = memberOf(l, node, 'method')
  if (returned?.type !== 'ObjectExpression' || method.value === null) return [method]
  const call: Value = { kind: 'call', callee: method.value, arguments: [], construct: false, span: spanOf(value) }
  const fields = (returned.properties as Syntax[]).map((property) => {
    if (property.type === 'SpreadElement') return memberOf(l, property, 'method')
    const key = keyOf(l, property.key, property.computed === true)
    // a value with statements before it may use their names, so it is read from the call
    const held: Value =
      statements.length > 1
        ? { kind: 'member', object: call, key, span: spanOf(property) }
        : expression(l, property.value)
    return field(property, key, fromTemplate(key, held))
  })
  return [method, ...fields]
}

/** `data() { return { phone: '' } }`: an empty field is there for the template to fill (`v-model`): it may come from outside. */
function fromTemplate(key: Value, held: Value): Value {
  const empty = held.kind === 'constant' && (held.value === '' || held.value === null)
  if (!empty) return held
  const left: Value = { kind: 'global', name: keyName(key), span: held.span }
  return { kind: 'logical', operator: 'nullish', left, right: held, span: held.span }
}

// props: ['customer'], props: { customer: { type: Object as PropType<Customer>, required: true } }
function propFields(l: Lowering, node: Syntax): ClassMember[] {
  if (node.type === 'ArrayExpression') {
    return (node.elements as (Syntax | null)[]).flatMap((element) => {
      const name = literalText(element)
      return element === null || name === undefined ? [] : [field(element, constant(name, spanOf(element)), null)]
    })
  }
  if (node.type !== 'ObjectExpression') return []
  return (node.properties as Syntax[]).flatMap((property) =>
    property.type === 'SpreadElement'
      ? []
      : [field(property, keyOf(l, property.key, property.computed === true), null, propType(l, property.value))],
  )
}

const primitives: Readonly<Record<string, string>> = { String: 'string', Number: 'number', Boolean: 'boolean' }

function propType(l: Lowering, node: Syntax): TypeReference | undefined {
  if (node.type === 'ObjectExpression') {
    const given = (node.properties as Syntax[]).find((property) => property.key?.name === 'type')
    return given === undefined ? undefined : propType(l, given.value)
  }
  // Object as PropType<Customer>
  if (node.type === 'TSAsExpression') {
    const written = type(l, node.typeAnnotation)
    return written.name === 'PropType' ? written.arguments[0] : written
  }
  const name = node.type === 'Identifier' ? primitives[node.name] : undefined
  return name === undefined ? undefined : { name, arguments: [], span: spanOf(node) }
}
