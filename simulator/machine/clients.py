# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Jump Clients: up to 100,000 of them, cheaply.

After a site package every client must upgrade (interfaces 7.2, procedure 12). When each will have done so is
computed once, at the installation; counting is then a bisection and a row is made when a page asks for it.
"""

import bisect
import collections
import math
import zlib
from array import array

KINDS = ("active", "passive", "lost", "disabled", "uninstalled")
DAY = 86400


class Fleet:
    """All Jump Clients of one machine. Clients are numbered from 0; their API id is one more.

    `done`: virtual time from which a client runs the current site version; -inf from the start, inf never.
    """

    def __init__(self, world, settings, start):
        spec = world["clients"]["jump_clients"]
        self._upgrade, self._pattern, self.groups = spec["upgrade"], spec["name_pattern"], spec["groups"]
        self._settings, self._start = settings, start
        self._kinds = bytearray(code for code, kind in enumerate(KINDS) for _client in range(spec[kind]))
        self._done = array("d", (-math.inf if code < 2 else math.inf for code in self._kinds))
        self._checkin = array("d", [-math.inf]) * len(self._kinds)
        self.cut = None  # when the last site package took the site down
        self.skipped = 0  # how many that could upgrade were left behind when the last site package came
        self._sort()

    def __len__(self):
        return len(self._kinds)

    def kind(self, index):
        return KINDS[self._kinds[index]]

    def name(self, index):
        return self._pattern.format(n=index + 1)

    def set_kind(self, index, kind, now):
        """A client is lost, disabled, uninstalled, or comes back (control port)."""
        self._kinds[index] = KINDS.index(kind)
        self._done[index] = math.inf
        if kind in ("active", "passive"):
            self._checkin[index] = now + 60
            self._queue([index])
        self._sort()

    def site_installed(self, down, up):
        """A new site version went down at `down` and answers from `up`: everybody has to upgrade.

        Who had not fetched the version before is left behind for good: that is why the vendor wants a day
        between site packages (mission M11). World key left_behind: false is kinder than the vendor.
        """
        self.cut, self.skipped = down, 0
        waiting = []
        for index, code in enumerate(self._kinds):
            behind = self._done[index] > down and self._upgrade["left_behind"]
            self._done[index] = math.inf
            self.skipped += behind and code < 2
            if code < 2 and not behind:
                self._checkin[index] = up + self._delay(index, code)
                waiting.append(index)
        self._queue(waiting)
        self._sort()

    def reschedule(self, now):
        """The upgrade settings were changed: who is still waiting upgrades under the new ones."""
        waiting = [n for n, code in enumerate(self._kinds) if code < 2 and self._done[n] > now and self._pending(n)]
        for index in waiting:
            self._checkin[index] = max(self._checkin[index], now)
            self._done[index] = math.inf
        self._queue(waiting)
        self._sort()

    def _pending(self, index):
        return self._checkin[index] > -math.inf and (self.cut is None or self._checkin[index] > self.cut)

    def _delay(self, index, code):
        """Seconds after the end of the outage at which a client checks in for the first time."""
        share = _share(index)
        if code == 0:
            return max(share * 60 * self._upgrade["active_within_minutes"], index / self._settings["connection_rate"])
        return share * 3600 * self._upgrade["passive_within_hours"]

    def _queue(self, waiting):
        """The throttled queue: first in, first out, so many at a time, each for so long."""
        if self._settings["automatic"] == "disabled":
            return
        places, seconds = self._settings["max_concurrent"], self._seconds_each()
        ends = collections.deque([-math.inf] * places, maxlen=places)
        for index in sorted(waiting, key=self._checkin.__getitem__):
            end = max(self._checkin[index], ends[0]) + seconds
            ends.append(end)
            self._done[index] = end

    def _seconds_each(self):
        """The bandwidth (MiB/s) is shared by all who upgrade at the same time."""
        transfer = self._upgrade["megabytes_each"] * self._settings["max_concurrent"] / self._settings["bandwidth"]
        return max(self._upgrade["seconds_each"], transfer)

    def _sort(self):
        self._by_kind = [sorted(d for d, c in zip(self._done, self._kinds, strict=True) if c == k) for k in (0, 1)]

    def online(self, now):
        """Active clients that are connected now; one that is online again has upgraded (procedure 9)."""
        return bisect.bisect_right(self._by_kind[0], now)

    def summary(self, now):
        """Numbers by kind, and how many active and passive ones still need the update."""
        numbers = {kind: self._kinds.count(code) for code, kind in enumerate(KINDS)}
        for code, kind in ((0, "active"), (1, "passive")):
            numbers[f"{kind}_pending"] = numbers[kind] - bisect.bisect_right(self._by_kind[code], now)
        return numbers

    def needs_update(self, index, now):
        return self._done[index] > now

    def connection_type(self, index):
        """active, passive or uninstalled: lost clients were of either sort."""
        kind = self.kind(index)
        if kind == "lost":
            return "passive" if index % 2 else "active"
        return "active" if kind == "disabled" else kind

    def times(self, index, now):
        """(last connect, last disconnect or None): virtual seconds."""
        kind, age = self.kind(index), 3600 + _share(index) * 7 * DAY
        if kind in ("lost", "disabled", "uninstalled"):
            gone = self._start - 30 * DAY - age
            return gone - 3600, gone
        if kind == "passive":
            first = self._checkin[index]
            if not -math.inf < first <= now:
                first = self._start - _share(index) * DAY
            last = first + max(0, (now - first) // DAY) * DAY
            return last, last + 30
        if self.cut is None:
            return self._start - age, None
        return (self._start - age, self.cut) if self.needs_update(index, now) else (self._done[index], self.cut)

    def indexes(self, **wanted):
        """The clients whose name, hostname or connection_type equal what is wanted, in order of their ids."""
        for index in range(len(self)):
            if "connection_type" in wanted and self.connection_type(index) != wanted["connection_type"]:
                continue
            if "name" in wanted and self.name(index).lower() != wanted["name"].lower():
                continue
            yield index


def _share(index):
    """A number in [0, 1) that looks random and stays the same for a client."""
    return zlib.crc32(b"client %d" % index) / 2**32
