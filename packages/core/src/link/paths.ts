/** Paths with '/', relative to the root. */

export function dirname(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export function join(folder: string, path: string): string {
  return normalize(folder === '' ? path : `${folder}/${path}`) ?? '\u0000outside'
}

/** Resolves `.` and `..`; null above the root. */
export function normalize(path: string): string | null {
  if (!/(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) return path
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}
