// Bundles the CLI into one file: it starts in half the time that its modules would take. Only what is native stays outside.
import { chmodSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = new URL('..', import.meta.url)
const main = fileURLToPath(new URL('src/main.ts', root))
const outfile = fileURLToPath(new URL('dist/sekisho.js', root))
const shebang = readFileSync(main, 'utf8').startsWith('#!') ? '' : '#!/usr/bin/env node\n'

await build({
  entryPoints: [main],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['oxc-parser'],
  // The UMD build of jsonc-parser requires its parts in a way that can't be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'eof',
  // CommonJS dependencies ask for Node's modules through `require`.
  banner: {
    js: `${shebang}import { createRequire as createRequireOfBundle } from 'node:module'\nconst require = createRequireOfBundle(import.meta.url)`,
  },
  logLevel: 'warning',
})
chmodSync(outfile, 0o755)
