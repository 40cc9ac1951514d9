/** Classes → ClassValue, and the entity that their fields make: annotated, columns of a model, or assigned to `self`. */
import type { ClassMember, ClassValue, EntityField, TypeReference, Value } from '../../ir/ir.js'
import { fieldOf, namedOf, type SyntaxNode } from '../tree.js'
import { environmentValue, nameOf } from './calls.js'
import { recordConstructor, type Field } from './constructors.js'
import { docstring, documentedNames, labelOf, stringStatement } from './documentation.js'
import { dottedName, expression } from './expressions.js'
import { functionValue, type Kind } from './functions.js'
import { commentOf, documented, inScope, textOf, type Lowering } from './lowering.js'
import { constant, spanOf } from '../nodes.js'
import { declareAssigned, Scope } from './scope.js'
import { literalText } from './strings.js'
import { typeOf } from './types.js'

/** Base classes whose subclasses are records of data. */
const recordBases =
  /^(?:BaseModel|SQLModel|RootModel|TypedDict|NamedTuple|Base|DeclarativeBase|Model|Schema|Struct|Document|EmbeddedDocument)$/
const recordDecorators = /^(?:dataclass|dataclass_json|attrs|define|frozen|mutable|s|attributes)$/
const settingsBases = /^(?:BaseSettings|\w*Settings|\w*Config)$/
/** What declares a column of a model. */
const columns = /^(?:Column|mapped_column|relationship|ForeignKey|OneToOneField|ManyToManyField|\w+Field)$/
const enums = /^(?:Enum|StrEnum|IntEnum|Flag|TextChoices|IntegerChoices)$/

/** What the language calls by itself: to make an instance, to call one. */
const special: Readonly<Record<string, string>> = { __new__: '[[make]]', __call__: '[[call]]' }

interface Body {
  binding: string
  members: ClassMember[]
  fields: Field[]
  documented: ReadonlyMap<string, string>
  bases: readonly string[]
  /** Of the variables of its fields, where it holds settings. */
  prefix: string
}

// @dataclass class Customer(Person): …
export function classValue(
  l: Lowering,
  node: SyntaxNode,
  binding: string,
  decorators: readonly SyntaxNode[],
): ClassValue {
  const name = textOf(l, fieldOf(node, 'name') ?? node)
  const body = fieldOf(node, 'body')
  const bases = namedOf(fieldOf(node, 'superclasses') ?? { ...node, children: [] }).filter(
    ({ type }) => type !== 'keyword_argument',
  )
  const baseNames = bases.map((base) => lastName(l, base))
  const doc = docstring(l, body)
  const scope = new Scope(l.scope, l.names, 'class')
  scope.holder = binding
  const of: Body = {
    binding,
    members: [],
    fields: [],
    documented: documentedNames(doc),
    bases: baseNames,
    prefix: prefixOf(l, node),
  }
  const parents = bases.map((base) =>
    expression(l, base.type === 'subscript' ? (fieldOf(base, 'value') ?? base) : base),
  )
  const path = l.classPath
  l.classPath = `${path}${name}.`
  const statements = body === null ? [] : namedOf(body)
  const constructor = inScope(l, scope, () => {
    declareAssigned(scope, statements, (one) => textOf(l, one))
    addMembers(l, statements, of)
    return constructorOf(l, of, node, parents.length > 0)
  })
  l.classPath = path
  const isRecord = isRecordClass(l, of, decorators, constructor.written)
  const comment = [commentOf(l, node), doc].filter((text) => text !== undefined).join('\n')
  addEntity(l, node, of, `${path}${name}`, bases, comment)
  return {
    kind: 'class',
    name,
    nameSpan: spanOf(fieldOf(node, 'name') ?? node),
    parent: parents[0] === undefined ? null : joined(parents),
    implements: implemented(l, bases),
    constructorFunction: constructor.value,
    members: of.members,
    binding,
    decorators: decorators.flatMap((decorator) => namedOf(decorator).map((value) => expression(l, value))),
    ...(isRecord ? { record: true } : {}),
    ...(decorators.length > 0 ? { wrapped: true } : {}),
    span: spanOf(node),
  }
}

