# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The requests below the browser: cookies, addresses shared between tasks, and pages that only redirect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ..errors import NotUnderstood, Refused, Unavailable, mark_nothing_sent
from ..mask.secrets import SECRETS
from ..model.address import display_url, join, path_of, same_origin
from ..model.bounds import LARGEST
from ..model.markup_text import looks_like_html, visible_text
from ..storage.refused_login import RefusedLogin
from .html.forms import Submission
from .html.page import Page
from .html.text import shorten
from .upload import MultipartBody

if TYPE_CHECKING:
    from ..storage.secret_cache import Cache
    from .wire import Transport

_AGENT = "Mozilla/5.0 (compatible; bomgar.appliance)"  # the vendor requires a browser (docs/vendor/pages.md#technical-facts)
_HEAD = 4096  # bytes
_SLOW = 180  # seconds without a byte for a form; the update check asks the vendor's server
_SLOWEST = 900  # seconds without a byte for a file; a backup takes long to begin
_MOST_FORWARDS = 3


class Session:
    """Cookies and page addresses of one account in one area, stored in the secret cache between the tasks of a run.

    cookies: {name: value}; places: {name of a page: its address}, so that a later task opens it directly.
    """

    def __init__(self, transport: Transport, cache: Cache, key: str) -> None:
        self._transport, self._cache, self._key = transport, cache, key
        self.refused_login = RefusedLogin(cache, key)
        saved = cache.read(key) or {}
        self.cookies, self.places = dict(saved.get("cookies") or {}), dict(saved.get("places") or {})
        SECRETS.learn(*self.cookies.values())

    @property
    def has_cookies(self) -> bool:
        return bool(self.cookies)

    def remember(self, place: str, url: str) -> None:
        """Store the address of a page, as path and query."""
        address = path_of(url)
        if self.places.get(place) != address:
            self.places[place] = address
            self._save()

    def forget_place(self, place: str) -> None:
        if self.places.pop(place, None) is not None:
            self._save()

    def forget(self) -> None:
        """Delete the cookies, which the appliance no longer accepts. Addresses stay valid."""
        self.cookies = {}

    def _save(self) -> None:
        self._cache.write(self._key, {"cookies": self.cookies, "places": self.places})

    def get(self, url: str, referer: str = "", stream: bool = False, once: bool = False) -> Any:
        return self.send(Submission("GET", url, referer=referer), stream=stream, once=once)

    def send(self, submission: Submission, stream: bool = False, once: bool = False) -> Any:
        """Send and return the Page, or with `stream` a StreamedResponse if the response is not a page.

        once: the request changes the appliance, so it is never repeated, not even a GET.
        Raises Unavailable for 5xx, Refused if a form leads to another host.
        """
        for step in range(_MOST_FORWARDS):
            response = self._exchange(submission, stream, once and step == 0)
            if stream and response.status == 200:
                response, is_page = _detect_page(response)
                if not is_page:
                    return response
            page = self._page(submission, response)
            if not page.forward or not self._is_own_address(page.forward):
                return page
            submission = Submission("GET", page.forward, referer=page.url)
        return page

    def _page(self, submission: Submission, response: Any) -> Page:
        base = self._transport.base
        return Page(
            join(base, response.url),
            response.status,
            _text(response, self._transport.host),
            method=submission.method,
            by=response.request.partition(" ")[0],
            requested=join(base, self._request(submission, False)["path"]),
        )

    def _exchange(self, submission: Submission, stream: bool, once: bool) -> Any:
        target = join(self._transport.base, submission.url) if submission.url else ""
        if not self._is_own_address(target):
            raise mark_nothing_sent(
                Refused(
                    f"A form or link leads to {display_url(target)}, not to this appliance; nothing was sent.", host=self._transport.host
                )
            )
        response = self._transport.request(
            submission.method,
            cookies=dict(self.cookies),
            stream=stream,
            follow=True,
            repeatable=False if once else None,
            **self._request(submission, stream),
        )
        if response.status >= 500:
            raise Unavailable(
                f"The page {path_of(submission.url)} is not available now (status {response.status}).",
                host=self._transport.host,
                evidence=shorten(visible_text(response.text)),
                facts={"interface": "page"},
            )
        if any(self.cookies.get(name) != value for name, value in response.cookies.items()):
            self.cookies.update(response.cookies)
            SECRETS.learn(*self.cookies.values())
            self._save()
        return response

    def _request(self, submission: Submission, stream: bool) -> dict[str, Any]:
        headers = {"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        if submission.referer:
            headers["Referer"] = submission.referer
        path = path_of(submission.url)
        timeout = max(self._transport.timeout, _SLOWEST if stream else _SLOW)
        if submission.method == "GET":
            query = urlencode(submission.pairs)
            return {
                "path": f"{path.split('?')[0]}?{query}" if query else path,
                "headers": headers,
                **({"timeout": timeout} if stream else {}),
            }
        headers["Origin"] = self._transport.base
        if submission.multipart:
            files = MultipartBody(submission.pairs, submission.files)
            return {"path": path, "headers": {**headers, "Content-Type": files.content_type}, "data": files, "timeout": timeout}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return {"path": path, "headers": headers, "data": urlencode(submission.pairs), "timeout": timeout}

    def _is_own_address(self, url: str) -> bool:
        return same_origin(self._transport.base, url)


def _detect_page(response: Any) -> tuple[Any, bool]:
    """(the response, whether it is a page instead of a file): by its headers; if they say HTML, by its first bytes."""
    if response.content_type not in ("text/html", "application/xhtml+xml") or response.headers.get("Content-Disposition"):
        return response, False
    head, response = response.peek()
    text = head[:_HEAD].decode("utf-8", "replace")
    return response, looks_like_html(text) or "\ufffd" not in text[:-1] and "\0" not in text


def _text(response: Any, host: str) -> str:
    """The whole text; a streamed page is read up to the size of the largest page."""
    if not hasattr(response, "iter_chunks"):
        return response.text
    gathered = bytearray()
    for chunk in response.iter_chunks():
        gathered += chunk
        if len(gathered) > LARGEST:
            raise NotUnderstood(f"{response.request}: the page is larger than {LARGEST} bytes.", host=host)
    return gathered.decode("utf-8", "replace")
