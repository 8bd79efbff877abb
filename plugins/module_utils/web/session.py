# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The wire below the browser: cookies, what tasks share, and pages that only send the reader on."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin, urlsplit

from ..errors import Refused, Unavailable
from .forms import Submission
from .page import Page
from .text import shorten
from .upload import MultipartBody

_AGENT = "Mozilla/5.0 (compatible; bomgar.appliance)"  # the vendor asks for a browser (interfaces 12.1)
_SLOW = 180  # seconds of silence that a form may take: the update check asks the vendor's server
_SLOWEST = 900  # seconds until a backup begins
_MOST_FORWARDS = 3


class Session:
    """Cookies and found addresses of one account in one area; kept in the secret cache between the tasks of a run.

    cookies: {name: value}; places: {name of a page: its address}, so that a later task goes there straight.
    """

    def __init__(self, transport, cache, key):
        self._transport, self._cache, self._key = transport, cache, key
        kept = cache.read(key) or {}
        self.cookies, self.places = dict(kept.get("cookies") or {}), dict(kept.get("places") or {})

    @property
    def known(self):
        return bool(self.cookies)

    def remember(self, place, url):
        """Keep the address of a page, as path and query."""
        address = _path_of(url)
        if self.places.get(place) != address:
            self.places[place] = address
            self._keep()

    def forget_place(self, place):
        if self.places.pop(place, None) is not None:
            self._keep()

    def forget(self):
        """Drop the cookies: the appliance does not know them any more. Addresses stay true."""
        self.cookies = {}

    def _keep(self):
        self._cache.write(self._key, {"cookies": self.cookies, "places": self.places})

    def get(self, url, referer="", stream=False):
        return self.send(Submission("GET", url, referer=referer), stream=stream)

    def send(self, submission, stream=False):
        """Send and return the Page, or with `stream` a StreamedAnswer where something else than a page came.

        Raises Unavailable on 5xx, Refused where a form would send its contents to another host.
        """
        for _step in range(_MOST_FORWARDS):
            answer = self._exchange(submission, stream)
            if stream and answer.status == 200 and not _is_page(answer):
                return answer
            page = self._page(submission, answer)
            if not page.forward or not self._is_here(page.forward):
                return page
            submission = Submission("GET", page.forward, referer=page.url)
        return page

    def _page(self, submission, answer):
        base = self._transport.base
        return Page(urljoin(base, answer.url), answer.status, _text(answer), method=submission.method,
                    asked=urljoin(base, self._request(submission, False)["path"]))

    def _exchange(self, submission, stream):
        if not self._is_here(urljoin(self._transport.base, submission.url)):
            raise Refused(f"A form would send its contents to {urlsplit(submission.url).netloc}; nothing was sent.",
                          host=self._transport.host)
        answer = self._transport.request(submission.method, cookies=dict(self.cookies), stream=stream, follow=True,
                                         **self._request(submission, stream))
        if answer.status >= 500:
            raise Unavailable(f"The page {_path_of(submission.url)} is not served now (status {answer.status}).",
                              host=self._transport.host, evidence=shorten(Page("", answer.status, answer.text).text))
        if any(self.cookies.get(name) != value for name, value in answer.cookies.items()):
            self.cookies.update(answer.cookies)
            self._keep()
        return answer

    def _request(self, submission, stream):
        headers = {"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        if submission.referer:
            headers["Referer"] = submission.referer
        path = _path_of(submission.url)
        timeout = max(self._transport.timeout, _SLOWEST if stream else _SLOW)
        if submission.method == "GET":
            query = urlencode(submission.pairs)
            return {"path": f"{path.split('?')[0]}?{query}" if query else path, "headers": headers,
                    **({"timeout": timeout} if stream else {})}
        headers["Origin"] = self._transport.base
        if submission.multipart:
            body = MultipartBody(submission.pairs, submission.files)
            headers["Content-Type"] = body.content_type
        else:
            body = urlencode(submission.pairs)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return {"path": path, "headers": headers, "data": body, "timeout": timeout}

    def _is_here(self, url):
        own, other = urlsplit(self._transport.base), urlsplit(url)
        return (own.scheme, own.hostname, own.port or 443) == (other.scheme, other.hostname, other.port or 443)


def _path_of(url):
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _is_page(answer):
    """True for HTML where a file was asked for. Decided by headers; the bytes are judged by the caller."""
    html = answer.content_type in ("text/html", "application/xhtml+xml")
    return html and not answer.headers.get("Content-Disposition")


def _text(answer):
    """The whole text; that of a streamed page is gathered first."""
    if hasattr(answer, "iter_chunks"):
        return b"".join(answer.iter_chunks()).decode("utf-8", "replace")
    return answer.text
