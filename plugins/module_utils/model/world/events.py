# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What happened in the world of a rehearsal, in order, from the simulator's state and the journal of the upgrade. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..moments import iso, read_time

_Step = dict[str, Any]
Span = tuple[float, float]


def no_window(at: float) -> Span | None:
    """Without maintenance windows no step is in one."""
    return None


def steps_of(
    state: Mapping[str, Any],
    entries: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    begins: str,
    window_at: Callable[[float], Span | None] = no_window,
) -> list[_Step]:
    """[{node, title, begins, ends, seconds, window}] by the clock of the world; ends is None for a step that did not end.

    state: of the control port; entries: of the journal; names: {node in the world: node on the site}; begins: when the world began;
    window_at: the maintenance window of a moment. window: {begins, ends} of the one in which a step of a node begins, or None.
    """
    found: list[_Step] = []
    for node in state["appliances"]:
        found += _of_node(node["history"], node["name"], names, state["appliances"][0]["name"])
    for step in found:
        step["window"] = _window(step, window_at)
    found += _waits(entries)
    found += _window_waits(entries, found, begins)
    return sorted(found, key=lambda step: (step["begins"] or step["ends"] or "", step["node"]))


def _window(step: _Step, window_at: Callable[[float], Span | None]) -> dict[str, str] | None:
    span = window_at(read_time(step["begins"])) if step["node"] and step["begins"] else None
    return {"begins": iso(span[0]), "ends": iso(span[1])} if span else None


def _of_node(history: Sequence[Mapping[str, Any]], node: str, names: Mapping[str, str], first: str) -> Iterable[_Step]:
    """first: the node of which the data syncs are taken, since both record them."""
    shown = names.get(node, node)
    for number, event in enumerate(history):
        kind, at, later = event["event"], event["time"], history[number + 1 :]
        if kind == "install_started":
            yield _step(shown, f"install {event['name']}", at, _end(later, ("installed", "installation_failed"), event["package"]))
        elif kind == "relation_broken" and event["by"] == node:
            yield _step(shown, "break the failover relation", at, at)
        elif kind == "relation_established" and event["primary"] == node:
            yield _step(shown, "establish the failover relation", at, at)
        elif kind == "sync_started" and node == first:
            yield _step(
                "", "data sync", at, next((str(one["time"]) for one in later if one["event"] in ("sync_finished", "sync_failed")), None)
            )
        elif kind == "public_switched" and event["to"] == node:
            yield _step(shown, "serve the public name", at, at)


def _end(later: Iterable[Mapping[str, Any]], kinds: Sequence[str], package: str) -> str | None:
    return next((str(one["time"]) for one in later if one["event"] in kinds and one.get("package") == package), None)


def _step(node: str, title: str, begins: str | None, ends: str | None) -> _Step:
    seconds = read_time(ends) - read_time(begins) if begins and ends else None
    return {"node": node, "title": title, "begins": begins, "ends": ends, "seconds": seconds, "window": None}


def _waits(entries: Sequence[Mapping[str, Any]]) -> Iterable[_Step]:
    """Waits for clients, by the appliance's clock."""
    starts: dict[str, float] = {}
    for entry in entries:
        data = entry["data"]
        if entry["event"] == "catch_up_waiting":
            starts.setdefault(data["package"], data["at"])
        elif entry["event"] == "catch_up_passed":
            begins = starts.pop(data["package"], data["at"])
            yield _step("", f"wait for the clients after {data['package']}", iso(begins), iso(data["at"]))
    for package, begins in starts.items():
        yield _step("", f"wait for the clients after {package}", iso(begins), None)


def _window_waits(entries: Sequence[Mapping[str, Any]], steps: Sequence[_Step], begins: str) -> Iterable[_Step]:
    """One for each step and window. It begins where the last step ended, or with the world: nothing else was left to do then."""
    waits = {(str(one["data"]["what"]), str(one["data"]["until"])): one for one in entries if one["event"] == "window_waiting"}
    for what, until in waits:
        before = [step["ends"] for step in steps if step["ends"] and (not until or step["ends"] <= until)]
        yield _step("", f"wait for a maintenance window for {what}", max([begins, *before]), until or None)


def outages_of(state: Mapping[str, Any], packages: Sequence[Mapping[str, Any]]) -> tuple[float, list[list[str]]]:
    """(seconds in which nobody could work, [[begin, end]]): of the public name, or of the one appliance.

    packages: of the world file, with their minutes.
    """
    if state.get("pairs"):
        pair = state["pairs"][0]
        return float(pair["outage_seconds"]), [list(one) for one in pair["outages"]]
    minutes = {one["id"]: (one["kind"], one["minutes"]) for one in packages}
    found = []
    for event in state["appliances"][0]["history"]:
        if event["event"] != "installed" or event["package"] not in minutes:
            continue
        kind, phases = minutes[event["package"]]
        down = 60 * (phases["reboot"] + (phases["install"] if kind in ("site", "hotfix") else 0))
        if down:
            up = read_time(event["time"])
            found.append([iso(up - down), iso(up)])
    return sum(read_time(end) - read_time(begin) for begin, end in found), found
