# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Maintenance windows as values, read from the options of a person: days and times of a zone, and dates without any window."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import InvalidInput

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MARGIN = 900
UTC = "UTC"
_DAY = 1440  # minutes
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](.+)")


@dataclass(frozen=True)
class Window:
    """A time from `start` to `end`, in minutes of the zone's clock from midnight of the day on which it starts; it may end a later day.

    days: 0 for Monday to 6; date: of a window that comes once, with no days.
    """

    start: int
    end: int
    days: frozenset[int] = frozenset()
    date: datetime.date | None = None

    def starts_on(self, day: datetime.date) -> bool:
        return day == self.date if self.date else day.weekday() in self.days


@dataclass(frozen=True)
class Windows:
    """windows: empty for "at any time"; blackouts: (first, last) dates without a window; margin: seconds that must be left after a step."""

    windows: tuple[Window, ...] = ()
    blackouts: tuple[tuple[datetime.date, datetime.date], ...] = ()
    margin: float = MARGIN
    zone: str = UTC

    @property
    def limited(self) -> bool:
        """Whether a step has to wait for a window at all."""
        return bool(self.windows or self.blackouts)


def read_windows(given: Mapping[str, Any] | None) -> Windows:
    """The Windows of {list, blackouts, margin, zone}; InvalidInput names the value that is wrong."""
    given = given or {}
    margin, name = given.get("margin"), given.get("zone") or UTC
    zone(name)
    return Windows(
        tuple(_window(one) for one in given.get("list") or ()),
        tuple(_blackout(one) for one in given.get("blackouts") or ()),
        MARGIN if margin is None else float(margin),
        name,
    )


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise InvalidInput(
            f"Neither this machine nor the Python package tzdata knows the time zone {name!r}.",
            remedy="Give the name of a zone of the IANA database, such as Europe/Berlin or UTC (window_zone). If the name is right, "
            "install the package tzdata for the Python that runs the modules.",
        ) from exc


def _window(given: Mapping[str, Any]) -> Window:
    start, end, days = str(given.get("start") or ""), str(given.get("end") or ""), given.get("days") or ()
    once = [_MOMENT.fullmatch(text) for text in (start, end)]
    if all(once) and not days:
        return _once(*(match for match in once if match))
    if any(once):
        raise _wrong(f"{start} to {end}", "a window with a date has a date at its start and at its end, and no days")
    first, last = _minutes(start), _minutes(end)
    if first == last:
        raise _wrong(f"{start} to {end}", "it starts and ends at the same time (a whole day is 00:00 to 24:00)")
    return Window(first, last if last > first else last + _DAY, _days(days))


def _once(start: re.Match[str], end: re.Match[str]) -> Window:
    first, last = (_date(match[1]) for match in (start, end))
    begins, ends = _minutes(start[2]), _minutes(end[2]) + (last - first).days * _DAY
    if ends <= begins:
        raise _wrong(f"{start[0]} to {end[0]}", "it ends before it starts")
    return Window(begins, ends, date=first)


def _minutes(text: str) -> int:
    match = _TIME.fullmatch(text.strip())
    if match:
        return _DAY if match[1] is None else int(match[1]) * 60 + int(match[2])
    number = int(text) if text.isascii() and text.isdecimal() and int(text) < _DAY else None
    hint = f"YAML reads a time without quotes as a number: write '{number // 60:02}:{number % 60:02}'" if number else "write it as '22:00'"
    raise _wrong(text, f"it is no time; {hint}")


def _days(given: Sequence[str]) -> frozenset[int]:
    found = {text: text.strip().lower()[:3] for text in map(str, given)}
    wrong = [text for text, short in found.items() if short not in DAYS]
    if wrong:
        raise _wrong(", ".join(wrong), f"a day is one of {', '.join(DAYS)}")
    return frozenset(map(DAYS.index, found.values())) or frozenset(range(7))


def _blackout(text: str) -> tuple[datetime.date, datetime.date]:
    first, _dots, last = str(text).partition("..")
    begins, ends = _date(first), _date(last or first)
    if ends < begins:
        raise _wrong(text, "its last date is before the first one")
    return begins, ends


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise _wrong(text, "it is no date such as 2026-12-24, or two of them as 2026-12-24..2027-01-02") from None


def _wrong(text: str, why: str) -> InvalidInput:
    return InvalidInput(f"{text!r} is no maintenance window: {why}.", remedy="Correct window_list or window_blackouts.")


def texts(windows: Iterable[Window]) -> list[str]:
    """'sat, sun 22:00-02:00' of each, for people."""
    return [_text(window) for window in windows]


def _text(window: Window) -> str:
    first = str(window.date) if window.date else ", ".join(DAYS[day] for day in sorted(window.days)) if len(window.days) < 7 else "daily"
    return f"{first} {_clock(window.start)}-{_clock(window.end)}"


def _clock(minutes: int) -> str:
    return "24:00" if minutes == _DAY else f"{minutes // 60 % 24:02}:{minutes % 60:02}"
