# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The tables of the page as templates."""

from __future__ import annotations

STEPS = """
{% if report.steps %}<section class="card"><h2 id="steps">{{ w.steps }}</h2>
{{ m.scroll("steps") }}<table><caption class="heard">{{ w.steps }}</caption>
{{ m.head(["#", w.step, w.node] + ([w.disturbs, w.planned] if planned else []) + [w.took, w.state, w.began], ["#"]) }}
<tbody>{% for row in report.steps %}<tr><td class="number">{{ row.number if row.number is not none else "" }}</td>
<th scope="row" class="long"><bdi>{{ action(row) }}</bdi></th><td><bdi>{{ row.node }}</bdi></td>
{% if planned %}<td>{% if row.disturbs is string %}{{ state("who." ~ row.disturbs, row.disturbs) or w.nobody }}{% endif %}</td>
<td>{{ row.estimate | estimate }}</td>{% endif %}
<td class="short">{{ row.seconds | duration }}</td>
<td>{{ m.badge("step." ~ row.state, row.state | step_tone) }}</td><td>{{ m.moment(row.begun) }}</td></tr>
{% endfor %}</tbody></table></section></section>{% endif %}
"""

PREPARATION = """{% if report.preparation is defined %}<section class="card"><h2 id="preparation">{{ w.preparation }}</h2>
<p>{{ w.made }} {{ m.inline(report.preparation.at) }}</p>
{% for name in ("failed", "person", "ready", "left") if report.preparation[name] %}<h3>{{ w["prepared." ~ name] }}</h3>
<ul>{% for one in report.preparation[name] %}<li class="long">{{ m.english(one | sentence) }}</li>{% endfor %}</ul>{% endfor %}
</section>{% endif %}"""

REHEARSAL = """{% if report.rehearsal is defined %}<section class="card"><h2 id="rehearsal">{{ w.rehearsal }}</h2>
<p>{{ w.made }} {{ m.inline(report.rehearsal.made_at) }}</p>
<ul>{% for one in report.rehearsal.sentences %}<li>{{ m.english(one) }}</li>{% endfor %}</ul>
{% if report.rehearsal.installs %}{{ m.scroll("rehearsal") }}<table><caption class="heard">{{ w.rehearsal }}</caption>
{{ m.head([w.step, w.node, w.planned, w.took]) }}
<tbody>{% for row in report.rehearsal.installs %}<tr><th scope="row" class="long"><bdi>{{ row.package }}</bdi></th>
<td><bdi>{{ row.node }}</bdi></td><td class="short">{{ row.expected_seconds | duration }}</td>
<td class="short">{{ row.seconds | duration }}</td></tr>{% endfor %}</tbody></table></section>{% endif %}</section>{% endif %}"""

CURVES = """
{% if curves %}<section class="card"><h2 id="curves">{{ w.curves }}</h2><div class="curves">
{% for one in curves %}<figure><h3>{{ w.curve.format(package=one.curve.package) }}</h3>
{% if one.points | length > 1 %}<p class="small">{{ w.curve_y }}</p>{{ one.svg }}
{% else %}<p>{{ w.one_look.format(percent=one.points[0].percent | decimal, hours=one.points[0].hours | decimal) }}</p>{% endif %}
<div class="heard"><table><caption>{{ w.curve.format(package=one.curve.package) }}</caption>{{ m.head([w.hours, w.percent]) }}
<tbody>{% for point in one.points %}<tr><td>{{ point.hours | decimal }}</td><td>{{ point.percent | decimal }}</td></tr>{% endfor %}
</tbody></table></div>
<figcaption class="small">
{% if one.curve.stragglers %}{{ w.stragglers.format(count=one.curve.stragglers) }}{% endif %}</figcaption></figure>
{% endfor %}</div></section>{% endif %}
"""

CHECKS = """
{% if report.checks %}<section class="card"><h2 id="checks">{{ w.checks }}</h2>
{{ m.scroll("checks") }}<table><caption class="heard">{{ w.checks }}</caption>
{{ m.head([w.node, w.check, w.result, w.found, w.waived]) }}
<tbody>{% for one in report.checks | sort(attribute="rank") %}<tr><td><bdi>{{ one.node }}</bdi></td>
<th scope="row" class="long">{{ m.english(one.title or one.id) }}</th>
<td>{{ m.badge(one.key, one.shade) }}</td><td class="long">{{ m.english(one.message) }}</td>
<td class="long"><bdi>{{ one.waived_by or "–" }}</bdi></td></tr>
{% endfor %}</tbody></table></section></section>{% endif %}
"""