/** `model_config = SettingsConfigDict(env_prefix="LLM_")`, `class Config: env_prefix = "LLM_"`, `class Llm(BaseSettings, env_prefix="LLM_")` */
function prefixOf(l: Lowering, node: SyntaxNode): string {
  const body = fieldOf(node, 'body')
  const inner = body === null ? [] : namedOf(body)
  const places = [
    fieldOf(node, 'superclasses'),
    ...inner.filter((one) => one.type === 'expression_statement' && /^model_config\b/.test(textOf(l, one))),
    ...inner.filter((one) => one.type === 'class_definition' && textOf(l, fieldOf(one, 'name') ?? one) === 'Config'),
  ]
  for (const place of places) {
    const [, quoted] = (place === null ? null : /\benv_prefix["']?\s*[=:]\s*["'](\w*)["']/.exec(textOf(l, place))) ?? []
    if (quoted !== undefined) return quoted
  }
  return ''
}

/** Several bases: any of them may have a member. */
function joined(parents: readonly Value[]): Value {
  const [first, ...rest] = parents
  return rest.reduce<Value>(
    (left, right) => ({
      kind: 'choice',
      test: { kind: 'unknown', children: [], span: right.span },
      then: left,
      otherwise: right,
      span: right.span,
    }),
    first!,
  )
}

function implemented(l: Lowering, bases: readonly SyntaxNode[]): TypeReference[] {
  return bases.flatMap((base) => typeOf(l, base) ?? [])
}

function lastName(l: Lowering, node: SyntaxNode): string {
  const inner =
    node.type === 'subscript'
      ? (fieldOf(node, 'value') ?? node)
      : node.type === 'call'
        ? (fieldOf(node, 'function') ?? node)
        : node
  const dotted = dottedName(l, inner) ?? ''
  return dotted.slice(dotted.lastIndexOf('.') + 1)
}

function isRecordClass(l: Lowering, of: Body, decorators: readonly SyntaxNode[], hasConstructor: boolean): boolean {
  if (of.bases.some((base) => settingsBases.test(base))) return false
  if (decorators.some((decorator) => namedOf(decorator).some((value) => recordDecorators.test(lastName(l, value)))))
    return true
  if (of.bases.some((base) => recordBases.test(base))) return of.fields.length > 0
  return !hasConstructor && of.fields.some(({ data }) => data)
}

function addMembers(l: Lowering, statements: readonly SyntaxNode[], of: Body): void {
  let last: Field | null = null
  for (const statement of statements) {
    const inner = statement.type === 'expression_statement' ? namedOf(statement)[0] : statement
    if (inner === undefined) continue
    const before: Field | null = last
    last = null
    if (inner.type === 'assignment') last = addField(l, inner, of)
    // """電話番号""" after the field that it documents
    else if (inner.type === 'string' && before !== null)
      before.comment = joinedText(before.comment, stringStatement(l, statement))
    else if (inner.type === 'function_definition') addMethod(l, inner, [], of)
    else if (inner.type === 'class_definition') addInnerClass(l, inner, [], of)
    else if (inner.type === 'decorated_definition') {
      const definition = fieldOf(inner, 'definition')
      const decorators = inner.children.filter(({ type }) => type === 'decorator')
      if (definition?.type === 'function_definition') addMethod(l, definition, decorators, of)
      else if (definition?.type === 'class_definition') addInnerClass(l, definition, decorators, of)
    }
    // if TYPE_CHECKING: …
    else if (/^(?:if|try|with)_statement$|_clause$/.test(inner.type))
      for (const child of inner.children) addMembers(l, child.type === 'block' ? namedOf(child) : [child], of)
  }
}

