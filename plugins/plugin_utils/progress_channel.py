# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Brings lines of progress from the workers of Ansible to the callback: one pipe, made before the first worker is forked.

Ansible shows what a worker displays, but tells no callback of it. A message fits into one write, which the system keeps whole.
Without a callback that opened the channel, send() returns False, and the line is displayed as any other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

_MOST = 900  # characters of one message: with 4 bytes each below 4096, which a pipe writes at once (PIPE_BUF)
PROGRESS, INSTRUCTION, BEGUN = "progress", "instruction", "begun"


@dataclass(frozen=True)
class Message:
    """One line.

    host: that runs the task; node: the appliance it is about; kind: PROGRESS; INSTRUCTION, which must be
    shown; BEGUN, where a task begins, and text is its module.
    """

    host: str
    node: str
    kind: str
    text: str


class Channel:
    """The reading end; see open_channel()."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._rest = b""

    def write(self, line: bytes) -> None:
        os.write(self._writing, line)

    def messages(self) -> Iterator[Message]:
        """What has arrived since the last call."""
        *lines, self._rest = (self._rest + b"".join(iter(self._chunk, b""))).split(b"\n")
        for line in lines:
            yield Message(*json.loads(line))

    def _chunk(self) -> bytes:
        try:
            return os.read(self._reading, 65536)
        except BlockingIOError:
            return b""


_OPEN: list[Channel] = []  # at most one; a forked worker inherits it


def open_channel() -> Channel:
    """The channel of this process and of all workers that are forked from now on."""
    if not _OPEN:
        _OPEN.append(Channel())
    return _OPEN[0]


def send(host: str, node: str, kind: str, text: str) -> bool:
    """Whether a callback takes the line. A line that finds the pipe full is dropped: progress is not worth a wait."""
    if not _OPEN:
        return False
    for start in range(0, max(1, len(text)), _MOST):
        message = json.dumps([host, node, kind, text[start : start + _MOST]], ensure_ascii=False)
        try:
            _OPEN[0].write(message.encode(errors="replace") + b"\n")
        except OSError:
            return kind != INSTRUCTION
    return True