COMPARISON = """
{% if report.comparison.verdict %}<section class="card"><h2 id="comparison">{{ w.comparison }}</h2>
<p class="small">{{ w.compared_at }} {{ m.inline(report.comparison.at) }}</p>
{{ m.scroll("comparison") }}<table><caption class="heard">{{ w.comparison }}</caption>
{{ m.head([w.area, w.node, w.result, w.found]) }}
<tbody>{% for one in report.comparison.areas | sort(attribute="rank") %}<tr>
<th scope="row" class="long"><bdi>{{ state("area." ~ one.area, one.title or one.area) }}</bdi></th>
<td><bdi>{{ one.node or "–" }}</bdi></td>
<td>{{ m.badge("compared." ~ one.verdict, one.shade) }}</td>
<td class="long">{{ m.english(one.sentence | sentence) }}
{% for text in one.examples %}<span class="small">{{ m.english(text) }}</span>{% endfor %}</td></tr>
{% endfor %}</tbody></table></section>
{% if report.comparison.filters %}<p class="small">{{ w.ignored }}</p><ul class="small">{% for one in report.comparison.filters %}
<li><bdi>{{ state("area." ~ one.area, one.area) }}{% if one.name %}, {{ one.name }}{% endif %}</bdi>: {{ m.english(one.reason) }}</li>
{% endfor %}</ul>{% endif %}</section>{% endif %}
"""

PEOPLE = """
{% if report.people %}<section class="card"><h2 id="people">{{ w.people }}</h2>
{{ m.scroll("people") }}<table><caption class="heard">{{ w.people }}</caption>
{{ m.head([w.person, w.when, w.what]) }}
{% for person in report.people %}<tbody>{% for act in person.acts %}<tr>
{% if loop.first %}<th scope="rowgroup" rowspan="{{ person.acts | length }}"><bdi>{{ person.name or "?" }}</bdi>
{% if person.account %}<span class="small"><bdi>{{ person.account }}</bdi></span>{% endif %}</th>{% endif %}
<td>{{ m.moment(act.time) }}</td><td class="long">{{ m.english(act.text | sentence) }}</td></tr>
{% endfor %}</tbody>{% endfor %}</table></section></section>{% endif %}
"""

WORK = """
{% if report.work %}<section class="card"><h2 id="work">{{ w.work }}</h2>
{{ m.scroll("work") }}<table><caption class="heard">{{ w.work }}</caption>
{{ m.head([w.state, w.item, w.owner, w.action]) }}
<tbody>{% for one in report.work | sort(attribute="rank") %}<tr>
<td>{{ m.badge("work." ~ one.state, "wait" if one.state == "open" else "none") }}</td>
<th scope="row" class="long">{{ m.english(one.title or one.id) }}<span class="small">{{ m.english(one.reason or "") }}</span></th>
<td><bdi>{{ one.owner or "–" }}</bdi></td><td class="long">{% for act in one.action or () %}{{ m.english(act) }} {% endfor %}</td></tr>
{% endfor %}</tbody></table></section></section>{% endif %}
"""

FILES = """
{% if report.files %}<section class="card"><h2 id="files">{{ w.files }}</h2>
{{ m.scroll("files") }}<table><caption class="heard">{{ w.files }}</caption>
{{ m.head([w.file, w.size, w.when, "SHA-256"], [w.size]) }}
<tbody>{% for one in report.files %}<tr><th scope="row" class="long"><bdi>{{ one.name or "?" }}</bdi><span
class="small">{{ state("file." ~ one.kind) }}{% if one.node %}, <bdi>{{ one.node }}</bdi>{% endif %}</span></th>
<td class="number">{{ one.bytes | size }}</td><td>{{ m.moment(one.time) }}</td><td><span class="sum">{{ one.sha256 }}</span></td></tr>
{% endfor %}</tbody></table></section></section>{% endif %}
"""

RUNS = """
{% if report.runs %}<section class="card"><h2 id="runs">{{ w.runs }}</h2>
{{ m.scroll("runs") }}<table><caption class="heard">{{ w.runs }}</caption>
{{ m.head([w.run, w.began, w.ended, w.state, w.by], [w.run]) }}
<tbody>{% for one in report.runs %}<tr><th scope="row" class="number">{{ one.run }}</th><td>{{ m.moment(one.begun) }}</td>
<td>{{ m.moment(one.ended) }}</td><td>{{ m.badge("run." ~ (one.state or "unfinished"), (one.state or "unfinished") | run_tone) }}</td>
<td><bdi>{{ one.by or "–" }}</bdi></td></tr>
{% endfor %}</tbody></table></section></section>{% endif %}
"""

RECORD = """
<section class="card"><details><summary id="record">{{ w.record }} ({{ report.record | length }})</summary>
{{ m.scroll("record") }}<table><caption class="heard">{{ w.record }}</caption>{{ m.head([w.when, w.what]) }}
<tbody>{% for one in report.record %}<tr><td>{{ m.moment(one.time) }}</td><td class="long">{{ m.english(one.text | sentence) }}</td></tr>
{% endfor %}</tbody></table></section></details></section>
"""
