/**
 * One self-contained page for people: the verdict, a map of data to endpoints by zone, findings with their paths, every flow, exceptions
 * and gaps. It fetches nothing, and its content policy allows no script and no style but its own, whatever is written in it.
 */
import { createHash } from 'node:crypto'
import { zones, type Report } from '@sekisho/core'
import type { Locale } from '../locale.js'
import { severityNames, zoneNames } from '../messages.js'
import { changeLines } from './change-lines.js'
import { findingCard } from './html/finding.js'
import { mapOf } from './html/map.js'
import { html, joined, Markup } from './html/markup.js'
import { script } from './html/script.js'
import { style } from './html/style.js'
import { aboutPart, endpointsTable, exceptionsPart, flowsTable, gapsPart } from './html/tables.js'
import { words } from './html/words.js'
import { ShownPaths } from './paths.js'
import { ordered } from './plain-finding.js'
import { className, decisionNames, limit } from './report-words.js'
import type { ReportContext, Reporter } from './reporter.js'
import { sourcesOf } from './sources.js'
import { verdict } from './verdict.js'

/** So many findings are cards; the rest is counted. */
const MOST_CARDS = 1000
/** So many are open from the start. */
const OPEN = 1

export const htmlPage: Reporter = {
  id: 'html',
  render(report, context) {
    const { locale } = context
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`
    const page = html`<html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${words.title[locale]}${report.run.root === '.' ? null : html`: ${report.run.root}`}</title>
        ${exactly('style', style)}
      </head>
      <body>
        ${head(report, context)}${navigation(report, locale)}
        <main>
          ${overview(report, locale)}${changePart(report, locale)}
          <section id="map">
            <h2>${words.map[locale]}</h2>
            <p class="hint">${words.mapAbout[locale]}</p>
            <div class="figure">${mapOf(report, locale)}</div>
            ${mapLegend(locale)}
          </section>
          ${findings(report, context)}
          <section id="flows">
            <h2>${words.flows[locale]}</h2>
            ${flowsTable(report, locale)}
          </section>
          <section id="endpoints">
            <h2>${words.endpoints[locale]}</h2>
            ${endpointsTable(report, locale)}
          </section>
          <section id="exceptions">
            <h2>${words.exceptions[locale]}</h2>
            ${exceptionsPart(report, locale)}
          </section>
          <section id="gaps">
            <h2>${words.gaps[locale]}</h2>
            ${gapsPart(report, locale)}
          </section>
          <section id="about">
            <h2>${words.about[locale]}</h2>
            ${aboutPart(report, locale)}
          </section>
          <footer>${limit[locale]}</footer>
        </main>
        ${exactly('script', script)}
      </body>
    </html>`
    return `<!doctype html>\n${page.text}\n`
  },
}

/** Its hash stands in the content policy: not a blank may be added. */
function exactly(element: 'style' | 'script', text: string): Markup {
  return new Markup(`<${element}>${text}</${element}>`)
}

const GATE = new Markup(
  '<svg viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"><path d="M4 10c12 4 28 4 40 0M8 20h32M14 12v32M34 12v32"/></svg>',
)

function head(report: Report, context: ReportContext): Markup {
  const { locale } = context
  const { run, tool } = report
  const { level, text } = verdict(report, context)
  const facts = [
    run.root === '.' ? null : run.root,
    run.commit?.slice(0, 12) ?? null,
    run.today,
    `sekisho ${tool.version}`,
  ].filter((part) => part !== null)
  return html`<header>
    <div>
      <div class="brand">
        ${GATE}
        <div>
          <h1>${words.title[locale]}</h1>
          <p class="tagline">${words.tagline[locale]}</p>
        </div>
      </div>
      <p class="run">${facts.join(' · ')}</p>
      <p class="verdict ${level}">${text[locale]}</p>
    </div>
  </header>`
}

function navigation({ findings: all, flows, endpoints, gaps }: Report, locale: Locale): Markup {
  const open = all.filter(({ suppressed }) => suppressed === null).length
  const links = [
    html`<a href="#map">${words.map[locale]}</a>`,
    html`<a href="#findings">${words.findings[locale]} <b>${open}</b></a>`,
    html`<a href="#flows">${words.flows[locale]} <b>${flows.length}</b></a>`,
    html`<a href="#endpoints">${words.endpoints[locale]} <b>${endpoints.length}</b></a>`,
    html`<a href="#exceptions">${words.exceptions[locale]} <b>${all.length - open}</b></a>`,
    html`<a href="#gaps">${words.gaps[locale]} <b>${gaps.length}</b></a>`,
    html`<a href="#about">${words.about[locale]}</a>`,
  ]
  return html`<nav><div>${links}</div></nav>`
}

function overview({ summary, flows, endpoints }: Report, locale: Locale): Markup {
  const { error, warn, note, suppressed } = summary.findings
  const card = (kind: string, count: number, label: string) =>
    html`<div class="card ${count === 0 ? 'zero' : kind}"><b>${count}</b><span>${label}</span></div>`
  const byZone = zones.map((zone) => ({ zone, count: endpoints.filter((one) => one.zone === zone).length }))
  const met = byZone.filter(({ count }) => count > 0)
  const allowed = flows.filter(({ decision }) => decision === 'allow').length
  return html`<section id="overview">
    <div class="cards">
      ${card('error', error, words.error[locale])}${card('warn', warn, words.warn[locale])}${card('', note, words.note[locale])}${card('', suppressed, words.suppressed[locale])}${card('', endpoints.length, words.endpointCount[locale])}${card('warn', summary.gaps, words.gapCount[locale])}
    </div>
    ${met.length === 0 ? null : html`<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" width="100%" aria-hidden="true">${zoneBar(met)}</svg>`}
    <ul class="legend">
      ${met.map(({ zone, count }) => html`<li><i class="zone-${zone}"></i>${zoneNames[zone][locale]} ${count}</li>`)}
      <li>${words.allowedFlows(allowed, flows.length)[locale]}</li>
    </ul>
  </section>`
}

/** Widths stand in attributes: the content policy allows no style there. */
function zoneBar(met: readonly { zone: string; count: number }[]): Markup {
  const total = met.reduce((sum, { count }) => sum + count, 0)
  let x = 0
  return joined(
    met.map(({ zone, count }) => {
      const width = (100 * count) / total
      const part = html`<g class="node zone-${zone}"
        ><rect x="${x.toFixed(2)}" width="${Math.max(0.5, width - 0.3).toFixed(2)}" height="12"
      /></g>`
      x += width
      return part
    }),
  )
}

function changePart(report: Report, locale: Locale): Markup | null {
  const all = changeLines(report, locale)
  if (all.length === 0) return null
  return html`<section id="change">
    <h2>${words.change[locale]}</h2>
    <pre class="code copy">${joined(all, '\n')}</pre>
  </section>`
}

function mapLegend(locale: Locale): Markup {
  const decisions = (['allow', 'note', 'warn', 'error'] as const).map(
    (decision) => html`<li><span class="pill ${decision}">${decisionNames[decision][locale]}</span></li>`,
  )
  return html`<ul class="legend">
    ${decisions}
  </ul>`
}

function findings(report: Report, context: ReportContext): Markup {
  const { locale } = context
  const shown = { report, paths: new ShownPaths(), sources: sourcesOf(context) }
  const open = ordered(report).filter(({ suppressed }) => suppressed === null)
  const cards = open.slice(0, MOST_CARDS).map((finding, at) => findingCard(shown, finding, locale, at < OPEN))
  const rest = open.length - cards.length
  return html`<section id="findings">
    <h2>${words.findings[locale]}</h2>
    ${filters(report, locale)}${
      cards.length === 0 ? html`<p class="empty">${words.noFindings[locale]}</p>` : cards
    }${rest > 0 ? html`<p class="empty">${words.moreFindings(rest)[locale]}</p>` : null}
  </section>`
}

/** Shown by the script, without which it would do nothing. */
function filters(report: Report, locale: Locale): Markup {
  const box = (value: 'error' | 'warn' | 'note' | 'allow', label: string) =>
    html`<label><input type="checkbox" name="severity" value="${value}" checked />${label}</label>`
  const classes = report.reference.dataClasses.map(({ id }) => id)
  const met = zones.filter((zone) => [...report.flows, ...report.findings].some((one) => one.zone === zone))
  return html`<form class="filters" hidden>
    ${box('error', severityNames.error[locale])}${box('warn', severityNames.warn[locale])}${box('note', severityNames.note[locale])}${box('allow', decisionNames.allow[locale])}
    <select name="zone">
      <option value="">${words.allZones[locale]}</option>
      ${met.map((zone) => html`<option value="${zone}">${zoneNames[zone][locale]}</option>`)}
    </select>
    <select name="class">
      <option value="">${words.allClasses[locale]}</option>
      ${classes.map((id) => html`<option value="${id}">${className(report, id, locale)}</option>`)}
    </select>
    <input type="search" name="search" placeholder="${words.search[locale]}" aria-label="${words.filter[locale]}" />
    <button type="reset">${words.reset[locale]}</button
    ><button type="button" data-open="true">${words.expand[locale]}</button
    ><button type="button" data-open="false">${words.collapse[locale]}</button><span class="count"></span>
  </form>`
}
