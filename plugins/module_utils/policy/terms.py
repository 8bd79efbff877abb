# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""On which terms the gate after a site package opens, checked. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..errors import InvalidInput

STOP, OPEN_WITH_LIST = "stop", "open_with_list"
DAY, HOUR = 86400, 3600


@dataclass(frozen=True)
class Terms:
    """When a gate opens; times in seconds, thresholds in percent of the clients that count.

    early_open_threshold: opens before min_wait is over; None: never. max_wait: counted from the upgrade; None: no limit.
    at_max_wait: 'stop' or 'open_with_list'.
    """

    min_wait: float = DAY
    threshold: float = 95.0
    early_open_threshold: float | None = None
    max_wait: float | None = None
    at_max_wait: str = STOP

    def __post_init__(self):
        """InvalidInput for terms that make no sense, also where no gate stands yet."""
        if not is_number(self.min_wait) or self.min_wait < 0:
            raise InvalidInput(f"The shortest wait is {self.min_wait!r} seconds.", remedy="Give a number that is not negative.")
        if not is_number(self.threshold) or not 0 <= self.threshold <= 100:
            raise InvalidInput(f"The threshold is {self.threshold!r} percent.", remedy="Give a number from 0 to 100.")
        early, longest = self.early_open_threshold, self.max_wait
        if early is not None and (not is_number(early) or not self.threshold <= early <= 100):
            raise InvalidInput(f"The threshold for an early opening is {early!r} percent.",
                               remedy=f"Give a number from {self.threshold:g} (the threshold) to 100.")
        if longest is not None and (not is_number(longest) or longest < self.min_wait):
            raise InvalidInput(f"The longest wait is {longest!r} seconds.",
                               remedy=f"Give at least {self.min_wait:g} (the shortest wait), or nothing for no limit.")
        if self.at_max_wait not in (STOP, OPEN_WITH_LIST):
            raise InvalidInput(f"At the end of the longest wait the gate cannot {self.at_max_wait!r}.",
                               remedy=f"Give {STOP} or {OPEN_WITH_LIST}.")

    def decisive(self, passed):
        """The threshold that decides so many seconds after the upgrade; None while only the time does."""
        return self.threshold if passed >= self.min_wait else self.early_open_threshold

    def over(self, passed):
        """Whether the longest wait is over."""
        return self.max_wait is not None and passed >= max(self.max_wait, self.min_wait)


def check_seen_within(seconds):
    """InvalidInput for a span in which not even an active client has to show itself: it would drop all who are away for a moment."""
    if not is_number(seconds) or (seconds != 0 and seconds < HOUR):
        raise InvalidInput(f"`seen_within` is {seconds!r} seconds.", remedy="Give at least 3600 (30 days are 2592000), or 0 to count all.")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
