# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The only loop that sleeps: asks until something is so, politely, and never past its deadline."""

from __future__ import annotations

import random as randomness
import time

from .errors import InvalidInput, WaitTimeout, said

nap = time.sleep  # for those who must pause before a single request
_JITTER = 0.1  # of the interval, to both sides, so that a fleet does not ask in step

_SHORTEST = 0.001  # seconds: a nap too short for the clock to notice would make the last look a busy loop
_LATER = "Run the same command again later: it reads the state and goes on from there."


class NotYet:
    """A false answer that says what was seen; a probe may return it instead of None."""

    def __init__(self, seen):
        self.seen = seen

    def __bool__(self):
        return False

    def __str__(self):
        return str(self.seen)


def wait_until(
    probe, *, what, timeout, interval, not_yet=(), host="", remedy="", say=None, say_every=60,
    clock=time.monotonic, sleep=nap, random=randomness.random, stable=1,
):  # fmt: skip
    """Return probe()'s answer as soon as it was true `stable` times in a row; WaitTimeout after `timeout` seconds.

    what:    what is awaited, as it reads in a sentence
    not_yet: error classes that mean "ask again" (and start the row of good answers anew); others end the wait at once
    remedy:  what to do should it never come
    say:     callable(text) for a line of progress, at most once in `say_every` seconds
    It asks at least once, once more at the deadline, and never sleeps past it.
    """
    if interval <= 0:
        raise InvalidInput(f"The interval between two looks is {interval} seconds.", remedy="Give more than 0.")
    start = clock()
    watch = _Watch(what, timeout, say, say_every)
    in_a_row = 0
    while True:
        try:
            answer = probe()
        except not_yet as exc:
            answer, watch.seen = None, said(exc)
        else:
            watch.seen = str(answer) if isinstance(answer, NotYet) else watch.seen
        in_a_row = in_a_row + 1 if answer else 0
        if in_a_row >= stable:
            return answer
        if in_a_row:
            watch.seen = f"{in_a_row} of {stable} good answers in a row"
        passed = clock() - start
        if passed >= timeout:
            raise watch.timed_out(passed, host, remedy)
        watch.tell(passed)
        pause = interval * (1 + _JITTER * (2 * random() - 1))
        sleep(min(pause, max(timeout - passed, _SHORTEST)))


class _Watch:
    """What was seen last, and what people are told."""

    def __init__(self, what, timeout, say, say_every):
        self.what, self.timeout, self.seen = what, timeout, ""
        self._say, self._every, self._said = say, say_every, None

    def tell(self, passed):
        if self._say is None or (self._said is not None and passed - self._said < self._every):
            return
        self._said = passed
        self._say(f"waiting for {self.what}: {_span(passed)} passed, {_span(self.timeout - passed)} left"
                  + (f"; last seen: {self.seen}" if self.seen else ""))  # fmt: skip

    def timed_out(self, passed, host, remedy):
        facts = {"waited_seconds": round(passed, 1), "last_seen": self.seen}
        seen = f" Last seen: {self.seen.rstrip('.')}." if self.seen else ""
        return WaitTimeout(
            f"Waited {_span(passed)} in vain for {self.what}; what is under way goes on.{seen}",
            host=host, remedy=remedy or _LATER, facts=facts,
        )  # fmt: skip


def _span(seconds):
    """'0:07', '12:30', '1:02:03' or '26:00:00'."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
