/** How many files, and how much, a folder holds; dependencies and git's own left out. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function sizeOf(folder) {
  const size = { files: 0, megabytes: 0 }
  const pending = [folder]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
        pending.push(join(at, entry.name))
      else if (entry.isFile()) {
        size.files += 1
        size.megabytes += statSync(join(at, entry.name)).size / 1e6
      }
    }
  }
  return size
}
