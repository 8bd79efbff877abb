# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The only loop that sleeps: repeats a probe until it succeeds, and never sleeps past its deadline."""

from __future__ import annotations

import random as randomness
import time
from collections.abc import Callable
from typing import Any

from .errors import InvalidInput, WaitTimeout, summary_of

pause = time.sleep  # for a pause before a single request
_JITTER = 0.1  # of the interval, to both sides, so that a fleet does not ask at the same moment

_SHORTEST = 0.001  # seconds: with a shorter sleep, which the clock may not notice, the last probes would be a busy loop
_RUN_AGAIN = "Run the same command again later: it reads the state and continues from there."


class NotYet:
    """A false result that says what the probe saw; a probe may return it instead of None."""

    def __init__(self, seen: object) -> None:
        self.seen = seen

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return str(self.seen)


def wait_until(
    probe: Callable[[], Any],
    *,
    what: str,
    timeout: float,
    interval: float,
    not_yet: type[BaseException] | tuple[type[BaseException], ...] = (),
    host: str = "",
    remedy: str = "",
    say: Callable[[str], None] | None = None,
    say_every: float = 60,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = pause,
    random: Callable[[], float] = randomness.random,
    stable: int = 1,
) -> Any:
    """Return the result of probe() after `stable` true results in a row. Raises WaitTimeout after `timeout` seconds.

    what:    the awaited state, as it reads in a sentence
    not_yet: error classes that mean "try again" (the row of true results starts again); other errors end the wait
    remedy:  the action to take after a time-out
    say:     callable(text) for a line of progress, at most once in `say_every` seconds
    It probes at least once, once more at the deadline, and never sleeps past it.
    """
    if interval <= 0:
        raise InvalidInput(f"The poll interval is {interval} seconds.", remedy="Give more than 0.")
    start = clock()
    progress = _Progress(what, timeout, say, say_every)
    in_a_row = 0
    while True:
        try:
            result = probe()
        except not_yet as exc:
            result, progress.seen = None, summary_of(exc)
        else:
            progress.seen = str(result) if isinstance(result, NotYet) else progress.seen
        in_a_row = in_a_row + 1 if result else 0
        if in_a_row >= stable:
            return result
        if in_a_row:
            progress.seen = f"{in_a_row} of {stable} good answers in a row"
        passed = clock() - start
        if passed >= timeout:
            raise progress.timed_out(passed, host, remedy)
        progress.report(passed)
        delay = interval * (1 + _JITTER * (2 * random() - 1))
        sleep(min(delay, max(timeout - passed, _SHORTEST)))


class _Progress:
    """What the probe saw last, and the lines of progress."""

    def __init__(self, what: str, timeout: float, say: Callable[[str], None] | None, say_every: float) -> None:
        self.what, self.timeout, self.seen = what, timeout, ""
        self._say, self._every = say, say_every
        self._reported: float | None = None

    def report(self, passed: float) -> None:
        if self._say is None or (self._reported is not None and passed - self._reported < self._every):
            return
        self._reported = passed
        self._say(
            f"waiting for {self.what}: {_duration(passed)} passed, {_duration(self.timeout - passed)} left"
            + (f"; last seen: {self.seen}" if self.seen else "")
        )

    def timed_out(self, passed: float, host: str, remedy: str) -> WaitTimeout:
        facts = {"waited_seconds": round(passed, 1), "last_seen": self.seen}
        seen = f" Last seen: {self.seen.rstrip('.')}." if self.seen else ""
        return WaitTimeout(
            f"Waited {_duration(passed)} for {self.what} without success; what is under way continues.{seen}",
            host=host,
            remedy=remedy or _RUN_AGAIN,
            facts=facts,
        )


def _duration(seconds: float) -> str:
    """Return '0:07', '12:30', '1:02:03' or '26:00:00'."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
