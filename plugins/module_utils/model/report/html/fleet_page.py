# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report on a fleet as one HTML page that needs no network. Pure. It escapes and isolates texts as the page of a site does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .fleet_words import FLEET_STATES, FLEET_WORDS
from .page import LANGUAGES, environment, own
from .style import STYLE
from .template import HEAD
from .times import Clock, Times
from .words import WORDS

_TONES = {
    "done": "good",
    "complete": "good",
    "failed": "bad",
    "locked": "bad",
    "unreachable": "bad",
    "halted": "bad",
    "waiting": "wait",
    "manual": "wait",
    "stopped": "wait",
    "due": "wait",
    "open": "wait",
    "planned": "note",
}


def fleet_page(report: Mapping[str, Any], *, language: str, local: Clock) -> bytes:
    """The bytes of the page. language: of LANGUAGES; local: converts a moment into the operator's zone.

    Raises ImportError where Jinja is missing; ansible-core brings it.
    """
    chosen = LANGUAGES.index(language)
    words = {name: texts[chosen] for name, texts in {**WORDS, **FLEET_WORDS}.items()}
    states = {name: texts[chosen] for name, texts in FLEET_STATES.items()}
    made = environment(Times(local, report["made"]["zone"], words), words, states, {"page": PAGE.lstrip()})
    made.filters["tone"] = lambda word: _TONES.get(word, "none")
    return bytes(made.get_template("page").render(report=report, w=words, lang=language, style=own(STYLE)).strip().encode()) + b"\n"


PAGE = (
    HEAD
    + """<title>{{ state("fleet." ~ report.state) }} – {{ w.title }}</title>
<style>{{ style }}</style>
</head>
<body>
<header>
<p class="over">{{ w.title }}</p>
<h1>{{ w.fleet }}</h1>
</header>
<main>
<div class="verdict {{ report.state | tone }}">
<p class="over">{{ m.badge("fleet." ~ report.state, report.state | tone) }}</p>
{% if lang != 'en' %}<p class="say">{{ state("say." ~ report.state) }}</p>{% endif %}
<p class="{{ 'say' if lang == 'en' else '' }}">{{ m.english(report.verdict | sentence) }}</p>
<div class="next">
<h2>{{ w.next }}</h2>
{% if report.next.command %}
{% if report.next.not_before %}<p>{{ w.not_before }} <strong>{{ m.inline(report.next.not_before) }}</strong>; {{ w.not_before_more }}.</p>
{% endif %}
<p>{{ w.run_command }}:</p>
<pre><code>{{ report.next.command }}</code></pre>
{% else %}<p>{{ w.all_done }}</p>{% endif %}
</div>
</div>
<dl class="tiles">
{% for name, number in report.counts.items() %}<div><dt>{{ state("site." ~ name) }}</dt>
<dd>{{ number }} {{ w.of }} {{ report.sites | length }}</dd></div>
{% endfor %}</dl>
<section class="card"><h2 id="waves">{{ w.waves }}</h2>
{{ m.scroll("waves") }}<table><caption class="heard">{{ w.waves }}</caption>
{{ m.head(["#", w.wave, w.sites, w.state, w.why], ["#", w.sites]) }}
<tbody>{% for one in report.waves %}<tr><td class="number">{{ one.number }}</td><th scope="row">{{ m.english(one.name) }}</th>
<td class="number">{{ one.sites | length }}</td><td>{{ m.badge("wave." ~ one.state, one.state | tone) }}</td>
<td class="long">{{ m.english(one.why | sentence) }}</td></tr>
{% endfor %}</tbody></table></section></section>
<section class="card"><h2 id="sites">{{ w.sites }}</h2>
{{ m.scroll("sites") }}<table><caption class="heard">{{ w.sites }}</caption>
{{ m.head([w.site, w.wave, w.verdict, w.version, w.until, w.why]) }}
<tbody>{% for one in report.sites %}<tr><th scope="row"><bdi>{{ one.site }}</bdi>
{% if one.nodes | length > 1 %}<span class="small">{% for node in one.nodes %}<bdi>{{ node }}</bdi>{{ ", " if not loop.last }}{% endfor %}
</span>{% endif %}</th>
<td>{{ m.english(one.wave) }}</td><td>{{ m.badge("site." ~ one.verdict, one.verdict | tone) }}</td>
<td><bdi>{{ one.version or "–" }}</bdi></td><td>{{ m.moment(one.until) }}</td><td class="long">{{ m.english(one.why | sentence) }}</td></tr>
{% endfor %}</tbody></table></section></section>
</main>
<footer>
<p>{{ w.made }} {{ m.inline(report.made.at) }}, bomgar.appliance {{ report.made.collection }}. {{ w.clocks }} {{ w.from_data }}</p>
</footer>
</body>
</html>
"""
)
