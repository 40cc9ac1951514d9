/** The page's style: paper and ink, readable in the dark, narrow and on A4. No font or image is fetched. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f8f6f1; --card: #ffffff; --ink: #1d2731; --soft: #5c6a75; --line: #ddd8cd; --code: #f4f2ec;
  --indigo: #24476f; --error: #b3261e; --warn: #95610a; --note: #4a6785; --allow: #2c6e54;
  --error-wash: #fbeae8; --warn-wash: #fbf1dd; --note-wash: #e9eff5; --allow-wash: #e5f1ec; --mark: #ffe9a8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14191e; --card: #1c232a; --ink: #e3e7ea; --soft: #9aa7b1; --line: #333d46; --code: #151b21;
    --indigo: #9dc0e6; --error: #ff9d94; --warn: #f0c170; --note: #a5c0dc; --allow: #85cfb0;
    --error-wash: #43211f; --warn-wash: #3d2f14; --note-wash: #22303d; --allow-wash: #1a352b; --mark: #5f4d12;
  }
}
* { box-sizing: border-box }
html { scroll-behavior: smooth; scroll-padding-top: 4rem }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.65 system-ui, -apple-system, 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans JP', 'Noto Sans CJK JP', sans-serif;
}
main, header > div, nav > div { max-width: 1120px; margin: 0 auto; padding: 0 24px }
header { border-top: 6px solid var(--indigo); padding: 28px 0 12px }
header .brand { display: flex; gap: 14px; align-items: center }
header svg { width: 44px; height: 44px; flex: none }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 }
.tagline { color: var(--soft); margin: 0 }
.run { color: var(--soft); font-size: .9rem; margin: 12px 0 0; overflow-wrap: anywhere }
.verdict { border-left: 6px solid; border-radius: 6px; padding: 14px 18px; font-size: 1.15rem; font-weight: 600; margin: 18px 0 }
.verdict.error { border-color: var(--error); background: var(--error-wash) }
.verdict.warn, .verdict.incomplete { border-color: var(--warn); background: var(--warn-wash) }
.verdict.clean { border-color: var(--allow); background: var(--allow-wash) }
.notice { background: var(--warn-wash); border-radius: 6px; padding: 8px 14px }
nav { position: sticky; top: 0; z-index: 2; background: var(--paper); border-bottom: 1px solid var(--line) }
nav > div { display: flex; gap: 20px; overflow-x: auto; white-space: nowrap }
nav a { color: var(--ink); text-decoration: none; padding: 10px 0; font-size: .95rem }
nav a:hover { color: var(--indigo); box-shadow: inset 0 -2px }
nav b { color: var(--soft); font-weight: 400; font-size: .85em }
h2 { font-size: 1.25rem; margin: 40px 0 12px }
h4 { margin: 16px 0 4px; font-size: .9rem; color: var(--soft); font-weight: 600 }
#overview { margin-top: 22px }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px }
.card b { display: block; font-size: 1.9rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums }
.card span { color: var(--soft); font-size: .9rem }
.card.error b { color: var(--error) } .card.warn b { color: var(--warn) } .card.zero b { color: var(--soft) }
.bar { display: flex; height: 12px; border-radius: 6px; overflow: hidden; margin: 16px 0 6px; gap: 2px }
.bar i { min-width: 6px }
.figure + .legend { margin-top: 8px }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--soft); font-size: .9rem; margin: 0; padding: 0; list-style: none }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px }
.node rect { fill: var(--indigo) }
i.zone-edge, .node.zone-edge rect { background: #2c6e54; fill: #2c6e54 }
i.zone-domestic, .node.zone-domestic rect { background: #4d9a77; fill: #4d9a77 }
i.zone-japan-region, .node.zone-japan-region rect { background: #4f86b5; fill: #4f86b5 }
i.zone-japan-cross-region, .node.zone-japan-cross-region rect { background: #7ba6cc; fill: #7ba6cc }
i.zone-designated, .node.zone-designated rect { background: #c4a33f; fill: #c4a33f }
i.zone-foreign, .node.zone-foreign rect { background: #c0473d; fill: #c0473d }
i.zone-unknown, .node.zone-unknown rect { background: #84766a; fill: #84766a }
.zone { display: inline-block; font-size: .8rem; line-height: 1.5; padding: 0 8px; border-radius: 10px; background: var(--note-wash); white-space: nowrap }
.zone-foreign.zone { background: var(--error-wash) } .zone-unknown.zone, .zone-designated.zone { background: var(--warn-wash) }
.zone-edge.zone, .zone-domestic.zone { background: var(--allow-wash) }
.figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; overflow-x: auto }
.map { display: block; max-width: 100%; height: auto; margin: 0 auto; font-size: 14px }
.map text { fill: var(--ink) }
.map .detail { fill: var(--soft); font-size: 11.5px }
.map .band { fill: var(--soft); font-size: 12px; font-weight: 600; letter-spacing: .03em }
.map .node, .map .link { cursor: pointer }
.map .link { fill: none; stroke-opacity: .42; transition: stroke-opacity .15s }
.map .link:hover { stroke-opacity: .9 }
.map .out { opacity: .12 }
.map .allow { stroke: var(--allow) } .map .note { stroke: var(--note) } .map .warn { stroke: #d79a2b }
.map .error, .map .never { stroke: var(--error) }
.map .border line { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 7 5 }
.map .border text { fill: var(--soft); font-size: 11.5px }
.hint { color: var(--soft); font-size: .9rem; margin: 0 0 10px }
.filters { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 16px; margin: 12px 0 }
.filters label { display: inline-flex; gap: 5px; align-items: center; font-size: .9rem }
.filters select, .filters input[type=search], button { font: inherit; font-size: .9rem; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; max-width: 100% }
.filters input[type=search] { flex: 1; min-width: 180px }
button { cursor: pointer }
.count { color: var(--soft); font-size: .9rem; font-variant-numeric: tabular-nums }
.pill { display: inline-block; min-width: 3.6em; text-align: center; font-size: .8rem; font-weight: 600; line-height: 1.6; padding: 0 8px; border-radius: 4px; white-space: nowrap }
.pill.error { color: var(--error); background: var(--error-wash) } .pill.warn { color: var(--warn); background: var(--warn-wash) }
.pill.note { color: var(--note); background: var(--note-wash) } .pill.allow { color: var(--allow); background: var(--allow-wash) }
.finding { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--note); border-radius: 6px; margin: 8px 0 }
.finding.error { border-left-color: var(--error) } .finding.warn { border-left-color: #d79a2b }
.finding > summary { display: flex; gap: 12px; align-items: baseline; padding: 10px 14px; cursor: pointer; list-style: none }
.finding > summary::-webkit-details-marker { display: none }
.finding > summary::before { content: '▸'; color: var(--soft); flex: none; width: .8em }
.finding[open] > summary::before { content: '▾' }
.finding .what { flex: 1; font-weight: 600 }
.arrow { color: var(--soft) }
.place { font: .85rem/1.5 ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono CJK JP', monospace; color: var(--soft); overflow-wrap: anywhere }
.body { padding: 0 18px 16px 38px }
.message { margin: 0 0 8px }
pre, code { font-family: ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono CJK JP', monospace; font-size: .86rem }
code { overflow-wrap: anywhere }
pre.code { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: 8px 0; margin: 8px 0; overflow-x: auto; line-height: 1.6 }
pre.copy { padding: 8px 12px }
.line { display: block; padding: 0 12px; white-space: pre }
.line.hit { background: var(--error-wash) }
.warn .line.hit { background: var(--warn-wash) } .note .line.hit { background: var(--note-wash) }
.no { display: inline-block; min-width: 2.6em; padding-right: 1em; text-align: right; color: var(--soft); user-select: none }
mark { background: var(--mark); color: inherit; border-radius: 2px }
.path { list-style: none; margin: 4px 0 0 6px; padding: 0 0 0 18px; border-left: 2px solid var(--line) }
.path li { position: relative; padding: 2px 0 }
.path li::before { content: ''; position: absolute; left: -24px; top: .75em; width: 10px; height: 10px; border-radius: 50%; background: var(--card); border: 2px solid var(--soft) }
.path li.first::before { background: var(--indigo); border-color: var(--indigo) }
.path li.last::before { background: var(--error); border-color: var(--error); border-radius: 2px }
.path .label { margin-right: 8px }
.more summary { margin: 12px 0 4px; font-size: .9rem; color: var(--soft); font-weight: 600; cursor: pointer }
.same { margin: 12px 0 0; font-size: .9rem; color: var(--soft) } .same a { color: var(--indigo) }
h4 small, .more small { font-weight: 400 }
.step-code { display: block; color: var(--soft); white-space: pre; overflow: hidden; text-overflow: ellipsis }
.facts { margin: 16px 0 0; display: grid; gap: 4px }
.facts div { display: grid; grid-template-columns: 11em 1fr; gap: 12px }
.facts dt { color: var(--soft); font-size: .9rem } .facts dd { margin: 0; overflow-wrap: anywhere }
.facts .kind { color: var(--soft); font-size: .8rem }
.remedy p { margin: 0 }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 10px 0 }
table { border-collapse: collapse; width: 100%; font-size: .92rem }
th { text-align: left; font-size: .85rem; color: var(--soft); font-weight: 600; white-space: nowrap }
th, td { padding: 8px 12px; border-bottom: 1px solid var(--line); vertical-align: top }
tr:last-child td { border-bottom: 0 }
td:last-child { min-width: 12em } td { min-width: 5.5em }
td small { color: var(--soft); overflow-wrap: anywhere }
.empty { color: var(--soft) }
footer { color: var(--soft); font-size: .9rem; padding: 32px 0 48px }
@media (max-width: 640px) {
  .map { max-width: none; width: 640px }
  main, header > div, nav > div { padding: 0 14px }
  .finding > summary { flex-wrap: wrap; gap: 4px 10px }
  .finding .what { flex-basis: calc(100% - 8em) }
  .finding .place { flex-basis: 100%; padding-left: 1.4em }
  .body { padding: 0 14px 14px }
  .facts div { grid-template-columns: 1fr; gap: 0 }
  .cards { grid-template-columns: repeat(2, 1fr) }
}
@page { size: A4; margin: 14mm 12mm }
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --code: #f6f6f6;
    --indigo: #24476f; --error: #b3261e; --warn: #8a5a0a; --note: #3f5a76; --allow: #2c6e54;
    --error-wash: #fbeae8; --warn-wash: #fbf1dd; --note-wash: #e9eff5; --allow-wash: #e5f1ec; --mark: #ffe9a8 }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { font-size: 9.5pt; line-height: 1.5 }
  nav, .filters, .hint, button { display: none }
  main, header > div { padding: 0; max-width: none }
  header { padding-top: 8px }
  h2 { break-after: avoid; margin-top: 20px }
  h4 { break-after: avoid }
  .card, .figure, tr, pre.code, .path li, .facts div, .finding > summary { break-inside: avoid }
  .finding > summary { break-after: avoid }
  details::details-content { content-visibility: visible; display: block; height: auto }
  .map { max-width: 100% }
  .line, .step-code { white-space: pre-wrap; overflow-wrap: anywhere }
  .scroll, .figure { overflow: visible }
  table { font-size: 8.5pt } td:last-child { min-width: 10em } th, td { padding: 4px 6px; overflow-wrap: anywhere }
  .cards { grid-template-columns: repeat(6, 1fr); gap: 6px } .card { padding: 6px 10px } .card b { font-size: 1.4rem }
}
`
