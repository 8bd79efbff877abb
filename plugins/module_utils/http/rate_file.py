# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A small file that counts the requests of one API account by all processes of this machine, so that together they keep its limits."""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..errors import Unsafe, WaitTimeout
from ..storage.regular_file import lock_file, open_file

SECOND, HOUR = 1.0, 3600.0
IN_FLIGHT = 5.0  # seconds after which a request without a response counts as arrived, or as lost
_TIME = struct.Struct("<d")
_LOCK_SECONDS = 5  # writing 170 bytes takes much less


class InUse(OSError):
    """Another process locks the file, or the path is not a file; the text is a sentence."""


class Slot(NamedTuple):
    """The permission to send one request.

    number: of the slot, or None if no request may be sent for `pause` seconds.
    blocked: whether the appliance requested a pause. stamp: identifies the use of the slot.
    """

    number: int | None
    pause: float = 0.0
    blocked: bool = False
    stamp: float = 0.0


class RateFile:
    """Assigns slots: acquire() one before a request, release() it after the response. Both may raise OSError, InUse among them.

    An appliance counts a request when it arrives, which is some time between sending and response. So a slot is free again one second
    after the *response*: with any network delay, no second sees more arrivals than there are slots. The slot of a process that died is
    free after IN_FLIGHT seconds. A ring of as many times as requests are allowed enforces the limit per hour: the next request may go
    when the oldest is an hour old.

    path: created with mode 0600; a head of some 170 bytes and the ring. clock: the same for all processes. A time that this clock cannot
    have given yet (the machine restarted) counts as past. The file does not identify the account.
    """

    def __init__(self, path: str, per_second: int, per_hour: int, clock: Callable[[], float]) -> None:
        self._path, self._slots, self._per_hour, self._clock = path, per_second, per_hour, clock
        self._head = struct.Struct(f"<qd{per_second}d")  # number of requests, blocked until, when each slot is free

    def acquire(self) -> Slot:
        """Return a Slot; its number is None if there is none yet."""
        with self._open() as file:
            now = self._clock()  # read after locking: the times in the file are never later
            number, blocked, free = self._read_head(file, now)
            ring = self._head.size + _TIME.size * (number % self._per_hour)
            index = min(range(self._slots), key=free.__getitem__)
            until = max(free[index], _plausible(_time_at(file, ring), now + HOUR), blocked)
            if until > now:
                return Slot(None, until - now, blocked=blocked > now)
            free[index] = now + IN_FLIGHT + SECOND
            os.pwrite(file, _TIME.pack(now + HOUR), ring)
            os.pwrite(file, self._head.pack(number + 1, 0.0, *free), 0)
            return Slot(index, stamp=free[index])

    def release(self, slot: Slot, block: float = 0.0) -> None:
        """Note that the response came. block: seconds from now in which no process may send a request."""
        with self._open() as file:
            now = self._clock()
            number, blocked, free = self._read_head(file, now)
            if slot.number is not None and free[slot.number] == slot.stamp:  # else another request uses the slot by now
                free[slot.number] = now + SECOND
            blocked = max(blocked, now + block) if block else blocked
            os.pwrite(file, self._head.pack(number, blocked, *free), 0)

    @contextlib.contextmanager
    def _open(self) -> Iterator[int]:
        """Open the file for each use: a lock belongs to an open file, and forks share those."""
        try:
            file = open_file(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)
        except Unsafe as exc:
            raise InUse(exc.message) from exc
        try:
            self._lock(file)
            yield file
        finally:
            os.close(file)

    def _lock(self, file: int) -> None:
        try:
            lock_file(file, self._path, _LOCK_SECONDS)
        except WaitTimeout as exc:
            raise InUse(exc.message) from exc

    def _read_head(self, file: int, now: float) -> tuple[int, float, list[float]]:
        content = os.pread(file, self._head.size, 0)
        number, blocked, *free = self._head.unpack(content.ljust(self._head.size, b"\0"))
        free = [_plausible(one, now + IN_FLIGHT + SECOND) for one in free]
        return max(0, number), _plausible(blocked, now + HOUR), free


def _time_at(file: int, offset: int) -> float:
    return _TIME.unpack(os.pread(file, _TIME.size, offset).ljust(_TIME.size, b"\0"))[0]


def _plausible(moment: float, latest: float) -> float:
    """Return a time of the file, or 0.0 (long past) if no process can have written it."""
    return moment if 0.0 <= moment <= latest + SECOND else 0.0
