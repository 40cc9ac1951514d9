// Bundles the plugin into one file with the core in it: one package to install, no version of the core to disagree with. ESLint's
// configuration loads it in every worker, and one file loads faster than its modules.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { copyFront, writeNotices } from '../../cli/scripts/notices.mjs'

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

// The rules' documents, where `meta.docs.url` says that they are.
rmSync(at('docs'), { recursive: true, force: true })
mkdirSync(at('docs/rules'), { recursive: true })
cpSync(at('../../docs/rules'), at('docs/rules'), { recursive: true })
cpSync(at('../../docs/eslint.md'), at('docs/eslint.md'))

writeNotices(metafile, at('THIRD-PARTY-NOTICES.txt'))
copyFront(at('../..'), at('.'), (from, to) => from.includes('README') || copyFileSync(from, to))
// The package's own front page is the guide to it.
copyFileSync(at('../../docs/eslint.md'), at('README.md'))
