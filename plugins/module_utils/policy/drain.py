# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Decides whether an appliance is quiet enough for work on it, from the people at a console and the counts of connected clients. Pure.

The larger of both numbers counts: a person may hold a session of a customer who just lost the connection, and a customer may wait in a
queue for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInput, NotUnderstood, Unsafe
from ..model.counted import counted
from ..model.moments import iso_rounded_up

WAIT, STOP, TERMINATE = "wait", "stop", "terminate"
QUIET, WAITING = "quiet", "waiting"
POLICIES = (WAIT, STOP, TERMINATE)
_NAMED = 20


@dataclass(frozen=True)
class QuietLimits:
    """An appliance is quiet with at most so many running sessions, and people at a console (None: any number)."""

    max_sessions: int = 0
    max_people: int | None = None


@dataclass(frozen=True)
class Activity:
    """people: tuple of model.health.LoggedIn; counts: connected clients by type, None where they are unknown."""

    people: tuple[Any, ...]
    counts: Mapping[str, int] | None = None

    @property
    def held(self) -> int:
        """Sessions that people hold; one that two of them share counts twice."""
        return sum(person.sessions for person in self.people)

    @property
    def sessions(self) -> int:
        """Running sessions, by the interface that reports more of them."""
        return max(self.held, connected_sessions(self.counts) or 0)

    def rows(self) -> list[dict[str, Any]]:
        return [{"name": one.name, "sessions": one.sessions, "since": one.since} for one in self.people]


def read_limits(params: Mapping[str, Any]) -> QuietLimits:
    """The QuietLimits of a module's options; InvalidInput where sessions would be ended without a reason."""
    if params["policy"] == TERMINATE and not params["reason"].strip():
        raise InvalidInput("`policy: terminate` was given with an empty `reason`.", remedy="Say why people are cut off.")
    return QuietLimits(params["max_sessions"], params["max_people"])


def verify_numbers(seen: Activity) -> Activity:
    """The same Activity; NotUnderstood for a negative number."""
    wrong = [f"{one.name}: {one.sessions}" for one in seen.people if one.sessions < 0]
    wrong += [f"{kind}: {count}" for kind, count in (seen.counts or {}).items() if count < 0]
    if wrong:
        raise NotUnderstood(f"The appliance reports a negative number ({', '.join(wrong)}).", remedy="Nothing was guessed.")
    return seen


def connected_sessions(counts: Mapping[str, int] | None) -> int | None:
    """Sessions by the counts of connected clients; None where these do not show it. Attendees mean at least one presentation."""
    if not counts or "support_customer" not in counts:
        return None
    return counts["support_customer"] + (counts.get("presentation_attendee", 0) > 0)


def is_quiet(seen: Activity, limits: QuietLimits) -> bool:
    return seen.sessions <= limits.max_sessions and not too_many_people(len(seen.people), limits)


def too_many_people(number: int, limits: QuietLimits) -> bool:
    return limits.max_people is not None and number > limits.max_people


def seems_quiet(counts: Mapping[str, int] | None, limits: QuietLimits) -> bool | None:
    """Whether the cheap counts give a reason to list the people; None where they do not show it."""
    sessions, consoles = connected_sessions(counts), (counts or {}).get("representative")
    if sessions is None or (limits.max_people is not None and consoles is None):
        return None
    return sessions <= limits.max_sessions and not too_many_people(consoles or 0, limits)


def describe(seen: Activity) -> str:
    """'2 people are logged in, 3 sessions run: Ada (2 sessions), Bob (1 session)'"""
    names = [f"{one.name} ({counted(one.sessions, 'session')})" if one.sessions else one.name for one in seen.people[:_NAMED]]
    more = [f"{len(seen.people) - _NAMED} more"] if len(seen.people) > _NAMED else []
    return f"{_people(seen)}, {_sessions(seen)}" + (f": {', '.join(names + more)}" if names else "")


def _people(seen: Activity) -> str:
    if not seen.people:
        return "nobody is logged in"
    return counted(len(seen.people), "person is logged in", "people are logged in")


def _sessions(seen: Activity) -> str:
    running = "no session runs" if not seen.sessions else counted(seen.sessions, "session runs", "sessions run")
    if seen.sessions == seen.held:
        return running
    return f"{running} ({counted(seen.sessions, 'customer')} connected, {counted(seen.held, 'session')} held by people)"


def not_quiet(seen: Activity, limits: QuietLimits, *, host: str, waited: float, why: str = "") -> Unsafe:
    """The Unsafe for people who still work when the time is over."""
    after = f" {waited:.0f} seconds after the drain began" if waited else ""
    allowed = counted(limits.max_sessions, "session") + ("" if limits.max_people is None else f" and {limits.max_people} people")
    return Unsafe(
        f"{why or 'The appliance is not quiet'}{after}: {describe(seen)}. At most {allowed} are allowed.",
        host=host,
        remedy="Nothing was done. Ask these people to end their work and run the same command again; or choose another time, a longer "
        "`wait_timeout`, or `policy: terminate` with a `reason`, which cuts them off.",
        facts={"people": seen.rows(), "sessions": seen.sessions, "timed_out": True, "outcome": "nothing_done"},
    )


def next_run_at(clock: float, seconds: float) -> str:
    """So many seconds after `clock` (seconds since 1970), ISO 8601 in UTC, rounded up to the second."""
    return iso_rounded_up(clock + seconds)
