# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pictures of the page as templates: coordinates come from pictures.py."""

from __future__ import annotations

TIMELINE = """
{% set p = picture %}
<svg viewBox="0 0 {{ p.width }} {{ p.height }}" role="img" aria-labelledby="timeline-title timeline-desc">
<title id="timeline-title">{{ w.timeline }}</title>
<desc id="timeline-desc">{% for lane in p.lanes %}{{ lane.name }}: {% for bar in lane.bars %}
{{ action(bar.span) }} {{ bar.span.begun | clock }}–{{ (bar.span.ended | clock) if bar.span.ended else w.open_end }}
{{ "; " if not loop.last else ". " }}{% endfor %}{% endfor %}
{% for one in report.timeline.public.outages %}
{{ w.outage }}: {{ one.begun | clock }}, {{ w.at_most }} {{ one.seconds | duration }}. {% endfor %}
{% if p.windows %}{% for bar in p.windows.open %}
{{ w.window }}: {{ bar.span.begun | clock }}–{{ bar.span.ended | clock }}. {% endfor %}{% endif %}</desc>
<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8"
class="hatched"/><line x1="0" y1="0" x2="0" y2="8" class="hatch"/></pattern></defs>
{% for pause in p.pauses %}
<rect class="pause" x="{{ pause.left | px }}" y="34" width="{{ (pause.right - pause.left) | px }}" height="{{ (p.bottom - 34) | px }}"/>
<text class="soft" x="{{ ((pause.left + pause.right) / 2) | px }}" y="24" text-anchor="middle">{{ pause.label }}</text>
<path class="dash" fill="none" d="M{{ pause.left | px }} 34V{{ p.bottom }}M{{ pause.right | px }} 34V{{ p.bottom }}"/>
{% endfor %}
{% for tick in p.ticks %}
<line class="rule" x1="{{ tick.x | px }}" y1="34" x2="{{ tick.x | px }}" y2="{{ p.bottom + 6 }}"/>
<text class="soft" x="{{ tick.x | px }}" y="{{ p.bottom + 20 }}"
text-anchor="{{ 'end' if tick.x > 900 else 'start' if tick.day else 'middle' }}">{{ tick.time }}</text>
{% if tick.day %}<text class="soft" x="{{ tick.x | px }}" y="{{ p.bottom + 36 }}"
text-anchor="{{ 'end' if tick.x > 900 else 'start' }}">{{ tick.day }}</text>{% endif %}
{% endfor %}
{% for lane in p.lanes %}
<line class="rule" x1="0" y1="{{ lane.y }}" x2="{{ p.width }}" y2="{{ lane.y }}"/>
<text x="0" y="{{ lane.y + 28 }}">{{ lane.name | short(21) }}</text>
{% for bar in lane.bars %}
<g><title>{{ action(bar.span) }}, {{ bar.span.begun | clock }}–{{ (bar.span.ended | clock) if bar.span.ended else w.open_end }}</title>
<rect class="{{ bar.kind }}" x="{{ bar.x | px }}" y="{{ bar.y | px }}" width="{{ bar.width | px }}" height="{{ bar.height }}" rx="4"/>
{% if bar.label and bar.kind == 'install' %}<text class="on" x="{{ (bar.x + 6) | px }}"
y="{{ (bar.y + 17) | px }}">{{ bar.label }}</text>{% endif %}</g>
{% endfor %}
{% endfor %}
<line class="rule" x1="0" y1="{{ p.public.y }}" x2="{{ p.width }}" y2="{{ p.public.y }}"/>
<text x="0" y="{{ p.public.y + 22 }}">{{ (report.timeline.public.name or w.public) | short(21) }}</text>
{% if report.timeline.public.name %}<text class="soft" x="0" y="{{ p.public.y + 38 }}">{{ w.public }}</text>{% endif %}
{% for bar in p.public.serving %}
<rect class="serve-{{ loop.index0 % 2 }}" x="{{ bar.x | px }}" y="{{ bar.y | px }}"
width="{{ bar.width | px }}" height="{{ bar.height }}"/>
{% if bar.label %}<text x="{{ (bar.x + 6) | px }}" y="{{ (bar.y + 17) | px }}">{{ bar.label }}</text>{% endif %}
{% endfor %}
{% for bar in p.outages %}
<g><title>{{ w.outage }}: {{ bar.span.begun | clock }}, {{ w.at_most }} {{ bar.label }}</title>
<rect class="outage" x="{{ bar.x | px }}" y="{{ bar.y | px }}" width="{{ bar.width | px }}" height="{{ bar.height }}" rx="2"/></g>
{% endfor %}
<line class="rule" x1="0" y1="{{ p.clients.y }}" x2="{{ p.width }}" y2="{{ p.clients.y }}"/>
<text x="0" y="{{ p.clients.y + 28 }}">{{ w.clients }}</text>
{% for bar in p.clients.bars %}
<g><title>{{ w.wait }}: {{ bar.span.package }}</title>
<rect class="waits" x="{{ bar.x | px }}" y="{{ (bar.y + 6) | px }}" width="{{ bar.width | px }}" height="14" rx="4"/></g>
{% endfor %}
{% if p.windows %}
<line class="rule" x1="0" y1="{{ p.windows.y }}" x2="{{ p.width }}" y2="{{ p.windows.y }}"/>
<text x="0" y="{{ p.windows.y + 28 }}">{{ w.windows }}</text>
{% for bar in p.windows.open %}
<g><title>{{ w.window }}, {{ bar.span.begun | clock }}–{{ bar.span.ended | clock }}</title>
<rect class="window" x="{{ bar.x | px }}" y="{{ bar.y | px }}" width="{{ bar.width | px }}" height="{{ bar.height }}" rx="4"/></g>
{% endfor %}
{% for bar in p.windows.waits %}
<g><title>{{ w.window_wait }}: {{ bar.span.what }}</title>
<rect class="waits" x="{{ bar.x | px }}" y="{{ (bar.y + 6) | px }}" width="{{ bar.width | px }}" height="14" rx="4"/></g>
{% endfor %}
{% endif %}
{% for x in p.runs %}<path class="run" d="M{{ (x - 5) | px }} {{ p.bottom - 1 }}h10l-5 -9z"/>{% endfor %}
<line class="rule" x1="0" y1="{{ p.bottom }}" x2="{{ p.width }}" y2="{{ p.bottom }}"/>
</svg>
"""

