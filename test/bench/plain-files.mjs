/** Files of a feature that have nothing to do with AI: domain types, calculations, a repository, a service, a handler. */
import { PERSONAL_FIELDS, PLAIN_FIELDS, THING_FIELDS } from './vocabulary.mjs'

const lower = (name) => name[0].toLowerCase() + name.slice(1)

function fieldsOf(fields) {
  return fields.map(([name, type, comment]) => `  /** ${comment} */\n  ${name}: ${type}\n`).join('')
}

function some(random, list, least) {
  return list.filter((_, index) => index < least || random.chance(0.5))
}

export function personFile({ person: [Person, label] }, random) {
  const fields = some(random, PERSONAL_FIELDS, 4)
  const plain = some(random, PLAIN_FIELDS, 2)
  return `/** ${label} */
export interface ${Person} {
  id: string
  /** 居住国 */
  country: string
${fieldsOf([...fields, ...plain])}}

export interface ${Person}Draft extends Omit<${Person}, 'id'> {
  /** 受付経路 */
  channel: 'web' | 'store' | 'phone'
}

export function isDomestic(${lower(Person)}: Pick<${Person}, 'country'>): boolean {
  return ${lower(Person)}.country === 'JP'
}

export function displayName(${lower(Person)}: ${Person}): string {
  return \`\${${lower(Person)}.name} 様\`
}
`
}

export function thingFile({ person: [Person, label], thing: [Thing, title] }, random) {
  return `import type { ${Person} } from './${lower(Person)}.js'

/** ${title}の明細 */
export interface ${Thing}Line {
  lineNumber: number
${fieldsOf(some(random, THING_FIELDS, 4))}}

/** ${title} */
export interface ${Thing} {
  id: string
  /** ${label} */
  ${lower(Person)}: ${Person}
  lines: ${Thing}Line[]
${fieldsOf(some(random, PLAIN_FIELDS, 3))}}

export type ${Thing}Event =
  | { kind: 'created'; at: Date; ${lower(Thing)}: ${Thing} }
  | { kind: 'updated'; at: Date; before: ${Thing}; after: ${Thing} }
  | { kind: 'closed'; at: Date; reason: string }
`
}

export const domainBarrel = ({ person: [Person], thing: [Thing] }) =>
  `export * from './${lower(Person)}.js'\nexport type { ${Thing}, ${Thing}Event, ${Thing}Line } from './${lower(Thing)}.js'\n`

/** Calculations, as most of a business program is. */
export function calculationFile({ thing: [Thing, title] }, random, part) {
  const functions = Array.from({ length: 4 + random.below(5) }, (_, index) => {
    const rate = 1 + random.below(30)
    return `/** ${title}の集計 ${part}-${index}: 端数は切り捨てる */
export function total${Thing}${part}x${index}(lines: readonly ${Thing}Line[], limit = ${100 + random.below(900)}): number {
  const accepted = lines.filter((line) => line.amount > 0 && line.quantity <= limit)
  let sum = 0
  for (const line of accepted) {
    const base = line.amount * line.quantity
    if (base > ${1000 * (1 + random.below(50))}) sum += Math.floor((base * (100 - ${rate})) / 100)
    else if (line.lineNumber % ${2 + random.below(5)} === 0) sum += base
    else sum += Math.round(base * 1.${rate})
  }
  return accepted.length === 0 ? 0 : sum
}
`
  })
  return `import type { ${Thing}Line } from '../domain/index.js'\n\n${functions.join('\n')}
export const table${part} = new Map([
${Array.from({ length: 6 + random.below(8) }, (_, index) => `  ['${title}-${index}', { rank: ${index}, label: '${title}区分 ${index}' }],`).join('\n')}
])
`
}

