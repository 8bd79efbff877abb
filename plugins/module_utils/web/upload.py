# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The body of a form with files, read from the disk while it is sent: an update package may have gigabytes."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from ..errors import InvalidInput
from ..storage.regular_file import open_to_read
from ..storage.run_lock import heartbeat


class MultipartBody:
    """multipart/form-data (RFC 7578) with a known length, never complete in memory.

    pairs: [(name, value)]; files: {field name: path}. Raises InvalidInput for a file that cannot be read.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], files: Mapping[str, str]) -> None:
        self._boundary = uuid.uuid4().hex
        self._parts: list[bytes | str] = [_text(self._boundary, name, value) for name, value in pairs]
        for name, path in files.items():
            self._parts += [_file_head(self._boundary, name, path), path, b"\r\n"]
        self._parts.append(f"--{self._boundary}--\r\n".encode())
        self._length = sum(len(part) if isinstance(part, bytes) else _size(part) for part in self._parts)
        self._next = 0
        self._stream: BinaryIO = io.BytesIO()

    @property
    def content_type(self) -> str:
        return f"multipart/form-data; boundary={self._boundary}"

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self.read(65536):
            yield chunk

    def read(self, size: int = 65536) -> bytes:
        """The next piece, b'' at the end. The piece may be shorter than `size`."""
        heartbeat()  # an upload of gigabytes takes longer than a lock lives
        chunk = self._stream.read(size)
        while not chunk and self._next < len(self._parts):
            self._stream.close()
            part = self._parts[self._next]
            self._next += 1
            self._stream = io.BytesIO(part) if isinstance(part, bytes) else _open(part)
            chunk = self._stream.read(size)
        return chunk


def _quoted(name: str) -> str:
    """A name in the header, escaped as browsers do (WHATWG)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _text(boundary: str, name: str, value: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n'
    return f"{head}{value}\r\n".encode()


def _file_head(boundary: str, name: str, path: str) -> bytes:
    file_name = _quoted(os.path.basename(path))
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"; filename="{file_name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()


def _size(path: str) -> int:
    try:
        with open_to_read(path) as stream:
            return os.fstat(stream.fileno()).st_size
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def _open(path: str) -> BinaryIO:
    try:
        return open_to_read(path)  # closed by read() when it is at its end
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def _unreadable(path: str, exc: OSError) -> InvalidInput:
    return InvalidInput(f"Cannot read the file {path}: {exc.strerror}.")
