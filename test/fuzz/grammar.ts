/**
 * Small programs of everything that the IR knows, in any combination: recursion, closures that are stored, objects that hold
 * themselves, classes that extend each other, generators, callbacks, spreads of spreads. They parse; whether they make sense
 * nobody asks. One statement a line, so that blank lines may stand between any two.
 */
import fc, { type Arbitrary } from 'fast-check'
import type { ProgramFile } from '../spec/program.js'

/** Local variables that carry no meaning. What is assigned to a v may be a function, which is then called so. */
const LOCALS = ['v0', 'v1', 'v2']
/** These hold data only: nothing is named by them. */
export const DATA = ['d0', 'd1', 'd2']
const FUNCTIONS = ['f0', 'f1', 'f2']
const CLASSES = ['K0', 'K1', 'K2']
const OBJECTS = ['o0', 'o1']
const KEYS = ['k0', 'k1', 'k2', '__proto__', 'constructor', 'then', 'phone']
const LEAVES = [
  ...['customer', 'customer.phone', 'customer.name', 'customer.country', 'customer.orders', 'this', 'null', '1'],
  ...["'a'", "'電話番号'", "'https://api.openai.com/v1/responses'", "'https://api.example.jp'", 'process.env.AI_URL'],
]
const MODULES = 3

type Text = Arbitrary<string>

const assignable = fc.constantFrom(...LOCALS, ...FUNCTIONS, ...CLASSES, ...OBJECTS)
const name = fc.oneof({ weight: 4, arbitrary: assignable }, fc.constantFrom(...DATA))
const local = fc.constantFrom(...LOCALS)
const key = fc.constantFrom(...KEYS)
/** No field, accessor or generator may be called so. */
const memberKey = fc.constantFrom(...KEYS.filter((each) => each !== 'constructor'))

/** Joins the texts of some arbitraries. */
function text(strings: TemplateStringsArray, ...holes: Text[]): Text {
  return fc.tuple(...holes).map((parts) => strings.reduce((whole, part, index) => whole + parts[index - 1]! + part))
}

