# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How clients caught up: one curve for each version that they met. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .scope import Entry

_COUNTS = ("online", "listed", "done", "of")


def curves(entries: Sequence[Entry], catch_ups: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """[{package, version, since, start, passed, by, online_before, listed_before, stragglers, readings}], the oldest first.

    readings: [{at, percent, online, listed, done, of}], seconds on the appliance's clock. percent: of the clients that count, None where it
    was not measured. since: on the same clock. passed: the controller's time. catch_ups: as the journal's state keeps them.
    """
    return [_curve(entries, one) for one in catch_ups if _is_of(entries, one)]


def _is_of(entries: Sequence[Entry], catch_up: Mapping[str, Any]) -> bool:
    """Whether it is not older than these entries."""
    return not catch_up["passed"] or bool(entries) and catch_up["passed"] >= entries[0]["time"]


def _curve(entries: Sequence[Entry], catch_up: Mapping[str, Any]) -> dict[str, Any]:
    read = [
        entry["data"]
        for entry in entries
        if entry["event"] in ("catch_up_waiting", "catch_up_passed") and entry["data"]["package"] == catch_up["package"]
    ]
    names = ("package", "version", "build", "since", "start", "passed", "online_before", "listed_before")
    last = read[-1] if read and catch_up["passed"] else {}
    return {
        **{name: catch_up.get(name) for name in names},
        "basis": last.get("basis") or "",
        "stragglers": len(last.get("stragglers") or ()),
        "readings": [_reading(data, catch_up) for data in read if _number(data.get("at"))],
    }


def _reading(data: Mapping[str, Any], catch_up: Mapping[str, Any]) -> dict[str, Any]:
    return {"at": data["at"], "percent": _percent(data, catch_up), **{name: data.get(name) for name in _COUNTS}}


def _percent(data: Mapping[str, Any], catch_up: Mapping[str, Any]) -> float | None:
    """Of the clients that count: as it was decided on, else of the list, else of those that were online before."""
    if _number(data.get("caught_up_percent")):
        return float(data["caught_up_percent"])
    for part, whole in ((data.get("done"), data.get("of")), (data.get("online"), catch_up.get("online_before"))):
        if isinstance(part, (int, float)) and isinstance(whole, (int, float)) and whole:
            return min(100.0, round(100 * part / whole, 1))
    return None


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
