# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the body of a response in chunks, with a size limit. The socket enforces the time limit (deadline.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import NotUnderstood, Unreachable
from ..model.digits import whole_number

if TYPE_CHECKING:
    import requests

_CHUNK = 16384  # bytes: one TLS record; a larger read would only wait for the next record


def read_chunks(response: requests.Response, *, max_bytes: int, request: str, host: str, remedy: str) -> Iterator[bytes]:
    """Yield the body of a streamed requests.Response.

    Raises NotUnderstood above `max_bytes`, and Unreachable if the body is shorter than announced (urllib3 before 2 does not check that).
    """
    received, read = 0, _reader(response.raw)
    while chunk := read(_CHUNK):
        received += len(chunk)
        if received > max_bytes:
            raise NotUnderstood(f"{request}: the answer is larger than {max_bytes} bytes.", host=host)
        yield chunk
    _check_length(response, received, request, host, remedy)


def _reader(raw: Any) -> Callable[[int], bytes]:
    """Return read1(n), which returns what has arrived. Bodies are not compressed.

    Prefers http.client's own read1 while that is open: urllib3 before 2.1 has none, and the later one adds a fifth to the time of a
    large download.
    """
    inside = getattr(raw, "_fp", None)
    if inside is not None and hasattr(inside, "read1") and not inside.closed:
        return inside.read1
    return raw.read1 if hasattr(raw, "read1") else raw.read


def _check_length(response: requests.Response, received: int, request: str, host: str, remedy: str) -> None:
    announced = whole_number(response.headers.get("Content-Length", ""))
    if response.request.method == "HEAD" or response.headers.get("Content-Encoding") or announced is None:
        return
    if received < announced:
        raise Unreachable(f"{request}: the answer was cut short: {received} of {announced} bytes came.", host=host, remedy=remedy)
