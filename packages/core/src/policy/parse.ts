/**
 * Text → policy. All mistakes of the file and of what it extends are reported at once, each where it stands. Pure: other
 * files come through `read`; what that may read is the caller's to decide, this asks only for paths inside the root.
 */
import type { Preset, Row } from '../catalog/catalogue.js'
import { canonical, fnv1a } from './digest.js'
import type { Draft } from './draft.js'
import { finish } from './draft.js'
import { PolicyErrors } from './errors.js'
import type { PolicyError } from './errors.js'
import { Extends, defaultPreset } from './extends.js'
import type { Policy } from './policy.js'

export interface ParseInput {
  /** Path relative to the policy's root, with '/'. */
  file: string
  text: string
  /** Text of a file (path from the root, with '/') or of a package's policy (`npm:@company/policy`); null: there is none. */
  read: (path: string) => string | null
  presets: readonly Preset[]
  dataClasses: readonly { readonly id: string; readonly row: Row }[]
  /** Ids of the catalogue's providers; not given: any. */
  providers?: readonly string[]
  /** SHA-256 of a text's UTF-8, in lower-case hex: checks the hashes of `extends`, and makes the policy's digest. */
  digest?: (text: string) => string
  /** A policy of a folder below the root's: it may only tighten. */
  nested?: boolean
}

export interface ParsedPolicy {
  policy: Policy
  warnings: PolicyError[]
}

export function parsePolicy(input: ParseInput): ParsedPolicy {
  const reader = new Extends(input)
  const draft = reader.root(input.file, input.text)
  const { errors, warnings } = reader.problems
  if (errors.length > 0 || !draft) throw new PolicyErrors(inOrder(errors, input.file))
  return { policy: sealed(draft, input.file, input.digest), warnings: inOrder(warnings, input.file) }
}

/** The policy's own problems first, each file's from top to bottom. */
function inOrder(errors: readonly PolicyError[], file: string): PolicyError[] {
  const files = [...new Set([file, ...errors.map((error) => error.file)])]
  return [...errors].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  )
}

/** The policy where there is no file. */
export function defaultPolicy(presets: readonly Preset[], digest?: (text: string) => string): Policy {
  const reader = new Extends({ read: () => null, presets, dataClasses: [] })
  return sealed(reader.preset(defaultPreset), null, digest)
}

function sealed(draft: Draft, file: string | null, digest: (text: string) => string = fnv1a): Policy {
  const policy = finish(draft, file)
  return { ...policy, digest: digest(canonical(policy)) }
}
