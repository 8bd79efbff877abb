# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A rehearsal as data, from what the upgrade of each world left behind (docs/schemas/rehearsal.schema.json). Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..moments import read_time
from ..plain_text import plain_line, plain_values
from .events import Span, no_window, outages_of, steps_of
from .variants import EXPECTED

SCHEMA = 1
REACHED = "reached"
_LEFT = {
    "skipped": "had missed the version before, so they never upgrade",
    "active_pending": "active ones have not upgraded",
    "passive_pending": "passive ones have not upgraded",
    "personal_pending": "active ones of personal Jump Groups have not upgraded",
    "offline_pending": "ones that are offline have not upgraded",
    "lost": "are lost",
    "disabled": "are disabled",
}


@dataclass(frozen=True)
class Played:
    """What the upgrade of one world left: report (report.json), entries of its journal, state of the control port, world file.

    id, title, why: of the variant. report is {} if no run began; output: the last lines of the last run.
    """

    id: str
    title: str
    why: str
    world: Mapping[str, Any]
    state: Mapping[str, Any]
    report: Mapping[str, Any] = field(default_factory=dict)
    entries: Sequence[Mapping[str, Any]] = ()
    output: str = ""


def build_rehearsal(
    played: Sequence[Played],
    *,
    site: str,
    made_at: str,
    collection: str,
    facts: Sequence[Mapping[str, str]],
    node_names: Mapping[str, str],
    variables: str,
    left_out: Mapping[str, str],
    window_at: Callable[[float], Span | None] = no_window,
) -> dict[str, Any]:
    """The rehearsal as plain data. The expected world is first.

    node_names: {node on the site: in the world}; variables: their checksum; window_at: the maintenance window of a moment, (begin, end).
    """
    names = {world: real for real, world in node_names.items()}
    worlds = [_world(one, names, window_at) for one in played]
    expected = next(one for one in worlds if one["id"] == EXPECTED)
    for one in worlds:
        one["differs"] = [] if one is expected else _differences(one, expected)
    rehearsal = {
        "schema": SCHEMA,
        "made": {"at": made_at, "collection": collection},
        "site": site,
        "variables": variables,
        "target": str((expected["upgrade"] or {}).get("to") or ""),
        "worlds": worlds,
        "facts": [dict(one) for one in facts],
        "left_out": [{"variable": name, "why": why} for name, why in sorted(left_out.items())],
    }
    return dict(plain_values(rehearsal, plain_line))


def _world(played: Played, names: Mapping[str, str], window_at: Callable[[float], Span | None]) -> dict[str, Any]:
    report = played.report
    begins = played.world["clock"]["start"]
    steps = steps_of(played.state, played.entries, names, begins, window_at)
    seconds, outages = outages_of(played.state, played.world["packages"])
    ends = _last(steps)
    state = str(report.get("state") or "failed")
    return {
        "id": played.id,
        "title": played.title,
        "why": played.why,
        "state": state,
        "verdict": _verdict(played),
        "begins": begins,
        "ends": ends if state == REACHED else None,
        "seconds": read_time(ends) - read_time(begins) if ends and state == REACHED else None,
        "runs": len(report.get("runs") or ()),
        "upgrade": {key: str((report.get("upgrade") or {}).get(key) or "") for key in ("from", "to", "mode")},
        "steps": steps,
        "outage_seconds": seconds,
        "outages": outages,
        "left_behind": _left_behind(played.state),
        "stopped_by": [] if state == REACHED else [str(one) for one in (report.get("next") or {}).get("first") or ()],
        "open": [str(one) for one in report.get("open") or ()],
    }


def _last(steps: Sequence[Mapping[str, Any]]) -> str | None:
    return max((step["ends"] for step in steps if step["ends"]), default=None)


def _verdict(played: Played) -> str:
    """Of the report, with the reason of its last run; without a report, the last lines of the output."""
    if not played.report:
        return f"The upgrade was not begun. {played.output}".strip()
    runs = played.report.get("runs") or [{}]
    verdict, why = str(played.report.get("verdict") or ""), str(runs[-1].get("why") or "")
    return verdict if not why or why in verdict or played.report.get("state") == REACHED else f"{verdict} {why}"


def _left_behind(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """[{count, what}] of the Jump Clients that have not upgraded at the end."""
    front = state["pairs"][0]["front"] if state.get("pairs") else state["appliances"][0]["name"]
    clients = next(one for one in state["appliances"] if one["name"] == front)["clients"]
    return [
        {"count": clients[key], "what": f"Jump Clients {what}" if key == "skipped" else what}
        for key, what in _LEFT.items()
        if clients.get(key)
    ]


def _differences(world: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """What is otherwise than expected, a sentence each."""
    found = []
    if world["state"] != expected["state"]:
        found.append(f"It ends {world['state']}, not {expected['state']}.")
    if world["seconds"] is not None and expected["seconds"] is not None:
        later = world["seconds"] - expected["seconds"]
        found += [f"It ends {abs(later) / 3600:.1f} h {'later' if later > 0 else 'earlier'}."] if abs(later) >= 360 else []
    longer = world["outage_seconds"] - expected["outage_seconds"]
    if abs(longer) >= 60:
        found.append(f"Nobody can work for {abs(longer) / 60:.0f} min {'more' if longer > 0 else 'less'}.")
    behind = [sum(one["count"] for one in each["left_behind"]) for each in (world, expected)]
    if behind[0] != behind[1]:
        found.append(f"{behind[0]} Jump Clients have not upgraded at the end, not {behind[1]}.")
    return found


def lines_of(rehearsal: Mapping[str, Any]) -> list[str]:
    """The rehearsal for people, a line each."""
    lines = []
    for world in rehearsal["worlds"]:
        if world["id"] == EXPECTED:
            lines.append(f"Expected: {world['verdict']}")
            lines += [_line(step) for step in world["steps"]]
            lines.append(f"Nobody can work for {world['outage_seconds'] / 60:.0f} min in all.")
            lines += [f"Left behind: {one['count']} {one['what']}." for one in world["left_behind"]]
        else:
            lines.append(f"If {world['title']}: {' '.join(world['differs']) or 'nothing else changes.'}")
            lines += [f"  {world['verdict']}"] if world["state"] != REACHED else []
    unknown = [f"Cannot be known: {one['value']}. {one['why']}" for one in rehearsal["facts"] if one["basis"] == "cannot_be_known"]
    return lines + unknown


def _line(step: Mapping[str, Any]) -> str:
    shown = f"  {(step['begins'] or step['ends'] or '')[:16]} {step['node']} {step['title']}".replace("  ", " ").rstrip()
    return f"{shown}, in the window from {step['window']['begins'][:16]} to {step['window']['ends'][:16]}" if step["window"] else shown
