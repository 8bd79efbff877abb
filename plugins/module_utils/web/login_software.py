# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/login > Management > Software: the backup by page, for accounts that may not use the Backup API."""

from __future__ import annotations

from ..errors import Refused
from .navigation import Place
from .progress import alerts
from .text import shorten


def backup(browser, write_chunk, password=None, *, include_sessions=False):
    """Press "Download Backup" and hand the file to write_chunk(bytes) piece by piece.

    password: protects the file; where the page has no field for it, PageNotUnderstood. Returns {'content_type',
    'disposition', 'size'}. The content is not judged here, see model/backup_file.py.
    """
    browser.keep_secret(password)
    answer = browser.afresh(lambda: _ask(browser, password, include_sessions))
    size = 0
    for chunk in answer.iter_chunks():
        write_chunk(chunk)
        size += len(chunk)
    return {"content_type": answer.content_type, "disposition": answer.headers.get("Content-Disposition") or "",
            "size": size}


def _ask(browser, password, include_sessions):
    page = browser.open(PLACE)
    control = page.usable(browser.labels, "download_backup")
    if control is None:
        raise browser.not_understood(page, "Management > Software", "download_backup")
    form = page.form_of(control) if control.kind == "submit" else None
    if form is not None:
        _fill(browser, page, form, control, password, include_sessions)
    elif password or include_sessions:
        raise browser.not_understood(page, "Management > Software", "backup_password", "include_sessions")
    answer = browser.press(page, control, form, stream=True)
    if hasattr(answer, "soup"):
        raise Refused("The page gave no backup.", host=browser.host,
                      evidence=repr(shorten(" ".join(alerts(answer)) or answer.text)))
    return answer


def _fill(browser, page, form, control, password, include_sessions):
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


def _recognise(page, labels):
    return bool(page.named(labels, "download_backup"))


PLACE = Place("software", "Management > Software", (("menu_software",), ("menu_management", "menu_software")),
              _recognise)
