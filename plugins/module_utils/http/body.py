# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the body of a response in chunks, with a size limit. The socket enforces the time limit (deadline.py)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import NotUnderstood, Unreachable
from ..model.digits import whole_number
from ..model.plain_text import cut, plain_line

if TYPE_CHECKING:
    import requests

_ZLIB = ("gzip", "x-gzip", "deflate")
_ZLIB_HEADERS = 32 + zlib.MAX_WBITS  # accept the header of gzip and that of zlib (deflate)
_CHUNK = 16384  # bytes: one TLS record; a larger read would only wait for the next record


def read_chunks(response: requests.Response, *, max_bytes: int, request: str, host: str, remedy: str) -> Iterator[bytes]:
    """Yield the body of a streamed requests.Response. A body that is compressed although that was not requested is decompressed.

    Raises NotUnderstood above `max_bytes` and for an unknown encoding, and Unreachable if the body is shorter than announced (urllib3
    before 2 does not check that).
    """
    received, common = 0, {"request": request, "host": host}
    chunks = _raw_chunks(response, remedy, **common)
    for chunk in filter(None, _decoded(chunks, response.headers.get("Content-Encoding", ""), remedy, **common)):
        received += len(chunk)
        if received > max_bytes:
            raise NotUnderstood(f"{request}: the answer is larger than {max_bytes} bytes.", host=host)
        yield chunk


def _raw_chunks(response: requests.Response, remedy: str, request: str, host: str) -> Iterator[bytes]:
    """Yield the body as it was sent; Unreachable if it is shorter than announced."""
    received, read = 0, _reader(response.raw)
    while chunk := read(_CHUNK):
        received += len(chunk)
        yield chunk
    announced = whole_number(response.headers.get("Content-Length", ""))
    if announced is not None and received < announced and response.request.method != "HEAD":
        raise Unreachable(f"{request}: the answer was cut short: {received} of {announced} bytes came.", host=host, remedy=remedy)


def _decoded(chunks: Iterator[bytes], encoding: str, remedy: str, request: str, host: str) -> Iterator[bytes]:
    """Yield what the chunks are without a Content-Encoding. Each piece is short, so that a small body cannot fill the memory."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from chunks
        return
    if name not in _ZLIB:
        raise NotUnderstood(
            f"{request}: the answer is encoded as {cut(plain_line(encoding), 40)!r}.", host=host, remedy="Verify the proxy between them."
        )
    inflate, begun = zlib.decompressobj(_ZLIB_HEADERS), False
    for chunk in chunks:
        begun, rest = True, chunk
        while rest and not inflate.eof:
            try:
                yield inflate.decompress(rest, _CHUNK)
            except zlib.error as exc:
                raise NotUnderstood(f"{request}: the answer is not what {name} makes of a text.", host=host) from exc
            rest = inflate.unconsumed_tail
    yield inflate.flush()
    if begun and not inflate.eof:
        raise Unreachable(f"{request}: the answer was cut short: the {name} data has no end.", host=host, remedy=remedy)


def _reader(raw: Any) -> Callable[[int], bytes]:
    """Return read1(n), which returns what has arrived, not decompressed.

    Prefers http.client's own read1 while that is open: urllib3 before 2.1 has none, and the later one adds a fifth to the time of a
    large download.
    """
    inside = getattr(raw, "_fp", None)
    if inside is not None and hasattr(inside, "read1") and not inside.closed:
        return inside.read1
    return raw.read1 if hasattr(raw, "read1") else raw.read
