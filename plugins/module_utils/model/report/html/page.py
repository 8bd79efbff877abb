# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report as one HTML page that needs no network. Pure.

Every text goes through Jinja's autoescape, has no control characters and characters of no width (build.py), and is isolated (bdi), so that
a name from an appliance is shown and does nothing. The page also forbids itself all scripts and requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..acts import seconds
from . import picture_templates, tables, template
from .pictures import curve_picture, timeline_picture
from .states import STATES
from .style import STYLE
from .texts import action, filters
from .times import Clock, Times, read
from .words import WORDS

LANGUAGES = ("en", "de")
_RUN_TONES = {"reached": "good", "prepared": "good", "failed": "bad", "unfinished": "bad"}
_STEP_TONES = {"done": "good", "open": "bad", "unverified": "bad", "planned": "note", "waiting": "wait", "released": "wait"}
_CHECK_TONES = {"pass": "good", "fail_outage": "bad", "fail_upgrade": "bad", "error": "bad", "manual": "wait", "post": "note"}
_COMPARED_TONES = {"bad": "bad", "unknown": "wait", "changed_as_expected": "note", "same": "good"}
_RANKS = ("bad", "wait", "note", "good", "none")
_SECTIONS = (
    "nodes",
    "preparation",
    "timeline",
    "steps",
    "rehearsal",
    "curves",
    "comparison",
    "work",
    "checks",
    "people",
    "runs",
    "files",
    "record",
)


def page(report: Mapping[str, Any], *, language: str, local: Clock) -> bytes:
    """The bytes of the page. language: of LANGUAGES; local: converts a moment into the operator's zone.

    Raises ImportError where Jinja is missing; ansible-core brings it.
    """
    words = {name: texts[LANGUAGES.index(language)] for name, texts in WORDS.items()}
    states = {name: texts[LANGUAGES.index(language)] for name, texts in STATES.items()}
    times = Times(local, report["made"]["zone"], words)
    made = environment(times, words, states)
    known = {"report": report, "w": words, "lang": language, "style": own(STYLE), **_derived(report)}
    picture, pictures = timeline_picture(report, times), []
    for number, curve in enumerate(report["catch_ups"]):
        drawn = curve_picture(curve)
        if drawn:
            svg = _part(made, "curve", {**known, "picture": drawn, "curve": curve, "number": number})
            pictures.append({"curve": curve, "points": drawn["points"], "svg": svg})
    known["curves"] = pictures
    known["timeline"] = _part(made, "picture", {**known, "picture": picture}) if picture else ""
    known["zone"] = times.zone(read(report["timeline"]["begin"])) if report["timeline"]["begin"] else ""
    windows = [("window", "window")] if picture and picture["windows"] else []
    known["legend"] = [(kind, words[key]) for kind, key in (*_LEGEND, *windows)]
    return bytes(made.get_template("page").render(known).strip().encode()) + b"\n"


_LEGEND = (
    ("install", "install"),
    ("other", "other"),
    ("move", "move"),
    ("open", "open_end"),
    ("outage", "outage"),
    ("waits", "wait"),
    ("run", "run_mark"),
)


def _part(environment: Any, name: str, known: Mapping[str, Any]) -> Any:
    return own(environment.get_template(name).render(known))  # its values were escaped


def own(text: str) -> Any:
    """Text of ours that the template takes as it is."""
    from markupsafe import Markup

    return Markup(text)


def _derived(report: Mapping[str, Any]) -> dict[str, Any]:
    """What the page counts from the report."""
    outages, upgrade = report["timeline"]["public"]["outages"], report["upgrade"]
    ends = [run["ended"] or run["begun"] for run in report["runs"]]
    percents = [one["percent"] for curve in report["catch_ups"] for one in curve["readings"] if one["percent"] is not None]
    checks = [_check(one) for one in report["checks"]]
    compared = {**report["comparison"], "areas": [_area(one) for one in report["comparison"]["areas"]]}
    return {
        "report": {
            **report,
            "checks": checks,
            "comparison": compared,
            "work": [{**one, "rank": one["state"] != "open"} for one in report["work"]],
        },
        "planned": any(row["estimate"] for row in report["steps"]),
        "tone": _RUN_TONES.get(report["state"], "wait"),
        "sections": _SECTIONS,
        "outages": outages,
        "out": sum(one["seconds"] or 0 for one in outages),
        "over": all(one["over"] for one in outages),
        "done": sum(row["state"] in ("done", "released", "not_needed") for row in report["steps"]),
        "lasted": upgrade["seconds"] if upgrade["ended"] else seconds(upgrade["begun"], max(ends, default=None)),
        "followed": percents[-1] if percents else None,
        "findings": sum(one["shade"] in ("bad", "wait") for one in checks),
        "open_work": sum(one["state"] == "open" for one in report["work"]),
    }


def _check(one: Mapping[str, Any]) -> dict[str, Any]:
    """A check with the key of its result, its shade, and its rank: what needs a person stands first."""
    shade = _CHECK_TONES.get(one["kind"], "none")
    waived = one["waived_by"] and shade in ("bad", "wait")
    shade = "wait" if waived else shade
    return {**one, "key": "check.waived" if waived else f"check.{one['kind']}", "shade": shade, "rank": _RANKS.index(shade)}


def _area(one: Mapping[str, Any]) -> dict[str, Any]:
    """An area of the comparison with its shade and its rank, and the examples that its sentence does not name."""
    shade = _COMPARED_TONES[one["verdict"]]
    examples = [text for text in one["examples"] if text.partition(":")[0] not in ("gone", "worse")]
    return {**one, "examples": examples, "shade": shade, "rank": _RANKS.index(shade)}


def environment(times: Times, words: Mapping[str, str], states: Mapping[str, str], more: Mapping[str, str] | None = None) -> Any:
    """The templates of the page, and `more` by their names, with what they use."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    sections = {name: getattr(tables, name.upper()) for name in _SECTIONS if hasattr(tables, name.upper())}
    templates = {
        **sections,
        "macros": template.MACROS,
        "page": template.PAGE.lstrip(),
        "verdict": template.VERDICT,
        "tiles": template.TILES,
        "nodes": template.NODES,
        "timeline": template.TIMELINE_SECTION,
        "picture": picture_templates.TIMELINE,
        "curve": picture_templates.CURVE,
        **(more or {}),
    }
    made = Environment(loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(state=lambda key, other="": states.get(key) or other or key.rpartition(".")[2], action=action(states))
    made.filters.update(
        filters(times, words),
        step_tone=lambda state: _STEP_TONES.get(state, "none"),
        run_tone=lambda state: _RUN_TONES.get(state, "wait"),
    )
    return made
