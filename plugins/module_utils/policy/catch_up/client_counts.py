# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Numbers of clients before and after an upgrade, by kind. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...model.fields import is_count

TITLES = {
    "jump_client_active": "Jump Clients, active",
    "jump_client_passive": "Jump Clients, passive",
    "jumpoint": "Jumpoints",
    "representative_console": "Representative consoles",
}
JUMP_CLIENTS = ("jump_client_active", "jump_client_passive")
_JUMP_CLIENT = "pinned_client"  # the type in get_connected_client_list
_Counts = Mapping[str, Any]


def compare(before: _Counts | None, after: _Counts | None) -> dict[str, Any]:
    """{before, after, difference: {kinds, connected}, lines, missing}; before and after: results of client_info, or None.

    missing: how many fewer Jump Clients are connected than before (docs/mission.md#m40); None where that is unknown.
    """
    kinds = {name: _minus(_kind(before, name), _kind(after, name)) for name in TITLES}
    connected = _minus(_connected(before), _connected(after))
    return {
        "before": _shown(before),
        "after": _shown(after),
        "difference": {"kinds": {name: value for name, value in kinds.items() if value}, "connected": connected},
        "lines": _lines(before, after),
        "missing": _missing(before, after),
    }


def describe(kinds: _Counts, rate_per_hour: float | None = None, estimated_end: str | None = None) -> list[str]:
    """Lines for people, one for each kind that was counted, and when the rest are expected to have upgraded."""
    lines = [_line_of(title, kinds[name]) for name, title in TITLES.items() if kinds.get(name)]
    if rate_per_hour:
        end = f", all of them at about {estimated_end}" if estimated_end else ""
        lines.append(f"Jump Clients upgrade at {rate_per_hour:g} an hour{end}")
    return lines


def _line_of(title: str, one: _Counts) -> str:
    if one.get("done") is None:
        return f"{title}: {_number(one.get('total'))}"
    rest = [f"{one[name]} {name}" for name in ("pending", "offline", "lost", "disabled") if one.get(name)]
    return f"{title}: {one['done']} of {one['total']} done" + (f", {', '.join(rest)}" if rest else "")


def total_of(counts: _Counts | None, names: Iterable[str], field: str) -> int | None:
    """The sum of a field over some kinds, None where no kind has it."""
    found: Iterable[Any] = (_kind(counts, name).get(field) for name in names)
    numbers = [one for one in found if is_count(one)]
    return sum(numbers) if numbers else None


def _kind(counts: _Counts | None, name: str) -> dict[str, Any]:
    kinds = (counts or {}).get("kinds")
    one = kinds.get(name) if isinstance(kinds, dict) else None
    return one if isinstance(one, dict) else {}


def _connected(counts: _Counts | None) -> dict[str, Any]:
    connected = (counts or {}).get("connected")
    return connected if isinstance(connected, dict) else {}


def _shown(counts: _Counts | None) -> dict[str, Any] | None:
    return {"kinds": counts.get("kinds"), "jump_clients": counts.get("jump_clients"), "connected": _connected(counts)} if counts else None


def _minus(before: _Counts, after: _Counts) -> dict[str, int]:
    return {name: after[name] - before[name] for name in sorted(before) if is_count(before[name]) and is_count(after.get(name))}


def _missing(before: _Counts | None, after: _Counts | None) -> int | None:
    """By the connected Jump Clients; where a version does not count them, by those that are online in the list."""
    pairs = [(_connected(before).get(_JUMP_CLIENT), _connected(after).get(_JUMP_CLIENT)), (_online(before), _online(after))]
    return next((max(0, was - is_now) for was, is_now in pairs if is_count(was) and is_count(is_now)), None)


def _online(counts: _Counts | None) -> Any:
    listed = (counts or {}).get("jump_clients")
    return listed.get("online") if isinstance(listed, dict) else None


def _lines(before: _Counts | None, after: _Counts | None) -> list[str]:
    if not before:
        return ["The clients were not counted before the upgrade, so there is no comparison."]
    if not after:
        return ["The clients could not be counted after the upgrade, so there is no comparison."]
    lines = [_of_kind(title, _kind(before, name), _kind(after, name)) for name, title in TITLES.items()]
    lines.append(_line("Jump Clients that are online", _online(before), _online(after)))
    types = sorted({*_connected(before), *_connected(after)})
    lines += [_line(f"Connected now, {name}", _connected(before).get(name), _connected(after).get(name)) for name in types]
    return [line for line in lines if line]


def _of_kind(title: str, was: _Counts, is_now: _Counts) -> str:
    line = _line(title, was.get("total"), is_now.get("total"))
    return f"{line}, {is_now['pending']} of them not upgraded or not back" if line and is_count(is_now.get("pending")) else line


def _line(title: str, was: Any, is_now: Any) -> str:
    if not is_count(was) and not is_count(is_now):
        return ""
    change = f" ({is_now - was:+d})" if is_count(was) and is_count(is_now) and was != is_now else ""
    return f"{title}: {_number(was)} before, {_number(is_now)} now{change}"


def _number(number: Any) -> str:
    return str(number) if is_count(number) else "unknown"
