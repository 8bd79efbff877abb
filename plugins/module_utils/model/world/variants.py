# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The worlds of one rehearsal: the expected one, and one for each fact that nobody knows and that could be otherwise. Pure."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...errors import InvalidInput
from .lengths import stretched

EXPECTED = "expected"
SLOW = 3600  # seconds: the longest installation that the vendor names (docs/vendor/probes-and-limits.md#limits-and-manners)
AWAY = 0.25  # share of the Jump Clients whose hosts stay off
_World = dict[str, Any]


@dataclass(frozen=True)
class Variant:
    """id: also the name of its file. title, why: for people. world: as the simulator reads it."""

    id: str
    title: str
    why: str
    world: _World


def variants_of(world: Mapping[str, Any], wanted: Iterable[str]) -> list[Variant]:
    """The variants that are wanted and change this world, the expected one first. InvalidInput for one that nobody knows."""
    ids = list(wanted)
    strange = [one for one in ids if one not in VARIANTS]
    if strange:
        raise InvalidInput(f"No variant of a rehearsal is called {strange[0]!r}.", remedy="Known: " + ", ".join(VARIANTS) + ".")
    found = [Variant(EXPECTED, "as expected", "Each assumption holds.", copy.deepcopy(dict(world)))]
    for one in ids:
        title, why, change = VARIANTS[one]
        changed = change(copy.deepcopy(dict(world)))
        if changed is not None:
            changed["name"] = f"rehearsal_{one}"
            found.append(Variant(one, title, why, changed))
    return found


def _relation_kept(world: _World) -> _World | None:
    """Both nodes keep their roles after a break."""
    for pair in world.get("pairs", ()):
        pair["roles_after_break"] = "kept" if pair.get("roles_after_break", "none") == "none" else "none"
    return world if world.get("pairs") else None


def _slow_installation(world: _World) -> _World | None:
    """Each Base and site package takes the vendor's longest time."""
    slow = [one for one in world["packages"] if one["kind"] in ("base", "site") and not one.get("installed")]
    for one in slow:
        longest = stretched(one["kind"], SLOW)
        one["minutes"] = {phase: max(minutes, one.get("minutes", {}).get(phase, 0)) for phase, minutes in longest.items()}
    return world if slow else None


def _base_stuck(world: _World) -> _World | None:
    """The first Base package that is offered never ends."""
    base = next((one for one in world["packages"] if one["kind"] == "base" and one.get("offered", True) and not one.get("installed")), None)
    if base is None:
        return None
    base["stuck"] = True
    return world


def _clients_stay_away(world: _World) -> _World | None:
    """A part of the Jump Clients is offline from the beginning and does not come back."""
    clients = world["clients"].get("jump_clients", {})
    away = {kind: -(-clients.get(kind, 0) // round(1 / AWAY)) for kind in ("active", "passive")}
    for kind, number in away.items():
        clients[kind] = clients.get(kind, 0) - number
    clients["offline"] = clients.get("offline", 0) + sum(away.values())
    return world if sum(away.values()) else None


def _sessions_stay(world: _World) -> _World | None:
    """The sessions that run do not end by themselves."""
    busy = [one for one in world["clients"].get("representatives", ()) if one.get("sessions") and one.pop("session_minutes", None)]
    return world if busy else None


def _agreement_asked(world: _World) -> _World | None:
    """Each site package asks for an agreement."""
    sites = [one for one in world["packages"] if one["kind"] == "site" and not one.get("installed")]
    for one in sites:
        one["eula"] = "An agreement of the rehearsal."
    return world if sites else None


_Change = Callable[[_World], "_World | None"]
VARIANTS: dict[str, tuple[str, str, _Change]] = {
    "relation_kept": ("the nodes keep their roles after a break", "The vendor does not document the roles after a break.", _relation_kept),
    "slow_installation": ("each installation takes an hour", "The vendor says 15 to 60 minutes.", _slow_installation),
    "base_stuck": ("a Base update never ends", "Nothing says beforehand whether a Base update fails.", _base_stuck),
    "clients_stay_away": ("a quarter of the Jump Clients stay away", "Nothing says which hosts stay off.", _clients_stay_away),
    "sessions_stay": ("the sessions that run do not end", "Nothing says how long people work.", _sessions_stay),
    "agreement_asked": ("site packages ask for an agreement", "An agreement is shown only before an installation.", _agreement_asked),
}
