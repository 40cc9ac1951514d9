/**
 * Projects of a repository, by their manifests: a project's own `.env` holds for its code and for packages that it depends on, not for a
 * project beside it.
 */
import type { ConfigFile } from '../config/setting.js'
import { dirname } from '../link/paths.js'

export interface Projects {
  /** Whether what a folder's `.env` gives holds for code in a file. */
  serves(folder: string, file: string): boolean
}

const manifests = /(?:^|\/)(?:package\.json|pyproject\.toml|pom\.xml)$/
const mostProjects = 400

interface Project {
  folder: string
  name: string | null
  needs: readonly string[]
}

export function createProjects(files: readonly ConfigFile[]): Projects {
  const byFolder = new Map<string, Project>()
  for (const file of files) {
    if (!manifests.test(file.path)) continue
    const folder = dirname(file.path)
    const name = file.settings.find(({ path }) => path.length === 1 && path[0] === 'name')?.value ?? null
    const needs = file.settings.flatMap(({ path }) =>
      path.length === 2 && /^(?:dev|peer|optional)?dependencies$/i.test(path[0]!) ? [path[1]!] : [],
    )
    byFolder.set(folder, { folder, name, needs })
  }
  const byName = new Map([...byFolder.values()].flatMap((one) => (one.name === null ? [] : [[one.name, one] as const])))
  const needed = new Map<Project, ReadonlySet<Project>>()
  function projectOf(path: string): Project | null {
    for (let folder = path; ; folder = dirname(folder)) {
      const found = byFolder.get(folder)
      if (found !== undefined) return found
      if (folder === '') return null
    }
  }
  function needsOf(project: Project): ReadonlySet<Project> {
    let found = needed.get(project)
    if (found !== undefined) return found
    const all = new Set([project])
    for (const one of all) {
      if (all.size > mostProjects) break
      for (const name of one.needs) if (byName.has(name)) all.add(byName.get(name)!)
    }
    needed.set(project, (found = all))
    return found
  }
  return {
    serves(folder, file) {
      if (folder === '' || file.startsWith(`${folder}/`)) return true
      const of = projectOf(folder)
      const own = projectOf(dirname(file))
      if (of === null || own === null || of === own || of.folder === '') return true
      if (file.startsWith(`${of.folder}/`)) return true
      return needsOf(of).has(own)
    },
  }
}
