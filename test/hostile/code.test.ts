/** Code that is meant to exhaust whoever reads it. The finding of another file stands, whatever is beside it. */
import { describe, expect, test } from 'vitest'
import { LEAK, leaksOf, patience, reportOf, repositoryOf, TOKEN } from './watched.js'

const times = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join('')
const SEND = 'client.responses.create({ input: x })\n'

/** Cut for its size or depth: the run is incomplete, and says so. */
const CUT: Readonly<Record<string, string>> = {
  '5,000 nested lists': `const x = ${'['.repeat(5000)}${']'.repeat(5000)}`,
  '5,000 nested objects': `const x = ${'{a:'.repeat(5000)}1${'}'.repeat(5000)}`,
  '5,000 nested calls': `const x = ${'f('.repeat(5000)}1${')'.repeat(5000)}`,
  '5,000 nested functions': `const x = ${'() => {'.repeat(5000)}${'}'.repeat(5000)}`,
  '5,000 nested blocks': `${'{'.repeat(5000)}${'}'.repeat(5000)}`,
  '5,000 nested templates': `const x = ${'`${'.repeat(5000)}1${'}`'.repeat(5000)}`,
  '5,000 nested tags': `const x = ${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`,
  '20,000 signs': `const x = ${'!'.repeat(20_000)}1`,
  'a line of 60,000 characters': `const x = '${'a'.repeat(60_000)}'`,
  '30 MB': `${'// '.padEnd(99, 'x')}\n`.repeat(300_000),
  'a NUL': 'const x = 1 \u0000',
}

