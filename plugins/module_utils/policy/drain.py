# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Is an appliance quiet enough for work on it? From the people at a console and the counts of connected clients. Pure.

Both are believed where they say that somebody works: a person may hold a session whose customer just lost the connection, and a
customer may wait in a queue for a person.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timezone

from ..errors import InvalidInput, NotUnderstood, Unsafe

WAIT, STOP, TERMINATE = "wait", "stop", "terminate"
QUIET, WAITING = "quiet", "waiting"
POLICIES = (WAIT, STOP, TERMINATE)
_NAMED = 20


@dataclass(frozen=True)
class Terms:
    """What quiet means: at most so many running sessions, and people at a console (None: as many as like)."""

    max_sessions: int = 0
    max_people: int | None = None


@dataclass(frozen=True)
class Seen:
    """One look. people: tuple of model.health.LoggedIn; counts: connected clients by type, None where they are not told."""

    people: tuple
    counts: dict | None = None

    @property
    def held(self):
        """Sessions that people hold; one that two of them share counts twice."""
        return sum(person.sessions for person in self.people)

    @property
    def sessions(self):
        """Running sessions, by whichever interface tells more of them."""
        return max(self.held, connected_sessions(self.counts) or 0)

    def rows(self):
        return [{"name": one.name, "sessions": one.sessions, "since": one.since} for one in self.people]


def check_terms(params):
    """InvalidInput for numbers that make no sense, before anything is asked."""
    for name in ("limit", "max_sessions", "max_people"):
        if params[name] is not None and params[name] < 0:
            raise InvalidInput(f"`{name}` is {params[name]}.", remedy="Give 0 or more.")
    for name in ("poll_interval", "retry_after"):
        if params[name] <= 0:
            raise InvalidInput(f"`{name}` is {params[name]} seconds.", remedy="Give more than 0.")
    if params["policy"] == TERMINATE and not params["reason"].strip():
        raise InvalidInput("`policy: terminate` was given with an empty `reason`.", remedy="Say why people are cut off.")
    return Terms(params["max_sessions"], params["max_people"])


def checked(seen):
    """Seen, when its numbers can be numbers of sessions."""
    wrong = [f"{one.name}: {one.sessions}" for one in seen.people if one.sessions < 0]
    wrong += [f"{kind}: {count}" for kind, count in (seen.counts or {}).items() if count < 0]
    if wrong:
        raise NotUnderstood(f"The appliance tells a negative number ({', '.join(wrong)}).", remedy="Nothing was guessed.")
    return seen


def connected_sessions(counts):
    """Sessions by the counts of connected clients; None where those do not tell it. Attendees mean one presentation at least."""
    if not counts or "support_customer" not in counts:
        return None
    return counts["support_customer"] + (counts.get("presentation_attendee", 0) > 0)


def is_quiet(seen, terms):
    return seen.sessions <= terms.max_sessions and not too_many_people(len(seen.people), terms)


def too_many_people(number, terms):
    return terms.max_people is not None and number > terms.max_people


def hints_quiet(counts, terms):
    """Whether the cheap counts say that a look at the people is worth while; None where they do not tell."""
    sessions, consoles = connected_sessions(counts), (counts or {}).get("representative")
    if sessions is None or (terms.max_people is not None and consoles is None):
        return None
    return sessions <= terms.max_sessions and not too_many_people(consoles or 0, terms)


def told(seen):
    """'2 people are logged in, 3 sessions run: Ada (2 sessions), Bob (1 session)'"""
    names = [f"{one.name} ({_number(one.sessions, 'session')})" if one.sessions else one.name for one in seen.people[:_NAMED]]
    more = [f"{len(seen.people) - _NAMED} more"] if len(seen.people) > _NAMED else []
    people = "nobody is logged in" if not seen.people else "1 person is logged in" if len(seen.people) == 1 \
        else f"{len(seen.people)} people are logged in"  # fmt: skip
    running = "no session runs" if not seen.sessions else "1 session runs" if seen.sessions == 1 else f"{seen.sessions} sessions run"
    unheld = f" ({_number(seen.sessions, 'customer')} connected, {_number(seen.held, 'session')} held by people)" \
        if seen.sessions != seen.held else ""  # fmt: skip
    return f"{people}, {running}{unheld}" + (f": {', '.join(names + more)}" if names else "")


def refusal(seen, terms, *, host, waited, why=""):
    """The Unsafe for a limit that was reached with people at work."""
    after = f" {waited:.0f} seconds after the drain began" if waited else ""
    wanted = _number(terms.max_sessions, "session") + \
        ("" if terms.max_people is None else f" and {terms.max_people} people")  # fmt: skip
    return Unsafe(
        f"{why or 'It is not quiet'}{after}: {told(seen)}. At most {wanted} were wanted.", host=host,
        remedy="Nothing was done. Ask them to end their work and run the same command again; or choose another time, a longer `limit`, or "
               "`policy: terminate` with a `reason`, which cuts them off.",
        facts={"people": seen.rows(), "sessions": seen.sessions, "limit_reached": True, "outcome": "nothing_done"},
    )  # fmt: skip


def again_at(clock, seconds):
    """So long after `clock` (seconds since 1970), ISO 8601 in UTC, rounded up to the second."""
    return datetime.fromtimestamp(math.ceil(clock + seconds), timezone.utc).isoformat(timespec="seconds")


def _number(count, noun):
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
