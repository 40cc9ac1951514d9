/** The benchmark's table, and its comparison with an earlier one. */
import { STAGES } from './measure.mjs'

const COLUMNS = [
  'project',
  'cache',
  'files',
  'MB',
  'parsed',
  ...STAGES,
  'total',
  'CPU',
  'RSS MB',
  'found/expected',
  'notes',
  'gaps',
  'CPU/file',
  'growth',
]
/** Other work on the machine lengthens `total` more than `cpu`. */
const COMPARED = ['analyse', 'total', 'cpu', 'peak']

export function printTable(rows) {
  const first = new Map()
  print([
    COLUMNS,
    ...rows.map((row) => {
      if (row.error !== undefined) return [row.project, row.cache, row.error.split('\n')[0]]
      const each = row.cpu / row.files
      const series = `${row.project.split(' ')[0]} ${row.cache}`
      if (!first.has(series)) first.set(series, each)
      const stages = STAGES.map((stage) => String(row.stages[stage]))
      return [
        ...[row.project, row.cache, String(row.files), row.megabytes.toFixed(1), String(row.parsed), ...stages],
        ...[
          row.total.toFixed(0),
          row.cpu.toFixed(0),
          row.peak.toFixed(0),
          `${row.findings}/${row.expected ?? '?'}`,
          String(row.notes),
          String(row.gaps),
        ],
        ...[each.toFixed(2), `×${(each / first.get(series)).toFixed(2)}`],
      ]
    }),
  ])
}

/** Ratios new / old: below 1 is faster or smaller. */
export function printComparison(rows, baseline) {
  const known = new Map(baseline.rows.map((row) => [`${row.project} ${row.cache}`, row]))
  console.log(`\nagainst ${baseline.saved}: new / old`)
  print([
    ['project', 'cache', ...COMPARED, 'findings'],
    ...rows.map((row) => {
      const old = known.get(`${row.project} ${row.cache}`)
      if (old === undefined) return [row.project, row.cache, 'not in it']
      if (row.error !== undefined || old.error !== undefined) return [row.project, row.cache, 'failed']
      const of = (one, key) => one[key] ?? one.stages[key]
      const ratios = COMPARED.map((key) => (of(old, key) > 0 ? (of(row, key) / of(old, key)).toFixed(2) : '-'))
      return [row.project, row.cache, ...ratios, `${old.findings} → ${row.findings}`]
    }),
  ])
}

function print(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of lines)
    console.log(
      line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '),
    )
}
