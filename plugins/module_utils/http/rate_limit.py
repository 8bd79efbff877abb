# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Keeps the rate limits of an appliance: waits before a request that would exceed them.

The documented limits are 20 requests a second and 15,000 an hour for an API account over all addresses
(docs/vendor/probes-and-limits.md#limits-and-manners). The limits here are one and a hundred lower, for requests that are still on their
way.
"""

from __future__ import annotations

import collections
import contextlib
import math
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ..errors import ApplianceError, Unavailable
from ..model.digits import whole_number
from ..storage.folder import make_private_folder
from ..storage.run_lock import heartbeat
from ..storage.secret_cache import key_of
from ..wait import pause
from .rate_file import HOUR, IN_FLIGHT, SECOND, InUse, RateFile, Slot

_HOUR_PAUSE = 30.0  # seconds between two heartbeats of the run's lock
_PAUSE = 0.25  # seconds; a slot may be free earlier than expected
_SHORTEST_PAUSE = 0.001

NoteHeaders = Callable[[Mapping[str, str]], None]


class Limiter(Protocol):
    """What Transport.request needs to keep a rate limit."""

    def slot(self) -> contextlib.AbstractContextManager[NoteHeaders]:
        """Send one request inside; call the yielded function with the headers of its response."""


class RateLimiter:
    """Allows `limit` requests of this object per second: for pages and for requests without an API account."""

    def __init__(self, limit: int = 19, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = pause) -> None:
        self._recent: collections.deque[float] = collections.deque(maxlen=limit)
        self._clock, self._sleep = clock, sleep

    def wait(self) -> None:
        """Return when the next request may be sent."""
        if len(self._recent) == self._recent.maxlen:
            early = 1.0 - (self._clock() - self._recent[0])
            if early > 0:
                self._sleep(early)
        self._recent.append(self._clock())

    @contextlib.contextmanager
    def slot(self) -> Iterator[NoteHeaders]:
        """Send one request inside; call the yielded function with the headers of its response."""
        self.wait()
        yield lambda headers: None


class AccountRateLimiter:
    """Keeps both limits of an API account for all processes of this machine and user that share the folder.

    folder: the cache folder. client_id: the account, for any site; the name of the file is a digest of it and of the start of this
    machine, because the times belong to its clock. If the file cannot be used, only this process enforces the limit per second.
    say: shows one line if the wait is long.
    """

    def __init__(
        self,
        folder: str,
        client_id: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = pause,
        say: Callable[[str], None] = lambda text: None,
        per_second: int = 19,
        per_hour: int = 14_900,
    ) -> None:
        self._folder = os.path.expanduser(folder)
        path = os.path.join(self._folder, key_of("rate_limit", client_id, _boot_id()))
        self._file, self._ready, self._usable = RateFile(path, per_second, per_hour, clock), False, True
        self._alone = RateLimiter(per_second, clock=clock, sleep=sleep)
        self._sleep, self._say = sleep, say

    @contextlib.contextmanager
    def slot(self) -> Iterator[NoteHeaders]:
        """Send one request inside; call the yielded function with the headers of its response.

        Raises Unavailable, before anything is sent, if the appliance reported that the account has next to no requests left.
        """
        slot, blocks = self._wait(), [0.0]
        try:
            yield lambda headers: blocks.append(_seconds_to_block(headers))
        finally:
            if slot:
                with contextlib.suppress(OSError):
                    self._file.release(slot, blocks[-1])

    def _wait(self) -> Slot | None:
        """Return the Slot of the file, or None if the file cannot be used."""
        try:
            if self._usable:
                self._prepare()
                return self._wait_for_slot()
        except InUse as exc:
            self._say(f"{exc} Only this task enforces the limits of the API account.")
            self._usable = False
        except OSError:
            self._usable = False
        self._alone.wait()
        return None

    def _prepare(self) -> None:
        if self._ready:
            return
        try:
            make_private_folder(self._folder)
        except ApplianceError as exc:  # the cache of tokens reports what is wrong with the folder
            raise OSError(str(exc)) from exc
        self._ready = True

    def _wait_for_slot(self) -> Slot:
        """Wait for a slot, at most an hour: then one is free for certain."""
        reported = False
        while (slot := self._file.acquire()).number is None:
            if slot.blocked:
                raise _blocked(slot.pause)
            is_long = slot.pause > IN_FLIGHT + SECOND  # a slot is never taken for longer: this is the limit of the hour
            if is_long and not reported:
                self._say(f"waiting up to {_minutes(slot.pause)}: the API account has used its requests of this hour")
                reported = True
            heartbeat()
            self._sleep(min(max(slot.pause, _SHORTEST_PAUSE), _HOUR_PAUSE if is_long else _PAUSE))
        return slot


def _blocked(seconds: float) -> Unavailable:
    error = Unavailable(
        "Nothing was sent: the appliance asks for fewer requests, the API account has next to none left in this hour.",
        remedy=f"The limit is 15,000 for all that use the account: what else does? Run the same command again in {_minutes(seconds)}.",
        facts={"retry_after": round(seconds, 1)},
    )
    error.nothing_sent = True
    return error


def _minutes(seconds: float) -> str:
    return f"{math.ceil(seconds / 60)} minutes" if seconds > 60 else "a minute"


def _seconds_to_block(headers: Mapping[str, str]) -> float:
    """Return how many seconds to send nothing, by X-RateLimit-Remaining: what is left must last for an hour, the longest until a reset.

    0 while more than the 250th part is left.
    """
    left, limit = (whole_number(headers.get(f"X-RateLimit-{name}", "")) for name in ("Remaining", "Limit"))
    if left is None or left > (15_000 if limit is None else limit) // 250:
        return 0.0
    return HOUR / max(1, left)


def _boot_id() -> str:
    """Return what identifies the clock since this start of this machine."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as stream:
            return stream.read().strip()
    except OSError:
        return socket.gethostname()
