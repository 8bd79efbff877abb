# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sends requests to an appliance: TLS, time-outs, rate limit, retries of reads, redirects, and one mapping to our errors.

The files of this folder are the only users of requests and urllib3.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

try:
    import urllib3
except ImportError:  # reported by the module before anything is sent
    urllib3 = None  # type: ignore[assignment]

from ..errors import NotUnderstood, Refused, Unreachable
from ..model.address import display_url, join, path_of, read_address, same_origin
from ..model.bounds import LARGEST
from ..wait import pause
from .adapter import Handshake, Session, make_handshake
from .deadline import Limit
from .explain import MAY_RESTART, low_level_errors
from .rate_limit import Limiter, RateLimiter
from .response import Response
from .retry import RetryPolicy
from .sender import Sender
from .tls import MINIMUM, make_context, system_certificates

# the vendor asks for a closed connection after each call (docs/vendor/command-api.md#request); compression saves nothing
_HEADERS = {"Connection": "close", "Accept-Encoding": "identity"}
READS = ("GET", "HEAD", "OPTIONS")
_WHOLE = 4  # time-outs that an exchange may take
_MOST_REDIRECTS = 10


class Transport:
    """Requests to one appliance.

    url: 'host', 'host:port' or 'https://host[:port]'; ca_path: a file (or hashed folder) of PEM certificates that are
    trusted; timeout: seconds to connect, and seconds of silence. An exchange takes at most four times as long, a long upload or
    download as long as it makes progress. tls_minimum, tls_ciphers: see tls.make_context.
    .host names the appliance in messages, .base is 'https://host[:port]'.
    """

    def __init__(
        self,
        url: str,
        *,
        validate_certs: bool = True,
        ca_path: str | None = None,
        timeout: float = 30,
        tls_minimum: str = MINIMUM,
        tls_ciphers: Iterable[str] = (),
        sleep: Callable[[float], None] = pause,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        address = read_address(url)
        self.base, self.host, self.timeout = address.base, address.host, timeout
        self._trusted = (ca_path or system_certificates()) if validate_certs else None
        self._tls_minimum, self._tls_ciphers = tls_minimum, tuple(tls_ciphers or ())
        self._context = make_context(self._trusted, minimum=self._tls_minimum, ciphers=self._tls_ciphers)
        self._context.on_handshake, self._tls_version = self._note_version, ""
        self._session = Session(self._context)
        self._sender = Sender(
            self._session, self._context, host=self.host, verify=validate_certs, ca_path=ca_path if validate_certs else None
        )
        self._sleep, self._clock = sleep, clock
        self._rate_limiter = RateLimiter(clock=clock, sleep=sleep)
        if not validate_certs:  # the user decided so, and needs no warning for each request
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Any = None,
        data: Any = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        files: Any = None,
        cookies: Mapping[str, str] | None = None,
        stream: bool = False,
        repeatable: bool | None = None,
        follow: bool = False,
        timeout: float | None = None,
        max_bytes: int = LARGEST,
        rate_limiter: Limiter | None = None,
        authorize: Callable[[], Mapping[str, str]] | None = None,
    ) -> Any:
        """Send one request and return its Response, with any status. RetryPolicy decides what is retried.

        path: '/path' or an address on this appliance. repeatable: whether it may be sent again after a lost connection
        (None: reads may, writes never). follow: follow redirects on the same host, as a browser does; an API call follows
        none. stream: return a StreamedResponse if the status is 200. max_bytes: of a whole body. rate_limiter: of the
        account that asks (None: this transport's own). authorize: returns more headers, called right before the request is sent.
        Raises Unreachable, Untrusted, Unavailable (slow down), Refused (redirect), NotUnderstood (too large).
        """
        method = method.upper()
        read = method in READS if repeatable is None else repeatable
        options = {
            "params": params,
            "data": data,
            "json": json,
            "files": files,
            "stream": stream,
            "headers": {**_HEADERS, **(headers or {})},
            "timeout": timeout or self.timeout,
            "max_bytes": max_bytes,
            "rate_limiter": rate_limiter or self._rate_limiter,
            "authorize": authorize or dict,
        }
        policy = RetryPolicy(read, host=self.host, request=f"{method} {path_of(path).split('?')[0]}", sleep=self._sleep)
        return policy.run(lambda: self._exchange(method, self._url(path), options, cookies, follow, read))

    @property
    def answered_paths(self) -> set[str]:
        """The paths that were answered without a failure of the appliance (5xx)."""
        return self._sender.answered_paths

    def peer_certificate(self, name: str = "") -> bytes:
        """Return the DER bytes of the certificate that the appliance serves for a host name (SNI; without one its own).

        The certificate may be untrusted. The connection uses a proxy as every other does. Raises Unreachable, Untrusted.
        """
        return self._handshake(None, name).certificate

    @property
    def validates_certificates(self) -> bool:
        return self._trusted is not None

    def distrust(self, name: str) -> str:
        """Return why that certificate is not trusted for the name; '' if it is trusted, or if certificates are not validated."""
        if self._trusted is None:
            return ""
        return self._handshake(self._trusted, name).distrust

    def tls_version(self) -> str:
        """Return the TLS version of the last connection: 'TLSv1.2'. Raises Unreachable if there was none."""
        if not self._tls_version:
            raise Unreachable("No TLS connection was made.", host=self.host, remedy=MAY_RESTART)
        return self._tls_version

    def _note_version(self, connection: ssl.SSLSocket) -> None:
        self._tls_version = connection.version() or ""

    def _handshake(self, trusted: str | None, name: str) -> Handshake:
        limit, request = self._limit(self.timeout), "Reading the certificate"
        try:
            context = make_context(trusted, minimum=self._tls_minimum, ciphers=self._tls_ciphers)
            return make_handshake(context, self.base, limit, name)
        except low_level_errors() as exc:
            raise self._sender.explained(exc, request, self.timeout, write=False) from exc

    def _limit(self, silence: float) -> Limit:
        return Limit(self._clock, silence=silence, whole=self.timeout * _WHOLE)

    def _url(self, path: str) -> str:
        url = join(f"{self.base}/", path)
        if not same_origin(self.base, url):
            raise Refused(
                "Refused to send a request to another address: the credentials are for this appliance only.",
                host=self.host,
                facts={"address": display_url(url)},
            )
        return url

    def _exchange(
        self, method: str, url: str, options: dict[str, Any], cookies: Mapping[str, str] | None, follow: bool, read: bool
    ) -> Response:
        """Send one request and follow its redirects; carry and return the cookies that are set on the way."""
        given: dict[str, str] = {}
        limit = self._limit(options["timeout"])
        for step in range(_MOST_REDIRECTS):
            response = self._sender.send(method, url, options, {**(cookies or {}), **given}, limit, not read, sent=step > 0)
            given.update(response.cookies)
            if not response.is_redirect:
                response.cookies.update(given)
                return response
            url, limit = self._redirect_target(response, method, follow, read), limit.after_redirect()
            if method not in READS:
                method, options = "GET", {**options, "data": None, "json": None, "files": None}
            options = {**options, "params": None}
        raise (Refused if read else NotUnderstood)(f"{method} {urlsplit(url).path}: redirected in a circle.", host=self.host)

    def _redirect_target(self, response: Response, method: str, follow: bool, read: bool) -> str:
        """Return the address that a redirect names, if it may be followed. A redirect after a write leaves its effect uncertain."""
        target = join(response.url, response.headers["Location"])
        if not follow or not same_origin(self.base, target) or (method not in READS and response.status in (307, 308)):
            raise (Refused if read else NotUnderstood)(
                f"{response.request} was redirected to {display_url(target)} (status {response.status}), which is not followed.",
                host=self.host,
                remedy="Correct the address (url): give the host name under which the appliance itself answers.",
            )
        return target
