# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Signing in at /appliance or /login, and telling apart what may come instead of the pages.

Facts (interfaces 12.1): /appliance/login.ns is observed, fields are named login[...]; a login agreement may come first;
an expired password leads to a change form; failed logins lock the account, so a password is tried exactly once.
"""

from __future__ import annotations

import re

from ..errors import AccessDenied, NotFound, Refused
from .text import fold, shorten, strings, text_of

ADDRESSES = {"appliance": ("/appliance/login.ns", "/appliance"), "login": ("/login/login", "/login")}
_NAMED_USER = re.compile(r"user|login\[?name|account|^login$", re.I)
_LOCKED = re.compile(r"\blocked\b|lock-?out|gesperrt|sperrung|too many|zu viele", re.I)
_AGREEING = re.compile(r"\bagree|\baccept|akzeptier|zustimm|\bstimme\b|einverstanden|annehmen", re.I)
_MENU = ("menu_status", "menu_updates", "menu_basics", "menu_security", "menu_management", "menu_storage", "menu_jump",
         "menu_information", "menu_support", "menu_software")


class SignedOut(AccessDenied):
    """The answer was the login form: the session has ended and what was sent has not been looked at."""

    def __init__(self, page, host):
        self.page = page
        super().__init__("The session of the page had ended.", host=host)


def is_inside(page, labels):
    """True for a page that only somebody who is signed in sees: it has a way out, or a menu."""
    if sum(bool(page.named(labels, key)) for key in _MENU) >= 2:
        return True
    return bool(page.named(labels, "log_out")) and not page.named(labels, "accept_agreement")


def is_agreement(page, labels):
    """True for a login agreement that waits for an answer; some pages show it with the menu around it."""
    if not page.named(labels, "accept_agreement") or _passwords(page):
        return False
    wanted = labels.folded("login_agreement")
    heads = [page.title, *(text_of(tag) for tag in page.soup.find_all(["h1", "h2", "h3", "legend"]))]
    return any(text in fold(head) for text in wanted for head in heads)


def is_login(page, labels):
    """True for the form that asks who we are (and for a bare 401 or 403)."""
    if is_inside(page, labels):
        return False
    return page.status in (401, 403) or login_form(page, labels) is not None


def login_form(page, labels):
    """(form, user field, password field) of a page's login form, or None. A form with two passwords changes one."""
    for form in page.forms():
        passwords = [one for one in form.of_kind("password") if one.enabled]
        user = _user_field(form, labels)
        if len(passwords) == 1 and user is not None:
            return form, user, passwords[0]
    return None


def _user_field(form, labels):
    texts = form.of_kind("text", "email", "search", "tel")
    named = form.find(labels, "username", ("text", "email"))
    return named or next((one for one in texts if _NAMED_USER.search(one.name)), texts[0] if len(texts) == 1 else None)


class SignIn:
    """One way in; keeps in mind that a password was refused, so that it is not tried again."""

    def __init__(self, session, labels, *, host, area, username, password, accept_agreement, not_understood):
        self._session, self._labels, self._host, self._area = session, labels, host, area
        self._username, self._password = username, password
        self._accept_agreement, self._not_understood = accept_agreement, not_understood
        self._refused = None

    def enter(self, page=None):
        """Sign in and return the page that comes first. `page`: the login form, if it is already at hand."""
        if self._refused is not None:
            raise self._refused
        at_hand = page is not None and (login_form(page, self._labels) or is_agreement(page, self._labels))
        page = self._agree(page if at_hand else self._door())
        if is_inside(page, self._labels):
            return page
        found = login_form(page, self._labels)
        if found is None and page.status in (401, 403):
            raise AccessDenied(f"/{self._area} lets nobody in from here (status {page.status}).", host=self._host,
                               evidence=repr(shorten(page.text)),
                               remedy="See whether it accepts the address of this machine "
                               "(/appliance > Security > Appliance Administration).")
        if found is None:
            raise self._no_form(page)
        after = self._agree(self._session.send(self._filled(page, *found)))
        self._judge(page, after)
        return after

    def _door(self):
        """The first address of the area that exists (only /appliance/login.ns was ever observed)."""
        self._session.forget()
        for address in ADDRESSES[self._area]:
            page = self._session.get(address)
            if page.status not in (404, 410):
                return page
        raise NotFound(f"There is no /{self._area} login page.", host=self._host,
                       remedy="Look at the address (url): is it a B Series appliance?")

    def _agree(self, page):
        """Pass a login agreement, if one stands here and the user has agreed to it."""
        asked = is_agreement(page, self._labels) or not is_inside(page, self._labels) and not _passwords(page)
        if not asked:
            return page
        control = page.usable(self._labels, "accept_agreement")
        form = page.form_of(control) if control is not None else None
        if control is None or (form is None and not control.target):
            return page
        self._must_be_accepted(page.text)
        if form is None:
            return self._session.get(page.target_of(control), referer=page.url)
        for box in form.of_kind("checkbox"):
            box.ticked = True
        return self._session.send(form.submission(control))

    def _must_be_accepted(self, text):
        if not self._accept_agreement:
            raise Refused(f"/{self._area} shows a login agreement that nobody has accepted.", host=self._host,
                          evidence=repr(shorten(text)),
                          remedy="Read it and set accept_login_agreement: true if you agree.")

    def _filled(self, page, form, user, password):
        user.value, password.value = self._username, self._password
        for box in form.of_kind("checkbox"):
            if not box.ticked and any(_AGREEING.search(name) for names in box.names for name in names):
                self._must_be_accepted(box.label)
                box.ticked = True
        wanted = set(self._labels.folded("log_in"))
        submits = sorted(page.submits_of(form), key=lambda control: not control.names & wanted)
        return form.submission(submits[0] if submits else None)

    def _judge(self, before, after):
        """Return if we are in; else say why not."""
        if is_inside(after, self._labels):
            return
        if len(_passwords(after)) > 1 or after.named(self._labels, "change_password"):
            raise self._denied("must be changed before it can be used (expired, or its first use)",
                               after, before, "Change it once in a browser, then run this again.")
        if is_login(after, self._labels):
            locked = _LOCKED.search(_news(before, after))
            why = "is locked" if locked else "was not accepted"
            raise self._denied(why, after, before, "Check the account and its password. It was tried once and is not "
                               "tried again, because the appliance locks an account after too many failures.")
        if after.status >= 400:
            raise self._no_form(after)

    def _denied(self, why, after, before, remedy):
        news = _news(before, after)
        self._refused = AccessDenied(f"The password of {self._username!r} for /{self._area} {why}.", host=self._host,
                                     evidence=repr(shorten(news)) if news else "", remedy=remedy)
        return self._refused

    def _no_form(self, page):
        return self._not_understood(page, f"the login page of /{self._area}", "username", "password", "log_in")


def _passwords(page):
    return [one for form in page.forms() for one in form.of_kind("password") if one.enabled]


def _news(before, after):
    """The text of the new page that the old one did not have: the appliance's own words about what went wrong."""
    old = {fold(text) for text in strings(before.soup)}
    return " ".join(text for text in strings(after.soup) if fold(text) not in old)
