// The style sheet of an HTML report. Colours are pairs that the common kinds of colour blindness
// tell apart (blues against vermilion), and each has a pattern, a shape or a place of its own
// beside it. Paper is always light.
#pragma once

#include <string_view>

namespace stator {

inline constexpr std::string_view kHtmlStyle = R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1a1c20; --soft: #565c66; --rule: #d5d9e0; --panel: #f4f6f8;
  --served: #8fbfe0; --asked: #1a1c20; --cut: #1a1c20; --ground: #f7f8fa;
  --key-range: #d55e00; --provisioned: #7b3f98; --maximum: #a87900; --account: #00735c;
  --heat1: #e3eef9; --heat2: #c8e0f1; --heat3: #aed2e9; --heat4: #93c3e2; --heat5: #78b5da;
  --heat6: #60a0ca; --heat7: #4a84b2; --heat8: #34689b; --heat9: #1e4c83; --heat10: #08306b;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #121417; --ink: #e8eaed; --soft: #a5acb6; --rule: #3a4048; --panel: #1c2025;
    --served: #2f6690; --asked: #f2f4f7; --cut: #f2f4f7; --ground: #181b20;
    --key-range: #ff7a2f; --provisioned: #c58fe0; --maximum: #e0b23c; --account: #35c3a0;
    --heat1: #12304f; --heat2: #1b4268; --heat3: #245381; --heat4: #2d659a; --heat5: #3676b3;
    --heat6: #4d8cc7; --heat7: #73a6d5; --heat8: #9abfe3; --heat9: #c0d9f1; --heat10: #e6f3ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 1100px;
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
h3 { font-size: 1.02rem; margin: 1.75rem 0 .25rem; }
h1, h2, h3, p, caption, li, .code { overflow-wrap: anywhere; }
p { margin: .4rem 0; max-width: 75ch; }
.note { color: var(--soft); font-size: .9em; }
.wide { overflow-x: auto; }
.figures { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; padding: 0; }
.figures div { background: var(--panel); border-radius: 6px; padding: .5rem .9rem; min-width: 8.5rem; }
.figures dt { color: var(--soft); font-size: .82rem; }
.figures dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; margin: .75rem 0; font-size: .9rem; min-width: 50%; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0; font-weight: normal; }
thead th { color: var(--soft); border-bottom: 1px solid var(--rule); white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--rule); }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .85em; }
.prose { min-width: 22rem; }
details { margin: .75rem 0; }
summary { cursor: pointer; }
figure { margin: .5rem 0 1rem; }
svg { display: block; width: 100%; min-width: 640px; height: auto; }
svg text { font: 11px system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: var(--soft); }
svg text.end { text-anchor: end; }
svg text.middle { text-anchor: middle; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; margin: .25rem 0; padding: 0;
  color: var(--soft); font-size: .85rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.legend .swatch { width: 24px; min-width: 24px; height: 12px; }
.legend .ramp { width: 140px; min-width: 140px; height: 12px; }
.grid, .axis, .phase { fill: none; stroke: var(--rule); stroke-width: 1; }
.axis { stroke: var(--soft); }
.phase { stroke: var(--soft); stroke-dasharray: 2 3; }
.tip { fill: transparent; }
.tip:hover { fill: var(--soft); fill-opacity: .15; }
.asked { fill: none; stroke: var(--asked); stroke-width: 1.4; }
.served { fill: var(--served); }
.key-range { fill: var(--key-range); }
.provisioned { fill: url(#provisioned); }
.maximum { fill: url(#maximum); }
.account { fill: url(#account); }
.ground { fill: var(--ground); stroke: var(--rule); stroke-width: .5; }
.refusals { fill: var(--key-range); stroke: var(--paper); stroke-width: .4; pointer-events: none; }
.cut { fill: none; stroke: var(--cut); stroke-width: 1.2; }
.mark { fill: var(--paper); stroke: var(--cut); stroke-width: 1.4; }
.heat1 { fill: var(--heat1); pointer-events: none; shape-rendering: crispEdges; }
.heat2 { fill: var(--heat2); pointer-events: none; shape-rendering: crispEdges; }
.heat3 { fill: var(--heat3); pointer-events: none; shape-rendering: crispEdges; }
.heat4 { fill: var(--heat4); pointer-events: none; shape-rendering: crispEdges; }
.heat5 { fill: var(--heat5); pointer-events: none; shape-rendering: crispEdges; }
.heat6 { fill: var(--heat6); pointer-events: none; shape-rendering: crispEdges; }
.heat7 { fill: var(--heat7); pointer-events: none; shape-rendering: crispEdges; }
.heat8 { fill: var(--heat8); pointer-events: none; shape-rendering: crispEdges; }
.heat9 { fill: var(--heat9); pointer-events: none; shape-rendering: crispEdges; }
.heat10 { fill: var(--heat10); pointer-events: none; shape-rendering: crispEdges; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  .wide { overflow: visible; }
  svg, .prose, table { min-width: 0; }
  table { font-size: 8.5pt; }
  th, td { padding-right: .5rem; }
  thead th { white-space: normal; }
  figure, tr { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  svg, .figures div { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

// Patterns of the reasons, referred to by the style sheet.
inline constexpr std::string_view kHtmlPatterns = R"svg(
<svg class="patterns" width="0" height="0" style="position:absolute;min-width:0" aria-hidden="true">
<defs>
<pattern id="provisioned" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<path d="M0 0h6v6h-6z" fill="var(--provisioned)" fill-opacity=".45"/>
<path d="M0 0h3v6h-3z" fill="var(--provisioned)"/></pattern>
<pattern id="maximum" width="6" height="6" patternUnits="userSpaceOnUse">
<path d="M0 0h6v6h-6z" fill="var(--maximum)" fill-opacity=".45"/>
<circle cx="3" cy="3" r="1.8" fill="var(--maximum)"/></pattern>
<pattern id="account" width="6" height="6" patternUnits="userSpaceOnUse">
<path d="M0 0h6v6h-6z" fill="var(--account)" fill-opacity=".45"/>
<path d="M0 0h6v2.5h-6z" fill="var(--account)"/></pattern>
</defs></svg>
)svg";

}  // namespace stator
