# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Signs in at /appliance or /login.

Facts (docs/vendor/pages.md#technical-facts): /appliance/login.ns is observed, fields are named login[...]. A login agreement may come
first. An expired password leads to a change form. Failed logins lock the account, so a password is tried exactly once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import AccessDenied, NotFound, Refused
from .html.text import fold, shorten, strings
from .login_page import is_agreement, is_inside, is_login, login_form, password_fields

if TYPE_CHECKING:
    from ..errors import ApplianceError
    from .html.fields import Field
    from .html.forms import Form, Submission
    from .html.page import Page, PageNotUnderstood
    from .labels import Labels
    from .session import Session

ADDRESSES = {"appliance": ("/appliance/login.ns", "/appliance"), "login": ("/login/login", "/login")}
_LOCKED = re.compile(r"\blocked\b|lock-?out|gesperrt|sperrung|too many|zu viele", re.I)
_AGREEING = re.compile(r"\bagree|\baccept|akzeptier|zustimm|\bstimme\b|einverstanden|annehmen", re.I)


class SignedOut(AccessDenied):
    """The response was the login form: the session has ended. It may follow an accepted press, by a redirect to the next page."""

    uncertain = True

    def __init__(self, page: Page, host: str) -> None:
        self.page = page
        super().__init__("The session of the page has ended.", host=host)


class SignIn:
    """Signs in once; remembers a refused password, so that no task of the run tries it again."""

    def __init__(
        self,
        session: Session,
        labels: Labels,
        *,
        host: str,
        area: str,
        username: str,
        password: str,
        accept_agreement: bool,
        not_understood: Callable[..., PageNotUnderstood],
    ) -> None:
        self._session, self._labels, self._host, self._area = session, labels, host, area
        self._username, self._password = username, password
        self._accept_agreement, self._not_understood = accept_agreement, not_understood
        self._refused: ApplianceError | None = None
        self._refused_before = session.refused_login

    def enter(self, page: Page | None = None) -> Page:
        """Sign in and return the first page. `page`: the login form, if it was already read."""
        refused = self._refused or self._refused_before.read()
        if refused is not None:
            raise refused
        if page is None or not (login_form(page, self._labels) or is_agreement(page, self._labels)):
            page = self._open_login_page()
        page = self._pass_agreement(page)
        if is_inside(page, self._labels):
            return page
        found = login_form(page, self._labels)
        if found is None and page.status in (401, 403):
            raise AccessDenied(
                f"/{self._area} refuses this machine (status {page.status}).",
                host=self._host,
                evidence=repr(shorten(page.text)),
                remedy="Verify that it accepts the address of this machine (/appliance > Security > Appliance Administration).",
            )
        if found is None:
            raise self._unknown_form(page)
        after = self._pass_agreement(self._session.send(self._fill_form(page, *found)))
        self._verify_signed_in(page, after)
        return after

    def _open_login_page(self) -> Page:
        """The first existing address of the area (only /appliance/login.ns was observed)."""
        self._session.forget()
        for address in ADDRESSES[self._area]:
            page = self._session.get(address)
            if page.status not in (404, 410):
                return page
        raise NotFound(f"The address has no /{self._area} login page.", host=self._host, remedy="Check that url is a B Series appliance.")

    def _pass_agreement(self, page: Page) -> Page:
        """Accept a login agreement, if the page shows one and the user has agreed to it."""
        confirms = is_agreement(page, self._labels) or not is_inside(page, self._labels) and not password_fields(page)
        if not confirms:
            return page
        control = page.usable(self._labels, "accept_agreement")
        form = page.form_of(control) if control is not None else None
        if control is None or (form is None and not control.target):
            return page
        self._require_acceptance(page.text)
        if form is None:
            return self._session.get(page.target_of(control), referer=page.url)
        for box in form.of_kind("checkbox"):
            box.ticked = True
        return self._session.send(form.submission(control))

    def _require_acceptance(self, text: str) -> None:
        if not self._accept_agreement:
            raise Refused(
                f"/{self._area} shows a login agreement that is not accepted.",
                host=self._host,
                evidence=repr(shorten(text)),
                remedy="Read the agreement and set accept_login_agreement: true if you agree.",
            )

    def _fill_form(self, page: Page, form: Form, user: Field, password: Field) -> Submission:
        user.value, password.value = self._username, self._password
        for box in form.of_kind("checkbox"):
            if not box.ticked and any(_AGREEING.search(name) for names in box.names for name in names):
                self._require_acceptance(box.label)
                box.ticked = True
        wanted = set(self._labels.folded("log_in"))
        submits = sorted(page.submits_of(form), key=lambda control: not control.names & wanted)
        return form.submission(submits[0] if submits else None)

    def _verify_signed_in(self, before: Page, after: Page) -> None:
        """Return if `after` is inside the area; raise the reason otherwise."""
        if is_inside(after, self._labels):
            return
        if len(password_fields(after)) > 1 or after.named(self._labels, "change_password"):
            raise self._access_denied(
                "must be changed before it can be used (expired, or its first use)",
                after,
                before,
                "Change it once in a browser, then run this again.",
            )
        if is_login(after, self._labels):
            locked = _LOCKED.search(_new_text(before, after))
            why = "is locked" if locked else "was not accepted"
            raise self._access_denied(
                why,
                after,
                before,
                "Check the account and its password. It was tried once and is not "
                "tried again, because the appliance locks an account after too many failures.",
            )
        if after.status >= 400:  # any error is the response to this password
            self._refused = unknown = self._unknown_form(after)
            raise unknown

    def _access_denied(self, why: str, after: Page, before: Page, remedy: str) -> AccessDenied:
        new_text = _new_text(before, after)
        self._refused = denied = AccessDenied(
            f"The password of {self._username!r} for /{self._area} {why}.",
            host=self._host,
            evidence=repr(shorten(new_text)) if new_text else "",
            remedy=remedy,
        )
        self._refused_before.note(denied)
        return denied

    def _unknown_form(self, page: Page) -> PageNotUnderstood:
        return self._not_understood(page, f"the login page of /{self._area}", "username", "password", "log_in")


def _new_text(before: Page, after: Page) -> str:
    """The text of the new page that the old page did not have: the appliance's explanation."""
    old = {fold(text) for text in strings(before.soup)}
    return " ".join(text for text in strings(after.soup) if fold(text) not in old)
