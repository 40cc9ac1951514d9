/** One finding as a card that opens: what, where, the path that proves it with its code, why, and what to do. */
import type { Finding, LineIndex, Report, TraceStep } from '@sekisho/core'
import type { Locale } from '../../locale.js'
import { groundNames, severityNames, zoneNames } from '../../messages.js'
import { className, confidenceNames, countryName, groundText, providerName, resolvedText } from '../report-words.js'
import { pathsOf, type Path, type ShownPaths } from '../paths.js'
import { remedyParts } from '../remedy-parts.js'
import { ruleTexts } from '../rule-texts.js'
import { codeBlock, codeLine } from './code.js'
import { html, joined, lines, type Markup } from './markup.js'
import { words } from './words.js'

export type Sources = (file: string) => LineIndex | null

/** What all cards of a page share. */
export interface Shown {
  report: Report
  paths: ShownPaths
  sources: Sources
}

export function findingCard(shown: Shown, finding: Finding, locale: Locale, isOpen: boolean): Markup {
  const { report, sources } = shown
  const { severity, rule, file, line, dataClasses, zone, provider, endpoint, message, trace, fingerprint } = finding
  const index = sources(file)
  const names = dataClasses.map((id) => className(report, id, locale))
  const service = providerName(report, provider, locale) ?? endpoint?.host ?? null
  const search = [file, rule, ...names, ...dataClasses, provider, service, endpoint?.host, fingerprint]
    .join(' ')
    .toLowerCase()
  return html`<details
    class="finding ${severity}"
    ${isOpen ? html`open` : null}
    id="f-${fingerprint}"
    data-item
    data-severity="${severity}"
    data-zone="${zone ?? ''}"
    data-classes="${dataClasses.join(' ')}"
    data-text="${search}"
  >
    <summary>
      <span class="pill ${severity}">${severityNames[severity][locale]}</span
      ><span class="what"
        >${names.length > 0 ? names.join(locale === 'ja' ? '、' : ', ') : ruleTexts[rule].short[locale]}${zone === null ? null : html` <span class="arrow">→</span> ${service} <span class="zone zone-${zone}">${zoneNames[zone][locale]}</span>`}</span
      ><span class="place"><bdi>${file}</bdi>:${line}</span>
    </summary>
    <div class="body">
      <p class="message">${lines(message[locale])}</p>
      ${index === null ? null : codeBlock(index, finding)}
      ${pathsOf(trace).map((path, at) => pathPart(shown, finding, path, at === 0, locale))}
      ${factsPart(report, finding, locale)}
      <div class="remedy">
        <h4>${words.remedy[locale]}</h4>
        ${remedyPart(finding.remedy[locale])}
      </div>
    </div>
  </details>`
}

/** The class that decides stands open; a path that another card has shown is a link to it. */
function pathPart(shown: Shown, finding: Finding, path: Path, isFirst: boolean, locale: Locale): Markup {
  const { dataClass, steps } = path
  const name = dataClass === '' ? null : html`: ${className(shown.report, dataClass, locale)}`
  const before = shown.paths.before(finding, path)
  if (before !== null) {
    const place = html`<a href="#f-${before.fingerprint}"><bdi>${before.file}</bdi>:${before.line}</a>`
    return html`<p class="same"><b>${words.path[locale]}${name}</b> ${words.sameAs[locale]} ${place}</p>`
  }
  const list = html`<ol class="path">
    ${steps.map((step, at) => stepItem(step, steps, at, locale, shown.sources))}
  </ol>`
  const title = html`${words.path[locale]}${name} <small>${words.steps(steps.length)[locale]}</small>`
  if (isFirst)
    return html`<h4>${title}</h4>
      ${list}`
  return html`<details class="more">
    <summary>${title}</summary>
    ${list}
  </details>`
}

function stepItem(step: TraceStep, steps: readonly TraceStep[], at: number, locale: Locale, sources: Sources): Markup {
  const previous = steps[at - 1]
  const index = previous?.file === step.file && previous.line === step.line ? null : sources(step.file)
  const label = locale === 'ja' ? step.labelJa : step.label
  const kind = at === 0 ? 'first' : at === steps.length - 1 ? 'last' : ''
  return html`<li class="${kind}">
    <span class="label">${label}</span>
    <span class="place"><bdi>${step.file}</bdi>:${step.line}:${step.column}</span>${
      index === null ? null : codeLine(index, step.line, step.column)
    }
  </li>`
}

function factsPart(report: Report, finding: Finding, locale: Locale): Markup {
  const { endpoint, environment, confidence, dataClasses, grounds, rule, fingerprint, jurisdiction } = finding
  const place = [endpoint?.host, endpoint?.region].filter((part) => part !== null && part !== undefined).join(', ')
  const grounded = grounds.map(
    (ground) => html`${groundText(ground, locale)} <span class="kind">${groundNames[ground.kind][locale]}</span>`,
  )
  const rows: [string, Markup | string | null][] = [
    [words.endpoint[locale], place === '' ? null : place],
    [
      words.resolvedFrom[locale],
      endpoint === null ? null : endpoint.resolvedFrom.map((one) => resolvedText(one, locale)).join(' → ') || null,
    ],
    [words.country[locale], jurisdiction === null ? null : countryName(jurisdiction, locale)],
    [words.environment[locale], environment],
    [words.deciding[locale], dataClasses.length > 1 ? className(report, dataClasses[0]!, locale) : null],
    [words.confidence[locale], confidenceNames[confidence][locale]],
    [words.grounds[locale], grounded.length === 0 ? null : joined(grounded, '<br>')],
    [words.fingerprint[locale], html`<code>${rule}</code> <code>${fingerprint}</code>`],
  ]
  const shown = rows.filter(([, value]) => value !== null)
  return html`<dl class="facts">
    ${shown.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

function remedyPart(text: string): Markup {
  const { prose, copy } = remedyParts(text)
  const read = html`<p>${lines(prose.join('\n'))}</p>`
  return copy === null
    ? read
    : html`${read}
        <pre class="code copy">${joined(copy, '\n')}</pre>`
}
