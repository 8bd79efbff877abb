# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The looks of the page: one style sheet for screens, phones, paper and dark rooms."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark;
  --page: #eef1f5; --card: #ffffff; --ink: #18212f; --soft: #55607a; --line: #d5dbe5; --zebra: #f6f8fb; --code: #eef1f6;
  --good: #17693b; --good-bg: #e2f4e8; --wait: #7a4d00; --wait-bg: #fdf0d5; --bad: #a61b1b; --bad-bg: #fde7e6; --note: #1d4f9c;
  --note-bg: #e4edfb;
  --install: #2c66c4; --move: #7e3bb3; --other: #4d7c8a; --band-a: #dfe8f5; --band-b: #e3f1e7; --wait-bar: #d9a441; --out: #c62828;
}
@media (prefers-color-scheme: dark) { :root {
  --page: #0e131a; --card: #171e28; --ink: #e7ecf3; --soft: #a7b3c5; --line: #303b4b; --zebra: #1c2531; --code: #0e131a;
  --good: #7ddc9f; --good-bg: #14351f; --wait: #f2c063; --wait-bg: #3a2c0c; --bad: #ff9d94; --bad-bg: #461a18; --note: #93bdff;
  --note-bg: #1a2f52;
  --install: #5b93ea; --move: #b887e0; --other: #6ea3b3; --band-a: #24344d; --band-b: #1f3b2a; --wait-bar: #b8862c; --out: #ff6b5f;
} }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
header, main, footer { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; } footer { padding-bottom: 36px; color: var(--soft); font-size: 14px; }
.over { margin: 0; color: var(--soft); font-size: 14px; letter-spacing: .04em; }
h1 { margin: 0 0 14px; font-size: 28px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 10px; font-size: 19px; line-height: 1.3; }
h3 { margin: 0 0 6px; font-size: 15px; }
p { margin: 0 0 8px; } p, li, dd, h3 { overflow-wrap: anywhere; } a { color: var(--note); } ul, ol { margin: 0 0 8px; padding-left: 22px; }
.card, .verdict { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 22px; margin: 0 0 18px; }
.verdict { border-left-width: 8px; }
.verdict p.say { font-size: 20px; line-height: 1.4; margin: 8px 0 0; overflow-wrap: anywhere; }
.verdict .next { margin-top: 16px; padding-top: 14px; border-top: 1px solid var(--line); }
.verdict h2 { font-size: 16px; margin-bottom: 6px; }
.good { border-left-color: var(--good); } .bad { border-left-color: var(--bad); } .wait { border-left-color: var(--wait); }
.badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 14px; font-weight: 600; white-space: nowrap;
  color: var(--note);
  background: var(--note-bg); }
.badge.b-good { color: var(--good); background: var(--good-bg); } .badge.b-wait { color: var(--wait); background: var(--wait-bg); }
.badge.b-bad { color: var(--bad); background: var(--bad-bg); } .badge.b-none { color: var(--soft); background: var(--code); }
.verdict .badge { font-size: 16px; padding: 3px 13px; white-space: normal; border-radius: 16px; }
code, .sum { font: 14px/1.45 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { margin: 0 0 8px; padding: 10px 12px; background: var(--code); border: 1px solid var(--line); border-radius: 8px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
dl.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(155px, 1fr)); gap: 12px; margin: 0 0 18px; }
dl.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px 16px; }
dl.tiles dt { color: var(--soft); font-size: 14px; } dl.tiles dd { margin: 0; font-size: 21px; font-weight: 600; line-height: 1.3;
  overflow-wrap: anywhere; }
dl.tiles dd small { display: block; font-size: 14px; font-weight: 400; color: var(--soft); }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 3px solid var(--install); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 15px; }
caption { text-align: left; font-weight: 600; padding: 0 0 8px; }
caption.heard, .heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: 7px 12px 7px 8px; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; font-size: 14px; white-space: nowrap; }
tbody th { font-weight: 600; } tbody th .small { font-weight: 400; } tbody tr:nth-child(even) { background: var(--zebra); }
td.short { white-space: nowrap; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
time, .there { white-space: nowrap; font-variant-numeric: tabular-nums; } .there, .small { color: var(--soft); font-size: 14px;
  display: block; }
.long { min-width: 220px; overflow-wrap: anywhere; } .sum { color: var(--soft); display: block; min-width: 220px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 14px; padding: 0; list-style: none; font-size: 14px;
  color: var(--soft); }
.legend svg { width: 22px; height: 14px; vertical-align: -2px; margin-right: 6px; }
figure { margin: 0; max-width: 520px; }
.curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 20px; }
svg { display: block; max-width: 100%; height: auto; } svg.inline { display: inline-block; } .wide svg { min-width: 860px; }
svg text { font: 13px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; fill: var(--ink); }
  svg .soft { fill: var(--soft); font-size: 12px; }
