# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Signing in: the login page, the login agreement, the forced change of an expired password, signing out.

The login page is what every address shows to a browser without a living session, with status 200 (the address and
its title are OBSERVED, that other addresses show it too is INFERRED).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


HOME = {"appliance": "basics", "login": "information"}
SIGN_IN = {"appliance": "appliance_sign_in", "login": "login_sign_in"}
FIELDS = {"appliance": ("username", "password"), "login": ("site_username", "site_password")}


def obstacle(visit: Visit) -> Response | None:
    """The page that stands before the one asked for, or None."""
    session = visit.session
    if not session.account:
        return entrance(visit)
    if _unread(visit):
        return agreement(visit)
    return password_form(visit) if session.expired else None


def entrance(visit: Visit) -> Response:
    """What a stranger sees: the login form, in one layout the agreement before it."""
    return agreement(visit) if visit.layout.agreement_first and _unread(visit) else login_form(visit)


def login_form(visit: Visit, error: str = "") -> Response:
    """Titled as the scanner rules saw it; the product's name stands on it."""
    username, password = FIELDS[visit.area]
    title = visit.words("login_title" if visit.area == "appliance" else "site_login_title")
    form: dict[str, Any] = {"sign_in": SIGN_IN[visit.area], "username_field": username, "password_field": password}
    return visit.page("sign_in", title=title, error=error, **form)


def sign_in(visit: Visit) -> Response:
    username, password = (visit.value(key) for key in FIELDS[visit.area])
    if visit.layout.agreement_first and _unread(visit):
        return agreement(visit)
    answer = visit.machine.check_web_password(visit.area, username, password)
    if answer == "locked":
        return login_form(visit, visit.words("locked", minutes=_minutes_locked(visit, username)))
    if answer == "wrong":
        return login_form(visit, visit.words("wrong_password"))
    visit.session = visit.site.sessions.sign_in(visit.session, username, expired=answer == "expired")
    return entered(visit)


def _minutes_locked(visit: Visit, username: str) -> int:
    """Whole minutes until the account opens again, at least 1."""
    until = visit.machine.accounts.web[visit.area][username].attempts.until
    return max(1, math.ceil((until - visit.machine.now()) / 60))


def entered(visit: Visit) -> Response:
    """What follows a successful step: the next obstacle, or the first page."""
    barred = None if visit.layout.redirects else obstacle(visit)
    return barred or visit.after(HOME[visit.area])


def _unread(visit: Visit) -> bool:
    """Is there an agreement that this browser has yet to accept? It guards /appliance only."""
    return visit.area == "appliance" and bool(visit.machine.login_agreement) and not visit.session.agreed


def agreement(visit: Visit, error: str = "") -> Response:
    text = visit.machine.login_agreement
    return visit.page("agreement", title=visit.words("agreement"), text=text, error=error)


def accept(visit: Visit) -> Response:
    visit.session.agreed = True
    visit.site.sessions.keep(visit.session)
    return obstacle(visit) or visit.after(HOME[visit.area])


def decline(visit: Visit) -> Response:
    visit.site.sessions.end(visit.session)
    visit.session.account, visit.session.agreed = "", False
    return agreement(visit, visit.words("declined"))


def password_form(visit: Visit, error: str = "") -> Response:
    return visit.page("expired", title=visit.words("change_password"), error=error)


def change_password(visit: Visit) -> Response:
    """Only for a browser that signed in with the expired password."""
    barred = obstacle(visit)
    if not visit.session.expired:
        return barred or visit.after(HOME[visit.area])
    new = visit.value("new_password")
    if new != visit.value("confirm_new_password"):
        return password_form(visit, visit.words("passwords_differ"))
    account = visit.session.account
    if not new or new == visit.machine.accounts.web[visit.area][account].password:
        return password_form(visit, visit.words("password_unchanged"))
    visit.machine.change_web_password(visit.area, account, new)
    visit.session.expired = False
    return entered(visit)


def sign_out(visit: Visit) -> Response:
    visit.site.sessions.end(visit.session)
    visit.session.account = ""
    return entrance(visit)


ACTIONS = {
    "appliance_sign_in": sign_in,
    "login_sign_in": sign_in,
    "accept": accept,
    "decline": decline,
    "change_password": change_password,
}
