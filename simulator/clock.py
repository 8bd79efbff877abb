# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Virtual time: starts at the world's date and runs as fast as it is told."""

import datetime
import math
import threading
import time


def to_epoch(text):
    """Seconds since 1970 of an ISO 8601 text; a text without a zone is UTC. Raises ValueError."""
    moment = datetime.datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.timestamp()


def to_iso(epoch):
    """The vendor's spelling of a time in UTC, whole seconds, always +00:00 (interfaces 5.1)."""
    moment = datetime.datetime.fromtimestamp(math.floor(epoch), datetime.UTC)
    return moment.isoformat()


class Clock:
    """now = start + real seconds x speed + what was advanced.

    When nothing is being installed and nobody has written or opened a page for idle_after real
    seconds, time runs at idle_speed instead, so that a day's wait can pass while people watch. It does so for
    idle_hours virtual hours at most; then the ordinary speed is back, or a simulator left alone would see its
    certificates expire within the hour.
    Speed 0 stands still; then only advance() and set() move it. `real` is injectable for tests.
    """

    def __init__(self, start, speed=1.0, idle_speed=None, idle_after=5.0, idle_hours=50.0, real=time.monotonic):
        self.start = float(start)
        self.speed = float(speed)
        self.idle_speed = None if idle_speed is None else float(idle_speed)
        self.idle_after, self.idle_seconds = float(idle_after), 3600 * float(idle_hours)
        self.real = real
        self.busy_until = lambda: -math.inf  # virtual time at which the running installation ends
        self._lock = threading.Lock()
        self._virtual = self.start
        self._seen = self._touched = real()
        self._skipped = 0.0  # virtual seconds at idle speed since the last touch

    def now(self):
        """Virtual seconds since 1970."""
        with self._lock:
            self._run()
            return self._virtual

    def advance(self, seconds):
        """Move forward at once."""
        if seconds < 0:
            raise ValueError("the clock only moves forward; use set() to step back")
        with self._lock:
            self._run()
            self._virtual += seconds

    def set(self, epoch):
        """Step to a date, backwards too (as an appliance without NTP may)."""
        with self._lock:
            self._run()
            self._virtual = float(epoch)

    def set_speed(self, speed=None, idle_speed=None):
        """Change how fast time runs from now on; None leaves a value as it is."""
        with self._lock:
            self._run()
            self.speed = self.speed if speed is None else float(speed)
            self.idle_speed = self.idle_speed if idle_speed is None else float(idle_speed)

    def touch(self):
        """Somebody wrote or opened a page: not idle for the next idle_after real seconds."""
        with self._lock:
            self._run()
            self._touched, self._skipped = self._seen, 0.0

    def _run(self):
        real = self.real()
        elapsed, self._seen = real - self._seen, real
        if elapsed <= 0:
            return
        watched = elapsed if not self.idle_speed else min(elapsed, self._watched(real - elapsed))
        skipped = 0.0
        if watched < elapsed:
            skipped = min((elapsed - watched) * self.idle_speed, self.idle_seconds - self._skipped)
            watched = elapsed - skipped / self.idle_speed
            self._skipped += skipped
        self._virtual += watched * self.speed + skipped

    def _watched(self, since):
        """Real seconds after `since` that still run at the ordinary speed."""
        waiting = max(0.0, self._touched + self.idle_after - since)
        virtual_left = self.busy_until() - self._virtual
        if virtual_left <= 0:
            return waiting
        return math.inf if self.speed == 0 else max(waiting, virtual_left / self.speed)