svg .rule { stroke: var(--line); stroke-width: 1; } svg .pause { fill: var(--zebra); } svg .dash { stroke: var(--soft);
  stroke-dasharray: 3 4; }
svg .install { fill: var(--install); } svg .move { fill: var(--move); } svg .other { fill: var(--other); }
  svg .waits { fill: var(--wait-bar); } svg .window { fill: var(--good-bg); stroke: var(--good); }
svg .open { fill: url(#hatch); stroke: var(--out); stroke-width: 2; } svg .hatch { stroke: var(--out); stroke-width: 3; }
  svg .hatched { fill: var(--bad-bg); }
svg .outage { fill: var(--out); } svg .serve-0 { fill: var(--band-a); } svg .serve-1 { fill: var(--band-b); }
svg text.on { fill: #ffffff; font-weight: 600; font-size: 12px; } svg .run { fill: var(--soft); }
svg .curve { fill: none; stroke: var(--install); stroke-width: 3; stroke-linejoin: round; } svg .area { fill: var(--install);
  opacity: .14; }
svg .point { fill: var(--card); stroke: var(--install); stroke-width: 3; }
details summary { cursor: pointer; font-weight: 600; font-size: 19px; } details[open] summary { margin-bottom: 10px; }
@media (prefers-color-scheme: dark) { svg text.on { fill: #0c1118; } }
@media (max-width: 560px) { header, main, footer { padding-left: 12px; padding-right: 12px; } .card, .verdict { padding: 16px 14px; }
  h1 { font-size: 23px; } .verdict p.say { font-size: 18px; } dl.tiles { grid-template-columns: 1fr 1fr; gap: 8px; }
  dl.tiles div { padding: 10px 12px; }
  dl.tiles dd { font-size: 18px; } }
@media print { :root { color-scheme: light; --page: #ffffff; --card: #ffffff; --ink: #000000; --soft: #444444; --line: #999999;
  --zebra: #ffffff; --code: #ffffff;
    --good: #17693b; --good-bg: #ffffff; --wait: #7a4d00; --wait-bg: #ffffff; --bad: #a61b1b; --bad-bg: #ffffff; --note: #1d4f9c;
  --note-bg: #ffffff;
    --install: #2c66c4; --move: #7e3bb3; --other: #4d7c8a; --band-a: #dfe8f5; --band-b: #e3f1e7; --wait-bar: #d9a441; --out: #c62828; }
  body { font-size: 11pt; } header, main, footer { max-width: none; padding: 0; } .card, .verdict { border-radius: 0;
  padding: 8px 0 8px 10px; border-width: 0 0 0 2px; }
  .verdict { border-left-width: 6px; } .scroll { overflow: visible; } .wide svg { min-width: 0; width: 100%; } table { font-size: 9pt; }
  time, .there, td.short, thead th, .badge { white-space: normal; } td bdi, th bdi, .badge { overflow-wrap: anywhere; }
  td:has(> bdi), th:has(> bdi), td:has(> .badge) { min-width: 11ch; } td.short { min-width: 7ch; }
  .long, .sum { min-width: 0; } th, td { padding: 3px 6px 3px 4px; }
  .sum { font-size: 7pt; } .there, .small, thead th, .badge { font-size: 8pt; }
  dl.tiles { grid-template-columns: repeat(3, 1fr); gap: 6px; } dl.tiles div { padding: 4px 8px; border-radius: 0; }
  tr, figure, .verdict, dl.tiles div { break-inside: avoid; } h2, caption { break-after: avoid; } thead { display: table-header-group; }
  svg, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; } svg text.on { fill: #ffffff; }
  .badge { border: 1px solid currentColor; } }
"""
