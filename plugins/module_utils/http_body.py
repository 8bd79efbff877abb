# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the body of an answer piece by piece, so that a deadline holds even where bytes come one by one."""

from __future__ import annotations

from .errors import NotUnderstood, Unreachable

_PIECE = 16384  # bytes: a whole TLS record, which is all that comes at once; more would only be set aside


def pieces(response, *, request, host, seconds, clock, remedy):
    """Yield the body of a streamed requests.Response; Unreachable when it is late or shorter than announced.

    A time-out of requests counts from byte to byte, so a slow drip would never end: here the whole body has
    `seconds`. The length is compared because urllib3 before 2 does not.
    """
    deadline, got = clock() + seconds, 0
    read = _reader(response.raw)
    while chunk := read(_PIECE):
        got += len(chunk)
        if clock() > deadline:
            raise Unreachable(
                f"{request}: the answer was not complete after {seconds:g} seconds ({got} bytes came).",
                host=host,
                remedy=remedy,
            )
        yield chunk
    _check_length(response, got, request, host, remedy)


def _reader(raw):
    """read1(n), which returns what has arrived. (Bodies come uncompressed.)

    That of http.client inside, while it is open: urllib3 before 2.1 has no other, and its later one costs a fifth of a
    large download. (requests itself reads the body of a redirect.)
    """
    inside = getattr(raw, "_fp", None)
    if hasattr(inside, "read1") and not inside.closed:
        return inside.read1
    return raw.read1 if hasattr(raw, "read1") else raw.read


def _check_length(response, got, request, host, remedy):
    announced = response.headers.get("Content-Length", "")
    if response.request.method == "HEAD" or response.headers.get("Content-Encoding") or not announced.isdigit():
        return
    if got < int(announced):
        raise Unreachable(
            f"{request}: the answer was cut short: {got} of {announced} bytes came.", host=host, remedy=remedy
        )


def whole(chunks, *, most, request, host):
    """All pieces in one; NotUnderstood above `most` bytes: no answer of an API is that large."""
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise NotUnderstood(f"{request}: the answer is larger than {most} bytes.", host=host)
        parts.append(chunk)
    return b"".join(parts)