/** Followed, or cut: the run ends with what the other file holds. */
const FOLLOWED: Readonly<Record<string, string>> = {
  'a chain of 20,000 calls': `const x = a${'.b()\n'.repeat(20_000)}`,
  'a chain of 20,000 calls with callbacks': `const x = a${'.then((p) => p)\n'.repeat(20_000)}`,
  'a chain of 20,000 members': `const x = customer${'.phone\n'.repeat(20_000)}`,
  '3,000 choices': `const x = ${times(3000, (at) => `a === ${at} ? b :\n`)}c`,
  '2,000 else ifs': `let x\n${times(2000, (at) => `if (a === ${at}) x = 'b${at}'\nelse `)}x = 'c'`,
  'a sum of 20,000': `const x = ${times(20_000, () => "customer.name +\n'a' + ")}1`,
  '1,000 nested branches': `let x\n${times(1000, (at) => `if (a${at}) {\n`)}x = customer.phone${'}'.repeat(1000)}`,
  '12 branches after each other, 4,096 paths': `let x = ''\n${times(12, (at) => `if (a${at}) x += 'b${at}'\nelse x += customer.k${at}\n`)}`,
  '200 choices in one text': `const x = \`${times(200, (at) => `\${a${at} ? 'b' : customer.k${at}}`)}\``,
  'an object of 5,000 keys': `const x = {\n${times(5000, (at) => `k${at}: customer.k${at},\n`)}}`,
  'a list of 20,000': `const x = [\n${times(20_000, (at) => `'a${at}',\n`)}]`,
  'a union of 5,000 texts': `const x: ${times(5000, (at) => `'a${at}' |\n`)}'z' = a as any`,
  '300 spreads of spreads': `const x0 = { a: customer.phone }\n${times(300, (at) => `const x${at + 1} = { ...x${at}, ...x${at}, k${at}: x${at} }\n`)}const x = x300`,
  'an object that calls itself':
    'class A { constructor(key) { this[key] = this } }\nconst x = new A(k)(customer.phone)',
  'types that hold themselves': `type A = A | B\ntype B = A & { a: B[] }\ninterface C extends C, D {}\ninterface D extends C { c: C }\nconst x: A & C = a`,
  'a type of 40 doublings': `type T0 = { a: string }\n${times(40, (at) => `type T${at + 1} = { l: T${at}; r: T${at} } & T${at}\n`)}const x: T40 = a`,
  'a class that extends itself': `class A extends A { static a = A; b = new A(); constructor() { super(new A()) } }\nconst x = new A().b.b.b`,
  'classes that extend each other': `class A extends B { m() { return super.m() } }\nclass B extends A { m() { return super.m() } }\nconst x = new A().m()`,
  'objects that hold themselves': `const o: any = { phone: customer.phone }\no.o = o\no.p = { o, ...o, q: [o, [o]] }\nfor (const k in o) o[k] = o\nconst x = o.o.p.q`,
  'recursion that grows a text': `function f(s) { return g(s + customer.name) }\nfunction g(s) { return f('a' + s) + f(s + 'b') }\nconst x = f('')`,
  'recursion that grows a list': `function f(a) { return g([...a, a, customer.phone]) }\nfunction g(a) { return f([[...a], { a }]) }\nconst x = f([])`,
  'recursion that grows a function': `function f(h) { return f((p) => h(h(p))) }\nfunction g(h) { return g(h.bind(null, g)) }\nconst x = f((p) => p + customer.phone) + g(f)`,
  'recursion that grows an object': `function f(o) { return f({ ...o, [o.k]: o, next: o }) }\nconst x = f({ k: customer.phone })`,
  'a function called with itself': `const w = (f) => f(f)\nconst y = (f) => ((g) => g(g))((g) => f((p) => g(g)(p)))\nconst x = w(w) + y(y)`,
  '30 functions that call two each': `${times(30, (at) => `function f${at}(a, b) { return f${at + 1}(a + '1', b) + f${at + 1}(b, a + '2') }\n`)}function f30(a, b) { return a + b }\nconst x = f0('', customer.phone)`,
  '200 functions that call each other': `${times(200, (at) => `function f${at}(a) { return ${times(9, (by) => `f${(at + 7 * by + 1) % 200}(a) + `)}a }\n`)}const x = f0(customer.phone)`,
  '200 callers with values of their own': `function f(o) { return o }\n${times(200, (at) => `const x${at} = f({ k${at}: customer.k${at}, f: (p) => f(p) })\n`)}const x = x7`,
  'generators that delegate to themselves': `function* f() { yield* f(); yield customer.phone; yield* g }\nconst g = f()\nconst x = [...f(), ...g]`,
  'a loop that closes over itself': `let x = () => customer.phone\nfor (;;) { const y = x; x = () => y() + x() }`,
  '2,000 guards': `let x = ''\n${times(2000, (at) => `if (c${at}.country === 'JP') x += c${at}.phone\n`)}`,
  '2,000 sends': `const x = ''\n${times(2000, (at) => `client.responses.create({ input: customer.phone, user: 'u${at}' })\n`)}`,
  '5,000 directives': `const x = ''\n${'// sekisho-disable-next-line cross-border-flow\n'.repeat(5000)}`,
  'a number of 40,000 digits': `const マイナンバー = '${'1'.repeat(40_000)}'\nconst x = マイナンバー`,
  '40,000 spaces, then a letter': `// 電話番号${' '.repeat(40_000)}x\nconst x = '${'〒'.repeat(40_000)}'`,
  'a word of 40,000 characters': `const x = customer.${'phoneNumber'.repeat(4000).slice(0, 40_000)}\nconst ${'でんわ'.repeat(10_000)} = x`,
  'imports of what is not there': `import a from '../../../../../etc/passwd'\nimport b from 'file:///etc/passwd'\nimport './\\0'\nimport '${'../'.repeat(5000)}x'\nexport * from './case'\nimport * as me from './case'\nconst x = a + b + me.me.me.me`,
  'names of the prototype': `const __proto__ = { __proto__: customer, constructor: customer.phone, toString() { return customer.phone } }
interface P { __proto__: string; constructor: string; hasOwnProperty: string; phone: string }
const { __proto__: p, constructor: c, ...rest } = __proto__ as P
class K { __proto__ = p; static hasOwnProperty = c; valueOf() { return rest } }
enum E { __proto__ = 'a', constructor = 'b' }
const x = [p, c, rest, new K().valueOf(), E.constructor, process.env.__proto__, process.env.constructor, __proto__['__proto__']]
export { x as __proto__, x as constructor, x as hasOwnProperty }
import { __proto__ as q, constructor as r } from './case'`,
}

describe('cut, and said so', () => {
  test.each(Object.keys(CUT))('%s', { timeout: patience }, (name) => {
    const report = reportOf(repositoryOf(LEAK, { 'src/case.tsx': `${TOKEN}${CUT[name]}\n${SEND}` }))
    expect(leaksOf(report)).toEqual(['cross-border-flow'])
    if (name === 'a NUL') return
    expect(report.gaps.map(({ file }) => file)).toContain('src/case.tsx')
    expect(report.code).toBe(3)
  })
})

describe('followed to a bound', () => {
  test.each(Object.keys(FOLLOWED))('%s', { timeout: patience }, (name) => {
    const report = reportOf(repositoryOf(LEAK, { 'src/case.ts': `${TOKEN}${FOLLOWED[name]}\n${SEND}` }))
    expect(leaksOf(report)).toEqual(['cross-border-flow'])
    expect([1, 3]).toContain(report.code)
    expect(report.gaps.filter(({ kind }) => kind === 'parse')).toEqual([])
  })
})

test('a large file that can not matter is nothing to speak of', { timeout: patience }, () => {
  const repository = repositoryOf(LEAK, { 'src/large.ts': `${'// '.padEnd(99, 'x')}\n`.repeat(300_000) })
  expect(reportOf(repository)).toMatchObject({ code: 1, gaps: [] })
})
