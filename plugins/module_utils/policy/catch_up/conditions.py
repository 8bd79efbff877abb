# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The conditions under which the catch-up after a site package is complete, checked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...errors import InvalidInput
from ...model.fields import is_number

STOP, OPEN_WITH_LIST = "stop", "open_with_list"
DAY, HOUR = 86400, 3600


@dataclass(frozen=True)
class Conditions:
    """When the catch-up opens; times in seconds, thresholds in percent of the eligible clients.

    early_open_threshold: opens before min_wait is over; None: never. max_wait: counted from the upgrade; None: no limit.
    at_max_wait: 'stop' or 'open_with_list'. Raises InvalidInput for values that contradict each other.
    """

    min_wait: float = DAY
    threshold: float = 95.0
    early_open_threshold: float | None = None
    max_wait: float | None = None
    at_max_wait: str = STOP

    def __post_init__(self) -> None:
        if not is_number(self.min_wait) or self.min_wait < 0:
            raise InvalidInput(f"min_wait is {self.min_wait!r} seconds.", remedy="Set min_wait to 0 or more.")
        if not is_number(self.threshold) or not 0 <= self.threshold <= 100:
            raise InvalidInput(f"threshold is {self.threshold!r} percent.", remedy="Set threshold to a number from 0 to 100.")
        early, longest = self.early_open_threshold, self.max_wait
        if early is not None and (not is_number(early) or not self.threshold <= early <= 100):
            raise InvalidInput(
                f"early_open_threshold is {early!r} percent.",
                remedy=f"Set early_open_threshold to a number from {self.threshold:g} (threshold) to 100.",
            )
        if longest is not None and (not is_number(longest) or longest < self.min_wait):
            raise InvalidInput(
                f"max_wait is {longest!r} seconds.",
                remedy=f"Set max_wait to at least {self.min_wait:g} (min_wait), or leave it out for no limit.",
            )
        if self.at_max_wait not in (STOP, OPEN_WITH_LIST):
            raise InvalidInput(f"at_max_wait is {self.at_max_wait!r}.", remedy=f"Set at_max_wait to {STOP} or {OPEN_WITH_LIST}.")

    def decisive(self, passed: float) -> float | None:
        """The threshold that decides so many seconds after the upgrade; None while only the time decides."""
        return self.threshold if passed >= self.min_wait else self.early_open_threshold

    def over(self, passed: float) -> bool:
        """Whether the maximum wait is over."""
        return self.max_wait is not None and passed >= max(self.max_wait, self.min_wait)


def check_seen_within(seconds: Any) -> None:
    """InvalidInput for less than an hour: it would leave out clients that are away for a moment."""
    if not is_number(seconds) or (seconds != 0 and seconds < HOUR):
        raise InvalidInput(
            f"seen_within is {seconds!r} seconds.", remedy="Set seen_within to 3600 or more (30 days are 2592000), or to 0 to count all."
        )
