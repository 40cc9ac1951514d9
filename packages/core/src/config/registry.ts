/**
 * The config formats, one line each. Order matters only where two could match: the first wins.
 */
import { batch } from './batch.js'
import { bicep } from './bicep.js'
import { dockerfile } from './dockerfile.js'
import { env } from './env.js'
import { ini } from './ini.js'
import { addInner } from './inner.js'
import { json } from './json.js'
import { properties } from './properties.js'
import { makefile } from './makefile.js'
import { shell } from './shell.js'
import type { ConfigFormat } from './setting.js'
import { powershell } from './powershell.js'
import { prompty } from './prompty.js'
import { terraform } from './terraform.js'
import { toml } from './toml.js'
import { xml } from './xml.js'
import { yaml } from './yaml.js'

const doors: readonly ConfigFormat[] = [
  env,
  yaml,
  json,
  toml,
  properties,
  ini,
  xml,
  prompty,
  terraform,
  bicep,
  dockerfile,
  makefile,
  shell,
  batch,
  powershell,
]

/** With the files that stand within values. */
export const configFormats: readonly ConfigFormat[] = doors.map((door) => ({
  ...door,
  read(path, text) {
    const file = door.read(path, text)
    addInner(file, text, (name) => doors.find((one) => one.matches(name)))
    return file
  },
}))

/** The format of a script without an extension, by the program that its first line names. */
export function formatOfScript(interpreter: string): ConfigFormat | undefined {
  return /^(?:ba|z|k|da|a)?sh$/.test(interpreter) ? configFormats.find(({ id }) => id === shell.id) : undefined
}

/** The format that reads a file, if one does. `path` is relative, with '/'. */
export function formatOf(path: string): ConfigFormat | undefined {
  return configFormats.find((format) => format.matches(path))
}
