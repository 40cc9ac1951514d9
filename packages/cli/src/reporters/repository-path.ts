/** Files as the repository's host knows them: relative to the git root, whichever directory of it was scanned. */
import { posix } from 'node:path'
import type { Report } from '@sekisho/core'
import { isRooted } from '@sekisho/files'

export function inRepository({ run }: Report, file: string): string {
  if (isRooted(file) || run.root === '.') return file
  return posix.normalize(`${run.root}/${file}`)
}
