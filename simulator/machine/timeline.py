# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who could be served through the public name of a pair, at any time since the start: computed, so that nobody has to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Moment:
    """From `at` on (virtual seconds): the node behind the public name, whether it accepts people, how many claim to be primary."""

    at: float
    front: str
    accepts: bool
    primaries: int


class Timeline:
    """What changed and when; the installations and restarts of a node are told by its own outages."""

    def __init__(self, at: float, front: Any, accepts: Any, primaries: Any) -> None:
        self._moments = [Moment(at, front, accepts, primaries)]

    def note(self, at: float, front: Any, accepts: Any, primaries: Any) -> None:
        """From now on it is so. A moment that lies before the last one counts from that one."""
        last = self._moments[-1]
        if (front, accepts, primaries) != (last.front, last.accepts, last.primaries):
            self._moments.append(Moment(max(at, last.at), front, accepts, primaries))

    def outages(self, downs: Any, now: float) -> list[list[float]]:
        """[[from, until]...] in which nobody could work through the public name; downs: {node: [(from, until)...]}."""
        found = []
        for moment, until in self._periods(now):
            if not moment.accepts:
                found.append((moment.at, until))
            else:
                found += [(max(moment.at, a), min(until, b)) for a, b in downs[moment.front] if a < until and b > moment.at]
        return _merged(found)

    def two_primaries_seconds(self, now: float) -> float:
        return sum(until - moment.at for moment, until in self._periods(now) if moment.primaries > 1)

    def _periods(self, now: float) -> list[tuple[Moment, float]]:
        ends = [moment.at for moment in self._moments[1:]] + [max(now, self._moments[-1].at)]
        return [(moment, min(end, now)) for moment, end in zip(self._moments, ends, strict=True) if moment.at < min(end, now)]


def _merged(spans: Any) -> list[list[float]]:
    """Spans that touch or overlap become one."""
    merged = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        elif end > begin:
            merged.append([begin, end])
    return merged
