# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Compares the values of two areas: versions, roles, permissions, settings, the data sync. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import InvalidInput
from ...model.moments import iso
from ...model.pair import BACKUP, PRIMARY
from ...model.snapshot.area import Area
from ...model.version import Version
from ..pair.invariants import sync_failed
from .finding import BAD, EXPECTED, SAME, UNKNOWN, Finding, joined

_LEVELS = ("deny", "read_only", "full_access")


def compare_values(before: Area, after: Area, *, changes: str = BAD) -> Finding:
    """The Finding on values that an upgrade leaves as they are. changes: the verdict on another value."""
    return _each(before.values, after.values, lambda name, one, other: Finding(changes, f"{name} was {_shown(one)}, is {_shown(other)}."))


def compare_versions(before: Area, after: Area) -> Finding:
    """A higher version is expected, a lower one is bad; a build may be another one."""

    def decide(name: str, one: Any, other: Any) -> Finding:
        sentence = f"{name} was {_shown(one)}, is {_shown(other)}."
        try:
            lower = name != "build" and Version(other) < Version(one)
        except InvalidInput:
            return Finding(UNKNOWN, f"{sentence} One of them is no version.")
        return Finding(BAD if lower else EXPECTED, sentence)

    return _each(before.values, after.values, decide)


def compare_health(before: Area, after: Area) -> Finding:
    """An unhealthy appliance is bad, whatever it was before."""
    well, now = before.values.get("healthy"), after.values.get("healthy")
    if not isinstance(well, bool) or not isinstance(now, bool):
        return Finding(UNKNOWN, "The health is not reported.")
    evidence = {"before": dict(before.values), "after": dict(after.values)}
    if not now:
        return Finding(BAD, f"The appliance is unhealthy: {after.values.get('message') or 'no reason'}.", evidence)
    return Finding(SAME, "The appliance is healthy.", evidence) if well else Finding(EXPECTED, "The appliance is healthy again.", evidence)


def compare_role(before: Area, after: Area, mode: str) -> Finding:
    """The nodes of a pair exchange their roles in asynchronous mode; nothing else may change."""

    def decide(name: str, one: Any, other: Any) -> Finding:
        exchanged = mode == "asynchronous" and name == "role" and {one, other} == {PRIMARY, BACKUP}
        return Finding(EXPECTED if exchanged else BAD, f"{name} was {_shown(one)}, is {_shown(other)}.")

    return _each(before.values, after.values, decide)


def compare_permissions(before: Area, after: Area) -> Finding:
    """A permission that the account lost is bad. Versions name some otherwise: one that is not reported any more is unknown."""

    def decide(name: str, one: Any, other: Any) -> Finding:
        return Finding(BAD if _level(other) < _level(one) else EXPECTED, f"{name} was {_shown(one)}, is {_shown(other)}.")

    granted = {name: value for name, value in before.values.items() if _level(value)}
    lost = [name for name in granted if after.values.get(name) is None]
    new = sorted(name for name in after.values if name not in before.values)
    found = _each({name: one for name, one in before.values.items() if name in after.values}, _common(after.values, before.values), decide)
    parts = [found]
    parts += [Finding(UNKNOWN, f"No longer reported: {', '.join(sorted(lost))}.")] if lost else []
    parts += [Finding(EXPECTED, f"New: {', '.join(new)}.")] if new else []
    gone = [name for name in before.values if name not in after.values and name not in lost]
    parts += [Finding(EXPECTED, f"Not granted, and no longer reported: {', '.join(sorted(gone))}.")] if gone else []
    return joined(parts)


def _common(values: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in values.items() if name in names}


def _level(value: Any) -> int:
    """How much a permission allows."""
    return _LEVELS.index(value) if value in _LEVELS else int(value is True)


def compare_sync(before: Area, after: Area, hours: float) -> Finding:
    """A data sync that is newer is expected; one that failed, is lost or too old is bad."""
    evidence = {"before": _synced(before.values), "after": _synced(after.values)}
    related = before.values.get("relation"), after.values.get("relation")
    if related[0] != related[1] or not isinstance(related[1], bool):
        return Finding(BAD, "The failover relation is not as before: data is not synchronized in the same way.", evidence)
    if not related[1]:
        return Finding(SAME, "There is no failover relation, and no data sync.", evidence)
    return joined([*_sync_problems(before.values, after.values, hours), Finding(SAME, "", evidence)])


def _sync_problems(before: Mapping[str, Any], after: Mapping[str, Any], hours: float) -> Iterator[Finding]:
    then, last, clock = before.get("time"), after.get("time"), after.get("clock")
    if not (isinstance(then, (int, float)) and isinstance(last, (int, float)) and isinstance(clock, (int, float))):
        yield Finding(UNKNOWN, "The time of the last data sync is not reported.")
        return
    if sync_failed(str(after.get("status"))):
        yield Finding(BAD, f"The last data sync failed: {after.get('status')}.")
    elif before.get("status") != after.get("status"):
        yield Finding(UNKNOWN, f"The result of the last data sync was {before.get('status')!r}, is {after.get('status')!r}.")
    age = (clock - last) / 3600
    if last < then:
        yield Finding(BAD, f"The last data sync is older than before: {iso(last)}, before {iso(then)}.")
    elif age > hours:
        yield Finding(BAD, f"The last data sync is {age:.1f} hours old; {hours:g} are allowed.")
    elif last > then:
        yield Finding(EXPECTED, f"The last data sync is newer: {iso(last)}, {age:.1f} hours old.")
    else:
        yield Finding(SAME, f"The last data sync is the one of before, {age:.1f} hours old.")


def _synced(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"relation": values.get("relation"), "time": iso(values.get("time")), "status": values.get("status")}


def _each(before: Mapping[str, Any], after: Mapping[str, Any], decide: Any) -> Finding:
    """The Finding on all values: a value that is missing on a side is unknown, and decide(name, before, after) says what a change means."""
    parts = []
    for name in sorted({*before, *after}):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            parts.append(Finding(UNKNOWN, f"{name} was not read {'before' if one is None else 'after'}."))
        elif one != other or type(one) is not type(other):
            parts.append(decide(name, one, other))
    evidence = {"before": dict(before), "after": dict(after)}
    if not before and not after:
        return Finding(UNKNOWN, "Nothing was reported.", evidence)
    return joined([*parts, Finding(SAME, "" if parts else "As before.", evidence)])


def _shown(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
