// Turns data/policy.schema.json into a validator, src/policy/schema.generated.js, so that no schema is compiled at run time;
// the schema itself goes into the package, for editors.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { transformSync } from 'esbuild'

const source = new URL('../data/policy.schema.json', import.meta.url)
const target = new URL('../src/policy/schema.generated.js', import.meta.url)

const ajv = new Ajv({
  allErrors: true,
  // The reader makes its own messages, from the schema that is exported beside the validator.
  messages: false,
  allowUnionTypes: true,
  // The reader checks dates itself: `format` is for editors.
  formats: { date: true },
  strictTypes: false,
  code: { source: true, esm: true },
})
const schema = JSON.parse(readFileSync(source, 'utf8'))
const code = standalone.default(ajv, ajv.compile(schema))

// Some keywords (minLength, uniqueItems) would call ajv's own modules at run time.
const required = /require\("([^"]+)"\)/.exec(code)
if (required)
  throw new Error(`The policy's validator would need ${required[1]} at run time: avoid the keyword that asks for it.`)

const module = `${code.replace(/export default [^;]+;/, '')}\nexport const schema = ${JSON.stringify(schema)}`
const { code: small } = transformSync(module, { minify: true, format: 'esm', charset: 'utf8' })
writeFileSync(target, `// Generated from data/policy.schema.json by scripts/compile-schema.mjs.\n${small}`)

mkdirSync(new URL('../dist/', import.meta.url), { recursive: true })
copyFileSync(source, new URL('../dist/policy.schema.json', import.meta.url))
