# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Drives the pages as a person would: signs in, follows menus, fills forms, presses buttons; all by visible label."""

from __future__ import annotations

import contextlib
from urllib.parse import urlsplit

from ..errors import AccessDenied, ApplianceError, Refused, Unavailable
from ..secret_cache import key_of
from .navigation import walk
from .page import PageNotUnderstood
from .scrub import scrub
from .session import Session
from .sign_in import SignedOut, SignIn, is_agreement, is_inside, is_login
from .text import shorten


class Browser:
    """One account in one area ('appliance' or 'login') of one appliance.

    labels: class Labels. cache: SecretCache; it keeps the session cookies and found addresses for the next task.
    save_page: callable(name, html) -> path, keeps a page that was not understood, already free of secrets; or None.
    """

    def __init__(self, transport, labels, cache, *, area="appliance", username, password, save_page=None,
                 accept_login_agreement=False):
        self.labels, self.area, self.host = labels, area, transport.host
        self._save_page, self._secrets = save_page, [password]
        self._session = Session(transport, cache, key_of("web", transport.base, area, username, password))
        self._sign_in = SignIn(self._session, labels, host=self.host, area=area, username=username, password=password,
                               accept_agreement=accept_login_agreement, not_understood=self.not_understood)
        self._landed = self._last = self._current = None

    def open(self, place, *, fresh=True):
        """The page of a Place: at its remembered address, or through the menu.

        fresh=False takes the page that was opened last, if it is this place and nothing was asked for since.

        The page that signing in led to is taken if it is already the one. The menu of the page that was read last
        serves as well as that of the first page, so it is not read again.
        """
        if not fresh and self._current is not None and self._current[0] == place.name:
            return self._current[1]
        self._landed = None
        page = self._at_known_address(place) or self._through_menu(place)
        if page.can_be_fetched:
            self._session.remember(place.name, page.url)
        self._current = (place.name, page)
        return page

    def _at_known_address(self, place):
        known = self._session.places.get(place.name)
        page = self._get(known) if known else None
        if page is None or page.status >= 400:
            return None
        return page if place.recognise(page, self.labels) or is_inside(page, self.labels) else None

    def _through_menu(self, place):
        start = self._landed or self._last
        if start is None:
            start = self._home()
        elif start is not self._landed:
            with contextlib.suppress(PageNotUnderstood):
                return walk(self, start, place)
            start = self._home()
        return start if place.recognise(start, self.labels) else walk(self, start, place)

    def follow(self, page, control):
        """Go where a link, or a button of a form that only fetches, leads."""
        if control.kind == "link":
            return self._get(page.target_of(control), referer=page.url)
        return self.press(page, control)

    def press(self, page, control, form=None, *, stream=False):
        """Press a control with its form as it was filled. SignedOut if the login form comes back.

        stream: returns a StreamedAnswer where a file came instead of a page.
        """
        self._current = None
        if control.kind == "link":
            answer = self._session.get(page.target_of(control), referer=page.url, stream=stream)
        else:
            answer = self._session.send((form or page.form_of(control)).submission(control), stream=stream)
        return self._taken(self._still_in(answer), control.label)

    def send(self, form, *, stream=False):
        """Send a form that has no button of its own, as a script of the page would."""
        self._current = None
        answer = self._session.send(form.submission(), stream=stream)
        return self._taken(self._still_in(answer), "a form without a button")

    def get(self, url):
        """Read an address found on a page before; signs in again where the session has ended."""
        return self._get(url)

    def afresh(self, act):
        """Do act(); if the session turned out to have ended, sign in and do it once again, from reading the page on.

        The login form may also come after a press that was taken, by a redirect to the next page: an error of the second
        time says so (errors.answer_lost).
        """
        try:
            return act()
        except SignedOut as lost:
            try:
                self._enter(lost.page)
                return act()
            except ApplianceError as exc:
                exc.pressed_before = True
                raise

    def remembered(self, name):
        """The address kept under a name, or None."""
        return self._session.places.get(name)

    def remember(self, name, url):
        self._session.remember(name, url)

    def forget(self, name):
        self._session.forget_place(name)

    def keep_secret(self, *texts):
        """Texts that must not be on a saved page."""
        self._secrets += [text for text in texts if text]

    def not_understood(self, page, what, *keys):
        """The error for a page that lacks what was sought; the page is saved without secrets."""
        tried = {key: list(self.labels.of(key)) for key in keys}
        shown = "; ".join(f"{key}: " + ", ".join(repr(text) for text in texts[:4]) for key, texts in tried.items())
        saved = self._save_page(what, scrub(page.html, self._secrets)) if self._save_page else ""
        where = f" The page was saved as {saved} (without secrets)." if saved else ""
        return PageNotUnderstood(
            f"The page {what} is not understood: nothing on it is labelled as expected ({shown}).",
            host=self.host,
            evidence=f"status {page.status}, {shorten(page.title or page.text, 120)!r}.",
            remedy=f"If it calls these otherwise, set bomgar_web_labels for {', '.join(keys)}.{where}",
            facts={"page": what, "labels": tried, "saved_page": saved},
        )

    def _home(self):
        """A page with the menu: the one that signing in leads to."""
        known = self._session.places.get("home")
        if not (self._session.known and known):
            return self._enter()
        page = self._get(known)
        return page if is_inside(page, self.labels) else self._enter()

    def _get(self, url, referer=""):
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
            raise AccessDenied(f"/{self.area} does not show {urlsplit(page.url).path} to this account.", host=self.host,
                               evidence=f"status {page.status}, {shorten(page.text, 120)!r}.",
                               remedy="See what the account may do, and whether it is signed in elsewhere.")
        return page

    def _enter(self, page=None):
        self._landed = self._last = self._sign_in.enter(page)
        if self._landed.can_be_fetched:
            self._session.remember("home", self._landed.url)
        return self._landed

    def _taken(self, answer, label):
        """The answer to a press, unless it says by its status that the press was not taken."""
        if answer.status >= 500:
            raise Unavailable(f"Pressing {label!r} was answered with status {answer.status}.", host=self.host,
                              evidence=repr(shorten(answer.text)))
        if answer.status >= 400:
            raise Refused(f"Pressing {label!r} was answered with status {answer.status}.", host=self.host,
                          evidence=repr(shorten(answer.text)))
        return answer

    def _is_outside(self, page):
        return is_login(page, self.labels) or is_agreement(page, self.labels)

    def _still_in(self, answer):
        if hasattr(answer, "soup") and self._is_outside(answer):
            raise SignedOut(answer, self.host)
        return answer


__all__ = ["Browser", "PageNotUnderstood", "SignedOut"]
