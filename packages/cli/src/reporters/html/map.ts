/**
 * The picture: data classes on the left, endpoints on the right in the order of their zones with Japan's border between them, and
 * a line for what can reach what, as thick as there are flows, coloured by the worst decision.
 */
import { displayWidth, type Report, type Zone } from '@sekisho/core'
import type { Locale } from '../../locale.js'
import { zoneNames } from '../../messages.js'
import { decisionNames } from '../report-words.js'
import { graphOf, gravity, type Link, type Node } from './graph.js'
import { html, joined, type Markup } from './markup.js'
import { words } from './words.js'

/** Between the bars of both sides. */
const SPAN = 340
const BAR = 8
const GAP = 10
const LEAST = 26
/** Widths of a narrow character: of names, and of what stands under them. */
const CHARACTER = 8
const SMALL = 6.8
const LONGEST_CLASS = 30
const LONGEST_SERVICE = 36
const LONGEST_DETAIL = 52
const inJapan: readonly Zone[] = ['edge', 'domestic', 'japan-region', 'japan-cross-region']

/** Where the bars stand, and how wide it all is. */
interface Frame {
  left: number
  right: number
  width: number
}

export function mapOf(report: Report, locale: Locale): Markup {
  const { links, classes, endpoints } = graphOf(report, locale)
  if (links.length === 0) return html`<p class="empty">${words.noFlows[locale]}</p>`
  const left = placed(classes, 34, () => 0)
  const bands: { zone: Zone; y: number }[] = []
  let border: number | null = null
  const right = placed(endpoints, 10, (node, previous, y) => {
    if (previous?.zone === node.zone) return 0
    const crosses = !inJapan.includes(node.zone!) && (previous === undefined || inJapan.includes(previous.zone!))
    if (crosses) border = y + 16
    const space = crosses ? 48 : previous === undefined ? 0 : 6
    bands.push({ zone: node.zone!, y: y + space + 14 })
    return space + 24
  })
  const height = Math.max(end(left), end(right)) + 16
  centre(left, height)
  const frame = frameOf(left, right)
  return html`<svg
    class="map"
    viewBox="0 0 ${frame.width} ${height}"
    width="${frame.width}"
    height="${height}"
    role="img"
    aria-label="${words.mapLabel[locale]}"
  >
    ${borderPart(border, frame, locale)}
    ${bands.map(({ zone, y }) => html`<text class="band" x="${frame.right + 22}" y="${y}">${zoneNames[zone][locale]}</text>`)}
    ${joined(curves(links, left, right, frame, locale))} ${left.map((node) => leftNode(node, frame))}
    ${right.map((node) => rightNode(node, frame))}
  </svg>`
}

/** Nodes one under the other; `before` is the space that a node asks for above it. */
function placed(
  nodes: readonly Node[],
  start: number,
  before: (node: Node, previous: Node | undefined, y: number) => number,
): readonly Node[] {
  let y = start
  nodes.forEach((node, at) => {
    y += before(node, nodes[at - 1], y)
    const least = node.detail === '' ? LEAST : LEAST + 10
    node.height = Math.max(
      least,
      node.links.reduce((sum, { width }) => sum + width + 1, 0),
    )
    node.y = y
    y += node.height + GAP
  })
  return nodes
}

function end(nodes: readonly Node[]): number {
  const last = nodes.at(-1)
  return last === undefined ? 0 : last.y + last.height
}

function centre(nodes: readonly Node[], height: number): void {
  const shift = Math.max(0, (height - end(nodes) - nodes[0]!.y) / 2)
  for (const node of nodes) node.y += shift
}

