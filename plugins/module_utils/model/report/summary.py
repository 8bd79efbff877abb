# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How a run left a site, in a few values: a verdict in one sentence, the nodes, what is open, and what to do next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..journal.parts import State
from ..journal.preparations import prepares
from ..journal.still_open import open_sentences

REACHED, WAITING, MANUAL, PLANNED, STOPPED, FAILED, UNFINISHED, PREPARED = (
    "reached",
    "waiting",
    "manual",
    "planned",
    "stopped",
    "failed",
    "unfinished",
    "prepared",
)
_NODE = ("name", "guid", "role", "version", "reachable")
_VERDICTS = {
    WAITING: "The upgrade waits",
    MANUAL: "The upgrade waits for a person, who has to do a step by hand",
    PLANNED: "Nothing was changed: this was a dry run",
    STOPPED: "The upgrade stopped between two steps",
    FAILED: "The upgrade failed",
    UNFINISHED: "The run was cut off, or is still at work",
    PREPARED: "The upgrade is prepared",
}
_OF_PREPARATION = {FAILED: "The preparation is not complete", MANUAL: "The preparation waits for a person"}


def summarize(
    entries: Sequence[Mapping[str, Any]],
    state: State | None,
    *,
    run_state: str | None,
    reason: str | None = None,
    site: Mapping[str, Any] | None = None,
    command: str = "",
) -> dict[str, Any]:
    """{state, verdict, nodes, public, open, next: {first, command, not_before}}

    entries: of the journal; state: what they say, None where the journal is damaged; site: as the module site_info returns it, {} where
    nothing was read; command: the one that continues. `first`: sentences about what a person does before the command. `not_before`: ISO
    8601 in UTC by the appliance's clock, '' where nothing has to be waited for. After the target was reached there is no command.
    public: the name that clients use, '' where it is not known.
    """
    site, ended = site or {}, run_state or UNFINISHED
    nodes = [_node(node, site) for node in site.get("nodes") or ()]
    again = not_before(entries) if ended == WAITING else ""
    first = list((site.get("description") or {}).get("next") or [])[:-1] + _lost(entries)
    return {
        "state": ended,
        "verdict": _verdict(ended, nodes, (reason or "").strip() or _why_waiting(entries, ended), preparing=prepares(entries)),
        "nodes": nodes,
        "public": str((site.get("public") or {}).get("url") or "").rpartition("://")[2],
        "open": open_sentences(state),
        "next": {"first": [] if ended == REACHED else first, "command": "" if ended == REACHED else command, "not_before": again},
    }


def _node(node: Mapping[str, Any], site: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: node.get(name, "") for name in _NODE}
    return {**known, "base": (site.get("bases") or {}).get(node.get("name")) or "", "serves": node.get("name") == site.get("serving")}


def _verdict(ended: str, nodes: Sequence[Mapping[str, Any]], reason: str, *, preparing: bool) -> str:
    if ended == REACHED:
        versions = sorted({node["version"] for node in nodes if node["version"]})
        who = "Both nodes run" if len(nodes) > 1 else "The appliance runs"
        return f"The upgrade is finished. {who} {versions[0]}." if len(versions) == 1 else "The upgrade is finished."
    known = {**_VERDICTS, **(_OF_PREPARATION if preparing else {})}
    sentence = known.get(ended, f"The run ended: {ended}")
    return _full(f"{sentence}: {reason}" if reason else sentence)


def _full(text: str) -> str:
    """The text on one line, with a full stop."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _why_waiting(entries: Sequence[Mapping[str, Any]], ended: str) -> str:
    """Why the last run waits: for clients, for a window, or for the rest of an interim."""
    last = _last_wait(entries) if ended == WAITING else None
    if last is None:
        return ""
    data = last["data"]
    if last["event"] == "window_waiting":
        return str(data.get("why") or "the next step has to start inside a maintenance window")
    reasons = "; ".join(map(str, data.get("reasons") or []))
    return f"clients have to catch up after {data['package']}" + (f" ({reasons})" if reasons else "")


def not_before(entries: Sequence[Mapping[str, Any]]) -> str:
    """When the wait that the last run recorded is over, ISO 8601, '' where nobody knows."""
    last = _last_wait(entries)
    return str(last["data"].get("next_run_at") or last["data"].get("until") or "") if last else ""


def _last_wait(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The last entry of a wait of the last run."""
    return _last(entries, "catch_up_waiting", "window_waiting")


def _lost(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """What a person does about a bad comparison of the last run; the command alone would find the same again."""
    last = _last(entries, "snapshots_compared")
    if last is None or last["data"]["verdict"] != "bad":
        return []
    where, areas = last["data"].get("path") or "comparison.json", ", ".join(map(str, last["data"].get("bad") or []))
    return [f"Repair what the upgrade lost{f' ({areas})' if areas else ''}, or name it in `snapshot_filters` with a reason. See {where}."]


def _last(entries: Iterable[Mapping[str, Any]], *events: str) -> Mapping[str, Any] | None:
    """The last entry of these events in the last run."""
    found = None
    for entry in entries:
        if entry["event"] == "run_opened":
            found = None
        elif entry["event"] in events:
            found = entry
    return found
