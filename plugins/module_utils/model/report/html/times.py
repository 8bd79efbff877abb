# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Moments and durations as the page shows them: in UTC, and in the operator's zone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone

Clock = Callable[[datetime], datetime]


class Times:
    """Writes times. local: converts a moment into the operator's zone; zone: what that zone is called, '' for its own abbreviation."""

    def __init__(self, local: Clock, zone: str, words: Mapping[str, str]) -> None:
        self._local, self._zone, self._words = local, zone, words

    utc = timezone.utc

    def local(self, moment: datetime) -> datetime:
        """The moment in the operator's zone."""
        return self._local(moment)

    def zone(self, moment: datetime) -> str:
        """What the zone is called at that moment: 'Europe/Berlin', or an abbreviation."""
        return self._zone or self._local(moment).tzname() or ""

    def is_utc(self, moment: datetime) -> bool:
        return not self._local(moment).utcoffset()

    def utc_text(self, moment: datetime) -> str:
        """'Fri 2026-03-06 19:00 UTC'."""
        return f"{self.day(moment)} {moment:%H:%M} UTC"

    def local_text(self, moment: datetime) -> str:
        """'Fri 2026-03-06 20:00 Europe/Berlin'."""
        there = self._local(moment)
        return f"{self.day(there)} {there:%H:%M} {self.zone(moment)}"

    def day(self, moment: datetime) -> str:
        """'Fri 2026-03-06'."""
        return f"{self._words['weekdays'].split()[moment.weekday()]} {moment:%Y-%m-%d}"

    def duration(self, seconds: float | None) -> str:
        """'40 s', '25 min', '1 h 05 min', '1 d 2 h'; '' for None."""
        if seconds is None:
            return ""
        word = self._words
        if seconds < 100:
            return f"{seconds:.0f} {word['s']}"
        minutes = round(seconds / 60)
        if minutes < 60:
            return f"{minutes} {word['min']}"
        hours, minutes = divmod(minutes, 60)
        if hours < 24:
            return f"{hours} {word['h']} {minutes:02d} {word['min']}" if minutes else f"{hours} {word['h']}"
        days, hours = divmod(hours + (minutes >= 30), 24)
        return f"{days} {word['days']} {hours} {word['h']}" if hours else f"{days} {word['days']}"


def read(moment: str | float) -> datetime:
    """A moment of the report, ISO 8601 or seconds since 1970. Raises ValueError."""
    if isinstance(moment, (int, float)):
        return datetime.fromtimestamp(moment, timezone.utc)
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