function curves(
  links: readonly Link[],
  left: readonly Node[],
  right: readonly Node[],
  frame: Frame,
  locale: Locale,
): Markup[] {
  const start = offsets(left, (link) => right.findIndex(({ id }) => id === link.to))
  const finish = offsets(right, (link) => left.findIndex(({ id }) => id === link.from))
  const byGravity = [...links].sort((a, b) => gravity.indexOf(a.decision) - gravity.indexOf(b.decision))
  return byGravity.map((link) => {
    const [y1, y2] = [start.get(link)!, finish.get(link)!]
    const x1 = frame.left + BAR
    const middle = (x1 + frame.right) / 2
    const path = `M${x1} ${round(y1)} C${middle} ${round(y1)} ${middle} ${round(y2)} ${frame.right} ${round(y2)}`
    const from = left.find(({ id }) => id === link.from)!.label
    const to = right.find(({ id }) => id === link.to)!
    const title = `${from} → ${to.label} (${zoneNames[link.zone][locale]}): ${decisionNames[link.decision][locale]} × ${link.count}`
    return html`<path
      class="link ${link.decision}"
      d="${path}"
      stroke-width="${round(link.width)}"
      data-class="${link.from}"
      data-zone="${link.zone}"
      ><title>${title}</title></path
    >`
  })
}

/** Where each link meets its node, in the order of the other side. */
function offsets(nodes: readonly Node[], rank: (link: Link) => number): Map<Link, number> {
  const places = new Map<Link, number>()
  for (const node of nodes) {
    const total = node.links.reduce((sum, { width }) => sum + width + 1, 0)
    let y = node.y + (node.height - total) / 2
    for (const link of [...node.links].sort((a, b) => rank(a) - rank(b))) {
      places.set(link, y + link.width / 2)
      y += link.width + 1
    }
  }
  return places
}

function leftNode({ id, label, y, height }: Node, { left }: Frame): Markup {
  const middle = round(y + height / 2 + 5)
  return html`<g class="node" data-class="${id}"
    ><text x="${left - 10}" y="${middle}" text-anchor="end">${cut(label, LONGEST_CLASS)}<title>${label}</title></text
    ><rect x="${left}" y="${round(y)}" width="${BAR}" height="${round(height)}" rx="2"
  /></g>`
}

function rightNode({ label, detail, zone, y, height }: Node, { right }: Frame): Markup {
  const middle = round(y + height / 2 + (detail === '' ? 5 : -2))
  const below =
    detail === ''
      ? null
      : html`<text class="detail" x="${right + 22}" y="${middle + 15}"
          >${cut(detail, LONGEST_DETAIL)}<title>${detail}</title></text
        >`
  return html`<g class="node zone-${zone}" data-zone="${zone}"
    ><rect x="${right}" y="${round(y)}" width="${BAR}" height="${round(height)}" rx="2" /><text
      x="${right + 22}"
      y="${middle}"
      >${cut(label, LONGEST_SERVICE)}<title>${label}</title></text
    >${below}</g
  >`
}

function borderPart(y: number | null, { right, width }: Frame, locale: Locale): Markup | null {
  if (y === null) return null
  return html`<g class="border"
    ><line x1="${right - 70}" x2="${width}" y1="${y}" y2="${y}" /><text x="${width}" y="${y - 6}" text-anchor="end"
      >${words.inJapan[locale]} ↑</text
    ><text x="${width}" y="${y + 15}" text-anchor="end">${words.abroad[locale]} ↓</text></g
  >`
}

function frameOf(classes: readonly Node[], endpoints: readonly Node[]): Frame {
  const widest = (texts: readonly string[], character: number) =>
    Math.max(0, ...texts.map((text) => displayWidth(text) * character))
  const names = classes.map(({ label }) => cut(label, LONGEST_CLASS))
  const left = Math.ceil(widest(names, CHARACTER)) + 24
  const right = left + BAR + SPAN
  const beside = Math.max(
    widest(
      endpoints.map(({ label }) => cut(label, LONGEST_SERVICE)),
      CHARACTER,
    ),
    widest(
      endpoints.map(({ detail }) => cut(detail, LONGEST_DETAIL)),
      SMALL,
    ),
    200,
  )
  return { left, right, width: right + 22 + Math.ceil(beside) }
}

/** To a display width: full-width characters count twice. */
function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (displayWidth(kept + character) > width - 1) break
    kept += character
  }
  return `${kept}…`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
