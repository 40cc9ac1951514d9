/**
 * Projects as teams write them: applications of features, each with domain types, calculations, a repository, a service, a handler
 * and barrels; a composition root imports every handler. Seven files in a hundred are near AI. A monorepo has many small
 * applications, half of them without AI; a monolith is one, in which imports tie everything to everything.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assistantFile, CLIENTS, KINDS, MASK, promptFile, WRAPPER } from './ai-files.mjs'
import * as plain from './plain-files.mjs'
import { createRandom } from './random.mjs'
import { PEOPLE, THINGS } from './vocabulary.mjs'

const SHAPES = {
  monorepo: { appSize: 100, usesAi: (app) => app % 2 === 0, isNear: (feature) => feature % 3 < 2 },
  monolith: { appSize: Infinity, usesAi: () => true, isNear: (feature) => feature % 3 === 0 },
}
export const shapes = Object.keys(SHAPES)

const lower = (name) => name[0].toLowerCase() + name.slice(1)

/** Writes about `count` files below `folder`; returns how many there are, how many are near AI, and what must be found. */
export function writeProject(folder, count, shape = 'monorepo', seed = 1) {
  const { appSize, usesAi, isNear } = SHAPES[shape]
  const random = createRandom(seed)
  /** `expected`: sink calls at which customer data reaches a foreign endpoint. */
  const written = { files: 0, near: 0, expected: 0 }
  const put = (path, text, near = false) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    written.files += 1
    if (near) written.near += 1
  }
  put('package.json', JSON.stringify({ name: 'bench', private: true, workspaces: ['apps/*'] }, null, 2))
  for (let app = 0; written.files < count; app++) writeApp(app, Math.min(appSize, count - written.files))
  return written

  function writeApp(app, size) {
    const root = `apps/app-${app}`
    const hasAi = usesAi(app)
    const end = written.files + size
    put(`${root}/package.json`, JSON.stringify({ name: `@bench/app-${app}`, private: true, type: 'module' }, null, 2))
    put(
      `${root}/tsconfig.json`,
      JSON.stringify({ compilerOptions: { strict: true, paths: { '@/*': ['./src/*'] } } }, null, 2),
    )
    put(`${root}/compose.yaml`, composeFile(app, hasAi))
    writeShared(root, hasAi)
    const features = []
    while (written.files < end - 1) {
      const feature = featureOf(features, hasAi)
      writeFeature(`${root}/src/features/${feature.name}`, feature)
      features.push(feature)
    }
    put(`${root}/src/app.ts`, rootFile(features))
    const sent = (kind) => features.filter((feature) => feature.ai && feature.kind === kind).length
    written.expected += sent('direct') + (sent('foreign') > 0 ? 1 : 0)
  }

  function featureOf(features, hasAi) {
    const thing = random.pick(THINGS)
    return {
      name: `${lower(thing[0])}-${features.length}`,
      person: random.pick(PEOPLE),
      thing,
      parts: 2 + random.below(5),
      neighbour: features.length > 0 && random.chance(0.4) ? random.pick(features) : null,
      ai: hasAi && isNear(features.length),
      kind: random.pick(KINDS),
    }
  }

  function writeFeature(root, feature) {
    const { person, thing, parts, ai } = feature
    put(`${root}/domain/${lower(person[0])}.ts`, plain.personFile(feature, random))
    put(`${root}/domain/${lower(thing[0])}.ts`, plain.thingFile(feature, random))
    put(`${root}/domain/index.ts`, plain.domainBarrel(feature))
    for (let part = 0; part < parts; part++)
      put(`${root}/calculation/part-${part}.ts`, plain.calculationFile(feature, random, part))
    put(`${root}/repository/repository.ts`, plain.repositoryFile(feature))
    put(`${root}/repository/index.ts`, "export * from './repository.js'\n")
    put(`${root}/service/service.ts`, plain.serviceFile(feature))
    put(`${root}/service/index.ts`, "export * from './service.js'\n")
    put(`${root}/handler.ts`, plain.handlerFile(feature), ai)
    put(`${root}/index.ts`, plain.featureBarrel(feature))
    if (!ai) return
    put(`${root}/ai/prompt.ts`, promptFile(feature, random), true)
    put(`${root}/ai/assistant.ts`, assistantFile(feature), true)
  }

  function writeShared(root, hasAi) {
    put(`${root}/src/shared/database.ts`, DATABASE)
    put(`${root}/src/shared/logger.ts`, LOGGER)
    if (!hasAi) return
    put(`${root}/src/shared/ai/clients.ts`, CLIENTS, true)
    put(`${root}/src/shared/ai/chat-model.ts`, WRAPPER, true)
    put(`${root}/src/shared/ai/mask.ts`, MASK, true)
    put(
      `${root}/src/shared/ai/index.ts`,
      "export * from './clients.js'\nexport * from './chat-model.js'\nexport * from './mask.js'\n",
      true,
    )
  }
}

const DATABASE = `import { Pool } from 'pg'

export interface Database {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

const pool = new Pool({ connectionString: process.env.DATABASE_URL })

export const database: Database = {
  async query(text, values = []) {
    const { rows } = await pool.query(text, [...values])
    return rows
  },
}
`

const LOGGER = `export const logger = {
  info(message: string, fields: Record<string, unknown> = {}): void {
    process.stdout.write(\`\${JSON.stringify({ message, ...fields })}\\n\`)
  },
}
`

function composeFile(app, hasAi) {
  const ai = hasAi ? '      PLAMO_BASE_URL: https://api.platform.preferredai.jp/v1\n' : ''
  return `services:\n  app-${app}:\n    image: bench/app-${app}\n    environment:\n      DATABASE_URL: postgres://db/app\n${ai}`
}

function rootFile(features) {
  const imports = features.map(
    ({ name }, index) => `import { routes as routes${index} } from './features/${name}/index.js'`,
  )
  const uses = features.map((_, index) => `app.route('/', routes${index})`)
  return `import { Hono } from 'hono'\n${imports.join('\n')}\n\nexport const app = new Hono()\n${uses.join('\n')}\n`
}
