# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The body of a form with files, read from the disk while it is sent: an update package may be gigabytes."""

from __future__ import annotations

import io
import os
import uuid

from ..errors import InvalidInput
from ..lock import heartbeat


class MultipartBody:
    """multipart/form-data (RFC 7578) that knows its length and is never whole in memory.

    pairs: [(name, value)]; files: {field name: path}. A file that cannot be read -> InvalidInput.
    """

    def __init__(self, pairs, files):
        self._boundary = uuid.uuid4().hex
        self._parts = [_text(self._boundary, name, value) for name, value in pairs]
        for name, path in files.items():
            self._parts += [_file_head(self._boundary, name, path), path, b"\r\n"]
        self._parts.append(f"--{self._boundary}--\r\n".encode())
        self._length = sum(len(part) if isinstance(part, bytes) else _size(part) for part in self._parts)
        self._next, self._stream = 0, io.BytesIO()

    @property
    def content_type(self):
        return f"multipart/form-data; boundary={self._boundary}"

    def __len__(self):
        return self._length

    def __iter__(self):
        while chunk := self.read(65536):
            yield chunk

    def read(self, size=65536):
        """The next piece, b'' at the end. The piece may be shorter than asked for."""
        heartbeat()  # gigabytes take longer than a lock lives without
        chunk = self._stream.read(size)
        while not chunk and self._next < len(self._parts):
            self._stream.close()
            part = self._parts[self._next]
            self._next += 1
            self._stream = io.BytesIO(part) if isinstance(part, bytes) else _open(part)
            chunk = self._stream.read(size)
        return chunk


def _quoted(name):
    """Names inside the header as browsers write them (WHATWG)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _text(boundary, name, value):
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n'
    return f"{head}{value}\r\n".encode()


def _file_head(boundary, name, path):
    file_name = _quoted(os.path.basename(path))
    return (f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"; filename="{file_name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode()


def _size(path):
    try:
        return os.stat(path).st_size
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def _open(path):
    try:
        return open(path, "rb")  # noqa: SIM115 - closed by read() when it is at its end
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def _unreadable(path, exc):
    return InvalidInput(f"The file {path} cannot be read: {exc.strerror}.")
