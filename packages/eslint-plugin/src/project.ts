/**
 * What the plugin knows of one program: its policy, settings, manifests and schemas, and which files there are. Compared with the
 * disk once a burst; what has not changed is kept. A policy that can't be read is a value that says why.
 */
import { createHash } from 'node:crypto'
import { createResolver, PolicyErrors, schemasAmong, type Policy, type Resolver } from '@sekisho/core'
import type { SchemaFile, SourceFile } from '@sekisho/core'
import {
  boundNames,
  createPrefilter,
  isConfig,
  Mistake,
  readConfig,
  readManifests,
  readSchemas,
  roleOf,
  tokensOf,
  type LoadedPolicy,
  type Prefilter,
  type ReadConfig,
  type Root,
  type Tree,
} from '@sekisho/files'
import type { Host } from './host.js'

/** Larger files are the CLI's. */
export const MAX_FILE = 1024 * 1024
/** Config files that are read, those nearest to the root first; the CLI reads all. */
const MAX_CONFIG = 600
/** Milliseconds until files that are new are looked for, unless an import leads to one. */
const LISTING_AGE = 15_000

/** What all files of a program share. */
export interface Shared {
  policy: Policy
  config: ReadConfig[]
  manifests: SourceFile[]
  schemas: SchemaFile[]
  prefilter: Prefilter
  resolver: Resolver
  /** Code files, in the resolver's order. */
  code: readonly string[]
  /** Whether there are more settings than were read. */
  cut: boolean
}

export type Opened = { shared: Shared; problem: null } | { shared: null; problem: PolicyErrors | Mistake }

interface Listing {
  at: number
  /** Of all paths. */
  digest: string
  code: string[]
  config: string[]
  manifests: string[]
  schemas: string[]
  policies: string[]
  gitIgnored: ReadonlySet<string>
  cut: boolean
}

export class Project {
  readonly files: Tree
  #burst = -1
  #opened: Opened | null = null
  #listing: Listing | null = null
  /** Stamps of all that `#opened` was made of. */
  #made = ''
  #policy: { made: string; loaded: LoadedPolicy } | null = null
  readonly #config = new Kept<ReadConfig[]>()
  readonly #manifests = new Kept<SourceFile[]>()
  readonly #schemas = new Kept<SchemaFile[]>()

  constructor(
    readonly root: Root,
    readonly host: Host,
  ) {
    this.files = host.files(root)
  }

  open(burst: number): Opened {
    if (this.#opened !== null && this.#burst === burst) return this.#opened
    this.#burst = burst
    try {
      const listing = this.#list()
      const made = this.#stamps(listing)
      if (this.#opened === null || this.#made !== made) this.#opened = { shared: this.#share(listing), problem: null }
      this.#made = made
    } catch (error) {
      if (!(error instanceof PolicyErrors || error instanceof Mistake)) throw error
      this.#opened = { shared: null, problem: error }
      this.#made = ''
    }
    return this.#opened
  }

  /** A file that is not listed is looked for at most once a second. */
  relist(): Opened {
    if (this.#listing !== null && this.host.now() - this.#listing.at > 1000) {
      this.#listing = null
      this.#opened = null
    }
    return this.open(this.#burst)
  }

  /** One number for the policy and all settings: a linter's cache may hold what was said under it. */
  digest(burst: number): string {
    const { shared, problem } = this.open(burst)
    const hash = createHash('sha256')
    if (shared === null) return hash.update(problem.message).digest('hex')
    hash.update(shared.policy.digest)
    // Exceptions end and reviews fall due without a change of any file.
    const { exceptions, destinations } = shared.policy
    if (exceptions.length > 0 || destinations.length > 0) hash.update(this.host.today())
    for (const { file, text } of shared.config) hash.update(`${file.path}\0${text}\0`)
    for (const { path, text } of shared.manifests) hash.update(`${path}\0${text}\0`)
    hash.update(JSON.stringify(shared.schemas))
    return hash.digest('hex')
  }

  #list(): Listing {
    const now = this.host.now()
    if (this.#listing !== null && now - this.#listing.at < LISTING_AGE) return this.#listing
    const own = this.#ownPolicy()
    const found = this.host.discover(this.root, own.policy.exclude)
    const byRole = (role: ReturnType<typeof roleOf>) => found.files.filter((path) => roleOf(path) === role)
    const config = found.files.filter((path) => isConfig(path)).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
    return (this.#listing = {
      at: now,
      digest: createHash('sha256').update(found.files.join('\0')).digest('hex'),
      code: byRole('code'),
      config: config.slice(0, MAX_CONFIG).sort(),
      manifests: byRole('manifest'),
      schemas: schemasAmong(found.files),
      policies: byRole('policy'),
      gitIgnored: found.gitIgnored,
      cut: config.length > MAX_CONFIG,
    })
  }

  #ownPolicy(): LoadedPolicy {
    const { policyFile } = this.root
    const before = this.#policy?.loaded.policy.extends ?? []
    const paths = [...(policyFile === null ? [] : [policyFile]), ...before.filter((path) => !path.startsWith('npm:'))]
    const made = paths.map((path) => this.host.stamp(this.root, path)).join()
    if (this.#policy === null || this.#policy.made !== made) {
      const loaded = this.host.policy(this.root)
      this.#policy = { made, loaded }
    }
    return this.#policy.loaded
  }

  #stamps(listing: Listing): string {
    const hash = createHash('sha256').update(listing.digest)
    hash.update(this.#ownPolicy().policy.digest)
    const { config, manifests, schemas, policies } = listing
    for (const path of [...policies, ...config, ...manifests, ...schemas])
      hash.update(`${path}\0${this.host.stamp(this.root, path)}\0`)
    return hash.digest('hex')
  }

  #share(listing: Listing): Shared {
    const { policy } = this.host.nested(this.#ownPolicy(), this.root, listing.policies)
    const tokens = tokensOf(policy)
    const known = createPrefilter(tokens)
    const stamp = (path: string) => this.host.stamp(this.root, path)
    const config = this.#config.all(listing.config, stamp, (path) => {
      return readConfig(this.files, [path], listing.gitIgnored, known, MAX_FILE).config
    })
    const manifests = this.#manifests.all(listing.manifests, stamp, (path) => {
      return readManifests(this.files, [path], MAX_FILE).manifests
    })
    const schemas = this.#schemas.all(listing.schemas, stamp, (path) => readSchemas(this.files, [path], MAX_FILE))
    return {
      policy,
      config,
      manifests,
      schemas,
      prefilter: createPrefilter([...tokens, ...boundNames(config, known)]),
      resolver: createResolver(new Map(listing.code.map((path, index) => [path, index])), manifests),
      code: listing.code,
      cut: listing.cut,
    }
  }
}

/** What was read of files, kept while their stamps stand. */
class Kept<T extends readonly unknown[]> {
  #known = new Map<string, { stamp: string | null; value: T }>()

  all(paths: readonly string[], stampOf: (path: string) => string | null, read: (path: string) => T): T[number][] {
    const next = new Map<string, { stamp: string | null; value: T }>()
    for (const path of paths) {
      const stamp = stampOf(path)
      const known = this.#known.get(path)
      next.set(path, known !== undefined && known.stamp === stamp ? known : { stamp, value: read(path) })
    }
    this.#known = next
    return [...next.values()].flatMap(({ value }) => value)
  }
}

function depth(path: string): number {
  return path.split('/').length
}
