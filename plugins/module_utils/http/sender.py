# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sends one request over a session and reads its response: its time limit, its headers right before it is sent, its errors as ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import ApplianceError
from ..model.address import path_of
from ..storage.run_lock import verify_run_owns_lock
from .body import read_chunks
from .deadline import Limit
from .explain import MAY_RESTART, UNCERTAIN, explain, low_level_errors
from .response import Response, StreamedResponse

if TYPE_CHECKING:
    import requests

    from .adapter import Session
    from .tls import LimitedContext

_LARGEST_FILE = 64 << 30  # bytes; every backup is smaller


class Sender:
    """Single requests to one appliance. answered_paths: those that were answered without a failure of the appliance (5xx)."""

    def __init__(self, session: Session, context: LimitedContext, *, host: str, verify: bool, ca_path: str | None) -> None:
        self._session, self._context, self._host = session, context, host
        self._verify, self._ca_path = verify, ca_path
        self.answered_paths: set[str] = set()

    def send(
        self, method: str, url: str, options: dict[str, Any], cookies: dict[str, str], limit: Limit, write: bool, *, sent: bool
    ) -> Response:
        """Return the Response; mark an error as uncertain after a redirect (sent): the request that was redirected did arrive."""
        try:
            return self._send_once(method, url, options, cookies, limit, write)
        except ApplianceError as exc:
            exc.nothing_sent = exc.nothing_sent and not sent
            exc.uncertain = exc.uncertain or (sent and write)
            raise

    def _send_once(self, method: str, url: str, options: dict[str, Any], cookies: dict[str, str], limit: Limit, write: bool) -> Response:
        """Send one request and return its Response; a streamed body is not read yet."""
        request, timeout = f"{method} {urlsplit(url).path}", options["timeout"]
        given = {**options, "stream": True}
        authorize, max_bytes = given.pop("authorize"), given.pop("max_bytes")
        try:
            with given.pop("rate_limiter").slot() as note_headers:
                if write:
                    verify_run_owns_lock()
                given["headers"] = {**given["headers"], **authorize()}
                self._context.limit = limit.begin()
                response = self._session.request(method, url, verify=self._verify, allow_redirects=False, cookies=cookies, **given)
                note_headers(response.headers)
            return self._read_response(response, request, timeout, options["stream"], max_bytes, limit, write)
        except ApplianceError:
            raise
        except low_level_errors() as exc:
            raise self.explained(exc, request, timeout, write) from exc

    def _read_response(
        self, response: requests.Response, request: str, timeout: float, stream: bool, max_bytes: int, limit: Limit, write: bool
    ) -> Response:
        common: dict[str, Any] = {
            "status": response.status_code,
            "headers": response.headers,
            "url": response.url,
            "cookies": response.cookies.get_dict(),
            "host": self._host,
            "request": request,
        }
        if response.status_code < 500:
            self.answered_paths.add(path_of(response.url).partition("?")[0])
        if Response(body=b"", **common).is_redirect:  # its body is not needed
            response.close()
            return Response(body=b"", **common)
        if stream and response.status_code == 200:
            limit.stream()
            return StreamedResponse(body=b"", chunks=self._chunks(response, request, timeout, _LARGEST_FILE, limit, write), **common)
        return Response(body=b"".join(self._chunks(response, request, timeout, max_bytes, limit, write)), **common)

    def _chunks(
        self, response: requests.Response, request: str, timeout: float, max_bytes: int, limit: Limit, write: bool
    ) -> Iterator[bytes]:
        remedy = UNCERTAIN if write else MAY_RESTART
        try:
            with response:
                for chunk in read_chunks(response, max_bytes=max_bytes, request=request, host=self._host, remedy=remedy):
                    yield chunk
                    self._context.limit = limit  # another request may have been made meanwhile
        except low_level_errors() as exc:
            raise self.explained(exc, request, timeout, write) from exc

    def explained(self, exc: Exception, request: str, timeout: float, write: bool) -> ApplianceError:
        return explain(exc, host=self._host, request=request, timeout=timeout, ca_path=self._ca_path, write=write)
