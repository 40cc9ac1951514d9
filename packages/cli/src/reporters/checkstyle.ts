/** Checkstyle XML, which Jenkins, reviewdog and many review tools read: findings by file; gaps are errors of their file. */
import type { Finding, GapRecord } from '@sekisho/core'
import { oneLine, ordered } from './plain-finding.js'
import { inRepository } from './repository-path.js'
import type { Reporter } from './reporter.js'
import { attributes } from './xml.js'

const SEVERITY = { error: 'error', warn: 'warning', note: 'info' } as const

export const checkstyle: Reporter = {
  id: 'checkstyle',
  render(report, { locale }) {
    const files = new Map<string, string[]>()
    const add = (file: string, element: string) => {
      const name = inRepository(report, file)
      files.set(name, [...(files.get(name) ?? []), element])
    }
    for (const finding of ordered(report)) add(finding.file, findingElement(finding, oneLine(finding, locale)))
    for (const gap of report.gaps) add(gap.file, gapElement(gap, gap.reason[locale]))
    const elements = [...files].map(
      ([name, errors]) => `  <file${attributes({ name })}>\n${errors.join('\n')}\n  </file>`,
    )
    return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n${elements.join('\n')}${elements.length > 0 ? '\n' : ''}</checkstyle>\n`
  },
}

function findingElement({ line, column, severity, rule, suppressed }: Finding, message: string): string {
  const level = suppressed === null ? SEVERITY[severity] : 'info'
  return `    <error${attributes({ line, column, severity: level, message, source: `sekisho.${rule}` })}/>`
}

function gapElement({ line, column, kind, relevant }: GapRecord, message: string): string {
  const severity = relevant ? 'warning' : 'info'
  return `    <error${attributes({ line: line ?? 1, column, severity, message, source: `sekisho.gap.${kind}` })}/>`
}
