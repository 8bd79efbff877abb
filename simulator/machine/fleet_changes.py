# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What happens to Jump Clients besides upgrades: they appear, vanish, are switched off, uninstalled and installed again.

Whatever lists them goes through listed(): the API shows shared Jump Groups only, and ids are never used again.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .kinds import ACTIVE, GONE, KINDS, OFFLINE, PASSIVE, UNINSTALLED

if TYPE_CHECKING:
    from collections.abc import Sequence


NEVER = 255


class Changes:
    """The part of a Fleet that the control port moves."""

    def _start_changes(self) -> None:
        self._left = {}  # client -> when an act switched it off
        self.described = {}  # client -> {field: value} of what somebody set by the API
        self._was = bytearray([NEVER]) * len(self._kinds)  # its code before it was uninstalled
        self._uninstalled_at = None
        self._listed: Sequence[int] | None = None

    def left_at(self, index: Any) -> float | None:
        """When an act took it away, or None."""
        if self._was[index] != NEVER:
            return self._uninstalled_at
        return self._left.get(index)

    def listed(self) -> Sequence[int]:
        """The indexes of all that the API lists, in order."""
        if self._listed is None:
            self._listed = range(len(self._kinds))
            if self._personal or self._kinds.count(GONE):
                shown = (n for n, code in enumerate(self._kinds) if code != GONE and n not in self._personal)
                self._listed = array("L", shown)
        return self._listed

    def indexes(self, **wanted: Any) -> Iterator[int]:
        """Those listed whose name or connection_type equal what is wanted, in order of their ids."""
        for index in self.listed():
            if "connection_type" in wanted and self.connection_type(index) != wanted["connection_type"]:
                continue
            if "name" in wanted and self.described_name(index).lower() != wanted["name"].lower():
                continue
            yield index

    def described_name(self, index: Any) -> str:
        """Its name, which somebody may have changed; the name of its host stays."""
        return self.described.get(index, {}).get("name", self.name(index))

    def set_kind(self, index: Any, kind: str, now: float) -> None:
        """A client is lost, disabled, uninstalled, switched off, or comes back."""
        before, current = self._kinds[index], self._done[index] <= now
        self._kinds[index] = KINDS.index(kind)
        self._done[index], self._was[index] = math.inf, NEVER
        self._left.pop(index, None)
        if kind == "offline":
            self._left[index], self._checkin[index] = now, -math.inf
            self._done[index] = -math.inf if current else math.inf
        elif kind in ("active", "passive"):
            if before == OFFLINE and current:
                self._done[index] = self._checkin[index] = now
            else:
                self._checkin[index] = now + 60
                self._queue([index])
        self._sort()

    def remove(self, index: Any) -> None:
        """It is deleted: all after it move one place forward in the list."""
        self._kinds[index], self._done[index], self._listed = GONE, math.inf, None
        self._sort()

    def add(self, number: int, kind: str, now: float) -> int:
        """New ones at the end, on the running version, connected now; the first one's index."""
        first = len(self._kinds)
        self._kinds += bytes([KINDS.index(kind)]) * number
        self._was += bytes([NEVER]) * number
        for times in (self._done, self._checkin):
            times.extend(array("d", [now]) * number)
        self._listed = None
        self._sort()
        return first

    def uninstall(self, now: float) -> int:
        """All are uninstalled, wherever they stand; the number of them."""
        number = 0
        for index, code in enumerate(self._kinds):
            if code not in (UNINSTALLED, GONE):
                self._was[index], self._kinds[index], self._done[index] = code, UNINSTALLED, math.inf
                number += 1
        self._uninstalled_at = now if number else self._uninstalled_at
        self._sort()
        return number

    def reinstall(self, now: float) -> int:
        """Those that uninstall() took away are there again, on the running version; the number of them."""
        number = 0
        for index, code in enumerate(self._was):
            if code != NEVER and self._kinds[index] == UNINSTALLED:
                self._kinds[index] = code
                self._kinds[index] = PASSIVE if self.connection_type(index) == "passive" else ACTIVE
                self._was[index], self._done[index], self._checkin[index] = NEVER, now, now
                self._left.pop(index, None)
                number += 1
        self._sort()
        return number
