# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""May the next site package follow? Only when the time has passed *and* the clients have caught up.

Time counts on the appliance's own clock, from the moment it ran the new site version (M12, M13, M61). Clients
that have caught up are those with needs_update false (interfaces 7.2); where a version has no such list, the
number of Jump Clients online now against the number before the upgrade, since one that is online has been
upgraded (M63). What cannot be read never opens a gate. Pure.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from fractions import Fraction

from ..errors import InvalidInput

OPEN, WAITING, UNKNOWN = "open", "waiting", "unknown"
DAY = 86400
RECHECK = 3600  # seconds until another look is worth while when the time is over and clients are missing


@dataclass(frozen=True)
class Gate:
    """The verdict.

    state:             'open', 'waiting', or 'unknown' (closed, because something could not be read)
    reasons:           why it is not open, or on what it opened, for people
    not_before:        seconds since 1970 on the appliance's clock, None if unknown
    caught_up_percent: rounded down to two decimals, None if unknown
    basis:             'needs_update', 'online_count' or 'none'
    remaining_seconds: until not_before
    next_run_at:       when to look again, ISO 8601 in UTC on the appliance's clock; '' when open or unknowable
    """

    state: str
    reasons: tuple
    not_before: float | None
    caught_up_percent: float | None
    basis: str
    remaining_seconds: float
    next_run_at: str

    def as_dict(self):
        return dict(asdict(self), reasons=list(self.reasons))


@dataclass(frozen=True)
class _CatchUp:
    """Good of all clients that count, or why that is not known (fault)."""

    basis: str
    good: int = 0
    of: int = 0
    fault: str = ""

    @property
    def share(self):
        """Percent as an exact fraction; nobody to wait for is 100."""
        return Fraction(100) if self.of == 0 else Fraction(100 * min(self.good, self.of), self.of)


def check_terms(min_wait, threshold):
    """InvalidInput for a wait or a threshold that makes no sense, also where no gate stands yet."""
    if not is_number(min_wait) or min_wait < 0:
        raise InvalidInput(f"The shortest wait is {min_wait!r} seconds.", remedy="Give a number that is not negative.")
    if not is_number(threshold) or not 0 <= threshold <= 100:
        raise InvalidInput(f"The threshold is {threshold!r} percent.", remedy="Give a number from 0 to 100.")


def decide_gate(*, now, since, counts=None, online=None, online_before=None, min_wait=DAY, threshold=95.0):
    """The Gate for a site version that has been running since `since`.

    now, since:            seconds since 1970 on the appliance's clock; since: None when unknown
    counts:                relevant, updated, pending of model.client.summarise, or None when not available
    online, online_before: connected Jump Clients now and before the upgrade, or None; used without counts only
    min_wait, threshold:   seconds, and percent of the clients that count
    InvalidInput when min_wait or threshold make no sense.
    """
    check_terms(min_wait, threshold)
    fault = _clock_fault(now, since)
    if fault:
        again = _iso(now + RECHECK) if is_number(now) else ""
        return Gate(UNKNOWN, (fault,), None, None, "none", 0.0, again)
    return _decide(now, since + min_wait, _catch_up(counts, online, online_before), threshold)


def _decide(now, not_before, clients, threshold):
    remaining = max(0.0, float(not_before - now))
    measured = not clients.fault
    reasons = []
    if remaining:
        reasons.append(f"{_span(remaining)} of the waiting time are left")
    late = measured and clients.share < Fraction(str(threshold))
    if not measured:
        reasons.append(clients.fault)
    elif late:
        reasons.append(f"{_percent(clients.share):g} % of the clients have followed, {threshold:g} % are wanted: "
                       f"{clients.of - clients.good} are missing")  # fmt: skip
    # Without any figure before the time is over nothing is wrong yet: nobody has to count that early.
    unreadable = not measured and not (remaining and clients.basis == "none")
    state = UNKNOWN if unreadable else WAITING if remaining or late else OPEN
    if state == OPEN:
        reasons = [_open_because(clients)]
    again = "" if state == OPEN else _iso(not_before if remaining else now + RECHECK)
    percent = _percent(clients.share) if measured else None
    return Gate(state, tuple(reasons), float(not_before), percent, clients.basis, remaining, again)


def _open_because(clients):
    if clients.of == 0:
        return "the time is over, and there is no client to wait for"
    what = "run the new version" if clients.basis == "needs_update" else "of those online before are online again"
    return f"the time is over, and {_percent(clients.share):g} % of the clients {what}"


def _clock_fault(now, since):
    if not is_number(now):
        return "the appliance's clock could not be read"
    if not is_number(since):
        return "it is not known since when the site version runs"
    if since > now:
        return f"the appliance's clock ({_iso(now)}) is before the installation ({_iso(since)}): it was set back"
    return ""


def _catch_up(counts, online, online_before):
    if counts is not None:
        return _by_counts(counts)
    if online is None:
        return _CatchUp("none", fault="the clients were not counted")
    if _is_count(online) and _is_count(online_before):
        return _CatchUp("online_count", min(online, online_before), online_before)
    return _CatchUp("online_count", fault="the number of Jump Clients online, now or before the upgrade, is not known "
                                          "(online_before tells the one before)")  # fmt: skip


def _by_counts(counts):
    numbers = [counts.get(key) for key in ("relevant", "updated", "pending")] if isinstance(counts, dict) else []
    if not numbers or not all(map(_is_count, numbers)):
        return _CatchUp("needs_update", fault="the counts of the Jump Clients could not be read")
    relevant, updated, pending = numbers
    if updated + pending != relevant:
        return _CatchUp("needs_update", fault=f"the counts of the Jump Clients contradict each other: {updated} upgraded "
                                              f"and {pending} pending are not {relevant}")  # fmt: skip
    return _CatchUp("needs_update", updated, relevant)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _percent(share):
    """Two decimals, rounded down: 94.999 must not read as 95."""
    return int(share * 100) / 100


def _span(seconds):
    minutes, rest = divmod(math.ceil(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def _iso(moment):
    """Rounded up to the second, so that a run at that time is not early; '' where no calendar reaches."""
    try:
        return datetime.fromtimestamp(math.ceil(moment), timezone.utc).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    except (OverflowError, ValueError, OSError):
        return ""
