# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The status of a site as one row: what its nodes report now, and what its state folder says of the upgrade. Pure.

docs/schemas/status.schema.json describes a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..model.moments import iso
from ..model.report.acts import DONE, OPEN, UNVERIFIED, WAITING
from ..model.report.step_rows import NOT_NEEDED
from .catch_up.forecast import estimate
from .catch_up.percent import rounded_down, share

NEW, RUNNING, UNREAD, REACHED = "new", "running", "unread", "reached"
BLOCKING = ("fail_outage", "fail_upgrade", "error")  # kinds of a check
_NODE = ("name", "host", "reachable", "why", "guid", "version", "build", "role", "healthy", "message")
_NO_RUN = "No upgrade of this site is recorded."
_RUNS = "A run is at work."
_LAST = (DONE, NOT_NEEDED)


def site_row(
    name: str,
    mode: str,
    site: Mapping[str, Any],
    memory: Mapping[str, Any],
    report: Mapping[str, Any],
    *,
    until: str = "",
    online: int | None = None,
    lock: Mapping[str, Any] | None = None,
    threshold: float = 95,
) -> dict[str, Any]:
    """The row of a site that was read.

    site, memory: as the module site_info returns them. report: as model.report.build makes it. until: when the last wait of the last run
    ends, ISO 8601. online: Jump Clients that are connected now, None where that was not read. lock: {holder, begun, heartbeat, dead}, None
    where no run owns the site. threshold: percent of the clients that a catch-up needs.
    """
    state = _state(report, lock)
    catch_up = _catch_up(report, site, online, threshold)
    return {
        "site": name,
        "mode": mode,
        "state": state,
        "verdict": {NEW: _NO_RUN, RUNNING: _RUNS}.get(state) or report["verdict"],
        "nodes": [_node(node, site, report) for node in site["nodes"]],
        "relation": site["relation"],
        "public": (site.get("public") or {}).get("url") or "",
        "step": _step(report["steps"]),
        "catch_up": catch_up,
        "waiting_until": until if state == WAITING or (state == RUNNING and catch_up) else "",
        "lock": dict(lock) if lock else None,
        "last_run": dict(report["runs"][-1]) if report["runs"] else None,
        "open": list(report["open"]),
        "findings": list(_findings(site, memory, report)),
    }


def unread_row(name: str, sentence: str) -> dict[str, Any]:
    """The row of a site of which nothing could be read, and why."""
    empty: dict[str, Any] = {"mode": "", "nodes": [], "relation": "unknown", "public": "", "step": None, "catch_up": None}
    rest: dict[str, Any] = {"waiting_until": "", "lock": None, "last_run": None, "open": []}
    findings = [{"source": "site", "target": name, "text": sentence}]
    return {"site": name, "state": UNREAD, "verdict": "Nothing could be read.", **empty, **rest, "findings": findings}


def unread(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What could not be read, a sentence each."""
    sites = [one["text"] for row in rows if row["state"] == UNREAD for one in row["findings"]]
    nodes = [f"{node['name']} could not be read: {node['why']}" for row in rows for node in row["nodes"] if not node["reachable"]]
    return [*sites, *nodes]


# --- what the journal says


def _state(report: Mapping[str, Any], lock: Mapping[str, Any] | None) -> str:
    """How the last run ended; 'running' while a run that is alive owns the site, 'new' where none is recorded."""
    if lock and not lock["dead"]:
        return RUNNING
    return str(report["state"]) if report["journal"]["entries"] else NEW


def _step(steps: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """{number, of, title, node} of the step that is under way, or else of the next one; of the last one when all are done."""
    numbered = [row for row in steps if row["number"] is not None]
    if not numbered:
        return None
    begun = [row for row in numbered if row["state"] in (OPEN, UNVERIFIED, WAITING)]
    ahead = [row for row in numbered if row["state"] not in _LAST]
    row = [*begun, *ahead, numbered[-1]][0]
    of = max(one["number"] for one in numbered)
    return {"number": row["number"], "of": of, "title": row["title"], "node": row["node"], "done": not begun and not ahead}


def _catch_up(report: Mapping[str, Any], site: Mapping[str, Any], online: int | None, threshold: float) -> dict[str, Any] | None:
    """What clients catch up with now, how many percent have, and when `threshold` percent will have; None without a catch-up."""
    pending = [one for one in report["catch_ups"] if not one["passed"]]
    if not pending:
        return None
    one = pending[-1]
    clock = next((node["clock"] for node in site["nodes"] if node["name"] == site["serving"] and node["reachable"]), None)
    now = [{"at": clock, "online": online}] if clock is not None and online is not None else []
    speed, end = estimate([*one["readings"], *now], threshold=threshold, online_before=one["online_before"])
    percent, at = _percent(one, now)
    return {
        "package": one["package"],
        "version": one["version"],
        "since": iso(one["since"]),
        "percent": percent,
        "measured_at": iso(at),
        "online": online,
        "online_before": one["online_before"],
        "rate_per_hour": None if speed is None else round(speed, 2),
        "estimated_end": iso(end) or None,
    }


def _percent(catch_up: Mapping[str, Any], now: Sequence[Mapping[str, Any]]) -> tuple[float | None, float | None]:
    """(percent, when it was measured): the newest look of a run; without one, who is online now of those who were before."""
    readings = [one for one in catch_up["readings"] if one["percent"] is not None]
    if readings:
        return readings[-1]["percent"], readings[-1]["at"]
    if now and catch_up["online_before"]:
        return rounded_down(share(now[0]["online"], catch_up["online_before"])), now[0]["at"]
    return None, None


# --- what the nodes say


def _node(node: Mapping[str, Any], site: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    """last_version: what the last run read or left there."""
    last: Mapping[str, Any] = next((one for one in report["nodes"] if node["name"] == one["name"]), {})
    return {
        **{name: node[name] for name in _NODE},
        "base": site["bases"].get(node["name"]) or "",
        "serves": node["name"] == site["serving"],
        "last_version": last.get("version") or "",
    }


def _findings(site: Mapping[str, Any], memory: Mapping[str, Any], report: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """{source, target, text}: what speaks against an upgrade of the site, or needs a person."""
    for one in site["problems"]:
        yield _finding("site", "", f"{one['sentence']} {one['evidence']}".strip())
    known = [guid for guid in memory.get("guids") or [memory.get("guid")] if guid]
    for node in site["nodes"]:
        if known and node["guid"] and node["guid"] not in known:
            yield _finding("journal", node["name"], f"The journal of this site is of another appliance: {', '.join(known)}.")
    for one in report["checks"]:
        if one["kind"] in BLOCKING and not one["waived_by"]:
            yield _finding("preflight", one["node"], one["message"] or one["title"])
    for text in (*report["journal"]["faults"], *report["problems"]):
        yield _finding("journal", "", text)


def _finding(source: str, target: str, text: str) -> dict[str, str]:
    return {"source": source, "target": target, "text": text}
