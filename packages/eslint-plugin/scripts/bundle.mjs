// Bundles the plugin into one file with the core in it: one package to install, no version of the core to disagree with. ESLint's
// configuration loads it in every worker, and one file loads faster than its modules.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { documentsBelow, packDocuments } from '../../cli/scripts/documents.mjs'
import { writeNotices } from '../../cli/scripts/notices.mjs'

const root = new URL('..', import.meta.url)
const at = (path) => fileURLToPath(new URL(path, root))

const { metafile } = await build({
  metafile: true,
  entryPoints: [at('src/index.ts')],
  outfile: at('dist/index.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // The UMD build of jsonc-parser requires its parts in a way that can't be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'eof',
  // CommonJS dependencies ask for Node's modules through `require`.
  banner: {
    js: `import { createRequire as createRequireOfBundle } from 'node:module'\nconst require = createRequireOfBundle(import.meta.url)`,
  },
  logLevel: 'warning',
})

// Of the types, only ESLint's are needed.
const contract = readFileSync(at('dist/types/src/contract.d.ts'), 'utf8')
writeFileSync(at('dist/index.d.ts'), `${contract}\ndeclare const plugin: Plugin\nexport default plugin\n`)

// The rules' documents, where `meta.docs.url` says that they are; the package's own front page is the guide to it.
rmSync(at('docs'), { recursive: true, force: true })
const documents = ['docs/eslint.md', 'docs/eslint.ja.md', ...documentsBelow(at('../..'), 'docs/rules')]
packDocuments(
  at('../..'),
  at('.'),
  documents.map((name) => [name, name]),
)
packDocuments(at('../..'), at('.'), [['docs/eslint.md', 'README.md']], documents)

writeNotices(metafile, at('THIRD-PARTY-NOTICES.txt'))
copyFileSync(at('../../LICENSE'), at('LICENSE'))
