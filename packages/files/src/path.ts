/**
 * Paths as the engine and the reports have them: relative to the program's root, with '/'. What stands elsewhere keeps its whole
 * path: `/etc/x`, on Windows `C:/x`. A folder may be called `C:` everywhere else.
 */
import { sep } from 'node:path'

export function portable(path: string, separator: string = sep): string {
  return separator === '/' ? path : path.replaceAll(separator, '/')
}

/** Whether a portable path is a whole one. */
export function isRooted(path: string, separator: string = sep): boolean {
  return path.startsWith('/') || (separator === '\\' && /^[A-Za-z]:\//.test(path))
}

/** Whether a portable path, relative to a folder where there is a way, leaves that folder. Another drive is no folder's. */
export function isOutside(path: string, separator: string = sep): boolean {
  return path === '..' || path.startsWith('../') || isRooted(path, separator)
}
