# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The way to an appliance: TLS, time-outs, pace, repeats of reads, redirects, and one mapping to our errors.

This and the http_ files beside it are the only users of requests and urllib3.
"""

from __future__ import annotations

import http.cookiejar
import time
from urllib.parse import urljoin, urlsplit

try:
    import requests
    import urllib3
except ImportError:  # reported by the module before anything is sent
    requests = urllib3 = None

from .address import read_address
from .answer import Answer, StreamedAnswer
from .errors import ApplianceError, NotUnderstood, Refused
from .http_body import pieces, whole
from .http_errors import UNPROVED, explain, low_level_errors
from .pace import Pace
from .patience import Patience
from .tls import checked_ca, distrust, served_certificate
from .wait import nap

# the vendor asks for a closed connection after each call (interfaces 3.1); compressed bodies buy nothing
_HEADERS = {"Connection": "close", "Accept-Encoding": "identity"}
READS = ("GET", "HEAD", "OPTIONS")
_LARGEST = 64 * 1024 * 1024
_TOTAL = 4  # a whole body may take this many time-outs
_STREAM_SECONDS = 4 * 3600
_MOST_REDIRECTS = 10
_LATE = "Look at the connection; it may be restarting."


class Transport:
    """Requests to one appliance.

    url: 'host', 'host:port' or 'https://host[:port]'; ca_path: a file (or hashed folder) of PEM certificates that are
    trusted; timeout: seconds to connect, and seconds of silence.
    .host names the appliance in messages, .base is 'https://host[:port]'.
    """

    def __init__(
        self, url, *, validate_certs=True, ca_path=None, timeout=30, sleep=nap, clock=time.monotonic
    ):
        address = read_address(url)
        self.base, self.host, self.timeout = address.base, address.host, timeout
        self._ca_path = checked_ca(ca_path) if validate_certs and ca_path else None
        self._verify = self._ca_path or bool(validate_certs)
        self._sleep, self._clock = sleep, clock
        self._pace = Pace(clock=clock, sleep=sleep)
        self._session = _session(quiet=not self._verify)

    def request(
        self,
        method,
        path,
        *,
        params=None,
        data=None,
        json=None,
        headers=None,
        files=None,
        cookies=None,
        stream=False,
        repeatable=None,
        follow=False,
        timeout=None,
        pace=None,
        authorize=None,
    ):
        """Send one request and return its Answer, whatever the status; see Patience for what is repeated.

        path: '/path' or an address on this appliance. repeatable: may it be sent again after a lost connection?
        Reads may, writes never (None: by method). follow: redirects on the same host are followed, as a browser does;
        an API call takes none. stream: a StreamedAnswer when the status is 200. pace: of the account that asks (None: this
        transport's own). authorize: callable that gives more headers when the request has its turn.
        Raises Unreachable, Untrusted, Unavailable (slow down), Refused (redirect), NotUnderstood (too large).
        """
        method = method.upper()
        read = method in READS if repeatable is None else repeatable
        options = {
            "params": params, "data": data, "json": json, "files": files, "stream": stream,
            "headers": {**_HEADERS, **(headers or {})}, "timeout": timeout or self.timeout,
            "pace": pace or self._pace, "authorize": authorize or dict,
        }  # fmt: skip
        patience = Patience(read, host=self.host, request=f"{method} {urlsplit(path).path}", sleep=self._sleep)
        return patience.ask(lambda: self._exchange(method, self._url(path), options, cookies, follow, read))

    def peer_certificate(self, name=""):
        """DER bytes of the certificate that the appliance serves for that host name (SNI; its own when not given).

        Trusted or not. Raises Unreachable, Untrusted.
        """
        return self._shaken_hands(served_certificate, name)

    def distrust(self, name):
        """Why that certificate would not be believed for the name, '' when it would; '' too when nothing is to be checked."""
        return self._shaken_hands(distrust, name, self._ca_path) if self._verify else ""

    def _shaken_hands(self, ask, *arguments):
        parts, request = urlsplit(self.base), "Reading the certificate"
        try:
            return ask(parts.hostname, parts.port or 443, self.timeout, *arguments)
        except OSError as exc:
            raise self._explained(exc, request, self.timeout, write=False) from exc

    def _url(self, path):
        url = urljoin(f"{self.base}/", path)
        if not self._here(url):
            raise Refused("A request to another address was held back: credentials are for this appliance only.",
                          host=self.host, facts={"address": _shown(url)})  # fmt: skip
        return url

    def _here(self, url):
        own, other = urlsplit(self.base), urlsplit(url)
        return (own.scheme, own.hostname, own.port or 443) == (other.scheme, other.hostname, other.port or 443)

    def _exchange(self, method, url, options, cookies, follow, read):
        """One request and the redirects that follow it; the cookies set on the way are carried and returned."""
        given = {}
        for _step in range(_MOST_REDIRECTS):
            answer = self._send(method, url, options, {**(cookies or {}), **given}, write=not read)
            given.update(answer.cookies)
            if not (300 <= answer.status < 400 and "Location" in answer.headers):
                return _with_cookies(answer, given)
            url = self._next(answer, method, follow)
            if method not in READS:
                method, options = "GET", {**options, "data": None, "json": None, "files": None}
            options = {**options, "params": None}
        raise Refused(f"{method} {urlsplit(url).path}: redirected in a circle.", host=self.host)

    def _next(self, answer, method, follow):
        """The address that a redirect names, where it may be followed."""
        target = urljoin(answer.url, answer.headers["Location"])
        if not follow or not self._here(target) or (method not in READS and answer.status in (307, 308)):
            raise (Refused if method in READS else NotUnderstood)(
                f"{answer.request} was redirected to {_shown(target)} (status {answer.status}), which is not followed.",
                host=self.host,
                remedy="Look at the address (url): give the host name under which the appliance itself answers.",
            )
        return target

    def _send(self, method, url, options, cookies, write):
        """One exchange on the wire; verify is given each time because REQUESTS_CA_BUNDLE beats session.verify."""
        request, timeout = f"{method} {urlsplit(url).path}", options["timeout"]
        given = {**options, "stream": True}
        authorize = given.pop("authorize")
        try:
            with given.pop("pace").turn() as told:
                given["headers"] = {**given["headers"], **authorize()}
                response = self._session.request(
                    method, url, verify=self._verify, allow_redirects=False, cookies=cookies, **given
                )
                told(response.headers)
            return self._answer(response, request, timeout, options["stream"], write)
        except ApplianceError:
            raise
        except low_level_errors() as exc:
            raise self._explained(exc, request, timeout, write) from exc

    def _answer(self, response, request, timeout, stream, write):
        common = {
            "status": response.status_code, "headers": response.headers, "url": response.url,
            "cookies": response.cookies.get_dict(), "host": self.host, "request": request,
        }  # fmt: skip
        streamed = stream and response.status_code == 200
        seconds = _STREAM_SECONDS if streamed else timeout * _TOTAL
        chunks = self._pieces(response, request, timeout, seconds, write)
        if streamed:
            return StreamedAnswer(body=b"", pieces=chunks, **common)
        return Answer(body=whole(chunks, most=_LARGEST, request=request, host=self.host), **common)

    def _pieces(self, response, request, timeout, seconds, write):
        common = {"request": request, "host": self.host, "remedy": UNPROVED if write else _LATE}
        try:
            with response:
                yield from pieces(response, seconds=seconds, clock=self._clock, **common)
        except low_level_errors() as exc:
            raise self._explained(exc, request, timeout, write) from exc

    def _explained(self, exc, request, timeout, write):
        return explain(exc, host=self.host, request=request, timeout=timeout, ca_path=self._ca_path, write=write)


def _with_cookies(answer, cookies):
    answer.cookies.update(cookies)
    return answer


def _shown(url):
    """An address without its parameters and credentials."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _nobody(request):
    """Keeps requests from replacing our credentials by those of a .netrc file."""
    return request


def _session(quiet):
    """A session without cookies of its own; quiet: the user switched checks off and needs no warning for each request."""
    session = requests.Session()
    session.auth = _nobody
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    if quiet:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    return session