export function repositoryFile({ person: [Person], thing: [Thing] }) {
  return `import type { ${Person}, ${Thing} } from '../domain/index.js'
import type { Database } from '@/shared/database.js'

export class ${Thing}Repository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<${Thing} | null> {
    const rows = await this.database.query<${Thing}>('select * from ${lower(Thing)}s where id = $1', [id])
    return rows[0] ?? null
  }

  async list(page: number, size = 50): Promise<${Thing}[]> {
    return this.database.query<${Thing}>('select * from ${lower(Thing)}s order by id limit $1 offset $2', [size, page * size])
  }

  async owner(id: string): Promise<${Person}> {
    const [row] = await this.database.query<${Person}>('select * from ${lower(Person)}s where id = $1', [id])
    if (row === undefined) throw new Error(\`not found: \${id}\`)
    return row
  }

  async save(${lower(Thing)}: ${Thing}): Promise<void> {
    await this.database.query('insert into ${lower(Thing)}s values ($1)', [JSON.stringify(${lower(Thing)})])
  }
}
`
}

export function serviceFile({ person: [Person, label], thing: [Thing, title], parts, neighbour }) {
  const totals = Array.from({ length: parts }, (_, part) => `total${Thing}${part}x0`)
  return `import { displayName, isDomestic, type ${Person}, type ${Thing} } from '../domain/index.js'
${totals.map((name, part) => `import { ${name} } from '../calculation/part-${part}.js'`).join('\n')}
import { ${Thing}Repository } from '../repository/index.js'
import { logger } from '@/shared/logger.js'
${neighbour === null ? '' : `import type { ${neighbour.thing[0]}Service as Neighbour } from '@/features/${neighbour.name}/index.js'\n`}
/** ${title}の手続き */
export class ${Thing}Service {
  constructor(
    private readonly repository: ${Thing}Repository,${neighbour === null ? '' : '\n    private readonly neighbour: Neighbour | null = null,'}
  ) {}

  async summary(id: string) {
    const ${lower(Thing)} = await this.repository.find(id)
    if (${lower(Thing)} === null) return null
    const { lines } = ${lower(Thing)}
    logger.info('summary', { id, lines: lines.length })
    return { id, total: ${totals.map((name) => `${name}(lines)`).join(' + ') || '0'}, addressee: this.addressee(${lower(Thing)}.${lower(Person)}) }
  }

  /** ${label}の宛名 */
  addressee(${lower(Person)}: ${Person}): string {
    return isDomestic(${lower(Person)}) ? displayName(${lower(Person)}) : ${lower(Person)}.name
  }

  async close(id: string, reason: string): Promise<${Thing} | null> {
    const found = await this.repository.find(id)
    if (found === null || found.lines.length === 0) return null
    const closed = { ...found, closed: { reason, at: new Date() } }
    await this.repository.save(closed)
${neighbour === null ? '' : '    await this.neighbour?.summary(id)\n'}    return closed
  }
}
`
}

export function handlerFile({ name, thing: [Thing, title], ai }) {
  return `import { Hono } from 'hono'
import { database } from '@/shared/database.js'
import { ${Thing}Repository } from '../repository/index.js'
import { ${Thing}Service } from '../service/index.js'
${ai ? `import { ${Thing}Assistant } from '../ai/assistant.js'\n` : ''}
const repository = new ${Thing}Repository(database)
const service = new ${Thing}Service(repository)
${ai ? `const assistant = new ${Thing}Assistant()\n` : ''}
/** ${title}の窓口 */
export const routes = new Hono()
  .get('/${name}/:id', async (context) => {
    const summary = await service.summary(context.req.param('id'))
    return summary === null ? context.notFound() : context.json(summary)
  })
  .post('/${name}/:id/close', async (context) => {
    const { reason } = await context.req.json<{ reason: string }>()
    return context.json(await service.close(context.req.param('id'), reason))
  })
${
  ai
    ? `  .post('/${name}/:id/reply', async (context) => {
    const ${lower(Thing)} = await repository.find(context.req.param('id'))
    if (${lower(Thing)} === null) return context.notFound()
    const { question } = await context.req.json<{ question: string }>()
    return context.json({ reply: await assistant.reply(${lower(Thing)}, question) })
  })
`
    : ''
}`
}

export const featureBarrel = ({ thing: [Thing], ai }) =>
  `export { routes } from './handler.js'\nexport { ${Thing}Service } from './service/index.js'\nexport * from './domain/index.js'\n${ai ? `export { ${Thing}Assistant } from './ai/assistant.js'\n` : ''}`
