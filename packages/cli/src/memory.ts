/**
 * What was learnt of files' bytes, kept by the id of their content, so that a hook reads only what is new. Outside the scanned
 * repository; bound to this build. What is not exactly what was written is ignored: it may cost time, never a finding.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeAtomically } from './atomic-file.js'

/** What one reading of a file tells. */
export interface Looked {
  /** Whether it holds a token of the prefilter. */
  matches: boolean
  isBinary: boolean
  /** Has a line so long that nobody has written it. */
  isGenerated: boolean
  /** null: not looked for. */
  imports: readonly string[] | null
  /** Channels that it listens to; null: not looked for. */
  heard: readonly string[] | null
  /** Whether it calls what sends over a channel; null: not looked for. */
  sends: boolean | null
}

export interface Memory {
  /** `prefilter`: the key of the tokens that were looked for. */
  recall(id: string | null, path: string, prefilter: string): Looked | null
  keep(id: string | null, path: string, prefilter: string, looked: Looked): void
  save(): void
}

export const noMemory: Memory = { recall: () => null, keep: () => undefined, save: () => undefined }

/** flags, imports, channels, prefilters under which it matches, prefilters under which it does not. */
type Kept = [flags: number, imports: readonly string[], heard: readonly string[], yes: string[], no: string[]]

/** Policies of two branches may differ in their tokens. */
const PREFILTERS = 3

export function openMemory(folder: string, root: string, build: string): Memory {
  const file = join(folder, `${createHash('sha256').update(root).digest('hex').slice(0, 32)}.files.json`)
  const before = read(file, build)
  const now = new Map<string, Kept>()
  let isNew = false
  // What a specifier is depends on the language.
  const keyOf = (id: string, path: string) => `${id}${path.slice(path.lastIndexOf('.'))}`
  return {
    recall(id, path, prefilter) {
      const kept = id === null ? undefined : (now.get(keyOf(id, path)) ?? before.get(keyOf(id, path)))
      if (kept === undefined) return null
      const [flags, imports, heard, yes, no] = kept
      const matches = yes.includes(prefilter)
      if (!matches && !no.includes(prefilter)) return null
      return {
        matches,
        isBinary: (flags & 1) !== 0,
        isGenerated: (flags & 2) !== 0,
        imports,
        heard,
        sends: (flags & 4) !== 0,
      }
    },
    keep(id, path, prefilter, { matches, isBinary, isGenerated, imports, heard, sends }) {
      if (id === null || imports === null || heard === null || sends === null) return
      const key = keyOf(id, path)
      const [, , , yes, no] = now.get(key) ?? before.get(key) ?? [0, [], [], [], []]
      if (yes.includes(prefilter) || no.includes(prefilter)) {
        now.set(key, now.get(key) ?? before.get(key)!)
        return
      }
      isNew = true
      const add = (list: readonly string[], is: boolean) => (is ? [...list, prefilter].slice(-PREFILTERS) : [...list])
      const flags = (isBinary ? 1 : 0) + (isGenerated ? 2 : 0) + (sends ? 4 : 0)
      now.set(key, [flags, imports, heard, add(yes, matches), add(no, !matches)])
    },
    save() {
      if (!isNew) return
      try {
        const content = JSON.stringify([...now])
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeAtomically(file, `${build} ${digest(content)}\n${content}`)
      } catch {
        // No memory: a read-only home is no reason to fail.
      }
    },
  }
}

function read(file: string, build: string): Map<string, Kept> {
  try {
    const text = readFileSync(file, 'utf8')
    const end = text.indexOf('\n')
    const content = text.slice(end + 1)
    if (text.slice(0, end) !== `${build} ${digest(content)}`) return new Map()
    return new Map(JSON.parse(content) as [string, Kept][])
  } catch {
    return new Map()
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
