# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whether a step may start now inside a maintenance window, else when. Pure.

All moments are seconds since 1970 by the appliance's clock, which the catch-up and the interim count by too. A time that the zone's clock
skips in spring is the moment of the change, and one that it shows twice in autumn is the first of the two.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..errors import InvalidInput
from ..model.counted import counted
from ..model.moments import iso
from ..model.window import Windows, texts, zone

DAY = 86400
HORIZON = 400  # days that are searched for a window: a year, and some more for blackout dates
Span = tuple[float, float]


@dataclass(frozen=True)
class Opening:
    """Whether a step may start now. at: the first moment at which it may, None for never; until: when that window ends; why: not now."""

    is_open: bool
    at: float | None = None
    until: float | None = None
    why: str = ""


def opening(windows: Windows, now: float, seconds: float) -> Opening:
    """The Opening for a step that takes so many seconds. Its margin must be left in the window too; a step that runs is never cut."""
    if not windows.limited:
        return Opening(True, now)
    needed, why = seconds + windows.margin, "no maintenance window is open"
    for start, end in _spans(windows, int(now // DAY)):
        if end <= now:
            continue
        at = max(start, now)
        if at + needed <= end:
            return Opening(at == now, at, end, "" if at == now else why)
        if start <= now:
            why = f"the window is open until {moment(end, windows.zone)}, which is too short for {minutes(needed)} with the margin"
    return Opening(False, why=why)


def check_fits(windows: Windows, now: float, seconds: float, what: str) -> None:
    """InvalidInput if no window of the next year is long enough for the step."""
    if opening(windows, now, seconds).at is not None:
        return
    raise InvalidInput(
        f"{what} never fits into a maintenance window: it needs {minutes(seconds)} and a margin of {minutes(windows.margin)}, and the "
        f"longest window of the next year has {minutes(longest(windows, now))}.",
        evidence="; ".join(texts(windows.windows)) or "no window",
        remedy="Give a longer window (window_list), a shorter margin (window_margin), or the time that the step really takes "
        "(window_estimates).",
    )


def longest(windows: Windows, now: float) -> float:
    """The seconds that the longest window of the next year has from now on, 0 without one."""
    return max(0, max((end - max(start, now) for start, end in _spans(windows, int(now // DAY))), default=0))


def describe_waiting(found: Opening, what: str, name: str) -> str:
    """'install Base 6.2.0 waits: no maintenance window is open. It may start at Sat 2026-03-07 22:00 CET (21:00 UTC).'"""
    return f"{what} waits: {found.why}. It may start at {moment(found.at, name)}."


def moment(at: float | None, name: str) -> str:
    """'Sat 2026-03-07 22:00 CET (2026-03-07 21:00 UTC)' of a moment, in the zone of that name."""
    if at is None:
        return "no time"
    utc = iso(at)[:16].replace("T", " ") + " UTC"
    here = local(at, name)
    return here if here.endswith(utc) else f"{here} ({utc})"


def local(at: float, name: str) -> str:
    """'Sat 2026-03-07 22:00 CET'."""
    return datetime.datetime.fromtimestamp(at, zone(name)).strftime("%a %Y-%m-%d %H:%M %Z")


def short(at: float, name: str) -> str:
    """'Sat 07 Mar 22:00 CET', for a table."""
    return datetime.datetime.fromtimestamp(at, zone(name)).strftime("%a %d %b %H:%M %Z")


def spans(windows: Windows, now: float) -> tuple[Span, ...]:
    """(start, end) of each window from yesterday on, without blackouts; windows that touch each other are one."""
    return _spans(windows, int(now // DAY))


def span_at(windows: Windows, at: float) -> Span | None:
    """(begin, end) of the window of a moment; None outside of one, and where there are no windows."""
    return next((span for span in spans(windows, at) if span[0] <= at < span[1]), None) if windows.limited else None


@lru_cache(maxsize=64)
def _spans(windows: Windows, day: int) -> tuple[Span, ...]:
    first = datetime.date(1970, 1, 1) + datetime.timedelta(day - 8)  # a window that began a week ago may still be open
    found: list[Span] = []
    for span in sorted(_all(windows, first)):
        if found and span[0] <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], span[1]))
        else:
            found.append(span)
    return tuple(piece for span in found for piece in _without(span, _blackouts(windows)))


def _all(windows: Windows, first: datetime.date) -> Iterator[Span]:
    if not windows.windows:  # blackouts alone: any other time is open
        yield _instant(windows.zone, first, 0), _instant(windows.zone, first + datetime.timedelta(HORIZON), 0)
    for number in range(HORIZON):
        day = first + datetime.timedelta(number)
        for window in windows.windows:
            if window.starts_on(day):
                start, end = _instant(windows.zone, day, window.start), _instant(windows.zone, day, window.end)
                if start < end:  # not one that the clock skips
                    yield start, end


def _blackouts(windows: Windows) -> list[Span]:
    return sorted((_instant(windows.zone, first, 0), _instant(windows.zone, last, 1440)) for first, last in windows.blackouts)


def _without(span: Span, closed: list[Span]) -> Iterator[Span]:
    start, end = span
    for first, last in closed:
        if last <= start or first >= end:
            continue
        if start < first:
            yield start, first
        start = last
    if start < end:
        yield start, end


def _instant(name: str, day: datetime.date, minutes: int) -> float:
    """The seconds since 1970 of a time of the zone's clock."""
    wall = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minutes)
    here = zone(name)
    early, late = (wall.replace(tzinfo=here, fold=fold).timestamp() for fold in (0, 1))
    if datetime.datetime.fromtimestamp(early, here).replace(tzinfo=None, fold=0) == wall:
        return early
    return _change(here, late, early)


def _change(here: datetime.tzinfo, before: float, after: float) -> float:
    """The second at which the offset changes between two moments."""
    offset = datetime.datetime.fromtimestamp(before, here).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if datetime.datetime.fromtimestamp(middle, here).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def minutes(seconds: float) -> str:
    """'60 minutes', or '30 seconds' of less than one."""
    number, word = (round(seconds / 60), "minute") if seconds >= 60 else (round(seconds), "second")
    return counted(number, word)
