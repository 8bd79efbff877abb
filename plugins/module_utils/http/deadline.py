# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The time limit of one exchange. It covers handshake, headers, redirects and body."""

from __future__ import annotations

import contextlib
import math
import socket
from collections.abc import Callable, Iterator

_MIN_SPEED = 4096  # bytes per second that a long upload or download has to reach


class TooLate(socket.timeout):
    """The exchange exceeded its limit of `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"not complete after {seconds:g} seconds")


class Limit:
    """The time limit of one exchange. The time-out of a socket restarts with each byte, so a slow drip would never end.

    silence: seconds without a byte. whole: seconds for the exchange; if the answer may take longer to begin (`silence` is larger), the
    seconds from its first byte on. A long upload, and a body after stream(), have no limit as long as they move at least _MIN_SPEED
    bytes per second, measured every `whole` seconds.
    """

    def __init__(self, clock: Callable[[], float], *, silence: float, whole: float, latest: float | None = None) -> None:
        self._clock, self._silence, self._whole = clock, silence, whole
        self._moved, self._begun, self._streams = 0, False, False
        self._latest = latest
        self._end = math.inf

    def begin(self) -> Limit:
        """Start the time of this limit, right before the request is sent; return the limit."""
        self._start(self._latest)
        return self

    def after_redirect(self) -> Limit:
        """Return the limit of the request that follows a redirect: both together may take as long as one."""
        return Limit(self._clock, silence=self._silence, whole=self._whole, latest=self._latest)

    def left(self) -> float:
        """Return the seconds that the next read or write may take. Raises TooLate."""
        left = self._end - self._clock()
        if left <= 0:
            raise TooLate(self._whole if self._begun else max(self._silence, self._whole))
        return min(left, self._silence)

    @contextlib.contextmanager
    def applied_to(self, connection: socket.socket) -> Iterator[None]:
        """Run one read or write on a socket with the time that is left. Raises TooLate if no time is left afterwards."""
        connection.settimeout(self.left())
        try:
            yield
        except socket.timeout:
            self.left()
            raise

    def sent(self, number: int) -> None:
        """Count bytes that were sent."""
        if self._is_fast_enough(number):
            self._start()

    def received(self, number: int) -> None:
        """Count bytes that were received."""
        if not self._begun:
            self._begun = True
            self._end = min(math.inf if self._latest is None else self._latest, self._clock() + self._whole)
        elif self._streams and self._is_fast_enough(number):
            self._end = self._clock() + self._whole

    def stream(self) -> None:
        """Allow a body of any length from now on."""
        self._streams, self._moved, self._end = True, 0, self._clock() + self._whole

    def _start(self, latest: float | None = None) -> None:
        longest = max(self._silence, self._whole)
        more = self._whole if self._silence > self._whole else 0
        self._latest = min(self._clock() + longest + more, math.inf if latest is None else latest)
        self._end = min(self._clock() + longest, self._latest)

    def _is_fast_enough(self, number: int) -> bool:
        self._moved += number
        enough = self._moved >= _MIN_SPEED * self._whole
        self._moved = 0 if enough else self._moved
        return enough
