# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The page as templates: its sections, the verdict and the next step first."""

from __future__ import annotations

MACROS = """
{% macro moment(value) %}{% if value %}<time datetime="{{ value }}">{{ value | there }}</time>
{% if not value | is_utc %}<span class="there">{{ value | utc }}</span>{% endif %}{% endif %}{% endmacro %}
{% macro inline(value) %}{{ value | there }}{% if not value | is_utc %} ({{ value | utc }}){% endif %}{% endmacro %}
{% macro badge(key, kind) %}<span class="badge b-{{ kind }}">{{ state(key) }}</span>{% endmacro %}
{% macro scroll(id) %}<section class="scroll" tabindex="0" aria-labelledby="{{ id }}">{% endmacro %}
{% macro head(labels, numbers=()) %}<thead><tr>{% for label in labels %}
<th scope="col"{% if label in numbers %} class="number"{% endif %}>{{ label }}</th>{% endfor %}</tr></thead>{% endmacro %}
{% macro english(text) %}<span{% if lang != 'en' %} lang="en"{% endif %}><bdi>{{ text }}</bdi></span>{% endmacro %}
"""

# How each page begins. Its policy loads and runs nothing but the styles in the page.
HEAD = """
{% import "macros" as m with context %}
<!DOCTYPE html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="bomgar.appliance">
"""

PAGE = (
    HEAD
    + """<title>{{ report.site }}: {{ state("run." ~ report.state) }} – {{ w.title }}</title>
<style>{{ style }}</style>
</head>
<body>
<header>
<p class="over">{{ w.title }}</p>
<h1><bdi>{{ report.site }}</bdi></h1>
</header>
<main>
{% include "verdict" %}
{% include "tiles" %}
{% for name in sections %}{% include name %}{% endfor %}
</main>
<footer>
<p>{{ w.journal }}: {{ w.journal_is.format(entries=report.journal.entries, state=w[report.journal.state]) }}
{% if report.journal.head %}, {{ w.head }} <span class="sum">{{ report.journal.head }}</span>{% endif %}</p>
<p>{{ w.made }} {{ m.inline(report.made.at) }}, bomgar.appliance {{ report.made.collection }}. {{ w.clocks }} {{ w.from_data }}</p>
</footer>
</body>
</html>
"""
)

VERDICT = """
<div class="verdict {{ tone }}">
<p class="over">{{ m.badge("run." ~ report.state, tone) }}</p>
{% if lang != 'en' %}<p class="say">{{ state("verdict." ~ report.state) }}</p>{% endif %}
<p class="{{ 'say' if lang == 'en' else '' }}">{{ m.english(report.verdict) }}</p>
<div class="next">
<h2>{{ w.next }}</h2>
{% for one in report.next.first %}<p><strong>{{ m.english(one) }}</strong></p>{% endfor %}
{% if report.next.command %}
{% if report.next.not_before %}
<p>{{ w.not_before }} <strong>{{ m.inline(report.next.not_before) }}</strong>; {{ w.not_before_more }}.</p>
{% endif %}
<p>{{ w.then_command if report.next.first else w.run_command }}:</p>
<pre><code>{{ report.next.command }}</code></pre>
{% else %}<p>{{ w.nothing_next }}{% if open_work %} {{ w.work }}: <a href="#work">{{ open_work }}</a>.{% endif %}</p>{% endif %}
{% if report.open %}<h2>{{ w.open }}</h2><ul>{% for one in report.open %}<li>{{ m.english(one | sentence) }}</li>{% endfor %}
</ul>{% endif %}
{% if report.problems %}<h2>{{ w.problems }}</h2><ul>{% for one in report.problems %}<li>{{ m.english(one) }}</li>{% endfor %}
</ul>{% endif %}
</div>
</div>
"""

TILES = """
<dl class="tiles">
<div><dt>{{ w.path }}</dt><dd><bdi>{{ report.upgrade["from"] or "?" }}</bdi> → <bdi>{{ report.upgrade.to or "?" }}</bdi>
{% if report.upgrade.mode %}<small>{{ state("mode." ~ report.upgrade.mode, report.upgrade.mode) }}</small>{% endif %}</dd></div>
<div><dt>{{ w.duration }}</dt><dd>{{ lasted | duration or "–" }}
{% if not report.upgrade.ended %}<small>{{ w.until_now }}</small>{% endif %}</dd></div>
<div><dt>{{ w.outage }}</dt><dd>{% if outages %}{{ out | duration }}<small>{{ w.at_most if over else w.not_over }}</small>{% else %}
{{ w.no_outage }}{% endif %}</dd></div>
<div><dt>{{ w.steps_done }}</dt><dd>{{ done }} {{ w.of }} {{ report.steps | length }}</dd></div>
{% if followed is not none %}<div><dt>{{ w.caught_up }}</dt><dd>{{ followed | decimal }} %</dd></div>{% endif %}
{% if report.checks %}<div><dt>{{ w.checks_bad }}</dt><dd>{{ findings }} {{ w.of }} {{ report.checks | length }}</dd></div>{% endif %}
</dl>
"""

NODES = """
{% if report.nodes %}<section class="card"><h2 id="nodes">{{ w.nodes }}</h2>
{{ m.scroll("nodes") }}<table><caption class="heard">{{ w.nodes }}</caption>
{{ m.head([w.node, w.version, w.base, w.role, w.serves]) }}
<tbody>{% for node in report.nodes %}<tr><th scope="row"><bdi>{{ node.name }}</bdi></th><td><bdi>{{ node.version or w.not_read }}</bdi></td>
<td><bdi>{{ node.base or w.not_read }}</bdi></td><td><bdi>{{ node.role or "–" }}</bdi></td>
<td>{{ w.yes if node.serves else w.no }}</td></tr>
{% endfor %}</tbody></table></section></section>{% endif %}
"""

TIMELINE_SECTION = """
{% if timeline %}<section class="card"><h2 id="timeline">{{ w.timeline }}</h2>
<p class="small">{{ w.timeline_note }}{{ zone }}</p>
<section class="scroll wide" tabindex="0" aria-labelledby="timeline">{{ timeline }}</section>
<ul class="legend">{% for kind, text in legend %}<li><svg
class="inline" viewBox="0 0 22 14" aria-hidden="true" focusable="false">
{% if kind == "run" %}<path class="run" d="M 5 12h12l-6 -10z"/>{% else %}<rect class="{{ kind }}" x="1" y="1"
width="20" height="12" rx="3"/>{% endif %}</svg>{{ text }}</li>{% endfor %}</ul>
{% if outages %}{{ m.scroll("outages") }}<table><caption id="outages">{{ w.outages }}</caption>
{{ m.head([w.began, w.took, w.why]) }}
<tbody>{% for one in outages %}<tr><td>{{ m.moment(one.begun) }}</td>
<td>{{ w.at_most if one.over else w.not_over }} {{ one.seconds | duration }}</td>
<td class="long">{{ w["outage." ~ one.why].format(node=one.node, package=one.package) }}</td></tr>
{% endfor %}</tbody></table></section><p class="small">{{ w.outages_note }}</p>{% endif %}</section>{% endif %}
"""
