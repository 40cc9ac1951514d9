/**
 * Hosts: from the text of a URL to the provider that answers there. A host is parsed as a host and compared label by label,
 * never as a substring: `api.openai.com.proxy.example.jp` is not OpenAI. Text may have holes where a value is not known;
 * a hole stands for one label of a host and never equals a name that is written out.
 */
import type { Host, Provider } from './catalogue.js'

/** Stands for a part of a text that is not known. */
export const hole = '\uFFFC'

export interface ParsedUrl {
  /** In lower case without `:`; null where the text has none. */
  scheme: string | null
  /** In lower case, without brackets, user, port or trailing dot. */
  host: string
  port: number | null
  /** From the first '/', without query and fragment; '' where there is none. */
  path: string
}

/** Reads a URL as an HTTP client would: `HTTPS://user@API.OpenAI.com.:443\v1?x`; also `localhost:11434` and `//host/path`. */
export function parseUrl(text: string): ParsedUrl | null {
  const clean = text.trim().replace(/[\t\r\n]/g, '')
  const scheme = /^([a-z][a-z0-9+.-]*):[\\/]{2}/i.exec(clean)
  const rest = scheme ? clean.slice(scheme[0].length) : clean.replace(/^[\\/]{2}/, '')
  if (!scheme && rest === clean && (/^[\\/.?#]/.test(rest) || rest.includes('@'))) return null
  const end = rest.search(/[\\/?#]/)
  const { authority, cut } = beforeHole(end < 0 ? rest : rest.slice(0, end))
  const parts = splitAuthority(authority)
  if (parts === null) return null
  const host = normalHost(parts.host)
  if (host === null) return null
  if (!scheme && rest === clean && !looksLikeHost(host, parts.port)) return null
  const path = cut ? '' : /^[^?#]*/.exec(rest.slice(end < 0 ? rest.length : end))![0].replaceAll('\\', '/')
  return { scheme: scheme?.[1]!.toLowerCase() ?? null, host, port: parts.port, path }
}

/** `https://api.x.com${path}`: what follows a complete host is its path, whatever it holds. */
function beforeHole(authority: string): { authority: string; cut: boolean } {
  const at = authority.indexOf(hole)
  const before = authority.slice(0, at)
  if (at <= 0 || authority.slice(at).includes('.') || authority.slice(at).includes('@'))
    return { authority, cut: false }
  const complete = /\.[a-z]{2,}$|:\d+$/i.test(before)
  return complete ? { authority: before, cut: true } : { authority, cut: false }
}

function splitAuthority(authority: string): { host: string; port: number | null } | null {
  const bare = authority.slice(authority.lastIndexOf('@') + 1)
  const literal = /^\[([0-9a-f:.]+)(?:%25?[\w.-]+)?\](?::(\d*))?$/i.exec(bare)
  if (literal) return { host: literal[1]!, port: literal[2] ? Number(literal[2]) : null }
  const colon = bare.indexOf(':')
  if (colon < 0) return { host: bare, port: null }
  const port = bare.slice(colon + 1)
  if (port.includes(hole) || port === '') return { host: bare.slice(0, colon), port: null }
  return /^\d{1,5}$/.test(port) ? { host: bare.slice(0, colon), port: Number(port) } : null
}

function normalHost(raw: string): string | null {
  let host = raw
  if (host.includes('%')) {
    try {
      host = decodeURIComponent(host)
    } catch {
      return null
    }
  }
  if (/[^\0-\x7F]/.test(host.replaceAll(hole, ''))) host = host.normalize('NFKC')
  host = host
    .replace(/[。．｡]/g, '.')
    .replace(/\.$/, '')
    .toLowerCase()
  if (host === '' || host.length > 253 || /[\s/\\?#@<>^|`{}"'$,;!*()=&[\]]/.test(host)) return null
  return host.split('.').some((label) => label === '') ? null : host
}

/** Without a scheme most text is no URL: a dotted name, an address or a port must show that it is one. */
function looksLikeHost(host: string, port: number | null): boolean {
  if (port !== null || host === 'localhost' || host.includes(':')) return true
  if (!/^[^.]+(\.[^.]+)+$/.test(host)) return false
  return addressOf(host) !== null || /\.(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(host) || /\.[^\0-\x7F]+$/.test(host)
}

/** The four bytes of an IPv4 address in any form that HTTP clients take (`127.1`, `0x7f000001`); null for a name. */
function addressOf(host: string): number[] | null {
  const parts = host.split('.')
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]+|\d+)$/.test(part))) return null
  const numbers = parts.map((part) => (/^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part)))
  const last = numbers.pop()!
  if (numbers.some((part) => !(part < 256)) || !(last < 256 ** (4 - numbers.length))) return null
  for (let shift = 3 - numbers.length; shift >= 0; shift--) numbers.push(Math.floor(last / 256 ** shift) % 256)
  return numbers
}

const ownNames =
  /^(?:localhost|[^.]+\.localhost|.+\.local|(?:host|gateway|kubernetes)\.docker\.internal|host\.(?:containers|lima|minikube)\.internal|.+\.svc|.+\.home\.arpa)$/

/** Own machine or own network: loopback, private and link-local addresses, cluster and compose service names. */
export function isLocal(host: string): boolean {
  if (host.includes(hole)) return false
  if (host.includes(':')) return isLocalV6(host)
  const address = addressOf(host)
  if (address !== null) return isLocalV4(address)
  // `https://https://…`: a scheme that is written twice is the name of no machine
  if (host === 'http' || host === 'https') return false
  return !host.includes('.') || ownNames.test(host)
}

function isLocalV4([a, b]: number[]): boolean {
  return (
    a === 127 ||
    a === 10 ||
    a === 0 ||
    (a === 192 && b === 168) ||
    (a === 172 && b! >= 16 && b! < 32) ||
    (a === 169 && b === 254)
  )
}

function isLocalV6(host: string): boolean {
  const mapped = /^(?:0{0,4}:)*:?(?:ffff:)(\d+\.\d+\.\d+\.\d+)$/.exec(host)
  if (mapped) return isLocalV4(mapped[1]!.split('.').map(Number))
  if (/^[0:]*:0*1?$/.test(host)) return true
  return /^f[cd][0-9a-f]{2}:/.test(host) || /^fe[89ab][0-9a-f]:/.test(host)
}

export interface HostMatch {
  provider: Provider
  host: Host
  /** What stood at the placeholders; null where it is a hole. */
  captures: { region?: string | null; resource?: string | null }
}

interface Pattern {
  provider: Provider
  host: Host
  expression: RegExp
  names: string[]
  /** Exact before placeholders before wildcards, then a path, then the longer text. */
  rank: number[]
}

export interface HostIndex {
  match(host: string, path: string): HostMatch | null
}

/** Index of all hosts of all providers. */
export function createHostIndex(providers: readonly Provider[]): HostIndex {
  const exact = new Map<string, Pattern[]>()
  const patterns: Pattern[] = []
  for (const provider of providers) {
    for (const host of provider.hosts) {
      const pattern = patternOf(provider, host)
      if (pattern.names.length > 0 || host.host.startsWith('*.')) patterns.push(pattern)
      else exact.set(host.host, [...(exact.get(host.host) ?? []), pattern])
    }
  }
  return {
    match(host, path) {
      const named = [...(exact.get(host) ?? [])].sort(byRank).find((pattern) => hasPath(path, pattern.host.path))
      if (named) return { provider: named.provider, host: named.host, captures: {} }
      const found = patterns.filter((pattern) => pattern.expression.test(host) && hasPath(path, pattern.host.path))
      const best = found.sort(byRank)[0]
      return best === undefined ? null : { provider: best.provider, host: best.host, captures: capturesOf(best, host) }
    },
  }
}

function patternOf(provider: Provider, host: Host): Pattern {
  const names = [...host.host.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  const wildcard = host.host.startsWith('*.')
  const body = (wildcard ? host.host.slice(2) : host.host)
    .split(/\{\w+\}/)
    .map((text) => text.replace(/[.\\+*?^$()[\]|-]/g, '\\$&'))
    .join('([^.]+)')
  const literal = host.host.replace(/\{\w+\}/g, '').length
  return {
    provider,
    host,
    expression: new RegExp(`^${wildcard ? '(?:[^.]+\\.)+' : ''}${body}$`),
    names,
    rank: [wildcard ? 1 : 0, -(host.path?.length ?? 0), -literal],
  }
}

function byRank(a: Pattern, b: Pattern): number {
  for (const [index, value] of a.rank.entries()) {
    const difference = value - b.rank[index]!
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether a path starts with the segments of a prefix; `*` is any one segment. */
function hasPath(path: string, prefix: string | undefined): boolean {
  if (prefix === undefined) return true
  const given = path.split('/').filter((segment) => segment !== '')
  const wanted = prefix.split('/').filter((segment) => segment !== '')
  return wanted.every((segment, index) => given[index] !== undefined && (segment === '*' || segment === given[index]))
}

function capturesOf(pattern: Pattern, host: string): HostMatch['captures'] {
  const match = pattern.expression.exec(host)!
  const captures: Record<string, string | null> = {}
  for (const [index, name] of pattern.names.entries()) {
    const value = match[index + 1]!
    captures[name] = value.includes(hole) ? null : value
  }
  return captures
}
