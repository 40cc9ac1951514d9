/** The languages, one line each. */
import { ecmascript } from './ecmascript.js'
import type { Language } from './language.js'
import { java } from './java.js'
import { n8n } from './n8n.js'
import { python } from './python.js'

export const languages: readonly Language[] = [ecmascript, python, java, n8n]

const byExtension = new Map(languages.flatMap((one) => one.extensions.map((extension) => [extension, one] as const)))
const manifestNames = languages.map((language) => language.manifests)

/** The language of a path, by its extension. */
export function languageOf(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? null : (byExtension.get(name.slice(dot).toLowerCase()) ?? null)
}

/** The language of a file: by its extension, else by its text. */
export function languageIn(path: string, text: string): Language | null {
  return languageOf(path) ?? languages.find((one) => one.recognizes?.(path, text) === true) ?? null
}

/** Whether a file holds code among other things. */
export function isContainer(path: string): boolean {
  return languageOf(path)?.containers?.test(path) === true
}

/** Whether a file is one by which a language's specifiers are resolved: `package.json`, `go.mod`. */
export function isManifest(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return manifestNames.some((pattern) => pattern.test(name))
}
