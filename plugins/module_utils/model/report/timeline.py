# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""When what was done on which node, which node served, and when clients could not reach the site. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..journal.events import MOVES
from ..pair_step import CATCH_UP, INSTALL, INTERIM
from .acts import OPEN, UNVERIFIED, WITHDRAWN, seconds
from .scope import Entry, Names

_WAITS = (CATCH_UP, INTERIM)
_UNDECIDED = (OPEN, UNVERIFIED)


def timeline(
    entries: Sequence[Entry], acts: Sequence[Mapping[str, Any]], names: Names, nodes: Sequence[str], public: str
) -> dict[str, Any]:
    """{begin, end, nodes: [{name, spans}], public: {name, serving, outages}, clients: {spans}}, moments by the controller's clock in UTC.

    spans: [{action, package, begun, ended, state}]; ended is None for what is not over or not verified. serving: [{node, begun, ended}].
    nodes: the names in the order to show them; others that did something follow.
    """
    end = entries[-1]["time"] if entries else ""
    spans = [_span(act) for act in acts if act["begun"]]
    found = dict.fromkeys([*nodes, *(act["node"] for act in acts if act["node"] and act["action"] not in _WAITS)])
    return {
        "begin": min([span["begun"] for span in spans] + [entry["time"] for entry in entries[:1]], default=""),
        "end": end,
        "nodes": [{"name": name, "spans": [span for span in spans if span["node"] == name and not _is_wait(span)]} for name in found],
        "public": {
            "name": public,
            "serving": list(_serving(entries, names, end)),
            "outages": list(outages(acts, alone=len(found) < 2, end=end)),
        },
        "clients": {"spans": [span for span in spans if _is_wait(span)]},
    }


def _span(act: Mapping[str, Any]) -> dict[str, Any]:
    return {name: act[name] for name in ("number", "action", "node", "package", "begun", "ended", "state")}


def _is_wait(span: Mapping[str, Any]) -> bool:
    return span["action"] in _WAITS


def _serving(entries: Sequence[Entry], names: Names, end: str) -> Iterator[dict[str, Any]]:
    """Which node served from when to when, as far as the journal tells it."""
    node, since = "", ""
    for entry in entries:
        now = _serves_now(entry, names)
        if now and now != node:
            if node:
                yield {"node": node, "begun": since, "ended": entry["time"]}
            node, since = now, entry["time"]
    if node:
        yield {"node": node, "begun": since, "ended": end}


def _serves_now(entry: Entry, names: Names) -> str:
    event, data = entry["event"], entry["data"]
    if event == "version_seen" and data.get("serves", True) or event == "action_done" and data.get("action") in MOVES:
        return names.of(data)
    return str(data["now"]) if event == "swap_seen" else ""


def window_waits(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """[{what, begun, ended, until}]: a step that waited for a maintenance window, to the next run, and until when it had to."""
    for number, entry in enumerate(entries):
        if entry["event"] == "window_waiting":
            later = [one["time"] for one in entries[number:] if one["event"] == "run_opened"]
            data = entry["data"]
            until = str(data.get("until") or "")
            yield {"what": str(data.get("what") or ""), "begun": entry["time"], "ended": [*later, entries[-1]["time"]][0], "until": until}


def outages(acts: Sequence[Mapping[str, Any]], *, alone: bool, end: str) -> Iterator[dict[str, Any]]:
    """[{begun, ended, seconds, why: 'installed' or 'moved', node, package, over}]: when clients may not have reached the site, at most.

    The journal knows when a request was sent, and when the result was verified; the outage lies in between. over: False where nobody
    verified its end: then it is counted to the last entry.
    """
    for act in acts:
        moved = act["action"] in MOVES and act["state"] != WITHDRAWN
        installed = act["action"] == INSTALL and (act["sent"] or act["state"] not in (WITHDRAWN, OPEN)) and (act["serves"] or alone)
        if act["begun"] and (moved or installed):
            begun, over = act["sent"] or act["begun"], act["state"] not in _UNDECIDED
            ended = act["ended"] or end
            yield {
                "begun": begun,
                "ended": ended,
                "seconds": seconds(begun, ended),
                "why": "moved" if moved else "installed",
                "node": act["node"],
                "package": act["package"],
                "over": over,
            }
