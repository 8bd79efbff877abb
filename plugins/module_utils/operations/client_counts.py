# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Counts the clients of an appliance, by the list of Jump Clients or by its length alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model.clients.tally import count_connected_consoles, count_consoles, count_jumpoints
from ..model.journal.parts import State
from ..model.moments import iso
from ..policy.catch_up.client_counts import describe
from ..policy.catch_up.forecast import estimate
from .catch_up import jump_clients
from .port import Appliance

SEEN_WITHIN, NAMES = 2592000, 20  # seconds; how many stragglers are named


def count_clients(
    appliance: Appliance,
    *,
    client_filter: Mapping[str, Any] | None = None,
    full: bool = True,
    stragglers: int = NAMES,
    seen_within: float = SEEN_WITHIN,
    since: float | None = None,
    known: State | None = None,
) -> dict[str, Any]:
    """The result of the module client_info. known: the State of the journal or None; the default of `since` is its catch-up."""
    catch_up = (known.versions.catch_up if known else None) or {}
    since = catch_up.get("since") if since is None else since
    now, connected = appliance.info().clock, appliance.client_counts()
    if full or "pinned_client" not in connected:
        counts = appliance.clients.count_jump_clients(client_filter, now=now, seen_within=seen_within, names=stragglers)
    else:
        counts = appliance.clients.jump_client_totals()
    jumpoints, (consoles, people) = appliance.clients.jumpoints(), _consoles(appliance, connected, since, _before(known))
    kinds = dict((counts or {}).get("kinds", {}), representative_console=consoles)
    if jumpoints is not None:
        kinds["jumpoint"] = count_jumpoints(jumpoints)
    speed, end = _speed(catch_up, _reading(now, counts, connected))
    return {
        "changed": False,
        "kinds": kinds,
        "lines": describe(kinds, speed, end),
        "jump_clients": jump_clients(counts),
        "stragglers": (counts or {}).get("stragglers", []),
        "stragglers_total": (counts or {}).get("stragglers_total"),
        "jumpoints": jumpoints,
        "connected": connected,
        "representatives": people,
        "rate_per_hour": speed,
        "estimated_end": end,
    }


def counts_to_record(result: Mapping[str, Any]) -> dict[str, Any]:
    """The part of count_clients() that the journal records."""
    return {name: result[name] or {} for name in ("kinds", "jump_clients", "connected")}


def counts_before(result: Mapping[str, Any]) -> dict[str, Any]:
    """The part that the journal records before another node serves: {online_before, listed_before}, None for what is not known."""
    return {
        "online_before": result["connected"].get("pinned_client"),
        "listed_before": (result["jump_clients"] or {}).get("listed"),
    }


def _speed(catch_up: Mapping[str, Any], reading: Mapping[str, Any]) -> tuple[float | None, str | None]:
    """(Jump Clients an hour, ISO 8601 of when all have upgraded), each None if unknown."""
    speed, end = estimate([*catch_up.get("readings", ()), reading], threshold=100, online_before=catch_up.get("online_before"))
    return None if speed is None else round(speed, 2), None if end is None else iso(end)


def _consoles(
    appliance: Appliance, connected: Mapping[str, Any], since: float | None, before: int
) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
    """(the kind representative_console, who they are); the people are not read if their number is enough."""
    number = connected.get("representative")
    if number is not None and (number == 0 or since is None):
        return count_connected_consoles(number, before=before), [] if number == 0 else None
    people = appliance.logged_in()
    return count_consoles(people, since=since, before=before), [{"name": one.name, "sessions": one.sessions} for one in people]


def _before(known: State | None) -> int:
    """How many people were logged in before the upgrade, as the journal remembers it."""
    counted = (known.clients.counted["before"] if known else None) or {}
    consoles = (counted.get("kinds") or {}).get("representative_console") or {}
    total = consoles.get("total")
    return total if isinstance(total, int) else 0


def _reading(now: float, counts: Mapping[str, Any] | None, connected: Mapping[str, Any]) -> dict[str, Any]:
    done = {"done": counts["updated"], "of": counts["relevant"]} if counts and counts["complete"] else {}
    return dict(done, at=now, online=connected.get("pinned_client"))
