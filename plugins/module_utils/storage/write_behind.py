# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Receives and writes at the same time: one thread reads the network, another writes the blocks before."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

_BLOCK = 1 << 19  # bytes; the 16 KiB of a TLS record are too few for a change of threads, more would not fit the processor's cache
_BLOCKS = 3  # one is filled, the others are written: the most memory that a fast network and a slow disk may use


class WriteBehind:
    """Calls write(block) in a second thread, in order; a block is a view of memory that is reused afterwards.

        with WriteBehind(download.write) as write:
            fetch(write)

    One of the next calls, or the end, raises an error of write(). The end waits until everything is written.
    """

    def __init__(self, write: Callable[[Any], object]) -> None:
        self._write, self._thread = write, ThreadPoolExecutor(max_workers=1)
        self._blocks = [memoryview(bytearray(_BLOCK)) for _block in range(_BLOCKS)]
        self._pending: list[Future[object] | None] = [None] * _BLOCKS
        self._number, self._filled = 0, 0

    def __enter__(self) -> WriteBehind:
        return self

    def __call__(self, chunk: bytes) -> None:
        end = self._filled + len(chunk)
        if end < _BLOCK:
            self._blocks[self._number][self._filled : end] = chunk
            self._filled = end
        else:
            self._fill(memoryview(chunk))

    def __exit__(self, kind: object, *_error: object) -> None:
        try:
            if kind is None:
                self._hand_over()
                for number in range(_BLOCKS):
                    self._await(number)
        finally:
            self._thread.shutdown(cancel_futures=True)

    def _fill(self, rest: memoryview) -> None:
        """Write a chunk that does not fit into the block."""
        while rest:
            part = rest[: _BLOCK - self._filled]
            end = self._filled + len(part)
            self._blocks[self._number][self._filled : end] = part
            self._filled, rest = end, rest[len(part) :]
            if end == _BLOCK:
                self._hand_over()

    def _hand_over(self) -> None:
        self._pending[self._number] = self._thread.submit(self._write, self._blocks[self._number][: self._filled])
        self._number, self._filled = (self._number + 1) % _BLOCKS, 0
        self._await(self._number)

    def _await(self, number: int) -> None:
        """Wait until the block is written. Raises the error of write()."""
        pending = self._pending[number]
        if pending:
            pending.result()
