# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Virtual time: starts at the world's date, runs as real time does, and makes the waits of clients shorter."""

from __future__ import annotations

import datetime
import math
import threading
import time
from typing import Any


def to_epoch(text: str) -> float:
    """Seconds since 1970 of an ISO 8601 text; a text without a zone is UTC. Raises ValueError."""
    moment = datetime.datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return moment.timestamp()


def to_iso(epoch: Any) -> str:
    """The vendor's spelling of a time in UTC, whole seconds, always +00:00 (docs/vendor/command-api-json.md#general)."""
    moment = datetime.datetime.fromtimestamp(math.floor(epoch), datetime.timezone.utc)
    return moment.isoformat()


class Clock:
    """Virtual time. It runs as real time does, so that a slow client sees what it would see at an appliance; only the waits of clients
    are made shorter: a client that asks the same again finds that `speed` times its pause has passed.

    Where nothing has been under way and all that was asked was the same for PATIENT rounds and idle_after real seconds, its pauses pass at
    idle_speed, so that a day takes some questions. They do so for idle_hours virtual hours at most; then `speed` is back, or a monitor
    left alone would see certificates expire within the hour. A pause counts up to LONGEST real seconds at these speeds.
    Speed 0 stands still; then only advance() and set() move it. `real` is injectable for tests.
    With a busy_speed, pauses pass at that one while something is under way, and never go past its end.
    """

    PATIENT, LONGEST = 4, 2.0

    def __init__(
        self,
        start: float,
        speed: float = 1.0,
        idle_speed: float | None = None,
        idle_after: Any = 5.0,
        idle_hours: Any = 50.0,
        real: Any = time.monotonic,
        busy_speed: Any = None,
    ) -> None:
        self.start = float(start)
        self.speed = float(speed)
        self.idle_speed = None if idle_speed is None else float(idle_speed)
        self.busy_speed = None if busy_speed is None else float(busy_speed)
        self.idle_after, self.idle_seconds = float(idle_after), 3600 * float(idle_hours)
        self.real = real
        self.busy_until = lambda: -math.inf  # virtual time at which all that is under way ends
        self._lock = threading.Lock()
        self._virtual = self.start
        self._seen = self._asked = real()
        self._waited = self._skipped = 0.0  # real seconds of waiting, virtual seconds at idle speed, since a client worked
        self._quiet = 0  # rounds since then, or since the end of what was under way

    def now(self) -> float:
        """Virtual seconds since 1970."""
        with self._lock:
            self._run()
            return self._virtual

    def advance(self, seconds: float) -> None:
        """Move forward at once."""
        if seconds < 0:
            raise ValueError("the clock only moves forward; use set() to step back")
        with self._lock:
            self._run()
            self._virtual += seconds

    def set(self, epoch: Any) -> None:
        """Step to a date, backwards too (as an appliance without NTP may)."""
        with self._lock:
            self._run()
            self._virtual = float(epoch)

    def set_speed(self, speed: float | None = None, idle_speed: float | None = None) -> None:
        """Change how fast waits pass from now on; None leaves a value as it is."""
        with self._lock:
            self._run()
            self.speed = self.speed if speed is None else float(speed)
            self.idle_speed = self.idle_speed if idle_speed is None else float(idle_speed)

    def asked(self, alike: Any) -> None:
        """A request came. alike: None where its client works, otherwise how many rounds in a row were alike (see waiting.py)."""
        with self._lock:
            self._run()
            pause, self._asked = min(self._seen - self._asked, self.LONGEST), self._seen
            if alike == 0:
                self._waited, self._skipped, self._quiet = 0.0, 0.0, 0
            if alike is not None and self.speed > 0:
                self._virtual += max(0.0, self._passed(pause, alike) - pause * self._pace())

    def _run(self) -> None:
        real = self.real()
        elapsed, self._seen = max(0.0, real - self._seen), real
        self._virtual += elapsed * self._pace()

    def _pace(self) -> float:
        """Virtual seconds per real second while nobody waits."""
        return min(self.speed, 1.0)

    def _passed(self, pause: Any, alike: Any) -> float:
        """Virtual seconds of a pause: until the end of what is under way at the ordinary speed, then as the rounds allow."""
        begun = self._virtual - pause * self._pace()
        speed = self.busy_speed or self.speed
        under_way = min(pause, max(0.0, self.busy_until() - begun) / speed)
        rest = pause - under_way
        if under_way and self.busy_speed:
            self._waited, self._quiet = 0.0, 0
            return under_way * speed + rest * self._pace()
        if not alike:
            return under_way * self.speed + rest * self._pace()
        self._waited, self._quiet = self._waited + rest, 0 if under_way else self._quiet + 1
        if not self.idle_speed or min(alike, self._quiet) < self.PATIENT or self._waited < self.idle_after:
            return pause * self.speed
        skipped = min(pause * self.idle_speed, self.idle_seconds - self._skipped)
        self._skipped += skipped
        return skipped + (pause - skipped / self.idle_speed) * self.speed
