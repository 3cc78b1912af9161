#include "report/html.hpp"

namespace roost::html {

// No font, picture or rule comes from elsewhere. Colours keep a contrast of 4.5 and more in both themes.
const std::string_view style_sheet = R"(
:root {
  color-scheme: light dark;
  --page: #f4f6f9; --card: #ffffff; --text: #1a2230; --muted: #54606f; --line: #d5dbe4; --link: #1d4fb8;
  --added: #136a2b; --added-tint: #e4f4e8; --removed: #ab1f17; --removed-tint: #fce9e7;
  --altered: #7f4c00; --altered-tint: #fdf0d8; --opaque: #6a359f; --opaque-tint: #f1e8fb;
  --note: #1d4fb8; --note-tint: #e7eefc; --managed: #1d4fb8; --edge: #8a96a6; --code: #eef1f5;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f141b; --card: #171e28; --text: #e6ebf2; --muted: #a5b0bf; --line: #303a49; --link: #93b9ff;
    --added: #74d391; --added-tint: #14301d; --removed: #ff9a91; --removed-tint: #3c1b1a;
    --altered: #f2bf6a; --altered-tint: #36290f; --opaque: #cdadff; --opaque-tint: #2a2140;
    --note: #93b9ff; --note-tint: #18274a; --managed: #93b9ff; --edge: #6c7889; --code: #222b38;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
header, nav, main { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.75rem; }
h1 { margin: 0 0 .9rem; font-size: 1.9rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 .9rem; font-size: 1.2rem; line-height: 1.3; }
h3 { margin: 0 0 .4rem; font-size: 1rem; }
p { margin: 0 0 .6rem; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, .box:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em; }
code { padding: .08em .35em; border-radius: 4px; background: var(--code); overflow-wrap: anywhere; }
.kicker { margin: 0 0 .15rem; color: var(--muted); font-size: .85rem; font-weight: 600; letter-spacing: .05em;
  text-transform: uppercase; }
.muted { color: var(--muted); font-size: .875rem; }
.verdict { display: flex; gap: .7rem; margin: 0 0 1rem; padding: .75rem 1rem; border-radius: 10px; border: 1px solid;
  font-size: 1.05rem; font-weight: 600; }
.good { color: var(--added); background: var(--added-tint); }
.differs { color: var(--altered); background: var(--altered-tint); }
.bad { color: var(--removed); background: var(--removed-tint); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.counts li { padding: .2rem .75rem; border-radius: 999px; font-size: .9rem; }
.counts .added, .sign.added { color: var(--added); background: var(--added-tint); }
.counts .altered, .sign.altered { color: var(--altered); background: var(--altered-tint); }
.counts .removed, .sign.removed { color: var(--removed); background: var(--removed-tint); }
.counts .opaque, .sign.opaque { color: var(--opaque); background: var(--opaque-tint); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .6rem 1.25rem;
  margin: 0 0 1.25rem; }
.facts dt { color: var(--muted); font-size: .8rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; margin: 0 0 1.25rem; padding: .6rem 0; list-style: none;
  border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav span, .number { color: var(--muted); font-weight: 400; }
section { margin: 0 0 1.25rem; padding: 1.1rem 1.25rem 1.25rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 12px; }
section > :last-child { margin-bottom: 0; }
.box { overflow: auto; border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; font-size: .925rem; }
caption { padding: .5rem .75rem; color: var(--muted); font-size: .85rem; text-align: left; }
th, td { padding: .5rem .75rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--muted); font-size: .8rem; font-weight: 600; }
td { overflow-wrap: anywhere; }
td p, td ul { margin: .3rem 0 0; padding-left: 0; }
td ul { padding-left: 1.1rem; }
td.change { width: 40%; min-width: 14rem; }
td.time { white-space: nowrap; }
.change > div { display: flex; gap: .6rem; }
.what { min-width: 0; }
.sign { flex: none; width: 1.5rem; height: 1.5rem; border-radius: 6px; font-weight: 700; line-height: 1.5rem;
  text-align: center; }
code.place { background: none; padding: 0; color: var(--muted); }
.badge { display: inline-block; padding: .05rem .55rem; border: 1px solid; border-radius: 999px; font-size: .8rem;
  font-weight: 600; white-space: nowrap; }
.badge.declared { color: var(--text); background: var(--code); }
.badge.good { color: var(--added); background: var(--added-tint); }
.badge.predicted, .badge.note, .badge.new { color: var(--note); background: var(--note-tint); }
.badge.rehearsed { color: var(--added); background: var(--added-tint); border-style: double; border-width: 3px; }
.badge.opaque { color: var(--opaque); background: var(--opaque-tint); border-style: dashed; }
.badge.warning { color: var(--altered); background: var(--altered-tint); }
.badge.error { color: var(--removed); background: var(--removed-tint); }
.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; margin: 0 0 .9rem; padding: 0; list-style: none;
  font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.proofs { display: grid; gap: .35rem; }
.proofs div { display: grid; grid-template-columns: 6.5rem 1fr; align-items: baseline; }
.proofs dd { margin: 0; color: var(--muted); }
.shape { width: 26px; height: 15px; background: var(--card); border: 1.5px solid var(--edge); border-radius: 3px; }
.shape.user { border-radius: 8px; }
.shape.managed { border: 2px solid var(--managed); background: var(--note-tint); }
.scripts, .proven, .unproven { margin: 0 0 .8rem; padding-left: 1.5rem; }
.proven, .unproven { list-style: none; padding-left: 0; }
.proven li, .unproven li { padding-left: 1.6rem; text-indent: -1.6rem; }
.proven li::before, .unproven li::before { display: inline-block; width: 1.6rem; text-indent: 0; font-weight: 700; }
.proven li::before { content: "✓"; color: var(--added); }
.unproven li::before { content: "○"; color: var(--altered); }
.card { margin: 0 0 .75rem; padding: .75rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--note);
  border-radius: 8px; }
.card.error { border-left-color: var(--removed); }
.card.warning { border-left-color: var(--altered); }
.card p { margin-bottom: .3rem; }
.card > :last-child, .told > :last-child { margin-bottom: 0; }
.told + .told { margin-top: .7rem; padding-top: .7rem; border-top: 1px solid var(--line); }
.warning-line { color: var(--altered); }
pre { margin: 0; padding: .9rem 1rem; max-height: 34rem; background: var(--page); line-height: 1.55; tab-size: 4; }
.comment { color: var(--muted); }
.figure { max-height: 46rem; margin-bottom: .6rem; background: var(--card); }
.graph { display: block; margin: 0 auto; }
.graph text { fill: var(--text); font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.graph .small { fill: var(--muted); font-size: 11px; }
.node rect { fill: var(--card); stroke: var(--edge); stroke-width: 1.25; }
.node.managed rect { fill: var(--note-tint); stroke: var(--managed); stroke-width: 2; }
.node.added rect { fill: var(--added-tint); stroke: var(--added); stroke-width: 2; }
.node.removed rect { fill: var(--removed-tint); stroke: var(--removed); stroke-width: 2; stroke-dasharray: 6 3; }
.node.altered rect { fill: var(--altered-tint); stroke: var(--altered); stroke-width: 2; }
.edge, .tip { --own: var(--edge); }
.edge.added, .tip.added { --own: var(--added); }
.edge.removed, .tip.removed { --own: var(--removed); }
.edge.altered, .tip.altered { --own: var(--altered); }
.edge path { fill: none; stroke: var(--own); stroke-width: 1.4; }
.edge.added path, .edge.removed path, .edge.altered path { stroke-width: 2.2; }
.edge.removed path { stroke-dasharray: 8 4; }
.edge.weak path { stroke-dasharray: 1.5 4.5; stroke-linecap: round; }
.edge:hover path { stroke-width: 3.5; }
.edge circle { fill: var(--card); stroke: var(--own); stroke-width: 1.5; }
.edge text { fill: var(--own); font-weight: 700; text-anchor: middle; }
.tip path { fill: var(--own); }
@media screen and (max-width: 44rem) {
  header, nav, main { padding: 0 .75rem; }
  header { padding-top: 1.1rem; }
  h1 { font-size: 1.5rem; }
  section { padding: .9rem .8rem 1rem; border-radius: 10px; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .proofs div { grid-template-columns: 1fr; gap: .15rem; }
  .box:has(> table) { border: 0; overflow: visible; }
  table, tbody, tr, td, caption { display: block; }
  caption { padding: 0 0 .4rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { margin: 0 0 .6rem; padding: .45rem .7rem; border: 1px solid var(--line); border-radius: 8px; }
  td { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: .5rem; padding: .15rem 0; border: 0; }
  td::before { content: attr(data-head); color: var(--muted); font-size: .8rem; }
  td > div { min-width: 0; }
  td.none { display: none; }
  td.change { display: block; width: auto; min-width: 0; padding-bottom: .3rem; }
  td.change::before { content: none; }
  pre { padding: .7rem; }
}
@media print {
  @page { margin: 14mm; }
  :root { color-scheme: light; }
  html, body { background: #ffffff; }
  body { font-size: 10.5pt; }
  header, nav, main { max-width: none; padding: 0; }
  nav { display: none; }
  section { padding: 0; border: 0; border-radius: 0; }
  td.change { min-width: 0; }
  td.time { white-space: normal; }
  h2, h3 { break-after: avoid; }
  tr, .card { break-inside: avoid; }
  thead { display: table-header-group; }
  .box { overflow: visible; max-height: none; border: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 0; background: none; }
  .graph { width: auto; max-width: 100%; height: auto; max-height: 245mm; }
  .badge, .sign, .verdict, .counts li, .shape, .graph { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)";

}  // namespace roost::html
