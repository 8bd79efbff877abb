# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The requests of one API account by all processes of this machine: a small file, so that together they keep its limits."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
from typing import NamedTuple

SECOND, HOUR = 1.0, 3600.0
FLIGHT = 5.0  # seconds after which a request that brought no answer is taken to have arrived, or to be lost
_TIME = struct.Struct("<d")


class Turn(NamedTuple):
    """place: where a request may be sent now, else None and the seconds until it is worth asking again.

    held: whether that is because nobody may send anything. mark: tells whose place it is.
    """

    place: int | None
    pause: float = 0.0
    held: bool = False
    mark: float = 0.0


class Book:
    """Who may send when: take() a place before a request, leave() it once the answer is there. Both may raise OSError.

    An appliance counts a request when it arrives, which is some time between sending and answer. So a place is free
    again a second after the *answer*: whatever the network delays, no second sees more arrivals than there are places.
    A process that died leaves nothing; its place is free FLIGHT seconds later. The hour is kept by a ring of as many
    times as requests are allowed: the next one may go when the oldest is an hour old.

    path: made with mode 0600; a head of some 170 bytes and the ring. clock: the same for all processes. What it cannot
    have said yet (a restart set it back) counts as nothing. The file tells nothing of the account.
    """

    def __init__(self, path, per_second, per_hour, clock):
        self._path, self._places, self._hour, self._clock = path, per_second, per_hour, clock
        self._head = struct.Struct(f"<qd{per_second}d")  # requests so far, held until, when each place is free

    def take(self):
        """A Turn."""
        with self._open() as file:
            now = self._clock()  # read with the lock in hand: the times in the file are never later
            number, held, free = self._read_head(file, now)
            ring = self._head.size + _TIME.size * (number % self._hour)
            place = min(range(self._places), key=free.__getitem__)
            until = max(free[place], _believed(_time_at(file, ring), now + HOUR), held)
            if until > now:
                return Turn(None, until - now, held=held > now)
            free[place] = now + FLIGHT + SECOND
            os.pwrite(file, _TIME.pack(now + HOUR), ring)
            os.pwrite(file, self._head.pack(number + 1, 0.0, *free), 0)
            return Turn(place, mark=free[place])

    def leave(self, turn, hold=0.0):
        """The answer to a request is there. hold: seconds from now in which nobody may send anything."""
        with self._open() as file:
            now = self._clock()
            number, held, free = self._read_head(file, now)
            if free[turn.place] == turn.mark:  # else it took so long that the place is another one's
                free[turn.place] = now + SECOND
            held = max(held, now + hold) if hold else held
            os.pwrite(file, self._head.pack(number, held, *free), 0)

    @contextlib.contextmanager
    def _open(self):
        """Opened anew each time: a lock belongs to an open file, and forks share those."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)

    def _read_head(self, file, now):
        content = os.pread(file, self._head.size, 0)
        number, held, *free = self._head.unpack(content.ljust(self._head.size, b"\0"))
        free = [_believed(one, now + FLIGHT + SECOND) for one in free]
        return max(0, number), _believed(held, now + HOUR), free


def _time_at(file, offset):
    return _TIME.unpack(os.pread(file, _TIME.size, offset).ljust(_TIME.size, b"\0"))[0]


def _believed(moment, latest):
    """A moment of the file; 0.0, which is long past, where nobody can have meant it."""
    return moment if 0.0 <= moment <= latest + SECOND else 0.0
