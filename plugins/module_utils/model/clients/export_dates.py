# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads dates in the status details of a console export, if they are unambiguous."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timezone, tzinfo

from ...errors import InvalidInput

_CLOCK = r"(?:[T ,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)" + _CLOCK + r"(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(20\d\d)" + _CLOCK + r"(?!\d)")
_UNCLEAR = re.compile(
    r"(?<![\d/])\d{1,4}/\d{1,2}/\d{1,4}(?![\d/])|(?<![\d-])\d{1,2}-\d{1,2}-\d{2,4}(?![\d-])"
    r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d\d(?= +\d{1,2}:\d\d)"
    r"|\b\d{1,2}\.? [^\W\d]{3,9}\.? \d{4}\b|\b[^\W\d]{3,9} \d{1,2}, \d{4}\b"
)
_HALF = re.compile(r"\s*[AaPp]\.?[Mm]\b")
_DIRECTIVES = {
    "d": r"\d{1,2}",
    "m": r"\d{1,2}",
    "Y": r"\d{4}",
    "y": r"\d\d",
    "H": r"\d{1,2}",
    "I": r"\d{1,2}",
    "M": r"\d{1,2}",
    "S": r"\d{1,2}",
    "p": r"[AaPp][Mm]",
    "b": r"[^\W\d]+",
    "B": r"[^\W\d]+",
    "a": r"[^\W\d]+",
    "A": r"[^\W\d]+",
    "z": r"[+-]\d\d:?\d\d",
    "f": r"\d{1,6}",
    "%": "%",
}


class DateReader:
    """Finds the date in a text. date_format: of strptime, tried first; timezone_name: IANA, for times without zone. Raises InvalidInput."""

    def __init__(self, date_format: str | None = None, timezone_name: str | None = "UTC") -> None:
        self._format, self._zone = date_format or None, _zone(timezone_name or "UTC")
        self._own = re.compile(_pattern(self._format)) if self._format else None

    def read(self, text: str, where: str) -> float | None:
        """Return seconds since 1970 of the earliest date in a cell, None without a date. Each date must be late enough.

        Raises InvalidInput for an ambiguous date, and for one that does not exist.
        """
        moments: list[float] = []
        rest = text
        for pattern, moment in ((self._own, self._by_format), (_ISO, self._by_iso), (_DOTTED, self._by_dots)):
            if pattern is None:
                continue
            for match in pattern.finditer(rest):
                moments.append(self._moment(moment, match, rest, text, where))
            rest = pattern.sub(" ", rest)
        unclear = _UNCLEAR.search(rest)
        if unclear and not moments:
            raise InvalidInput(
                f"{where} has the date {unclear.group()!r} in {text[:80]!r}, which can be read in more than one way.",
                remedy="Say in `export_date_format` how dates are written there, as in %m/%d/%Y %I:%M %p.",
            )
        return min(moments, default=None)

    def _moment(self, reader: Callable[[re.Match[str]], datetime], match: re.Match[str], rest: str, text: str, where: str) -> float:
        if reader != self._by_format and _HALF.match(rest, match.end()):
            raise InvalidInput(
                f"{where} has a time with AM or PM in {text[:80]!r}.",
                remedy="Say in `export_date_format` how dates are written there, as in %Y-%m-%d %I:%M %p.",
            )
        try:
            read = reader(match)
            return (read if read.tzinfo else read.replace(tzinfo=self._zone)).timestamp()
        except (ValueError, OverflowError) as exc:
            raise InvalidInput(
                f"{where} has {match.group().strip()!r} in {text[:80]!r}, which is no date.",
                remedy="Correct the file or `export_date_format`.",
            ) from exc

    def _by_format(self, match: re.Match[str]) -> datetime:
        return datetime.strptime(match.group(), self._format or "")

    def _by_iso(self, match: re.Match[str]) -> datetime:
        year, month, day = (int(one) for one in match.groups()[:3])
        return _at(year, month, day, match.groups()[3:])

    def _by_dots(self, match: re.Match[str]) -> datetime:
        day, month, year = (int(one) for one in match.groups()[:3])
        return _at(year, month, day, match.groups()[3:])


def _at(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime:
    """Return the moment; a day without a time is its beginning, which can only be too early."""
    hour, minute, second, zone = clock
    moment = datetime(year, month, day, int(hour or 0), int(minute or 0), int(second or 0))
    if not zone:
        return moment
    return moment.replace(tzinfo=timezone.utc if zone == "Z" else datetime.strptime(zone, "%z").tzinfo)


def _pattern(date_format: str) -> str:
    """Return a regular expression for the text that strptime accepts by this format. Raises InvalidInput."""
    parts: list[str] = []
    position = 0
    for match in re.finditer(r"%(.?)", date_format):
        parts.append(re.escape(date_format[position : match.start()]))
        if match.group(1) not in _DIRECTIVES:
            raise InvalidInput(
                f"`export_date_format` has %{match.group(1)}, which cannot be used: {date_format!r}.",
                remedy="There are: " + ", ".join(f"%{one}" for one in _DIRECTIVES) + ".",
            )
        parts.append(_DIRECTIVES[match.group(1)])
        position = match.end()
    used = {match.group(1) for match in re.finditer(r"%(.)", date_format)}
    if "d" not in used or not used & {"m", "b", "B"} or not used & {"Y", "y"}:
        raise InvalidInput(f"`export_date_format` does not name day, month and year: {date_format!r}.", remedy="As in %d/%m/%Y %H:%M.")
    return r"(?<!\d)" + "".join(parts) + re.escape(date_format[position:]) + r"(?!\d)"


def _zone(name: str) -> tzinfo:
    if name.upper() in ("UTC", "Z"):
        return timezone.utc
    try:
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)
    except (ImportError, KeyError, ValueError, OSError) as exc:
        raise InvalidInput(
            f"The time zone {name!r} is not known on this machine.",
            remedy="Give an IANA name, as Europe/Berlin, or UTC; where all are unknown, install the Python package tzdata.",
        ) from exc
