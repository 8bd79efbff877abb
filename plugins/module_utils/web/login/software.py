# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Management > Software: the backup by page, for accounts without the Backup API."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...errors import Refused
from ..appliance.progress import alerts
from ..html.text import shorten
from ..navigation import Place

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.controls import Control
    from ..html.forms import Form
    from ..html.page import Page
    from ..labels import Labels


def backup(
    browser: Browser, write_chunk: Callable[[bytes], Any], password: str | None = None, *, include_sessions: bool = False
) -> dict[str, Any]:
    """Press "Download Backup" and write the file with write_chunk(bytes).

    password: encrypts the file; PageNotUnderstood if the page has no field for it. Returns {'content_type', 'disposition',
    'size'}. The caller verifies the content (model/backup_file.py).
    """
    browser.add_secrets(password)
    response = browser.run_signed_in(lambda: _request(browser, password, include_sessions))
    size = 0
    for chunk in response.iter_chunks():
        write_chunk(chunk)
        size += len(chunk)
    return {"content_type": response.content_type, "disposition": response.headers.get("Content-Disposition") or "", "size": size}


def _request(browser: Browser, password: str | None, include_sessions: bool) -> Any:
    page = browser.open(PLACE)
    control = page.usable(browser.labels, "download_backup")
    if control is None:
        raise browser.not_understood(page, "Management > Software", "download_backup")
    form = page.form_of(control) if control.kind == "submit" else None
    if form is not None:
        _fill(browser, page, form, control, password, include_sessions)
    elif password or include_sessions:
        raise browser.not_understood(page, "Management > Software", "backup_password", "include_sessions")
    response = browser.press(page, control, form, stream=True)
    if hasattr(response, "soup"):
        raise Refused(
            "The page returned no backup.", host=browser.host, evidence=repr(shorten(" ".join(alerts(response)) or response.text))
        )
    return response


def _fill(browser: Browser, page: Page, form: Form, control: Control, password: str | None, include_sessions: bool) -> None:
    labels, near = browser.labels, control.element
    first = form.find(labels, "backup_password", ("password", "text"), near=near)
    again = form.find(labels, "backup_password_again", ("password", "text"), near=near)
    box = form.find(labels, "include_sessions", ("checkbox",), near=near, loose=True)
    if password and first is None:
        raise browser.not_understood(page, "Management > Software", "backup_password")
    if include_sessions and box is None:
        raise browser.not_understood(page, "Management > Software", "include_sessions")
    for field in (first, again):
        if field is not None:
            field.value = password or ""
    if box is not None:
        box.ticked = include_sessions


def _recognize(page: Page, labels: Labels) -> bool:
    return bool(page.named(labels, "download_backup"))


PLACE = Place("software", "Management > Software", (("menu_software",), ("menu_management", "menu_software")), _recognize)
