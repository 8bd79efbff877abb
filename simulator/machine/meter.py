# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Counting requests of an API account: 20 a second and 15,000 an hour (interfaces 10)."""

import collections


class Meter:
    """Counts always, refuses only where the world switches the limits on.

    The hour is virtual. The second is real, because the limit is about the manners of a program.
    """

    def __init__(self, limits):
        self._on, self._second, self.limit = limits["rate"], limits["per_second"], limits["per_hour"]
        self._hours, self._seconds = collections.Counter(), collections.defaultdict(collections.deque)

    def take(self, client_id, virtual, real):
        """Count one request: (allowed, requests left in this hour)."""
        hour = (client_id, int(virtual // 3600))
        recent = self._seconds[client_id]
        while recent and recent[0] <= real - 1:
            recent.popleft()
        left = self.limit - self._hours[hour]
        if self._on and (left <= 0 or len(recent) >= self._second):
            return False, max(0, left)
        self._hours[hour] += 1
        recent.append(real)
        return True, max(0, left - 1)
