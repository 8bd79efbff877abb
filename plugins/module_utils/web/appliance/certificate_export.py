# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Security > Certificates: the export with private key and chain (docs/vendor/pages.md#certificates-page).

Documented: tick the certificate, drop-down at the head of the section > Export; on the next page tick certificate,
private key and certificate chain, Passphrase; the file ends in .p12. An export removes nothing.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from ...errors import InvalidInput, NotUnderstood, Refused
from ..html.controls import Control
from ..html.structure import ROW_TAGS
from ..html.text import fold, shorten, text_of
from .certificates import PLACE, entries_of, find_export
from .progress import alerts

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page
    from ..labels import Labels
    from .certificates import Entry

_FILE_NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)\"?", re.I)
_LARGEST = 16 * 1024 * 1024


def export(browser: Browser, name: str, passphrase: str) -> tuple[str, bytes]:
    """(file name from the appliance, bytes) of certificate `name` with private key and chain as PKCS#12.

    The caller verifies the bytes (model/certificate.py). Raises InvalidInput without a passphrase, before any request.
    """
    if not passphrase:
        raise InvalidInput("Cannot export a private key without a passphrase.", host=browser.host)
    browser.add_secrets(passphrase)
    return browser.run_signed_in(lambda: _export(browser, name, passphrase))


def _export(browser: Browser, name: str, passphrase: str) -> tuple[str, bytes]:
    page = browser.open(PLACE, fresh=False)
    page = _choose_export(browser, page, _find_entry(browser, page, name))
    form, control = _fill_form(browser, page, name, passphrase)
    response = browser.press(page, control, form, stream=True)
    if hasattr(response, "soup"):
        raise Refused(
            f"The certificate {name!r} was not exported.",
            host=browser.host,
            evidence=repr(shorten(" ".join(alerts(response)) or response.text)),
        )
    return _file_name(response), _read_content(response, browser.host)


def _find_entry(browser: Browser, page: Page, name: str) -> Entry:
    entries = entries_of(browser, page)
    found = [one for one in entries if fold(one.row.name) == fold(name)]
    found = found or [one for one in entries if fold(name) in fold(one.row.text)]
    if len(found) != 1:
        count = "More than one" if found else "No"
        raise InvalidInput(
            f"{count} certificate has the name {name!r}.",
            host=browser.host,
            remedy=f"The list shows: {', '.join(repr(one.row.name) for one in entries)}.",
        )
    return found[0]


def _choose_export(browser: Browser, page: Page, entry: Entry) -> Page:
    """Tick the certificate and choose Export; return the export page."""
    if entry.control is not None:
        return browser.press(page, entry.control)
    for box in entry.form.of_kind(entry.box.kind):
        box.ticked = box is entry.box or (box.ticked and box.name != entry.box.name)
    start = find_export(browser, page, entry.form)
    if start is None:
        raise browser.not_understood(page, "Security > Certificates", "export")
    if isinstance(start, Control):
        return browser.press(page, start, entry.form)
    field = next(one for one in entry.form.of_kind("select") if one.element is start[0].element)
    field.choose(start[1])
    named = page.named(browser.labels, "certificate_action", "export")
    control = next((one for one in page.submits_of(entry.form) if one in named), None)
    return browser.press(page, control, entry.form) if control else browser.send(entry.form)


def _fill_form(browser: Browser, page: Page, name: str, passphrase: str) -> tuple[Form, Control]:
    """(form, control) of the export page: certificate, key and chain ticked, passphrase entered."""
    labels = browser.labels
    form = next((one for one in page.forms() if one.of_kind("password") or one.find(labels, "passphrase", ("text",))), None)
    control = (
        next((one for one in page.submits_of(form) if one in page.named(labels, "export", "certificate_action")), None) if form else None
    )
    key = form.find(labels, "private_key", ("checkbox",), loose=True) if form else None
    if form is None or key is None:
        raise browser.not_understood(page, "Security :: Certificates :: Export", "private_key", "passphrase", "export")
    if control is None and len(page.submits_of(form)) != 1:
        raise browser.not_understood(page, "Security :: Certificates :: Export", "export")
    chain = form.find(labels, "certificate_chain", ("checkbox",), loose=True)
    for box in (key, chain):
        if box is not None:
            box.ticked = True
    _tick_certificate(form, name, (key, chain))
    _enter_passphrase(form, labels, passphrase)
    return form, control or page.submits_of(form)[0]


def _tick_certificate(form: Form, name: str, apart: tuple[Field | None, ...]) -> None:
    """Tick the box of this certificate only; a single box is the one that was chosen on the list."""
    boxes = [one for one in form.of_kind("checkbox", "radio") if one.enabled and one not in apart]
    mine = [one for one in boxes if fold(name) in fold(_text_around(one))]
    for box in boxes:
        if mine or len(boxes) == 1:
            box.ticked = box in mine or len(boxes) == 1


def _text_around(box: Field) -> str:
    row = box.element.find_parent(list(ROW_TAGS)) or box.element.parent
    alone = len(row.find_all("input", type=["checkbox", "radio"])) == 1
    return f"{box.label} {text_of(row) if alone else ''}"


def _enter_passphrase(form: Form, labels: Labels, passphrase: str) -> None:
    shown = form.find(labels, "passphrase", ("text",))
    for field in form.of_kind("password") or ([shown] if shown else []):  # the passphrase, and its repetition if there is one
        field.value = passphrase


def _file_name(response: Any) -> str:
    """The last part of the name that the appliance sends; never a path."""
    match = _FILE_NAME.search(response.headers.get("Content-Disposition") or "")
    return os.path.basename(match.group(1).replace("\\", "/").strip()) if match else "certificate.p12"


def _read_content(response: Any, host: str) -> bytes:
    content = bytearray()
    for chunk in response.iter_chunks():
        content += chunk
        if len(content) > _LARGEST:
            raise NotUnderstood(f"The exported certificate is larger than {_LARGEST} bytes.", host=host)
    return bytes(content)
