# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""May the next site package follow? Only when the time has passed *and* the clients have caught up.

Time counts on the appliance's own clock, from the moment it ran the new site version (M12, M13, M61). Clients
that have caught up are those with needs_update false (interfaces 7.2); where a version has no such list, the
number of Jump Clients online now against the number before the upgrade, since one that is online has been
upgraded (M63); or those whose date in the console's export is later than the upgrade (M66). Clients that were listed
before and are gone, and those that a changing list let slip, count as not followed. What cannot be read never opens a
gate. Pure.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from datetime import datetime, timezone

from .catch_up import exact, share
from .terms import OPEN_WITH_LIST, Terms, is_count, is_number

OPEN, WAITING, STOPPED, UNKNOWN = "open", "waiting", "stopped", "unknown"
RECHECK = 3600  # seconds until another look is worth while when the time is over and clients are missing
_SKEW = 300  # seconds by which the clock of a console may be ahead
_EARLY = ("needs_update", "console_export")  # what is sure enough to open a gate before its time


@dataclass(frozen=True)
class Gate:
    """The verdict.

    state:             'open', 'waiting', 'stopped' (the longest wait is over), or 'unknown' (closed, because something
                       could not be read)
    reasons:           why it is not open, or on what it opened, for people
    not_before:        seconds since 1970 on the appliance's clock, None if unknown
    caught_up_percent: rounded down to two decimals, None if unknown; of those read where the list was not read to its end
    basis:             'needs_update', 'online_count', 'console_export', 'reinstall' or 'none'
    remaining_seconds: until not_before
    next_run_at:       when to look again, ISO 8601 in UTC on the appliance's clock; '' when open, stopped or unknowable
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
    """Good of all clients that count, or why that is not known (fault).

    open_end: how many of `of` are merely not read yet; gone: how many are not listed any more; notes: what makes the number
    smaller than people expect.
    """

    basis: str
    good: int = 0
    of: int = 0
    fault: str = ""
    open_end: int = 0
    gone: int = 0
    notes: tuple = ()

    @property
    def proved(self):
        """Percent that have followed at least; nobody to wait for is 100."""
        return share(self.good, self.of)

    @property
    def most(self):
        """Percent that can have followed at most."""
        return share(self.good + self.open_end, self.of)

    @property
    def percent(self):
        """The one to show; of those that were read where there is more to read, unless so many cannot have followed."""
        if self.fault:
            return None
        seen = share(self.good, self.of - self.open_end - self.gone) if self.open_end else self.proved
        return _percent(min(seen, self.most))


def decide_gate(*, now, since, terms=None, counts=None, online=None, online_before=None, export=None, listed_before=None):
    """The Gate for a site version that has been running since `since`.

    now, since:            seconds since 1970 on the appliance's clock; since: None when unknown
    counts:                relevant, updated, pending of model.tally, or None when not available; with listed, unread (rows of
                           the list that were not given) and complete, as far as they are known
    online, online_before: connected Jump Clients now and before the upgrade, or None; used without counts only
    export:                total, done, newest of model.console_export, or fault, why there are none: used instead of all others
    listed_before:         how many Jump Clients the list had before the upgrade; None where nobody knows
    """
    terms = terms or Terms()
    fault = _clock_fault(now, since)
    if fault:
        again = _iso(now + RECHECK) if is_number(now) else ""
        return Gate(UNKNOWN, (fault,), None, None, "none", 0.0, again)
    clients = _by_export(export, now, since) if export is not None else _catch_up(counts, online, online_before, listed_before)
    return _decide(now, since, clients, terms)


def _decide(now, since, clients, terms):
    not_before, over = since + terms.min_wait, terms.over(now - since)
    remaining = max(0.0, float(not_before - now))
    state, reasons = _verdict(remaining, clients, terms)
    if state != OPEN and over and not remaining:
        state, reasons = _at_the_end(state, reasons, clients, terms)
    again = "" if state in (OPEN, STOPPED) else _iso(_next(now, since, remaining, terms))
    return Gate(state, tuple(reasons), float(not_before), clients.percent, clients.basis, remaining, again)


def _verdict(remaining, clients, terms):
    """(state, reasons) by time and clients alone."""
    left = [f"{_span(remaining)} of the waiting time are left"] if remaining else []
    if clients.fault:
        # Without any figure before the time is over nothing is wrong yet: nobody has to count that early.
        early = remaining and clients.basis == "none"
        return (WAITING, left) if early else (UNKNOWN, [*left, clients.fault])
    if not remaining and clients.proved >= exact(terms.threshold):
        return OPEN, [f"the time is over, and {_open_because(clients)}", *clients.notes]
    early = terms.early_open_threshold
    if remaining and early is not None and clients.of and clients.basis in _EARLY and clients.proved >= exact(early):
        return OPEN, [f"{_open_because(clients)}, which opens it early (from {early:g} % on)", *clients.notes]
    late = [_late(clients, terms.threshold)] if clients.proved < exact(terms.threshold) else []
    return WAITING, [*left, *late, *clients.notes]


def _at_the_end(state, reasons, clients, terms):
    """(state, reasons) when the longest wait is over; what was not counted is not left behind knowingly."""
    if terms.at_max_wait == OPEN_WITH_LIST and state == WAITING:
        return OPEN, [f"the longest wait ({_span(terms.max_wait)}) is over; it opens without those that are missing", *reasons]
    return STOPPED, [f"the longest wait ({_span(terms.max_wait)}) is over", *reasons]


def _next(now, since, remaining, terms):
    """When another look is worth while."""
    if remaining and terms.early_open_threshold is None:
        return since + terms.min_wait
    moments = [now + RECHECK]
    if remaining:
        moments.append(since + terms.min_wait)
    elif terms.max_wait is not None and since + terms.max_wait > now:
        moments.append(since + terms.max_wait)
    return min(moments)


def _open_because(clients):
    if clients.of == 0:
        return "there is no client to wait for"
    what = "of those online before are online again" if clients.basis == "online_count" else "run the new version"
    least = "at least " if clients.open_end else ""
    return f"{least}{_percent(clients.proved):g} % of the clients {what}"


def _late(clients, threshold):
    if clients.open_end:
        return (f"at most {_percent(clients.most):g} % of the clients can have followed, {threshold:g} % are wanted "
                "(the list was not read to its end)")  # fmt: skip
    return (f"{_percent(clients.proved):g} % of the clients have followed, {threshold:g} % are wanted: "
            f"{clients.of - clients.good} are missing")  # fmt: skip


def _clock_fault(now, since):
    if not is_number(now):
        return "the appliance's clock could not be read"
    if not is_number(since):
        return "it is not known since when the site version runs"
    if since > now:
        return f"the appliance's clock ({_iso(now)}) is before the installation ({_iso(since)}): it was set back"
    return ""


def _catch_up(counts, online, online_before, listed_before):
    if counts is not None:
        return _by_counts(counts, listed_before)
    if online is None:
        return _CatchUp("none", fault="the clients were not counted")
    if is_count(online) and is_count(online_before):
        return _CatchUp("online_count", min(online, online_before), online_before)
    return _CatchUp("online_count", fault="the number of Jump Clients online, now or before the upgrade, is not known "
                                          "(online_before tells the one before)")  # fmt: skip


def _by_counts(counts, listed_before):
    told = counts if isinstance(counts, dict) else {}
    numbers = [told.get(key) for key in ("relevant", "updated", "pending")] + [told.get("unread", 0)]
    if not all(map(is_count, numbers)) or not (told.get("listed") is None or is_count(told["listed"])):
        return _CatchUp("needs_update", fault="the counts of the Jump Clients could not be read")
    relevant, updated, pending, unread = numbers
    if updated + pending != relevant:
        return _CatchUp("needs_update", fault=f"the counts of the Jump Clients contradict each other: {updated} upgraded "
                                              f"and {pending} pending are not {relevant}")  # fmt: skip
    gone = gone_from_list(told.get("listed"), listed_before)
    complete = told.get("complete", True) is True
    notes = ([_gone(gone)] if gone else []) + ([_slipped(unread)] if unread and complete else [])
    return _CatchUp("needs_update", updated, relevant + unread + gone, "", 0 if complete else unread, gone, tuple(notes))


def gone_from_list(listed, listed_before):
    """How many Jump Clients the list has lost since before the upgrade, as far as that is known."""
    return max(0, listed_before - listed) if is_count(listed) and is_count(listed_before) else 0


def _gone(number):
    return f"{number} Jump Clients that were listed before are gone from the list; say listed_before if they were removed on purpose"


def _slipped(number):
    return f"{number} Jump Clients could not be read, because the list changed while it was paged; they count as not followed"


def _by_export(export, now, since):
    if isinstance(export, dict) and export.get("fault"):
        return _CatchUp("console_export", fault=export["fault"])
    numbers = [export.get(key) for key in ("total", "done")] if isinstance(export, dict) else []
    newest = export.get("newest") if numbers else None
    if not numbers or not all(map(is_count, numbers)) or numbers[1] > numbers[0] or not (newest is None or is_number(newest)):
        return _CatchUp("console_export", fault="the counts of the export could not be read")
    if newest is None or newest <= since:
        return _CatchUp("console_export", fault="the export is older than the upgrade")
    if newest > now + _SKEW:
        return _CatchUp("console_export", fault=f"the export tells times ({_iso(newest)}) after the appliance's clock ({_iso(now)}): "
                                                "look at export_timezone")  # fmt: skip
    return _CatchUp("console_export", numbers[1], numbers[0])


def _percent(share_of):
    """Two decimals, rounded down: 94.999 must not read as 95."""
    return int(share_of * 100) / 100


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
