/** The tables under the findings: flows, endpoints, exceptions, what was not analysed, and the facts of the run. */
import type { FlowRecord, Report } from '@sekisho/core'
import type { Locale } from '../../locale.js'
import { messages, zoneNames } from '../../messages.js'
import { registerOf } from '../register.js'
import { exceptionHead } from '../register-markdown.js'
import { basisName, className, countryName, decisionNames, providerName, resolvedText } from '../report-words.js'
import { html, joined, lines, type Markup, type Part } from './markup.js'
import { words } from './words.js'

const MOST_ROWS = 2000

function table(head: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th>${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

function row(cells: readonly Part[]): Markup {
  return html`<tr>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`
}

const place = (file: string, line: number) => html`<span class="place"><bdi>${file}</bdi>:${line}</span>`

export function flowsTable(report: Report, locale: Locale): Markup {
  if (report.flows.length === 0) return html`<p class="empty">${words.noFlows[locale]}</p>`
  const head = [words.decision, words.data, words.service, words.zone, words.basis, words.where]
  return table(
    head.map((word) => word[locale]),
    report.flows.slice(0, MOST_ROWS).map((flow) => flowRow(report, flow, locale)),
  )
}

function flowRow(report: Report, flow: FlowRecord, locale: Locale): Markup {
  const { decision, classes, provider, endpoint, zone, destination, environment, file, line, model } = flow
  const service = providerName(report, provider, locale) ?? endpoint.host
  const bases = [
    ...new Set(
      classes.flatMap(({ basis }) =>
        basis === null ? [] : [basis.all.map((one) => basisName(one, locale)).join(' + ')],
      ),
    ),
  ]
  const severity = decision === 'never' ? 'error' : decision
  const search = [file, provider, service, endpoint.host, model, ...flow.dataClasses].join(' ').toLowerCase()
  const under = [endpoint.host, endpoint.region, model, environment].filter((part) => part !== null).join(' · ')
  const basis = [...bases, flow.purpose].filter((part) => part !== null)
  return html`<tr
    data-item
    data-severity="${severity}"
    data-zone="${zone}"
    data-classes="${flow.dataClasses.join(' ')}"
    data-text="${search}"
  >
    <td><span class="pill ${severity}">${decisionNames[decision][locale]}</span></td>
    <td>
      ${joined(
        classes.map((one) => html`${className(report, one.dataClass, locale)}`),
        '<br>',
      )}
    </td>
    <td>${service}<br /><small>${under}</small></td>
    <td><span class="zone zone-${zone}">${zoneNames[zone][locale]}</span></td>
    <td>
      ${joined([...basis.map((one) => html`${one}`), ...(destination === null ? [] : [html`<code>${destination}</code>`])], '<br>')}
    </td>
    <td>${place(file, line)}</td>
  </tr>`
}

export function endpointsTable(report: Report, locale: Locale): Markup {
  const head = [words.service, words.endpoint, words.zone, words.country, words.destination, words.where]
  return table(
    head.map((word) => word[locale]),
    report.endpoints.slice(0, MOST_ROWS).map(({ provider, endpoint, zone, jurisdiction, destination, places }) =>
      row([
        providerName(report, provider, locale) ?? '—',
        html`${[endpoint.host, endpoint.region].filter((part) => part !== null).join(', ')}<br /><small
            >${endpoint.resolvedFrom.map((one) => resolvedText(one, locale)).join(' → ')}</small
          >`,
        html`<span class="zone zone-${zone}">${zoneNames[zone][locale]}</span>`,
        jurisdiction === null ? '—' : countryName(jurisdiction, locale),
        destination === null ? html`<small>${words.undeclared[locale]}</small>` : html`<code>${destination}</code>`,
        joined(
          places.slice(0, 8).map(({ file, line }) => place(file, line)),
          '<br>',
        ),
      ]),
    ),
  )
}

/** What the policy lets pass besides its cells: the entries, and the findings that they hold. */
export function exceptionsPart(report: Report, locale: Locale): Markup {
  const suppressed = report.findings.filter((finding) => finding.suppressed !== null)
  const entries = registerOf(report, locale).exceptions
  if (suppressed.length === 0 && entries.length === 0) return html`<p class="empty">${words.noExceptions[locale]}</p>`
  const head = [words.where, words.data, words.allowedBy, words.approver, words.expiry]
  const rows = suppressed
    .slice(0, MOST_ROWS)
    .map(({ file, line, rule, dataClasses, suppressed: by }) =>
      row([
        place(file, line),
        dataClasses.length === 0
          ? html`<code>${rule}</code>`
          : dataClasses.map((id) => className(report, id, locale)).join(', '),
        messages.allowedBy(by!.kind, by!.id, by!.reason)[locale],
        by!.approver ?? '—',
        by!.expiry ?? '—',
      ]),
    )
  return joined([
    entries.length === 0 ? null : table(exceptionHead(locale), entries.map(row)),
    rows.length === 0
      ? null
      : table(
          head.map((word) => word[locale]),
          rows,
        ),
  ])
}

export function gapsPart({ gaps, run }: Report, locale: Locale): Markup {
  const sorted = [...gaps].sort((a, b) => Number(b.relevant) - Number(a.relevant)).slice(0, MOST_ROWS)
  const rows = sorted.map(({ file, line, reason, relevant }) =>
    row([
      relevant ? html`<span class="pill warn">${words.matters[locale]}</span>` : null,
      place(file, line ?? 1),
      reason[locale],
    ]),
  )
  const excluded = run.excluded.map((glob) => html`<code>${glob}</code>`)
  return joined([
    rows.length === 0
      ? html`<p class="empty">${words.noGaps[locale]}</p>`
      : table(['', words.where[locale], words.reason[locale]], rows),
    excluded.length === 0 ? null : html`<p>${words.excluded[locale]}: ${joined(excluded, ' ')}</p>`,
  ])
}

export function aboutPart(report: Report, locale: Locale): Markup {
  const { facts } = registerOf(report, locale)
  return html`<dl class="facts about">
    ${facts.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${lines(value)}</dd>
        </div>`,
    )}
  </dl>`
}
