/** Files as the repository's host knows them: relative to the git root, whichever directory of it was scanned. */
import { posix } from 'node:path'
import type { Report } from '@sekisho/core'

export function inRepository({ run }: Report, file: string): string {
  if (file.startsWith('/') || run.root === '.') return file
  return posix.normalize(`${run.root}/${file}`)
}
