/** The report formats, one line each. */
import { checkstyle } from './checkstyle.js'
import { csv } from './csv.js'
import { cyclonedx, cyclonedx17 } from './cyclonedx.js'
import { github } from './github.js'
import { gitlabCodequality } from './gitlab-codequality.js'
import { gitlabSast } from './gitlab-sast.js'
import { htmlPage } from './html.js'
import { json } from './json.js'
import { junit } from './junit.js'
import { markdown } from './markdown.js'
import { rdjson } from './rdjson.js'
import type { Reporter } from './reporter.js'
import { registerCsv } from './register-csv.js'
import { registerMarkdown } from './register-markdown.js'
import { registerXlsx } from './register-xlsx.js'
import { sarif } from './sarif.js'
import { terminal } from './terminal.js'

const reporters: readonly Reporter[] = [
  terminal,
  htmlPage,
  json,
  sarif,
  github,
  gitlabSast,
  gitlabCodequality,
  junit,
  checkstyle,
  rdjson,
  markdown,
  csv,
  cyclonedx,
  cyclonedx17,
  registerMarkdown,
  registerCsv,
  registerXlsx,
]

export const reporterIds: readonly string[] = reporters.map(({ id }) => id)

export function reporterOf(id: string): Reporter {
  return reporters.find((reporter) => reporter.id === id)!
}
