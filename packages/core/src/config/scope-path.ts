/** Paths that infrastructure code names others by, seen from a folder of the repository. */

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

/** `../modules/ai` from a folder; null where it is empty, or leaves the repository. */
export function relativeTo(folder: string, path: string): string | null {
  if (path === '' || path.startsWith('/') || path.length > 1_000) return null
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null
    if (part !== '..' && part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
