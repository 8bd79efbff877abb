# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Updates: installs a listed package, or uploads a file. Both are sent once.

The caller verifies the result on the appliance; the returned text does not prove it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import AccessDenied, Refused, Unsafe, mark_nothing_sent
from ..change import Change
from ..html.text import fold, shorten
from . import basics as appliance_basics
from .agreement import fill_agreement, find_agree_control, is_agreement
from .package_rows import find_rows
from .progress import read_progress
from .updates import PLACE, open_checked

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page
    from ..labels import Labels
    from .package_text import Row

_Opened = TypeVar("_Opened")
_MOST_SESSIONS = 3  # how many sessions may end between the verification and the press
_MOST_PAGES = 3  # license agreement, question for confirmation


def install(
    browser: Browser,
    package_name: str,
    contact: dict[str, Any] | None = None,
    *,
    accept_eula: bool = False,
    guid: str = "",
    change: Change | None = None,
) -> str:
    """Press "Install This Update" of the package with this name and accept the agreement; return the text of the next page.

    contact: {'name', 'email', 'title'} for the form of the agreement. accept_eula: whether the user accepts the agreement.
    guid: of the intended appliance. If Status > Basics shows a GUID, it must be this one in the session that presses.
    change: the Change, begun right before each request.
    Raises Refused (not listed, blocked, agreement not accepted), Unsafe (an installation is running, another appliance),
    InvalidInput (the form requires a contact that is not set), SignedOut (the session ended at the press: result open).
    """
    change = change or Change()

    def act() -> str:
        page = _open_verified(browser, guid, lambda: _open_list_with(browser, package_name))
        if read_progress(page).running:
            raise Unsafe(
                "An installation is already running; nothing was pressed.", host=browser.host, evidence=repr(read_progress(page).text)
            )
        row = _installable_row(browser, page, package_name)
        return _pass_agreement(browser, _press_row(browser, page, row, change), contact or {}, accept_eula, change)

    return browser.run_signed_in(act, change)


def upload(
    browser: Browser,
    path: str,
    contact: dict[str, Any] | None = None,
    *,
    accept_eula: bool = False,
    guid: str = "",
    change: Change | None = None,
) -> str:
    """Send a file by the form "Manual Installation", "Update Software"; return the text of the next page. As install()."""
    change = change or Change()

    def act() -> str:
        page, form, field = _open_verified(browser, guid, lambda: _upload_form(browser))
        form.attach(field, path)
        named = [one for one in page.named(browser.labels, "update_software") if one in page.submits_of(form)]
        controls = named or page.submits_of(form)
        if len(controls) != 1 and not named:
            raise browser.not_understood(page, "Updates, Manual Installation", "update_software")
        return _pass_agreement(browser, browser.press(page, controls[0], form, change=change), contact or {}, accept_eula, change)

    return browser.run_signed_in(act, change)


def _open_verified(browser: Browser, guid: str, open_page: Callable[[], _Opened]) -> _Opened:
    """Return open_page() from a session in which Status > Basics shows the intended appliance.

    A new session may reach another appliance, so it is verified again.
    """
    for _session in range(_MOST_SESSIONS):
        sign_ins = browser.sign_ins
        shown = appliance_basics.read(browser).guid if guid else ""
        if shown and shown != guid:
            raise Unsafe(
                "Another appliance responds at this address; nothing was pressed.",
                host=browser.host,
                evidence=f"Status > Basics shows the GUID {shown}, expected {guid}",
                remedy="Find out why the address changed, then run the same command again.",
            )
        page = open_page()
        if browser.sign_ins == sign_ins or not guid:
            return page
    raise AccessDenied(
        "The session of the page ends repeatedly; nothing was pressed.",
        host=browser.host,
        remedy="Check whether the account is signed in elsewhere.",
    )


def _open_list_with(browser: Browser, name: str) -> Page:
    """The Updates page; if the package is not on it, the page after "Check for Updates"."""
    page = browser.open(PLACE)
    if any(fold(row.name) == fold(name) for row in find_rows(page, browser.labels)) or read_progress(page).running:
        return page
    return open_checked(browser)


def _installable_row(browser: Browser, page: Page, name: str) -> Row:
    rows = find_rows(page, browser.labels)
    row = next((one for one in rows if fold(one.name) == fold(name)), None)
    if row is None:
        shown = ", ".join(repr(one.name) for one in rows) or "nothing"
        raise Refused(
            f"The package {name!r} is not in the list; nothing was pressed.",
            host=browser.host,
            evidence=f"The list shows {shown}.",
            facts={"listed": [one.name for one in rows]},
        )
    if not row.available:
        raise Refused(
            f"The package {name!r} cannot be installed now; nothing was pressed.",
            host=browser.host,
            evidence=repr(shorten("; ".join(row.texts))),
        )
    return row


def _press_row(browser: Browser, page: Page, row: Row, change: Change) -> Page:
    if row.choice is None:
        return browser.press(page, row.control, change=change)
    form, field, value = row.choice
    if value is not None:
        field.value = [value]
    else:
        for other in form.of_kind(field.kind):
            if other.name == field.name or other.kind == "checkbox":
                other.ticked = other is field
    return browser.press(page, row.control, form, change=change)


def _pass_agreement(browser: Browser, page: Page, contact: dict[str, Any], accept_eula: bool, change: Change) -> str:
    """Accept the agreement and confirm; remember the page that shows the progress."""
    for _page in range(_MOST_PAGES):
        agree = None if read_progress(page).running else find_agree_control(browser, page)
        if agree is None:
            break
        page = browser.press(page, *fill_agreement(browser, page, agree, contact, accept_eula), change=change)
    if is_agreement(page):
        raise mark_nothing_sent(browser.not_understood(page, "Updates, licence agreement", "agree_download", "agree_box"))
    browser.forget("progress")
    if page.redirected:  # the address of the request itself installs, so it is never opened again
        browser.remember("progress", page.url)
    return page.text


def _upload_form(browser: Browser) -> tuple[Page, Form, Field]:
    """(page, form, field) of the form for a file, on the Updates page or behind a link on it."""
    page = browser.open(PLACE)
    found = _file_form(page, browser.labels)
    link = page.usable(browser.labels, "manual_installation")
    if found is None and link is not None:
        page = browser.follow(page, link)
        found = _file_form(page, browser.labels)
    if found is None:
        raise browser.not_understood(page, "Updates, Manual Installation", "update_file", "update_software")
    return (page, *found)


def _file_form(page: Page, labels: Labels) -> tuple[Form, Field] | None:
    forms = [(form, field) for form in page.forms() for field in form.of_kind("file") if field.enabled]
    named = [
        one
        for one in forms
        if one[0].find(labels, "update_file", ("file",)) is one[1]
        or any(control.names & set(labels.folded("update_software")) for control in page.submits_of(one[0]))
    ]
    return next(iter(named or forms), None)
