/**
 * Brings the verdicts of all versions together. A fact said of several exports or packages, or of several versions, holds where
 * one of them has it; an export or class that is named must be in some pinned version.
 */
const rank = { ok: 2, untyped: 1, missing: 0 }

export function createReport() {
  const facts = new Map()
  const opened = new Map()
  const unlisted = new Map()

  return {
    add(group, specifier, version, { verdicts, unlisted: more = {} }) {
      opened.set(`${keyOf(group)} ${specifier}`, true)
      for (const { group: part, fact, verdict } of verdicts) {
        const shared = part.startsWith('shape ')
        const key = `${shared ? group.ecosystem : keyOf(group)}\0${part}\0${fact}`
        const known = facts.get(key)
        const versions = [...new Set([...(known?.versions ?? []), version])]
        const best = known !== undefined && rank[known.verdict] >= rank[verdict] ? known.verdict : verdict
        const { provider, ecosystem } = group
        facts.set(key, { provider, ecosystem, package: known?.package ?? specifier, fact, verdict: best, versions })
      }
      for (const [exported, methods] of Object.entries(more))
        unlisted.set(`${group.provider}\0${specifier}\0${exported}`, { ...group, specifier, exported, methods })
    },
    unopened(group, specifier) {
      const key = `${keyOf(group)} ${specifier}`
      if (!opened.has(key)) opened.set(key, false)
    },
    /** `unpinned`: packages that are not installed, each with the reason. */
    finish(groups, ecosystem, unpinned = {}) {
      const all = [...facts.values()]
      const asked = Object.entries(groups).flatMap(([key, list]) =>
        ecosystem === undefined || key === ecosystem ? list : [],
      )
      const unchecked = asked.flatMap((group) =>
        group.facts.packages
          .filter((name) => opened.get(`${keyOf(group)} ${name}`) !== true && !(name in unpinned))
          .map((name) => ({ provider: group.provider, ecosystem: group.ecosystem, package: name })),
      )
      return {
        facts: all.length,
        ok: all.filter(({ verdict }) => verdict === 'ok').length,
        untyped: all.filter(({ verdict }) => verdict === 'untyped').length,
        missing: all.filter(({ verdict }) => verdict === 'missing'),
        unchecked,
        unlisted: [...unlisted.values()].map(({ provider, ecosystem: of, specifier, exported, methods }) => ({
          provider,
          ecosystem: of,
          package: specifier,
          exported,
          methods,
        })),
        packages: summary(all),
      }
    },
  }
}

function keyOf({ provider, ecosystem, index }) {
  return `${ecosystem} ${provider} ${index}`
}

function summary(all) {
  const rows = new Map()
  for (const { provider, ecosystem, package: name, verdict, versions } of all) {
    const key = `${ecosystem} ${provider} ${name}`
    const row = rows.get(key) ?? { ecosystem, provider, package: name, versions: [], ok: 0, untyped: 0, missing: 0 }
    row[verdict] += 1
    row.versions = [...new Set([...row.versions, ...versions])]
    rows.set(key, row)
  }
  return [...rows.values()].sort((a, b) => (`${a.ecosystem} ${a.package}` < `${b.ecosystem} ${b.package}` ? -1 : 1))
}

/** The report for people. */
export function printTable(done, showUnlisted) {
  const head = ['package', 'provider', 'ok', 'untyped', 'missing', 'versions']
  const rows = done.packages.map((row) => [
    row.ecosystem === 'npm' ? row.package : `${row.ecosystem}:${row.package}`,
    row.provider,
    ...[row.ok, row.untyped, row.missing].map(String),
    [...new Set(row.versions.map((version) => version.slice(version.lastIndexOf('@') + 1)))].join(', '),
  ])
  const lines = [
    ...aligned([head, ...rows]),
    '',
    `${done.facts} facts: ${done.ok} ok, ${done.untyped} untyped, ${done.missing.length} missing`,
    ...section('Missing in all pinned versions', done.missing, (one) => `${one.provider} ${one.package}: ${one.fact}`),
    ...section(
      'Not checked: not pinned, or without types',
      done.unchecked,
      (one) => `${one.provider} ${one.ecosystem} ${one.package}`,
    ),
    ...(showUnlisted
      ? section(
          'May send data, not in the catalogue',
          done.unlisted,
          (one) => `${one.provider} ${one.package} ${one.exported}: ${one.methods.join(' ')}`,
        )
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function section(title, list, line) {
  return list.length === 0 ? [] : ['', `${title}:`, ...list.map((one) => `  ${line(one)}`)]
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
}
