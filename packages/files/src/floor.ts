/** An organisation's floor: a policy from outside the repository, under the hash that whoever runs the scan gives. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { catalogue, parsePolicy, underFloor, type Policy } from '@sekisho/core'
import { decode } from './decode.js'
import { fileMessages } from './messages.js'
import { Mistake } from './mistake.js'
import { policyWords, type LoadedPolicy } from './policy-file.js'
import { POLICY_NAME } from './root.js'

/** `spec`: a file, or `npm:` and a package's name, then `@sha256-` and the hash of the text. */
export function loadFloor(spec: string, cwd: string): Policy {
  const at = spec.lastIndexOf('@sha256-')
  const name = at < 0 ? spec : spec.slice(0, at)
  const file = name.startsWith('npm:') ? packageFile(name.slice('npm:'.length), cwd) : resolve(cwd, name)
  const text = read(file, name)
  const actual = sha256(text)
  const given = at < 0 ? null : hexOf(spec.slice(at + '@sha256-'.length))
  if (given !== actual) throw new Mistake(fileMessages.floorHash(name, given === null, actual))
  const folder = dirname(file)
  return parsePolicy({
    ...policyWords,
    file,
    text,
    read: (path) => (path.startsWith('npm:') ? null : textOf(join(folder, path.startsWith('/') ? path : `./${path}`))),
  }).policy
}

/** The repository's policy, tightened; without a floor, as it is. */
export function floored(loaded: LoadedPolicy, floor: Policy | null): LoadedPolicy {
  if (floor === null) return loaded
  const { dataClasses } = catalogue.data
  const { policy, warnings } = underFloor(loaded.policy, floor, { dataClasses, digest: sha256 })
  return { policy, warnings: [...loaded.warnings, ...warnings] }
}

/** As Node looks for it, without running any of it. */
function packageFile(name: string, cwd: string): string {
  const segments = name.split('/')
  const isFile = segments.length > (name.startsWith('@') ? 2 : 1)
  for (let at = cwd; ; at = dirname(at)) {
    const file = join(at, 'node_modules', name, isFile ? '' : POLICY_NAME)
    if (textOf(file) !== null) return file
    if (dirname(at) === at) throw new Mistake(fileMessages.floorUnread(`npm:${name}`))
  }
}

function read(file: string, name: string): string {
  const text = textOf(file)
  if (text === null) throw new Mistake(fileMessages.floorUnread(name))
  return text
}

function textOf(file: string): string | null {
  try {
    return decode(readFileSync(file))?.text ?? null
  } catch {
    return null
  }
}

/** Written in hex or in base64, with or without padding. */
function hexOf(hash: string): string {
  return /^[0-9a-f]{64}$/i.test(hash) ? hash.toLowerCase() : Buffer.from(hash, 'base64').toString('hex')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
