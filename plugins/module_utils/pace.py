# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Keeps a client under a number of requests a second by waiting before the one that would be too many."""

from __future__ import annotations

import collections
import time

from .wait import nap


class Pace:
    """At most `most` calls of wait() return within any second.

    The documented limit is 20 requests a second for an API account over all addresses, and 15,000 an hour
    (interfaces 10); one below leaves room for a clock that differs. Other processes are not counted: what they add
    is met by the waiting on 429 in the transport.
    """

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
