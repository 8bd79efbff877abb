# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Receives and writes at the same time: one thread reads the network while another digests and writes what came before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

_BLOCK = 1 << 19  # bytes; TLS brings 16 KiB at a time, too little to change threads for. More leaves the processor's cache
_BLOCKS = 3  # one that is filled, the others under way: all that a fast network and a slow disk may take


class WriteBehind:
    """write(block) in a second thread, in order; a block is a view of memory that is used again afterwards.

        with WriteBehind(download.write) as write:
            fetch(write)

    An error of write() is raised by one of the next calls, or at the end, which comes only when all is written.
    """

    def __init__(self, write):
        self._write, self._thread = write, ThreadPoolExecutor(max_workers=1)
        self._blocks, self._under_way = [memoryview(bytearray(_BLOCK)) for _block in range(_BLOCKS)], [None] * _BLOCKS
        self._number, self._filled = 0, 0

    def __enter__(self):
        return self

    def __call__(self, chunk):
        end = self._filled + len(chunk)
        if end < _BLOCK:
            self._blocks[self._number][self._filled : end] = chunk
            self._filled = end
        else:
            self._fill(memoryview(chunk))

    def __exit__(self, kind, *_error):
        try:
            if kind is None:
                self._hand_over()
                for number in range(_BLOCKS):
                    self._await(number)
        finally:
            self._thread.shutdown(cancel_futures=True)

    def _fill(self, rest):
        """The same for a chunk that does not fit into the block."""
        while rest:
            part = rest[: _BLOCK - self._filled]
            end = self._filled + len(part)
            self._blocks[self._number][self._filled : end] = part
            self._filled, rest = end, rest[len(part) :]
            if end == _BLOCK:
                self._hand_over()

    def _hand_over(self):
        self._under_way[self._number] = self._thread.submit(self._write, self._blocks[self._number][: self._filled])
        self._number, self._filled = (self._number + 1) % _BLOCKS, 0
        self._await(self._number)

    def _await(self, number):
        """Until the block is written, or the error that it met."""
        if self._under_way[number]:
            self._under_way[number].result()
