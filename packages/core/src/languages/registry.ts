/** The languages, one line each. */
import { dify } from './dify.js'
import { ecmascript } from './ecmascript.js'
import { go } from './go.js'
import type { Language } from './language.js'
import { java } from './java.js'
import { kotlin } from './kotlin.js'
import { n8n } from './n8n.js'
import { python } from './python.js'
import { shell } from './shell.js'
import { sql } from './sql.js'

export const languages: readonly Language[] = [ecmascript, python, java, kotlin, go, sql, n8n, dify, shell]

const byExtension = new Map(languages.flatMap((one) => one.extensions.map((extension) => [extension, one] as const)))
const manifestNames = languages.map((language) => language.manifests)

/** The language of a path, by its extension. */
export function languageOf(path: string): Language | null {
  const extension = extensionOf(path)
  return extension === null ? null : (byExtension.get(extension) ?? null)
}

/** The language of a file: by its extension, else by its text. */
export function languageIn(path: string, text: string): Language | null {
  return (
    languageOf(path) ??
    languageOfScript(path, text) ??
    languages.find((one) => one.recognizes?.(path, text) === true) ??
    null
  )
}

/** Whether a path may be a script: only its first line can tell. */
export function isNamedAsScript(path: string): boolean {
  return !path.slice(path.lastIndexOf('/') + 1).includes('.')
}

/** The program that runs a script, as its first line names it: `#!/usr/bin/env -S python3 -u` is run by `python3`. */
export function interpreterIn(text: string): string | null {
  const line = /^\uFEFF?#!([^\r\n]{1,200})/.exec(text)?.[1]
  const words = line?.trim().split(/[ \t]+/) ?? []
  const named = words.map((word) => word.slice(word.lastIndexOf('/') + 1)).filter((word) => !/^-|=|^env$/.test(word))
  return named[0] ?? null
}

function languageOfScript(path: string, text: string): Language | null {
  const interpreter = isNamedAsScript(path) ? interpreterIn(text) : null
  return interpreter === null ? null : (languages.find((one) => one.interpreters?.test(interpreter) === true) ?? null)
}

/** The language of a module, by its id. */
export function languageById(id: string): Language | null {
  return languages.find((one) => one.id === id) ?? null
}

/** The extension of a path with its dot, in lower case. */
export function extensionOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? null : name.slice(dot).toLowerCase()
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
