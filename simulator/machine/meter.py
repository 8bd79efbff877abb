# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Counting requests of an API account: 20 a second and 15,000 an hour over all addresses
(docs/vendor/probes-and-limits.md#limits-and-manners)."""

from __future__ import annotations

import collections
from typing import Any


class Meter:
    """Counts always, refuses only where the world switches the limits on. All appliances of a world share one.

    The hour is virtual. The second is real, because the limit is about the manners of a program.
    """

    def __init__(self, limits: dict[str, Any]) -> None:
        self._on, self._second, self.limit = limits["rate"], limits["per_second"], limits["per_hour"]
        self._hours, self._seconds = collections.Counter(), collections.defaultdict(collections.deque)
        self._asked = Manners()

    def take(self, client_id: str, virtual: Any, real: Any) -> tuple[bool, int]:
        """Count one request: (allowed, requests left in this hour)."""
        hour = (client_id, int(virtual // 3600))
        recent = self._seconds[client_id]
        while recent and recent[0] <= real - 1:
            recent.popleft()
        left = self.limit - self._hours[hour]
        allowed = not self._on or (left > 0 and len(recent) < self._second)
        self._asked.note(client_id, hour, real, allowed)
        if not allowed:
            return False, max(0, left)
        self._hours[hour] += 1
        recent.append(real)
        return True, max(0, left - 1)

    def rates(self) -> dict[str, dict[str, int]]:
        """client id -> most_in_a_second (real), most_in_an_hour (virtual), refused: of all that it asked, refused or not."""
        return self._asked.most


class Manners:
    """The most that each account ever asked."""

    def __init__(self) -> None:
        self.most = {}
        self._seconds, self._hours = collections.defaultdict(collections.deque), collections.Counter()

    def note(self, client_id: str, hour: Any, real: Any, allowed: Any) -> None:
        recent = self._seconds[client_id]
        while recent and recent[0] <= real - 1:
            recent.popleft()
        recent.append(real)
        self._hours[hour] += 1
        most = self.most.setdefault(client_id, {"most_in_a_second": 0, "most_in_an_hour": 0, "refused": 0})
        most["most_in_a_second"] = max(most["most_in_a_second"], len(recent))
        most["most_in_an_hour"] = max(most["most_in_an_hour"], self._hours[hour])
        most["refused"] += not allowed
