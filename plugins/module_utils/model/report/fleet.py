# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The report on a fleet, as data and as lines for the screen. Pure. docs/schemas/fleet.schema.json describes it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..plain_text import plain_line, plain_values
from ..status_table import short_time
from ..text_table import TextTable

SCHEMA = 1
FAILURES = ("failed", "locked", "unreachable")
_WORDS = {
    "done": "done",
    "waiting": "waiting",
    "manual": "a person has to act",
    "planned": "planned",
    "stopped": "stopped",
    "failed": "failed",
    "locked": "locked",
    "unreachable": "unreachable",
    "not_started": "not started",
    "due": "needs a run",
}
_STATES = {
    "done": "All sites are done.",
    "planned": "Nothing was changed: this was a dry run.",
    "waiting": "The fleet waits.",
    "manual": "The fleet waits for a person, who has to do a step by hand.",
    "failed": "Sites failed.",
}
_HEADS = {"wave": "wave", "site": "site", "verdict": "verdict", "version": "version", "until": "waits until"}


def build_fleet(decision: Mapping[str, Any], *, made: Mapping[str, str], command: str) -> dict[str, Any]:
    """The report as data, without control characters. decision: as operations.fleet.decide returns it. made: {at, collection, zone}.

    command: the one that continues, which is left out after the end.
    """
    verdicts = [one["verdict"] for one in decision["sites"]]
    counts = {name: verdicts.count(name) for name in _WORDS if name in verdicts}
    ended = decision["state"] in ("done", "planned")
    report = {
        "schema": SCHEMA,
        "made": {**made},
        "state": decision["state"],
        "verdict": _verdict(decision["state"], counts, decision["waves"]),
        "counts": counts,
        "next": {"command": "" if ended else command, "not_before": "" if ended else decision["next_run_at"]},
        "waves": [{**one, "sites": list(one["sites"])} for one in decision["waves"]],
        "sites": [dict(one) for one in sorted(decision["sites"], key=lambda one: one["wave_number"])],
    }
    return dict(plain_values(report, plain_line))


def failures(report: Mapping[str, Any]) -> list[str]:
    """A sentence for each site that failed, was locked or could not be reached."""
    return [f"{one['site']}: {_WORDS[one['verdict']]}. {one['why']}".strip() for one in report["sites"] if one["verdict"] in FAILURES]


def _verdict(state: str, counts: Mapping[str, int], waves: Sequence[Mapping[str, Any]]) -> str:
    """'The fleet waits. 2 done, 1 waiting, 5 not started. canary is not complete: ...'"""
    numbers = ", ".join(f"{number} {_WORDS[name]}" for name, number in counts.items())
    why = next((one["why"] for one in waves if one["why"]), "")
    return " ".join(filter(None, (_STATES.get(state, "The fleet is not done."), f"{numbers}." if numbers else "", why)))


def fleet_lines(report: Mapping[str, Any], width: int) -> list[str]:
    """The lines for the screen: a row for each site, then what is said of those that need somebody, then the next step."""
    cells = [_cells(one) for one in report["sites"]]
    heads = {name: head for name, head in _HEADS.items() if any(one[name] for one in cells)}
    words = [heads.get("site", ""), *(word for one in cells for word in one["site"].split())]
    table = TextTable(heads, cells, width=width, least={"site": max(map(len, words))})
    return [*table.head(), *(line for one in cells for line in table.row(one)), *_remarks(report, width)]


def _cells(site: Mapping[str, Any]) -> dict[str, str]:
    return {
        "wave": site["wave"],
        "site": site["site"],
        "verdict": _WORDS[site["verdict"]],
        "version": site["version"],
        "until": short_time(site["until"]),
    }


def _remarks(report: Mapping[str, Any], width: int) -> Iterator[str]:
    yield ""
    yield from textwrap.wrap(report["verdict"], width)
    for one in report["sites"]:
        if one["why"] and one["verdict"] not in ("not_started", "done", "planned"):
            yield from textwrap.wrap(f"{one['site']}: {one['why']}", width, initial_indent="  - ", subsequent_indent="    ")
    if report["next"]["command"]:
        when = f"at {short_time(report['next']['not_before'])} or later" if report["next"]["not_before"] else "again"
        yield f"Next: run {when}:"
        yield f"  {report['next']['command']}"