function addMethod(l: Lowering, node: SyntaxNode, decorators: readonly SyntaxNode[], of: Body): void {
  const names = decorators.flatMap((decorator) =>
    namedOf(decorator).map(
      (value) => dottedName(l, value.type === 'call' ? (fieldOf(value, 'function') ?? value) : value) ?? '',
    ),
  )
  const is = (name: string) => names.some((one) => one === name || one.endsWith(`.${name}`))
  const name = textOf(l, fieldOf(node, 'name') ?? node)
  const kind: Kind = is('staticmethod') ? 'static' : is('classmethod') || name === '__new__' ? 'class' : 'method'
  const value = functionValue(l, node, kind, decorators)
  const member = is('setter')
    ? 'setter'
    : is('property') || is('cached_property') || is('hybrid_property') || is('computed_field')
      ? 'getter'
      : 'method'
  of.members.push({
    key: constant(special[name] ?? name, value.nameSpan),
    static: kind === 'class' || kind === 'static',
    value,
    member,
    ...(member === 'getter' && value.returns !== undefined ? { type: value.returns } : {}),
    span: spanOf(node),
    decorators: value.decorators,
  })
}

function addInnerClass(l: Lowering, node: SyntaxNode, decorators: readonly SyntaxNode[], of: Body): void {
  const name = fieldOf(node, 'name')
  if (name === null) return
  const binding = l.names.unique(textOf(l, name))
  const value = classValue(l, node, binding, decorators)
  of.members.push({
    key: constant(value.name, value.nameSpan),
    static: true,
    value,
    member: 'field',
    span: value.span,
    decorators: [],
  })
}

// phone: str = Field(description="電話番号"), name = Column(String, comment="氏名"), MODEL = "gpt-5"
function addField(l: Lowering, node: SyntaxNode, of: Body): Field | null {
  const left = fieldOf(node, 'left')
  const right = fieldOf(node, 'right')
  if (left?.type !== 'identifier') return null
  const name = textOf(l, left)
  const annotation = fieldOf(node, 'type')
  const call = right?.type === 'call' ? nameOf(l, fieldOf(right, 'function') ?? right) : ''
  const isColumn = columns.test(call) && call !== 'Field' && call !== 'field'
  const type = typeOf(l, annotation) ?? (isColumn ? { name: 'column', arguments: [], span: spanOf(left) } : undefined)
  const label = labelOf(l, right) ?? labelOf(l, annotated(annotation))
  const span = spanOf(node)
  const value = right === null || isColumn ? null : settled(l, name, right, call, of)
  const shared = annotation !== null && /^(?:typing\.)?ClassVar\b/.test(textOf(l, annotation))
  of.members.push({
    key: constant(name, spanOf(left)),
    static: value !== null,
    value,
    member: 'field',
    ...(type === undefined ? {} : { type }),
    span,
    decorators: [],
  })
  const isData = (annotation !== null && !shared) || isColumn
  if (!isData) return null
  const comment = joinedText(joinedText(commentOf(l, node), label), of.documented.get(name))
  const field: Field = { name, type, comment, value, span, data: true, positional: !isColumn }
  of.fields.push(field)
  return field
}

function annotated(annotation: SyntaxNode | null): SyntaxNode | null {
  const stack = annotation === null ? [] : [annotation]
  for (let at = stack.pop(), steps = 0; at !== undefined && steps < 60; at = stack.pop(), steps++) {
    if (at.type === 'call') return at
    stack.push(...at.children)
  }
  return null
}

function joinedText(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || other === undefined ? (one ?? other) : `${one}\n${other}`
}

