# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Drives the pages as a person does: signs in, follows menus, fills forms and presses buttons, all by visible label."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..storage.secret_cache import key_of
from .html.page import PageNotUnderstood
from .login_page import is_inside, is_login
from .navigation import walk
from .scrub import scrub
from .session import Session
from .sign_in import SignedOut, SignIn, is_agreement
from .unusable import page_denied, page_not_understood, verify_accepted

if TYPE_CHECKING:
    from ..storage.secret_cache import Cache
    from .change import Change
    from .html.controls import Control
    from .html.forms import Form
    from .html.page import Page
    from .labels import Labels
    from .navigation import Place
    from .wire import Transport

_Result = TypeVar("_Result")


class Browser:
    """One account in one area ('appliance' or 'login') of one appliance.

    labels: class Labels. cache: stores the session cookies and the addresses of pages for the next task.
    save_page: callable(name, html) -> path, saves a page that was not understood, without secrets; or None.
    """

    def __init__(
        self,
        transport: Transport,
        labels: Labels,
        cache: Cache,
        *,
        area: str = "appliance",
        username: str,
        password: str,
        save_page: Callable[[str, str], str] | None = None,
        accept_login_agreement: bool = False,
    ) -> None:
        self.labels, self.area, self.host = labels, area, transport.host
        self._save_page, self._secrets = save_page, [password]
        self._session = Session(transport, cache, key_of("web", transport.base, area, username, password))
        self._sign_in = SignIn(
            self._session,
            labels,
            host=self.host,
            area=area,
            username=username,
            password=password,
            accept_agreement=accept_login_agreement,
            not_understood=self.not_understood,
        )
        self._landed: Page | None = None
        self._last: Page | None = None
        self._current: tuple[str, Page] | None = None
        self.sign_ins = 0  # how many times it signed in

    def open(self, place: Place, *, fresh: bool = True) -> Page:
        """The page of a Place: at its known address, or through the menu.

        fresh=False returns the page that was opened last, if it is this place and no request was sent since.
        The page after the sign-in is returned if it is the place. The menu of the page that was read last serves as well as the first.
        """
        if not fresh and self._current is not None and self._current[0] == place.name:
            return self._current[1]
        self._landed = None
        page = self._at_known_address(place) or self._through_menu(place)
        if page.can_be_fetched:
            self._session.remember(place.name, page.url)
        self._current = (place.name, page)
        return page

    def _at_known_address(self, place: Place) -> Page | None:
        known = self._session.places.get(place.name)
        page = self._get(known) if known else None
        if page is None or page.status >= 400:
            return None
        return page if place.recognize(page, self.labels) or is_inside(page, self.labels) else None

    def _through_menu(self, place: Place) -> Page:
        start = self._landed or self._last
        if start is None:
            start = self._home()
        elif start is not self._landed:
            with contextlib.suppress(PageNotUnderstood):
                return walk(self, start, place)
            start = self._home()
        return start if place.recognize(start, self.labels) else walk(self, start, place)

    def follow(self, page: Page, control: Control) -> Page:
        """Open the target of a link, or of a button whose form only fetches."""
        if control.kind == "link":
            return self._get(page.target_of(control), referer=page.url)
        return self.press(page, control)

    def press(self, page: Page, control: Control, form: Form | None = None, *, stream: bool = False, change: Change | None = None) -> Any:
        """Press a control with its form as it was filled. SignedOut if the login form is returned.

        stream: returns a StreamedResponse if a file is returned instead of a page. change: the Change that this press makes.
        """
        self._current = None
        form = None if control.kind == "link" else form or page.form_of(control)
        submission = form.submission(control) if form is not None else None
        if change is not None:
            change.begin()
        if submission is None:
            response = self._session.get(page.target_of(control), referer=page.url, stream=stream, once=change is not None)
        else:
            response = self._session.send(submission, stream=stream, once=change is not None)
        return verify_accepted(self._verify_signed_in(response), control.label, self.host)

    def send(self, form: Form, *, stream: bool = False) -> Any:
        """Send a form without a button of its own, as a script of the page does."""
        self._current = None
        response = self._session.send(form.submission(), stream=stream)
        return verify_accepted(self._verify_signed_in(response), "a form without a button", self.host)

    def get(self, url: str) -> Page:
        """Read an address that was found on a page; sign in again if the session has ended."""
        return self._get(url)

    def run_signed_in(self, act: Callable[[], _Result], change: Change | None = None) -> _Result:
        """Return act(). If the session has ended, sign in and run it once more from the start.

        change: the Change that act() makes. After it was sent nothing is pressed again: SignedOut leaves the result open.
        """
        try:
            return act()
        except SignedOut as lost:
            if change is not None and change.sent:
                raise
            self._enter(lost.page)
            return act()

    def known_address(self, name: str) -> str | None:
        """The stored address of a name, or None."""
        return self._session.places.get(name)

    def remember(self, name: str, url: str) -> None:
        self._session.remember(name, url)

    def forget(self, name: str) -> None:
        self._session.forget_place(name)

    def add_secrets(self, *texts: str | None) -> None:
        """Add texts that a saved page must not contain."""
        self._secrets += [text for text in texts if text]

    def not_understood(self, page: Page, what: str, *keys: str, seen: str = "") -> PageNotUnderstood:
        """The error for a page without the expected labels, or with two values (`seen`). Saves the page without secrets."""
        saved = self._save_page(what, scrub(page.html, self._secrets)) if self._save_page else ""
        return page_not_understood(page, what, {key: self.labels.of(key) for key in keys}, host=self.host, seen=seen, saved=saved)

    def _home(self) -> Page:
        """A page with the menu: the one after the sign-in."""
        known = self._session.places.get("home")
        if not (self._session.has_cookies and known):
            return self._enter()
        page = self._get(known)
        return page if is_inside(page, self.labels) else self._enter()

    def _get(self, url: str, referer: str = "") -> Page:
        self._current = None
        page = self._session.get(url, referer)
        if not self._is_outside(page):
            self._last = page if is_inside(page, self.labels) else self._last
            return page
        landed = self._enter(page)
        if landed.url == page.url:
            return landed
        page = self._session.get(url, referer)
        if self._is_outside(page):
            raise page_denied(page, self.area, self.host)
        return page

    def _enter(self, page: Page | None = None) -> Page:
        self._landed = self._last = landed = self._sign_in.enter(page)
        self.sign_ins += 1
        if landed.can_be_fetched:
            self._session.remember("home", landed.url)
        return landed

    def _is_outside(self, page: Page) -> bool:
        return is_login(page, self.labels) or is_agreement(page, self.labels)

    def _verify_signed_in(self, response: Any) -> Any:
        if hasattr(response, "soup") and self._is_outside(response):
            raise SignedOut(response, self.host)
        return response
