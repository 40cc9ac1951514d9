/** The files of a folder, how many and how much; dependencies and git's own left out. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function filesBelow(folder) {
  const files = []
  const pending = [folder]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
        pending.push(join(at, entry.name))
      else if (entry.isFile()) files.push(join(at, entry.name))
    }
  }
  return files
}

export function sizeOf(folder) {
  const files = filesBelow(folder)
  return { files: files.length, megabytes: files.reduce((sum, path) => sum + statSync(path).size / 1e6, 0) }
}
