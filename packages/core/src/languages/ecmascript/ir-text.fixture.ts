/** Prints IR compactly, for tests: `x = call(client.create, { input: y })`. */
import type { Module, Pattern, Statement, TypeReference, Value } from '../../ir/ir.js'

export function printModule(module: Module): string {
  const lines = [
    ...module.imports.map((one) => `import ${one.binding} = ${one.from}#${one.name}${one.typeOnly ? ' (type)' : ''}`),
    ...printStatements(module.body, ''),
    ...module.entities.map(
      (one) =>
        `entity ${one.binding}${one.extends.length > 0 ? ` : ${one.extends.map(printType).join(', ')}` : ''} { ${one.fields
          .map((field) => field.name + (field.type ? `: ${printType(field.type)}` : '') + note(field.comment))
          .join(', ')} }${note(one.comment)}`,
    ),
    ...module.exports.map((one) => {
      const erased = one.typeOnly ? ' (type)' : ''
      if (one.kind === 'local') return `export ${one.name} = ${one.binding}${erased}`
      if (one.kind === 'from') return `export ${one.name} = ${one.from}#${one.imported}${erased}`
      return `export * = ${one.from}${one.name === undefined ? '' : ` as ${one.name}`}${erased}`
    }),
    ...module.gaps.map((gap) => `gap ${gap.kind}: ${gap.reason.en}`),
  ]
  if (module.client) lines.push('client')
  return lines.join('\n')
}

function note(comment: string | undefined): string {
  return comment === undefined ? '' : ` «${comment.replaceAll('\n', '¶')}»`
}

export function printStatements(statements: readonly Statement[], indent: string): string[] {
  return statements.flatMap((statement) => printStatement(statement, indent))
}

function block(head: string, body: readonly Statement[], indent: string): string[] {
  if (body.length === 0) return [`${indent}${head} {}`]
  return [`${indent}${head} {`, ...printStatements(body, `${indent}  `), `${indent}}`]
}

function printStatement(one: Statement, indent: string): string[] {
  switch (one.kind) {
    case 'bind': {
      const value = one.value === null ? '' : ` = ${printValue(one.value)}`
      return [`${indent}${one.exported ? 'exported ' : ''}bind ${printPattern(one.pattern)}${value}`]
    }
    case 'expression':
      return [indent + printValue(one.value)]
    case 'return':
    case 'throw':
      return [`${indent}${one.kind}${one.value === null ? '' : ` ${printValue(one.value)}`}`]
    case 'jump':
      return [`${indent}${one.to}${one.label === undefined ? '' : ` ${one.label}`}`]
    case 'branch': {
      const then = block(`if ${printValue(one.test)}`, one.then, indent)
      return one.otherwise.length === 0 ? then : [...then, ...block('else', one.otherwise, indent)]
    }
    case 'loop': {
      const over = one.over === null ? '' : ` ${printPattern(one.pattern!)} in ${printValue(one.over)}`
      const test = one.test === null ? '' : ` ${printValue(one.test)}`
      const head = `${one.label === undefined ? '' : `${one.label}: `}loop ${one.form}${over}${test}`
      return [
        ...(one.before.length > 0 ? block('before', one.before, indent) : []),
        ...block(head, one.body, indent),
        ...(one.after.length > 0 ? block('after', one.after, indent) : []),
      ]
    }
    case 'try':
      return [
        ...block('try', one.block, indent),
        ...(one.handler.length > 0 || one.caught !== null
          ? block(`catch${one.caught === null ? '' : ` ${printPattern(one.caught)}`}`, one.handler, indent)
          : []),
        ...(one.finalizer.length > 0 ? block('finally', one.finalizer, indent) : []),
      ]
    case 'block':
      return block(one.label === undefined ? 'block' : `block ${one.label}:`, one.body, indent)
  }
}

export function printType(type: TypeReference): string {
  if (type.name === '{}') {
    return `{${(type.fields ?? []).map((field) => field.name + (field.type ? `: ${printType(field.type)}` : '')).join(', ')}}`
  }
  const args = type.arguments.length > 0 ? `<${type.arguments.map(printType).join(', ')}>` : ''
  return `${type.binding === undefined ? '' : `@${type.binding === type.name ? '' : `${type.binding}:`}`}${type.name}${args}`
}

export function printPattern(one: Pattern): string {
  const typed = 'type' in one && one.type !== undefined ? `: ${printType(one.type)}` : ''
  switch (one.kind) {
    case 'binding':
      return one.binding + typed + note(one.comment)
    case 'record-pattern': {
      const entries = one.entries.map((entry) => `${printKey(entry.key)}: ${printPattern(entry.pattern)}`)
      return `{ ${[...entries, ...(one.rest ? [`...${printPattern(one.rest)}`] : [])].join(', ')} }${typed}`
    }
    case 'list-pattern': {
      const items = one.items.map((item) => (item === null ? '' : printPattern(item)))
      return `[${[...items, ...(one.rest ? [`...${printPattern(one.rest)}`] : [])].join(', ')}]${typed}`
    }
    case 'place':
      return printValue(one.place)
    case 'default':
      return `${printPattern(one.pattern)} ?= ${printValue(one.value)}`
  }
}