const { expression, body, members } = fc.letrec<{ expression: string; body: string; members: string }>((tie) => {
  const e = tie('expression')
  const b = tie('body')
  const leaf = fc.oneof({ weight: 2, arbitrary: name }, { weight: 3, arbitrary: fc.constantFrom(...LEAVES) })
  const values: Text[] = [
    text`\`\${${e}}と\${${e}}\``,
    text`(${e} + ${e})`,
    text`(${e} === ${e})`,
    text`(${e} ? ${e} : ${e})`,
    text`(${e} ?? ${e})`,
    text`(${e} && ${e})`,
    text`(${local} = ${e})`,
    text`(${local} += ${e})`,
    text`(${e} as unknown as Customer)`,
  ]
  const structures: Text[] = [
    text`({ ${key}: ${e}, ...(${e}), ${key}: ${e} })`,
    text`({ [${e}]: ${e}, ${key}() { ${b} } })`,
    text`({ get ${key}() { ${b} }, set ${key}(p) { ${b} } })`,
    text`[${e}, ...[${e}, ...(${e})]]`,
    text`(${e}).${key}`,
    text`(${e})[${e}]`,
    text`(${e})?.${key}`,
  ]
  const functions: Text[] = [
    text`((p, q = ${e}) => ${e})`,
    text`((...p) => { ${b} })`,
    text`(async ({ ${key}: p, ...q }) => { ${b} })`,
    text`(function self(p) { ${b} })`,
    text`(function* (p) { yield ${e}; yield* (${e}); ${b} })`,
    text`(class extends (${e}) { ${tie('members')} })`,
  ]
  const calls: Text[] = [
    text`(${e})(${e}, ${e})`,
    text`(${name})(${e}, ...(${e}))`,
    text`new (${e})(${e})`,
    text`(${e}).${fc.constantFrom('map', 'filter', 'forEach', 'flatMap', 'then', 'call', 'bind', 'push', 'sort')}(${e})`,
    text`(${e}).reduce((p, q) => ${e}, ${e})`,
    text`(${e}).${key}(${e})`,
    text`Object.assign(${e}, ${e})`,
    text`${fc.constantFrom('JSON.stringify', 'Promise.all', 'String', 'Object.entries', 'Array.from', 'structuredClone')}(${e})`,
    text`(async () => await ${e})()`,
    text`client.responses.create({ model: 'gpt-5', input: ${e} })`,
    text`fetch(${e}, { method: 'POST', body: ${e} })`,
  ]
  const statements: Text[] = [
    text`let ${local} = ${e}`,
    text`const { ${key}: d0, ...d1 } = ${e}`,
    text`const [d0, v0 = ${e}, ...d2] = ${e}`,
    text`;(${name}).${key} = ${e}`,
    text`;(${e})[${e}] = ${e}`,
    text`${assignable} = ${e}`,
    text`return ${e}`,
    text`throw ${e}`,
    text`void ${e}`,
    text`if (customer.country ${fc.constantFrom('===', '!==')} 'JP') { ${b} } else { ${b} }`,
    text`if (${e}) return ${e}`,
    text`for (const d0 of ${e}) { ${b} }`,
    text`for (const d1 in ${e}) { ${b} }`,
    text`for (let v2 = ${e}; ${e}; v2 = ${e}) { ${b}; continue }`,
    text`while (${e}) { ${b}; break }`,
    text`try { ${b} } catch (d2) { ${b} } finally { ${b} }`,
    text`switch (${e}) { case ${e}: ${b}; break; default: ${b} }`,
    text`function ${fc.constantFrom(...FUNCTIONS)}(p, q) { ${b} }`,
    text`class ${fc.constantFrom(...CLASSES)} extends ${name} { ${tie('members')} }`,
  ]
  const bounded = (depthIdentifier: string) => ({ maxDepth: 5, depthIdentifier, withCrossShrink: true })
  return {
    expression: fc.oneof(
      bounded('program'),
      { weight: 4, arbitrary: leaf },
      ...[...values, ...structures, ...functions].map((arbitrary) => ({ weight: 1, arbitrary })),
      ...calls.map((arbitrary) => ({ weight: 2, arbitrary })),
    ),
    body: fc
      .array(fc.oneof(bounded('program'), fc.constant('void 0'), ...statements), { maxLength: 3 })
      .map((lines) => `\n${lines.join('\n')}\n`),
    members: fc
      .array(
        fc.oneof(
          text`${memberKey} = ${e}`,
          text`static ${memberKey} = ${e}`,
          text`static { (() => { ${b} })() }`,
          text`constructor(p) { super(p); ${b} }`,
          text`${memberKey}(p) { ${b} }`,
          text`get ${memberKey}() { ${b} }`,
          text`async *${memberKey}(p) { ${b} }`,
        ),
        { maxLength: 3 },
      )
      .map((lines) => `\n${lines.join('\n')}\n`),
  }
})

/** What every module has: names to call, and what they hold. */
const declarations: Text = fc
  .tuple(
    fc.tuple(body, body, body),
    fc.tuple(members, members, members),
    fc.tuple(name, name, name),
    fc.tuple(expression, expression),
    body,
  )
  .map(([bodies, classes, parents, objects, rest]) =>
    [
      ...bodies.map((each, index) => `export function ${FUNCTIONS[index]}(p: Customer, q) {${each}}`),
      ...classes.map((each, index) => `export class ${CLASSES[index]} extends ${parents[index]} {${each}}`),
      ...objects.map((each, index) => `export let ${OBJECTS[index]} = { k0: ${each}, self: null }`),
      'o0.self = o1',
      'o1.self = o0',
      rest.replaceAll(/^return /gm, 'void '),
    ].join('\n'),
  )

const HEAD = `import OpenAI from 'openai'
export interface Customer { name: string; phone: string; country: string; orders: string[] }
declare const customer: Customer
const client = new OpenAI()
`

/** Modules that import each other, in circles too. */
export const program: Arbitrary<ProgramFile[]> = fc
  .array(fc.tuple(declarations, fc.nat(MODULES - 1), fc.subarray([...FUNCTIONS, ...CLASSES, ...OBJECTS])), {
    minLength: 1,
    maxLength: MODULES,
  })
  .map((modules) =>
    modules.map(([text, from, names], index) => {
      const imported = names.map((each) => `import { ${each} as x_${each} } from './m${from % modules.length}.js'\n`)
      const used = names.map((each) => `\nvoid x_${each}(customer, f1)`)
      return { path: `src/m${index}.ts`, text: HEAD + imported.join('') + text + used.join('') + '\n' }
    }),
  )
