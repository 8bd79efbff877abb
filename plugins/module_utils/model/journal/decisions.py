# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people decided about an upgrade, and what others did during it: waivers, lowered thresholds, checks that were left out,
accepted agreements, a damaged journal that was accepted, a swap of the roles by somebody else. Pure.

state.py reads these events with all others; entry_texts.py shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .parts import Building, Data, Entry, State

# Each event and the data it cannot do without; more may be added to any of them.
EVENTS: dict[str, tuple[str, ...]] = {
    "decided": ("what", "by"),
    "damage_accepted": ("digest", "faults", "reason", "by"),
    "swap_seen": ("was", "now"),
    "waiver_used": ("check", "node", "target_version", "reason", "by", "expires", "kind", "message"),
}
TYPES: dict[str, Any] = {
    **dict.fromkeys(("by", "digest", "was", "now", "check", "target_version", "expires", "message"), str),
    "faults": list,
    "not_default": dict,
}


_NOTHING: tuple[Any, ...] = (None, "", [], {})


def _decided(state: Building, entry: Entry, data: Data) -> None:
    decision = {"value": data.get("value"), "default": data.get("default"), "by": data["by"], "time": entry["time"]}
    others = {what: one for what, one in state.decisions.items() if what != data["what"]}
    state.decisions = others if same(decision["value"], decision["default"]) else {**others, data["what"]: decision}


def _damage_accepted(state: Building, entry: Entry, data: Data) -> None:
    """The content of the damaged lines is unknown, so the next reading of what runs starts the wait again."""
    state.set(served=None, software={})


def _swap_seen(state: Building, entry: Entry, data: Data) -> None:
    state.served_by = data["now"]


READERS = {"decided": _decided, "damage_accepted": _damage_accepted, "swap_seen": _swap_seen}


def changes(state: State, values: Mapping[str, Any], defaults: Mapping[str, Any], by: str) -> list[dict[str, Any]]:
    """The data of `decided` for each of `values` that is not recorded with its present value, and for each that returned to its default."""
    found = []
    for what, value in sorted(values.items()):
        default, known = defaults.get(what), state.decisions.get(what)
        new = known is None and not same(value, default)
        if new or known is not None and not (same(known["value"], value) and known["by"] == by):
            found.append({"what": what, "value": value, "default": default, "by": by})
    return found


def not_default(params: Mapping[str, Any], options: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """{option: value} of those that differ from their defaults: what an entry says was done otherwise than usual."""
    return {name: params[name] for name in names if not same(params[name], options[name].get("default"))}


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same, whatever of them came as text from a command line or an INI inventory."""
    if one in _NOTHING and other in _NOTHING:
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return _flag(one) == _flag(other)
    try:
        return float(one) == float(other)
    except (TypeError, ValueError):
        return one == other


def _flag(value: Any) -> bool:
    return str(value).lower() in ("true", "yes", "on", "1", "y", "t")


# --- for people


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value in _NOTHING:
        return "nothing"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Sequence) and any(isinstance(one, Mapping) for one in value):
        return "; ".join(map(_shown, value))
    if isinstance(value, Mapping) and {"start", "end"} <= value.keys():  # a maintenance window
        return f"{value['start']} to {value['end']}" + (f" on {_bare(value['days'])}" if value.get("days") else "")
    if isinstance(value, Mapping) and value:
        return ", ".join(f"{name} {_bare(one)}" for name, one in value.items() if one not in _NOTHING) or "nothing"
    return f"'{value}'" if isinstance(value, str) else str(value)


def _bare(value: Any) -> str:
    """A value without quotes, beside its name."""
    if isinstance(value, (list, tuple)):
        return " and ".join(map(_bare, value))
    return value if isinstance(value, str) else _shown(value)


def _decided_words(entry: Entry, data: Data) -> str:
    if same(data.get("value"), data.get("default")):
        return f"decided: {data['what']} is its default again, {_shown(data.get('value'))} (by {data['by']})"
    return f"decided: {data['what']} is {_shown(data.get('value'))} instead of {_shown(data.get('default'))} (by {data['by']})"


def deviations(data: Data) -> str:
    """'; other than usual: threshold 50, min_wait 0' of an entry that was made so."""
    values = data.get("not_default") or {}
    return "; other than usual: " + ", ".join(f"{name} {_shown(value)}" for name, value in values.items()) if values else ""


def by(entry: Entry) -> str:
    """' (by Ada Example)': who is named in an entry, or else who wrote it; '' where nobody knows."""
    who = entry.get("who") or {}
    name = entry["data"].get("by") or who.get("person") or who.get("awx_user") or who.get("user")
    return f" (by {name})" if name else ""


TEXTS = {
    "decided": _decided_words,
    "damage_accepted": lambda entry, data: (
        f"the damaged journal was accepted by {data['by']}: {data['reason']} ({'; '.join(map(str, data['faults']))})"
    ),
    "waiver_used": lambda entry, data: (
        f"{data['node']}: check {data['check']} ({data['kind']}) waived by {data['by']} until {data['expires']} for "
        f"{data['target_version']}: {data['reason']}. {data['message']}"
    ),
    "swap_seen": lambda entry, data: (
        f"somebody else swapped the roles or moved the public name: {data['now']} serves, {data['was']} did before"
    ),
}
