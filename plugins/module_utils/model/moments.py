# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The one way to write and read a moment: ISO 8601 text in UTC <-> seconds since 1970."""

from __future__ import annotations

import datetime
import math
import re

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?", re.I)
_IN_UTC = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\+00:00|Z)")
_LAST = 253402300800  # seconds from 1970 to the year 10000


def iso(moment: float | None) -> str:
    """Return '2023-11-14T22:13:20+00:00' for 1700000000; '' for None, and for a moment that no calendar reaches."""
    try:
        return "" if moment is None else datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return ""


def iso_rounded_up(moment: float) -> str:
    """Return iso() of the next full second, so that a run at that time is not too early."""
    return iso(math.ceil(moment)) if math.isfinite(moment) else ""


def read_time(text: object) -> float:
    """Return the seconds since 1970 of ISO 8601 text; no zone means UTC. Raises ValueError, or TypeError for no text."""
    if not isinstance(text, str):
        raise TypeError(text)
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    moment = datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.timezone.utc)
    return plausible(moment.timestamp() - _offset(match.group(7) or "Z"))


def plausible(seconds: float) -> float:
    """Return the seconds since 1970 if a calendar reaches them. Raises ValueError otherwise."""
    if not 0 <= seconds < _LAST:
        raise ValueError(seconds)
    return seconds


def _offset(zone: str) -> int:
    """Return the seconds of 'Z' or '+01:30'."""
    if zone in "Zz":
        return 0
    digits = zone[1:].replace(":", "")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return -seconds if zone[0] == "-" else seconds


def with_dates(text: str) -> str:
    """The text with each moment of ISO 8601 in UTC as people write it: '2026-03-02 20:05 UTC'."""
    return _IN_UTC.sub(r"\1 \2 UTC", text)
