# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One Jump Client of a fleet, as a row or a line of the export needs it."""

from __future__ import annotations

import math
from typing import Any

from .kinds import ACTIVE, DISABLED, GONE, KINDS, LOST, OFFLINE, UNINSTALLED, share

DAY = 86400


class Rows:
    """The part of a Fleet that tells of single clients."""

    def kind(self, index: Any) -> str:
        return KINDS[self._kinds[index]]

    def exists(self, index: Any) -> bool:
        return 0 <= index < len(self._kinds) and self._kinds[index] != GONE

    def is_personal(self, index: Any) -> bool:
        return index in self._personal

    def name(self, index: Any) -> str:
        return self._pattern.format(n=index + 1)

    def needs_update(self, index: Any, now: float) -> bool:
        return self._done[index] > now

    def connection_type(self, index: Any) -> str:
        """active, passive or uninstalled: lost clients and those whose host is off were of either sort."""
        code = self._kinds[index]
        if code in (LOST, OFFLINE):
            return "passive" if index % 2 else "active"
        return "active" if code == DISABLED else KINDS[code]

    def is_off(self, index: Any, now: float) -> bool:
        """Is its host off now?"""
        return self._kinds[index] == OFFLINE and not self._on_again(index, now)

    def _on_again(self, index: Any, now: float) -> bool:
        """Did a host that was off come back?"""
        return -math.inf < self._checkin[index] <= now

    def times(self, index: Any, now: float) -> tuple[float, float | None]:
        """(last connect, last disconnect or None): virtual seconds."""
        code, age = self._kinds[index], 3600 + share(index) * 7 * DAY
        if code in (LOST, DISABLED, UNINSTALLED):
            return self._gone(index, self._start - 30 * DAY - age)
        if self.is_off(index, now):
            return self._gone(index, self._start - DAY - age)
        if self.connection_type(index) == "passive":
            return self._last_checkin(index, now)
        if self.needs_update(index, now):
            return (self._start - age, self.cut) if code == ACTIVE else self._gone(index, self._start - DAY - age)
        return (self._done[index] if self._done[index] > -math.inf else self._start - age), self.cut

    def _gone(self, index: Any, usual: Any) -> tuple[float, float]:
        """Cut off at that time, unless an act says when."""
        gone = self.left_at(index)
        gone = usual if gone is None else gone
        return min(gone, usual) - 3600, gone

    def _last_checkin(self, index: Any, now: float) -> tuple[float, float]:
        first = self._checkin[index]
        if not -math.inf < first <= now:
            first = self._start - share(index) * DAY
        last = first + max(0, (now - first) // DAY) * DAY
        return last, last + 30