function printKey(key: Value): string {
  return key.kind === 'constant' ? String(key.value) : `[${printValue(key)}]`
}

function inline(statements: readonly Statement[]): string {
  return printStatements(statements, '')
    .join('; ')
    .replace(/\{;/g, '{')
    .replace(/; (?=\})/g, ' ')
}

function list(values: readonly Value[]): string {
  return values.map(printValue).join(', ')
}

export function printValue(one: Value): string {
  switch (one.kind) {
    case 'constant':
      return typeof one.value === 'string' ? `'${one.value}'` : String(one.value)
    case 'template':
      return `\`${one.parts.map((part) => (typeof part === 'string' ? part : `\${${printValue(part)}}`)).join('')}\``
    case 'reference':
      return one.binding
    case 'global':
      return `global ${one.name}`
    case 'member':
      return one.key.kind === 'constant' && typeof one.key.value === 'string'
        ? `${printValue(one.object)}.${one.key.value}`
        : `${printValue(one.object)}[${printValue(one.key)}]`
    case 'call': {
      const types = one.typeArguments === undefined ? '' : `<${one.typeArguments.map(printType).join(', ')}>`
      const args = one.arguments.map((argument) => (argument.spread ? '...' : '') + printValue(argument.value))
      return `${one.construct ? 'new ' : ''}${printValue(one.callee)}${types}(${args.join(', ')})`
    }
    case 'record': {
      const entries = one.entries.map((entry) =>
        entry.key === null
          ? `...${printValue(entry.value)}`
          : `${printKey(entry.key)}: ${printValue(entry.value)}${note(entry.comment)}`,
      )
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
    }
    case 'list':
      return `[${one.items.map((item) => (item.spread ? '...' : '') + printValue(item.value)).join(', ')}]`
    case 'function': {
      const parameters = one.parameters.map(
        (parameter) =>
          (parameter.decorators ?? []).map((decorator) => `@${printValue(decorator)} `).join('') +
          (parameter.rest ? '...' : '') +
          printPattern(parameter.pattern),
      )
      const kind = `${one.async ? 'async ' : ''}fn${one.generator ? '*' : ''}`
      const receiver = one.receiver === undefined ? '' : `[${one.receiver}]`
      const own = one.binding === undefined ? '' : `=${one.binding}`
      const returns = one.returns === undefined ? '' : `: ${printType(one.returns)}`
      return `${kind} ${one.name}${own}${receiver}(${parameters.join(', ')})${returns}${note(one.comment)} { ${inline(one.body)} }`
    }
    case 'class': {
      const members = one.members.map((member) => {
        const key = printKey(member.key)
        const typed = member.type === undefined ? '' : `: ${printType(member.type)}`
        const value = member.value === null ? '' : ` = ${printValue(member.value)}`
        return `${member.static ? 'static ' : ''}${member.member} ${key}${typed}${value}`
      })
      if (one.constructorFunction !== null) members.unshift(printValue(one.constructorFunction))
      const parent = one.parent === null ? '' : ` extends ${printValue(one.parent)}`
      const ports = one.implements.length === 0 ? '' : ` implements ${one.implements.map(printType).join(', ')}`
      const decorators = one.decorators.map((decorator) => `@${printValue(decorator)} `).join('')
      return `${decorators}class ${one.name}=${one.binding}[${one.receiver}]${parent}${ports} { ${members.join('; ')} }`
    }
    case 'choice':
      return `(${printValue(one.test)} ? ${printValue(one.then)} : ${printValue(one.otherwise)})`
    case 'logical':
      return `(${printValue(one.left)} ${one.operator} ${printValue(one.right)})`
    case 'await':
      return `await ${printValue(one.value)}`
    case 'yield':
      return `yield${one.each ? '*' : ''}${one.value === null ? '' : ` ${printValue(one.value)}`}`
    case 'assignment':
      return `${printPattern(one.target)} := ${printValue(one.value)}`
    case 'operation':
      return `${one.operator}${one.carries ? '+' : ''}(${list(one.operands)})`
    case 'cast':
      return `(${printValue(one.value)} as ${printType(one.type)})`
    case 'module':
      return `module ${one.from}`
    case 'parent':
      return `super[${one.receiver}]`
    case 'unknown':
      return `unknown${one.reason === undefined ? '' : ` ${one.reason}`}(${list(one.children)})`
  }
}
