# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Keeps a client under the limits of an appliance by waiting before the request that would be too many.

The documented limits are 20 requests a second and 15,000 an hour for an API account over all addresses
(interfaces 10). One below the first and a hundred below the second leave room for what is still on its way.
"""

from __future__ import annotations

import collections
import contextlib
import math
import os
import socket
import time

from .errors import ApplianceError, Unavailable
from .files import private_folder
from .lock import heartbeat
from .pace_book import FLIGHT, HOUR, SECOND, Book
from .secret_cache import key_of
from .wait import nap

_NAP_OF_AN_HOUR = 30.0  # seconds; the lock of the run is beaten between two
_NAP = 0.25  # a place may be free again sooner than it seemed
_SHORTEST_NAP = 0.001


class Pace:
    """At most `most` requests of this object within any second: for pages and for what needs no API account."""

    def __init__(self, most=19, *, clock=time.monotonic, sleep=nap):
        self._recent = collections.deque(maxlen=most)
        self._clock, self._sleep = clock, sleep

    def wait(self):
        """Return when the next request may be sent."""
        if len(self._recent) == self._recent.maxlen:
            early = 1.0 - (self._clock() - self._recent[0])
            if early > 0:
                self._sleep(early)
        self._recent.append(self._clock())

    @contextlib.contextmanager
    def turn(self):
        """Send the request inside; what is yielded wants the headers of its answer."""
        self.wait()
        yield lambda headers: None


class AccountPace:
    """Both limits of an API account, kept by all processes of this machine and user that share the folder.

    folder: the cache folder. client_id: the account, whatever the site; the file's name is a digest of it and of this
    start of the machine, whose clock the times are of. Where the file cannot be used, the second is kept by this
    process alone. say: shows one line where it takes long.
    """

    def __init__(
        self, folder, client_id, *, clock=time.monotonic, sleep=nap, say=lambda text: None, per_second=19, per_hour=14_900
    ):  # fmt: skip
        self._folder = os.path.expanduser(folder)
        path = os.path.join(self._folder, key_of("pace", client_id, _this_start()))
        self._book, self._ready = Book(path, per_second, per_hour, clock), False
        self._alone = Pace(per_second, clock=clock, sleep=sleep)
        self._sleep, self._say = sleep, say

    @contextlib.contextmanager
    def turn(self):
        """Send the request inside; what is yielded wants the headers of its answer.

        Unavailable, before anything is sent, where the appliance said that the account has next to nothing left.
        """
        turn, holds = self._wait(), [0.0]
        try:
            yield lambda headers: holds.append(_to_hold(headers))
        finally:
            if turn:
                with contextlib.suppress(OSError):
                    self._book.leave(turn, holds[-1])

    def _wait(self):
        """The Turn that was taken in the book; None where there is no book."""
        try:
            self._prepare()
            return self._turn()
        except OSError:
            return self._alone.wait()

    def _prepare(self):
        if self._ready:
            return
        try:
            private_folder(self._folder)
        except ApplianceError as exc:  # what is wrong with it is said where a token is to be kept there
            raise OSError(str(exc)) from exc
        self._ready = True

    def _turn(self):
        """Wait for a turn: at most an hour, after which there is one for sure."""
        told = False
        while (turn := self._book.take()).place is None:
            if turn.held:
                raise _held(turn.pause)
            long = turn.pause > FLIGHT + SECOND  # no place is taken for longer: it is the hour
            if long and not told:
                self._say(f"waiting up to {_minutes(turn.pause)}: the API account has used its requests of this hour")
                told = True
            heartbeat()
            self._sleep(min(max(turn.pause, _SHORTEST_NAP), _NAP_OF_AN_HOUR if long else _NAP))
        return turn


def _held(pause):
    error = Unavailable(
        "The appliance asks for fewer requests: of those that the API account has in an hour next to none are left. Nothing was sent.",
        remedy=f"The limit is 15,000 for all that use the account: what else does? Run the same command again in {_minutes(pause)}.",
        facts={"retry_after": round(pause, 1)},
    )
    error.nothing_sent = True
    return error


def _minutes(seconds):
    return f"{math.ceil(seconds / 60)} minutes" if seconds > 60 else "a minute"


def _to_hold(headers):
    """Seconds to send nothing by X-RateLimit-Remaining: what is left must last for an hour, the longest it may take to come back.

    0 while there is plenty, more than the 250th part.
    """
    left, limit = (headers.get(f"X-RateLimit-{name}", "").strip() for name in ("Remaining", "Limit"))
    if not left.isdigit() or int(left) > (int(limit) if limit.isdigit() else 15_000) // 250:
        return 0.0
    return HOUR / max(1, int(left))


def _this_start():
    """What tells the clock of this start of this machine from all others."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as stream:
            return stream.read().strip()
    except OSError:
        return socket.gethostname()
