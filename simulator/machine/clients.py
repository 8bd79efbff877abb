# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Jump Clients: up to 100,000 of them, cheaply.

After a site package every client must upgrade (docs/vendor/configuration-api.md#jump-clients, procedure 12). When each will have done so is
computed once, at the installation; counting is then a bisection and a row is made when a page asks for it.
"""

from __future__ import annotations

import bisect
import collections
import math
from array import array
from collections.abc import Iterator
from typing import Any

from .fleet_changes import Changes
from .fleet_rows import Rows
from .kinds import ACTIVE, KINDS, OFFLINE, PASSIVE, kind_codes, share


class Fleet(Changes, Rows):
    """All Jump Clients of one machine. Clients are numbered from 0; their API id is one more.

    `done`: virtual time from which a client runs the current site version; -inf from the start, inf never.
    `checkin`: when it is heard of for the first time after the last site package; -inf: not waited for.
    """

    def __init__(self, world: dict[str, Any], settings: dict[str, Any], start: float) -> None:
        spec = world["clients"]["jump_clients"]
        self._upgrade, self._pattern, self.groups = spec["upgrade"], spec["name_pattern"], spec["groups"]
        self._settings, self._start = settings, start
        codes, personal = kind_codes(spec)
        self._kinds = bytearray(codes)
        self._personal = range(len(codes) - personal, len(codes))
        self._done = array("d", (-math.inf if code in (ACTIVE, PASSIVE, OFFLINE) else math.inf for code in self._kinds))
        self._checkin = array("d", [-math.inf]) * len(self._kinds)
        self.cut = None  # when the last site package took the site down
        self.skipped = 0  # how many that could upgrade were left behind when the last site package came
        self._start_changes()
        self._sort()

    def __len__(self) -> int:
        """How many there ever were: the highest API id."""
        return len(self._kinds)

    def site_installed(self, down: float, up: float) -> None:
        """A new site version went down at `down` and answers from `up`: everybody has to upgrade.

        Who had not fetched the version before is left behind for good: that is why the vendor wants a day
        between site packages (docs/mission.md#m11). World key left_behind: false is kinder than the vendor.
        """
        self._returned(down)
        self.cut, self.skipped = down, 0
        waiting = []
        for index, code in enumerate(self._kinds):
            behind = self._done[index] > down and self._upgrade["left_behind"]
            self._done[index], self._checkin[index] = math.inf, -math.inf
            self.skipped += behind and code in (ACTIVE, PASSIVE)
            delay = None if behind else self._delay(index, code)
            if delay is not None:
                self._checkin[index] = up + delay
                waiting.append(index)
        self._queue(waiting)
        self._sort()

    def reschedule(self, now: float) -> None:
        """The upgrade settings were changed: who is still waiting upgrades under the new ones."""
        coming = (ACTIVE, PASSIVE, OFFLINE)
        waiting = [n for n, code in enumerate(self._kinds) if code in coming and self._done[n] > now and self._pending(n)]
        for index in waiting:
            self._checkin[index] = max(self._checkin[index], now)
            self._done[index] = math.inf
        self._queue(waiting)
        self._sort()

    def _pending(self, index: Any) -> bool:
        return self._checkin[index] > -math.inf and (self.cut is None or self._checkin[index] > self.cut)

    def _returned(self, now: float) -> None:
        """Hosts that were off and came back are like all others from the next site package on."""
        for index in self._off():
            if self._on_again(index, now):
                self._kinds[index] = PASSIVE if index % 2 else ACTIVE

    def _delay(self, index: Any, code: Any) -> float | None:
        """Seconds after the end of the outage at which a client checks in for the first time; None: it never does."""
        part = share(index)
        if code == ACTIVE:
            return max(part * 60 * self._upgrade["active_within_minutes"], index / self._settings["connection_rate"])
        if code == PASSIVE:
            return part * 3600 * self._upgrade["passive_within_hours"]
        hours = self._upgrade["offline_hours"] if code == OFFLINE else None
        return None if hours is None else 3600 * hours

    def _queue(self, waiting: Any) -> None:
        """The throttled queue: first in, first out, so many at a time, each for so long."""
        if self._settings["automatic"] == "disabled":
            return
        places, seconds = self._settings["max_concurrent"], self._seconds_each()
        ends = collections.deque([-math.inf] * places, maxlen=places)
        for index in sorted(waiting, key=self._checkin.__getitem__):
            end = max(self._checkin[index], ends[0]) + seconds
            ends.append(end)
            self._done[index] = end

    def _seconds_each(self) -> float:
        """The bandwidth (MiB/s) is shared by all who upgrade at the same time."""
        transfer = self._upgrade["megabytes_each"] * self._settings["max_concurrent"] / self._settings["bandwidth"]
        return max(self._upgrade["seconds_each"], transfer)

    def _sort(self) -> None:
        """What counting bisects: when the active, passive and personal ones, and those whose host is off, are done."""
        of = collections.defaultdict(list)
        for index, (code, done) in enumerate(zip(self._kinds, self._done, strict=True)):
            if code in (ACTIVE, PASSIVE, OFFLINE):
                name = "personal" if code == ACTIVE and index in self._personal else KINDS[code]
                of[name].append(done)
        self._ends = {name: array("d", sorted(of[name])) for name in ("active", "passive", "personal", "offline")}
        self._back = array("d", sorted(self._done[n] for n in self._off() if self._done[n] > -math.inf and not n % 2))

    def _off(self) -> Iterator[int]:
        """Those whose host was off when the world began, or was switched off by an act."""
        index = self._kinds.find(OFFLINE)
        while index >= 0:
            yield index
            index = self._kinds.find(OFFLINE, index + 1)

    def online(self, now: float) -> int:
        """Active clients that are connected now; one that is online again has upgraded (procedure 9)."""
        return sum(bisect.bisect_right(ends, now) for ends in (self._ends["active"], self._ends["personal"], self._back))

    def summary(self, now: float) -> dict[str, int]:
        """Numbers by kind, and how many of those that may upgrade still need to. Personal ones stand apart."""
        numbers = {kind: self._number(code) for code, kind in enumerate(KINDS)}
        numbers["personal"] = len(self._ends["personal"])
        for kind, ends in self._ends.items():
            numbers[f"{kind}_pending"] = numbers[kind] - bisect.bisect_right(ends, now)
        return numbers

    def _number(self, code: Any) -> int:
        """How many of a kind stand in shared Jump Groups."""
        return self._kinds.count(code) - self._kinds.count(code, self._personal.start, self._personal.stop)