CURVE = """
{% set p = picture %}
<svg viewBox="0 0 {{ p.width }} {{ p.height }}" role="img" aria-labelledby="curve-{{ number }}-title curve-{{ number }}-desc">
<title id="curve-{{ number }}-title">{{ w.curve.format(package=curve.package) }}</title>
<desc id="curve-{{ number }}-desc">{% for point in p.points %}
{{ point.hours | decimal }} {{ w.h }}: {{ point.percent | decimal }} %{{ "; " if not loop.last else "." }}{% endfor %}</desc>
{% for one in p.grid %}
<line class="rule" x1="{{ p.left }}" y1="{{ one.y }}" x2="{{ p.right }}" y2="{{ one.y }}"/>
<text class="soft" x="{{ p.left - 8 }}" y="{{ one.y + 4 }}" text-anchor="end">{{ one.label }}</text>
{% endfor %}
{% for one in p.hours %}<text class="soft" x="{{ one.x }}" y="{{ p.bottom + 18 }}" text-anchor="middle">{{ one.label }}</text>
{% endfor %}
{% if p.day %}<line class="dash" x1="{{ p.day }}" y1="{{ p.top }}" x2="{{ p.day }}" y2="{{ p.bottom }}"/>{% endif %}
<polygon class="area" points="{{ p.area }}"/>
<polyline class="curve" points="{{ p.line }}"/>
{% for point in p.points %}<circle class="point" cx="{{ point.x }}" cy="{{ point.y }}" r="4.5"/>
{% endfor %}
<text x="{{ p.points[-1].x + 2 }}" y="{{ p.points[-1].y + 28 }}" text-anchor="end">{{ p.points[-1].percent | decimal }} %</text>
<text class="soft" x="{{ p.left }}" y="{{ p.height - 10 }}">{{ w.curve_x }}</text>
</svg>
"""
