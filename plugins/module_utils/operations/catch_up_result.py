# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Returns and records how a wait for clients ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import Unsafe
from ..storage.journal import Journal
from .catch_up import Observer, jump_clients, progress
from .observation import Observation
from .port import Appliance

_MOST_NAMED = 5  # clients in one line
# The result if no catch-up is pending.
OPEN_AT_ONCE = {
    "changed": False,
    "state": "open",
    "next_run_at": "",
    "remaining_seconds": 0.0,
    "reasons": [],
    "caught_up_percent": None,
    "basis": "none",
    "complete": False,
    "kinds": {},
    "rate_per_hour": None,
    "estimated_end": None,
    "stragglers": [],
    "stragglers_total": None,
    "jump_clients": None,
    "connected": {},
    "progress": "",
}


def end_wait(
    appliance: Appliance,
    decisions: Mapping[str, Any],
    observer: Observer,
    seen: Observation,
    journal: Journal | None,
    pending: Mapping[str, Any] | None,
    notes: Sequence[str],
) -> dict[str, Any]:
    """Record how the wait ended and return the result. Raises Unsafe if the catch-up is closed after the maximum wait."""
    catch_up = seen.catch_up
    opened = catch_up.state == "open"
    speed, end = observer.estimate(seen)
    counts = seen.counts or {}
    result = {
        "changed": False,
        "state": "open" if opened else "waiting",
        "next_run_at": catch_up.next_run_at,
        "remaining_seconds": catch_up.remaining_seconds,
        "caught_up_percent": catch_up.caught_up_percent,
        "reasons": [*catch_up.reasons, *notes],
        "basis": catch_up.basis,
        "complete": bool(seen.export or counts.get("complete")),
        "kinds": counts.get("kinds", {}),
        "rate_per_hour": speed,
        "estimated_end": None if opened else end,
        "stragglers": seen.stragglers,
        "progress": progress(seen, observer.online_before, speed, end),
        "stragglers_total": seen.stragglers_total,
        "jump_clients": jump_clients(seen.counts),
        "connected": seen.connected,
        "diff": {"before": {"catch_up": "closed"}, "after": {"catch_up": "open" if opened else "closed"}},
    }
    if journal and pending:
        _note(appliance, decisions, journal, pending, seen, result, opened)
    if catch_up.state == "stopped":
        raise _stopped(appliance, result)
    if opened and seen.stragglers:
        appliance.say(_left_behind(result))
    return result


def _left_behind(result: Mapping[str, Any]) -> str:
    """The sentence about the clients without which a catch-up opens."""
    names, total = [one["name"] for one in result["stragglers"]], result["stragglers_total"] or len(result["stragglers"])
    more = f" and {total - _MOST_NAMED} more" if total > _MOST_NAMED else ""
    return f"The catch-up is open. Jump Clients that have not upgraded: {', '.join(names[:_MOST_NAMED])}{more}."


def record_reading(appliance: Appliance, journal: Journal, pending: Mapping[str, Any], seen: Observation) -> None:
    """Record a reading that found the catch-up closed, while the run holds."""
    catch_up = seen.catch_up
    decided = {name: getattr(catch_up, name) for name in ("caught_up_percent", "next_run_at", "reasons", "basis")}
    about = {"host": appliance.host, "package": pending.get("package")}
    journal.append("catch_up_waiting", **about, **seen.measured(), **{**decided, "reasons": list(catch_up.reasons)})


def _note(
    appliance: Appliance,
    decisions: Mapping[str, Any],
    journal: Journal,
    pending: Mapping[str, Any],
    seen: Observation,
    result: Mapping[str, Any],
    opened: bool,
) -> None:
    facts = {
        "host": appliance.host,
        "package": pending.get("package"),
        **seen.measured(),
        **{name: result[name] for name in ("caught_up_percent", "next_run_at", "reasons", "basis")},
    }
    if opened:
        facts.update(stragglers=result["stragglers"], not_default=decisions)
    journal.append("catch_up_passed" if opened else "catch_up_waiting", **facts)


def _stopped(appliance: Appliance, result: Mapping[str, Any]) -> Unsafe:
    facts = {
        name: result[name]
        for name in (
            "reasons",
            "caught_up_percent",
            "basis",
            "complete",
            "kinds",
            "stragglers",
            "stragglers_total",
            "jump_clients",
            "rate_per_hour",
        )
    }
    return Unsafe(
        f"The catch-up is closed after the maximum wait, so no package is installed: {'; '.join(result['reasons'])}.",
        host=appliance.host,
        facts=facts,
        remedy="Upgrade the stragglers: start their hosts, jump to them, or deploy them again. Then run the same command again. "
        "Or increase max_wait, or continue without them (at_max_wait: open_with_list).",
    )
