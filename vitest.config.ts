import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import type { Reporter } from 'vitest/node'

/** Ends a run with one plain line. A file that did not load and an error outside any test count as failed. */
const closingLine: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      count.failed += module.errors().length
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length
      for (const test of module.children.allTests()) count[test.result().state] += 1
    }
    const skipped = count.skipped + count.pending
    console.log(`${count.passed} passed, ${count.failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  },
}

export default defineConfig({
  resolve: {
    alias: {
      '@sekisho/core': fileURLToPath(new URL('packages/core/src/index.ts', import.meta.url)),
      '@sekisho/files': fileURLToPath(new URL('packages/files/src/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/shop/**'],
    pool: 'threads',
    isolate: false,
    // Not a measure of speed: runs share their machine. What must be fast says so itself.
    testTimeout: 60_000,
    reporters: ['default', closingLine],
  },
})
