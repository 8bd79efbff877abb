# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The file of a journal on the disk: opened by one writer at a time, repaired after a kill, a line at a time put on the disk.

`PATH.head` holds how many entries were written and the sum of the last one, so that a cut end shows.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from typing import Any

from ..errors import ApplianceError, Unsafe
from ..model.journal.lines import Content, canonical, read_head
from ..model.journal.parts import Entry
from .files import sync_folder, write_private
from .folder import make_private_folder
from .os_errors import explain_os_errors
from .regular_file import lock_file, open_file, read_file, read_open

_LOCK_SECONDS = 10


class JournalFile:
    """The file at `path`. Nothing is touched before open_locked()."""

    def __init__(self, path: str) -> None:
        self.path = path

    def content(self, descriptor: int | None = None) -> Content:
        """What the file says, damaged or not; empty without a file. descriptor: of open_locked(), else the file is read by its path."""
        text = _bytes(self.path) or b"" if descriptor is None else read_open(descriptor, self.path)
        return Content(self.path, text, self._head())

    def _head(self) -> dict[str, Any] | None:
        return read_head(_bytes(f"{self.path}.head") or b"")

    @contextlib.contextmanager
    def open_locked(self) -> Iterator[int]:
        """Yield a descriptor for reading and appending, of a file that is private and that no other writer has open."""
        make_private_folder(os.path.dirname(self.path))
        new = not os.path.lexists(self.path)
        with explain_os_errors(self.path):
            descriptor = open_file(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW)
        try:
            with explain_os_errors(self.path):
                _make_private(self.path, descriptor)
                if new:
                    sync_folder(self.path)
            lock_file(descriptor, self.path, _LOCK_SECONDS)
            yield descriptor
        finally:
            os.close(descriptor)

    def repair(self, descriptor: int, content: Content) -> None:
        """Move what a kill left of a line into a file next to the journal; complete a whole line with its end."""
        if content.torn:
            write_private(f"{self.path}.torn-{content.lines + 1}", content.torn)
            with explain_os_errors(self.path):
                os.ftruncate(descriptor, content.good_bytes)
        elif content.unterminated:
            with explain_os_errors(self.path):
                os.write(descriptor, b"\n")

    def write(self, descriptor: int, entry: Entry) -> None:
        """Put the line of an entry on the disk, or nothing of it. Raises ApplianceError if the disk is full."""
        line = canonical(entry) + b"\n"
        size = os.fstat(descriptor).st_size
        with explain_os_errors(self.path, needed=len(line)):
            try:
                left = memoryview(line)
                while left:
                    left = left[os.write(descriptor, left) :]
                os.fsync(descriptor)
                write_private(f"{self.path}.head", canonical({"entries": entry["seq"], "sum": entry["sum"]}), sync=False)
            except (OSError, ApplianceError):
                with contextlib.suppress(OSError):  # should this fail too, the next append() repairs it
                    os.ftruncate(descriptor, size)
                raise


def _bytes(path: str) -> bytes | None:
    try:
        with explain_os_errors(path):
            return read_file(path)
    except ApplianceError as exc:
        if isinstance(exc.__cause__, FileNotFoundError):
            return None
        raise


def _make_private(path: str, descriptor: int) -> None:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        raise Unsafe(f"The journal {path} is no file of the user who runs this.", remedy="Name another path.")
    os.fchmod(descriptor, 0o600)