/** The value that a field has where nothing gives another: a default, a variable of the environment, an enum's value. */
function settled(l: Lowering, name: string, right: SyntaxNode, call: string, of: Body): Value | null {
  const span = spanOf(right)
  const given = (key: string) => {
    const found = namedOf(fieldOf(right, 'arguments') ?? right).find(
      (one) => one.type === 'keyword_argument' && textOf(l, fieldOf(one, 'name') ?? one) === key,
    )
    return found === undefined ? null : fieldOf(found, 'value')
  }
  let value: Value | null
  let variable: string | null = null
  if (/^(?:Field|field|PrivateAttr|attrib|ib)$/.test(call)) {
    const [head] = namedOf(fieldOf(right, 'arguments') ?? right)
    const fallback =
      given('default') ??
      (head !== undefined && head.type !== 'keyword_argument' && head.type !== 'ellipsis' ? head : null)
    const factory = given('default_factory')
    value =
      fallback !== null
        ? expression(l, fallback)
        : factory === null
          ? null
          : { kind: 'call', callee: expression(l, factory), arguments: [], construct: false, span }
    const alias = given('env') ?? given('validation_alias') ?? given('alias')
    variable = alias === null ? null : literalText(l, alias)
  } else value = expression(l, right)
  if (of.bases.some((base) => settingsBases.test(base)))
    return environmentValue(variable ?? `${of.prefix}${name}`.toUpperCase(), value, span)
  if (value !== null && of.bases.some((base) => enums.test(base))) return enumMember(name, value)
  return value
}

// Model.FAST and Model.FAST.value
function enumMember(name: string, value: Value): Value {
  const { span } = value
  const entry = (key: string, held: Value) => ({ key: constant(key, span), value: held, span })
  const record: Value = { kind: 'record', entries: [entry('value', value), entry('name', constant(name, span))], span }
  return { kind: 'choice', test: { kind: 'unknown', children: [], span }, then: record, otherwise: value, span }
}

function constructorOf(
  l: Lowering,
  of: Body,
  node: SyntaxNode,
  hasParent: boolean,
): { value: ClassValue['constructorFunction']; written: boolean } {
  const at = of.members.findIndex(
    ({ key, member }) => member === 'method' && key.kind === 'constant' && key.value === '__init__',
  )
  const written = at < 0 ? null : of.members[at]!.value
  if (written?.kind === 'function') {
    of.members.splice(at, 1)
    addAssigned(l, node, of)
    return { value: { ...written, name: 'constructor' }, written: true }
  }
  const fields = of.fields.filter(({ data }) => data)
  return { value: fields.length === 0 ? null : recordConstructor(l, fields, hasParent, spanOf(node)), written: false }
}

// self.phone: str = phone  # 電話番号
function addAssigned(l: Lowering, node: SyntaxNode, of: Body): void {
  const body = fieldOf(node, 'body')
  const init =
    body === null
      ? undefined
      : namedOf(body).find(
          (one) => one.type === 'function_definition' && textOf(l, fieldOf(one, 'name') ?? one) === '__init__',
        )
  const statements = init === undefined ? [] : namedOf(fieldOf(init, 'body') ?? init)
  for (const statement of statements) {
    const [inner] = statement.type === 'expression_statement' ? namedOf(statement) : []
    const left = inner?.type === 'assignment' ? fieldOf(inner, 'left') : null
    const name = left?.type === 'attribute' ? fieldOf(left, 'attribute') : null
    if (inner === undefined || name === null || of.fields.some((field) => field.name === textOf(l, name))) continue
    const type = typeOf(l, fieldOf(inner, 'type'))
    of.fields.push({
      name: textOf(l, name),
      type,
      comment: commentOf(l, statement),
      value: null,
      span: spanOf(inner),
      data: false,
      positional: false,
    })
  }
}

function addEntity(
  l: Lowering,
  node: SyntaxNode,
  of: Body,
  name: string,
  bases: readonly SyntaxNode[],
  comment: string,
): void {
  const fields = of.fields.map(({ name: field, type, comment: words, span }): EntityField => ({
    name: field,
    ...(type === undefined || type.name === 'column' ? {} : { type }),
    ...documented(words),
    span,
  }))
  const getters = of.members.flatMap((member): EntityField[] => {
    if (member.member !== 'getter' || member.key.kind !== 'constant') return []
    return [
      {
        name: String(member.key.value),
        ...(member.type === undefined ? {} : { type: member.type }),
        span: member.span,
      },
    ]
  })
  l.entities.push({
    name,
    binding: of.binding,
    fields: [...fields, ...getters],
    extends: bases.flatMap((base) => typeOf(l, base) ?? []),
    ...documented(comment),
    span: spanOf(node),
  })
}
