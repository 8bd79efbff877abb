# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How many clients there were before an upgrade and are after it, by kind. Pure."""

from __future__ import annotations

from .terms import is_count

TITLES = {
    "jump_client_active": "Jump Clients, active", "jump_client_passive": "Jump Clients, passive", "jumpoint": "Jumpoints",
    "representative_console": "Representative consoles",
}  # fmt: skip
JUMP_CLIENTS = ("jump_client_active", "jump_client_passive")
_JUMP_CLIENT = "pinned_client"  # the name of the type in get_connected_client_list


def compare(before, after):
    """{before, after, difference: {kinds, connected}, lines, missing}; each of before and after as client_info tells it, or None.

    missing: how many Jump Clients fewer are connected than before (M40); None where that cannot be told.
    """
    kinds = {name: _minus(_kind(before, name), _kind(after, name)) for name in TITLES}
    connected = _minus(_connected(before), _connected(after))
    return {
        "before": _shown(before), "after": _shown(after),
        "difference": {"kinds": {name: value for name, value in kinds.items() if value}, "connected": connected},
        "lines": _lines(before, after), "missing": _missing(before, after),
    }  # fmt: skip


def told(kinds, rate_per_hour=None, estimated_end=None):
    """Lines for people, one for each kind that is told, and when the rest may have followed."""
    lines = [_line_of(title, kinds[name]) for name, title in TITLES.items() if kinds.get(name)]
    if rate_per_hour:
        end = f", all of them at about {estimated_end}" if estimated_end else ""
        lines.append(f"Jump Clients follow at {rate_per_hour:g} an hour{end}")
    return lines


def _line_of(title, one):
    if one.get("done") is None:
        return f"{title}: {_told(one.get('total'))}"
    rest = [f"{one[name]} {name}" for name in ("pending", "offline", "lost", "disabled") if one.get(name)]
    return f"{title}: {one['done']} of {one['total']} done" + (f", {', '.join(rest)}" if rest else "")


def total_of(counts, names, field):
    """The sum of a field over some kinds, None where none of them is told."""
    told = [_kind(counts, name).get(field) for name in names]
    numbers = [one for one in told if is_count(one)]
    return sum(numbers) if numbers else None


def _kind(counts, name):
    kinds = (counts or {}).get("kinds")
    one = kinds.get(name) if isinstance(kinds, dict) else None
    return one if isinstance(one, dict) else {}


def _connected(counts):
    told = (counts or {}).get("connected")
    return told if isinstance(told, dict) else {}


def _shown(counts):
    return {"kinds": counts.get("kinds"), "jump_clients": counts.get("jump_clients"), "connected": _connected(counts)} if counts else None


def _minus(before, after):
    return {name: after[name] - before[name] for name in sorted(before) if is_count(before[name]) and is_count(after.get(name))}


def _missing(before, after):
    """By who is connected; where the version does not count Jump Clients so, by who is online, as their list tells."""
    pairs = [(_connected(before).get(_JUMP_CLIENT), _connected(after).get(_JUMP_CLIENT)), (_online(before), _online(after))]
    return next((max(0, was - is_now) for was, is_now in pairs if is_count(was) and is_count(is_now)), None)


def _online(counts):
    told = (counts or {}).get("jump_clients")
    return told.get("online") if isinstance(told, dict) else None


def _lines(before, after):
    if not before:
        return ["The clients were not counted before the upgrade: nothing can be compared."]
    if not after:
        return ["The clients could not be counted after the upgrade: nothing can be compared."]
    lines = [_of_kind(title, _kind(before, name), _kind(after, name)) for name, title in TITLES.items()]
    lines.append(_line("Jump Clients that are online", _online(before), _online(after)))
    types = sorted({*_connected(before), *_connected(after)})
    lines += [_line(f"Connected now, {name}", _connected(before).get(name), _connected(after).get(name)) for name in types]
    return [line for line in lines if line]


def _of_kind(title, was, is_now):
    line = _line(title, was.get("total"), is_now.get("total"))
    return f"{line}, {is_now['pending']} of them not upgraded or not back" if line and is_count(is_now.get("pending")) else line


def _line(title, was, is_now):
    if not is_count(was) and not is_count(is_now):
        return ""
    change = f" ({is_now - was:+d})" if is_count(was) and is_count(is_now) and was != is_now else ""
    return f"{title}: {_told(was)} before, {_told(is_now)} now{change}"


def _told(number):
    return number if is_count(number) else "not told"
