# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Decides whether the next site package may follow: only when the time is over *and* the clients have caught up. Pure.

The time counts on the appliance's own clock, from the moment at which the serving node ran the new site version. What cannot be read
keeps the catch-up closed.

Where the start of the version was not observed, the time counts from the first moment at which the version was read. Then the list,
read to its end, can open the catch-up before that time: enough clients run the version, and the others have been away for the whole
waiting time.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from ...model.fields import is_count, is_number
from ...model.journal.version_history import UNOBSERVED, VERIFIED
from ...model.moments import iso_rounded_up
from .conditions import OPEN_WITH_LIST, Conditions
from .measure import EXPORT, LIST, NONE, Progress, measure, measure_export
from .percent import exact
from .reasons import span, too_few, unobserved, why_open

OPEN, WAITING, STOPPED, UNKNOWN = "open", "waiting", "stopped", "unknown"
RECHECK = 3600  # seconds until the next check when the time is over and clients are missing
_EARLY = (LIST, EXPORT)  # what is sure enough to open the catch-up before its time
_Verdict = tuple[str, list[str]]  # state, reasons


@dataclass(frozen=True)
class CatchUp:
    """The decision.

    state:             'open', 'waiting', 'stopped' (the maximum wait is over), or 'unknown' (closed, because something
                       could not be read)
    reasons:           why it is closed, or why it opened, for people
    not_before:        seconds since 1970 on the appliance's clock, None if unknown
    caught_up_percent: rounded down to two decimals, None if unknown; of the clients that were read where the list was not read to its end
    basis:             'needs_update', 'online_count', 'console_export', 'reinstall' or 'none'
    remaining_seconds: until not_before
    next_run_at:       when to check again, ISO 8601 in UTC on the appliance's clock; '' when open, stopped or unknowable
    """

    state: str
    reasons: tuple[str, ...]
    not_before: float | None
    caught_up_percent: float | None
    basis: str
    remaining_seconds: float
    next_run_at: str

    def as_dict(self) -> dict[str, Any]:
        return dict(asdict(self), reasons=list(self.reasons))


def decide_catch_up(
    *,
    now: Any,
    since: Any,
    conditions: Conditions | None = None,
    counts: Any = None,
    online: Any = None,
    online_before: Any = None,
    export: Any = None,
    listed_before: Any = None,
    start: str = VERIFIED,
    version: str = "",
    pending_seen: float | None = None,
) -> CatchUp:
    """The CatchUp for a site version that has been running since `since`.

    now, since:            seconds since 1970 on the appliance's clock; since: None when unknown
    counts:                relevant, updated, pending of model.clients.tally, or None when not available; with listed, unread (rows of
                           the list that were not read) and complete, as far as they are known
    online, online_before: connected Jump Clients now and before the upgrade, or None; used without counts only
    export:                total, done, newest of model.clients.console_export, or fault, why there are none: used instead of all others
    listed_before:         how many Jump Clients the list had before the upgrade; None if unknown
    pending_seen:          when the most recently seen client that needs an update was seen; None for no such client
    start, version:        how `since` is known (model.journal.version_history), and which version runs since then
    """
    conditions = conditions or Conditions()
    fault = _clock_fault(now, since)
    if fault:
        again = iso_rounded_up(now + RECHECK) if is_number(now) else ""
        return CatchUp(UNKNOWN, (fault,), None, None, NONE, 0.0, again)
    clients = measure_export(export, now, since) if export is not None else measure(counts, online, online_before, listed_before)
    listed = counts.get("listed") if isinstance(counts, dict) else None
    clients = replace(
        clients,
        listed=listed if is_count(listed) else None,
        online=online if is_count(online) else None,
        pending_for=None if pending_seen is None else now - pending_seen,
    )
    return _decide(now, since, clients, conditions, start, version)


def _clock_fault(now: Any, since: Any) -> str:
    if not is_number(now):
        return "the appliance's clock could not be read"
    if not is_number(since):
        return "the time at which the site version started is unknown"
    if since > now:
        return f"the appliance's clock ({iso_rounded_up(now)}) is before the installation ({iso_rounded_up(since)}): the clock was set back"
    return ""


def _decide(now: float, since: float, clients: Progress, conditions: Conditions, start: str, version: str) -> CatchUp:
    not_before, over = since + conditions.min_wait, conditions.over(now - since)
    remaining = max(0.0, float(not_before - now))
    if start != VERIFIED and clients.uncompared:
        clients = replace(clients, fault="")  # the number before the upgrade cannot be known: the time alone decides
    state, reasons = _by_time_and_clients(remaining, clients, conditions)
    if start == UNOBSERVED and remaining and state != OPEN:
        state, reasons = _by_clients_alone(reasons, clients, conditions, since, version)
    if state != OPEN and over and not remaining:
        state, reasons = _at_max_wait(state, reasons, conditions)
    early = conditions.early_open_threshold is not None or (start == UNOBSERVED and clients.basis == LIST)
    again = "" if state in (OPEN, STOPPED) else iso_rounded_up(_next_check(now, since, remaining, conditions, early))
    return CatchUp(state, tuple(reasons), float(not_before), clients.percent, clients.basis, remaining, again)


def _by_time_and_clients(remaining: float, clients: Progress, conditions: Conditions) -> _Verdict:
    left = [f"{span(remaining)} of the waiting time remain"] if remaining else []
    if clients.fault:
        # Without any count before the time is over nothing is wrong yet: nobody has to count that early.
        early = remaining and clients.basis == NONE
        return (WAITING, left) if early else (UNKNOWN, [*left, clients.fault])
    if not remaining and clients.least >= exact(conditions.threshold):
        return OPEN, [f"the waiting time is over, and {why_open(clients)}", *clients.notes]
    threshold = conditions.early_open_threshold
    if remaining and threshold is not None and clients.of and clients.basis in _EARLY and clients.least >= exact(threshold):
        return OPEN, [f"{why_open(clients)}, which opens it early (from {threshold:g} % on)", *clients.notes]
    late = [too_few(clients, conditions.threshold)] if clients.least < exact(conditions.threshold) else []
    return WAITING, [*left, *late, *clients.notes]


def _by_clients_alone(reasons: list[str], clients: Progress, conditions: Conditions, since: float, version: str) -> _Verdict:
    """The verdict while the start of the version is unknown: open as soon as the clients show that they had their time."""
    shown = clients.is_complete and clients.basis == LIST and not clients.fault
    away = clients.pending_for is None or clients.pending_for >= conditions.min_wait
    if shown and away and clients.least >= exact(conditions.threshold):
        return OPEN, [f"the start of {version} was not observed, but {why_open(clients)}", *clients.notes]
    return WAITING, [unobserved(clients, conditions, since, version), *reasons]


def _at_max_wait(state: str, reasons: list[str], conditions: Conditions) -> _Verdict:
    """The verdict when the maximum wait is over; it never opens without a count of who is missing."""
    over = f"the maximum wait ({span(conditions.max_wait or 0)}) is over"
    if conditions.at_max_wait == OPEN_WITH_LIST and state == WAITING:
        return OPEN, [f"{over}; the catch-up opens without the missing clients", *reasons]
    return STOPPED, [over, *reasons]


def _next_check(now: float, since: float, remaining: float, conditions: Conditions, early: bool) -> float:
    """When to check again; early: whether the clients can open it before its time."""
    if remaining and not early:
        return since + conditions.min_wait
    moments = [now + RECHECK]
    if remaining:
        moments.append(since + conditions.min_wait)
    elif conditions.max_wait is not None and since + conditions.max_wait > now:
        moments.append(since + conditions.max_wait)
    return min(moments)
