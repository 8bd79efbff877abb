# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A file that arrives in pieces: hashed on the way, and named only when it is complete and on the disk."""

from __future__ import annotations

import contextlib
import hashlib
import os

from ..errors import InvalidInput
from .files import part_file, refuse_link, remove_abandoned, sync_folder, write_all
from .os_errors import explain_os_errors
from .regular_file import read_file

HEAD_BYTES = TAIL_BYTES = 4096

_STRIDE = 32 << 20  # bytes


class PrivateDownload:
    """A file that is being received. It gets its name at commit(), and is deleted without it.

        with PrivateDownload(path) as download:
            fetch(download.write)
            verify(download.head, download.size)
            download.commit()

    size, sha256 (hexadecimal), head, tail: of the bytes written so far.
    replace: whether commit() replaces an existing file of that name.
    """

    def __init__(self, path: str | os.PathLike[str], *, replace: bool = False) -> None:
        self.path, self._replace = os.path.abspath(path), replace
        self.size, self.head, self.tail = 0, b"", b""
        self._digest, self._exit = hashlib.sha256(), contextlib.ExitStack()
        self._descriptor, self._name = -1, ""
        self._dropped = 0

    @property
    def sha256(self) -> str:
        """The digest of the bytes written so far."""
        return self._digest.hexdigest()

    def __enter__(self) -> PrivateDownload:
        refuse_link(self.path)
        self._refuse_existing()
        remove_abandoned(self.path)
        with explain_os_errors(self.path):
            self._descriptor, self._name = self._exit.enter_context(part_file(self.path))
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._exit.close()

    def write(self, chunk: bytes) -> None:
        """Append bytes. Raises ApplianceError if the disk is full."""
        with explain_os_errors(self.path, needed=self.size + len(chunk)):
            write_all(self._descriptor, chunk)
        self.size += len(chunk)
        self._digest.update(chunk)
        if len(self.head) < HEAD_BYTES:
            self.head += bytes(chunk[: HEAD_BYTES - len(self.head)])
        end = bytes(chunk[-TAIL_BYTES:])
        self.tail = end if len(end) == TAIL_BYTES else (self.tail + end)[-TAIL_BYTES:]
        if self.size - self._dropped >= _STRIDE:
            self._drop_page_cache()

    def _drop_page_cache(self) -> None:
        """Tell the system to write the last bytes now and to reuse their memory: nobody reads them soon.

        New memory for a file of gigabytes takes as much time as its encryption, and leaves all writing for the end.
        """
        self._dropped, start = self.size, max(0, self.size - 4 * _STRIDE)
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):  # the system may ignore it
                os.posix_fadvise(self._descriptor, start, self.size - start, os.POSIX_FADV_DONTNEED)

    def content(self) -> bytes:
        """Return all bytes written so far, read from the disk; for small files only."""
        with explain_os_errors(self.path):
            return read_file(self._name)

    def commit(self) -> None:
        """Write the complete file to the disk and give it its name."""
        self._refuse_existing()
        with explain_os_errors(self.path, needed=self.size):
            os.fsync(self._descriptor)
            os.rename(self._name, self.path)
            sync_folder(self.path)

    def _refuse_existing(self) -> None:
        if os.path.lexists(self.path) and not self._replace:
            raise InvalidInput(f"The file {self.path} exists already.", remedy="Move it away, or choose another name.")
