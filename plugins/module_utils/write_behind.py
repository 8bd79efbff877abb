# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Receives and writes at the same time: one thread reads the network while another digests and writes what came before."""

from __future__ import annotations

import collections
from concurrent.futures import ThreadPoolExecutor

_BLOCK = 4 << 20  # bytes; TLS brings 16 KiB at a time, and the page cache takes large blocks at half the price
_AHEAD = 2  # blocks: with the one that is collected, all the memory that a fast network and a slow disk may take


class WriteBehind:
    """write(chunk) in a second thread, in order.

        with WriteBehind(download.write) as write:
            fetch(write)

    An error of write() is raised by one of the next calls, or at the end, which comes only when all is written.
    """

    def __init__(self, write):
        self._write, self._thread = write, ThreadPoolExecutor(max_workers=1)
        self._parts, self._size, self._under_way = [], 0, collections.deque()

    def __enter__(self):
        return self

    def __call__(self, chunk):
        self._parts.append(chunk)
        self._size += len(chunk)
        if self._size >= _BLOCK:
            self._hand_over()

    def __exit__(self, kind, *_error):
        try:
            if kind is None:
                self._hand_over()
                while self._under_way:
                    self._under_way.popleft().result()
        finally:
            self._thread.shutdown(cancel_futures=True)

    def _hand_over(self):
        if len(self._under_way) >= _AHEAD:
            self._under_way.popleft().result()
        self._under_way.append(self._thread.submit(self._write, b"".join(self._parts)))
        self._parts, self._size = [], 0
