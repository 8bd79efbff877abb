# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Security > Certificates: the list, and the export with private key and chain (interfaces 12.3).

Documented: tick the certificate, drop-down at the head of the section > Export; on the next page tick certificate,
private key and certificate chain, Passphrase; the file ends in .p12. An export removes nothing.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInput, NotUnderstood, Refused
from .certificate_rows import CertificateRow, is_default_box, read_row
from .navigation import Place
from .progress import alerts
from .structure import ROW_TAGS, entry_around, heading_before
from .text import fold, shorten, text_of

_REQUESTS = re.compile(r"request|anforder|anfrage|antrag", re.I)
_FILE_NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)\"?", re.I)
_LARGEST = 16 * 1024 * 1024


@dataclass
class _Entry:
    """row: CertificateRow; form and box: what to tick (or None); control: an Export of its own (or None)."""

    row: CertificateRow
    form: Any = None
    box: Any = None
    control: Any = None


def list_all(browser):
    """The certificates that can be exported, as CertificateRows in page order."""
    page = browser.open(PLACE)
    return tuple(entry.row for entry in _entries(browser, page))


def export(browser, name, passphrase):
    """(file name that the appliance gave, bytes) of certificate `name` with private key and chain as PKCS#12.

    The bytes are not judged here, see model/certificate.py. Without a passphrase nothing is asked for: InvalidInput.
    """
    if not passphrase:
        raise InvalidInput("No passphrase, no export: a private key is never written unprotected.", host=browser.host)
    browser.keep_secret(passphrase)
    return browser.afresh(lambda: _export(browser, name, passphrase))


def _export(browser, name, passphrase):
    page = browser.open(PLACE, fresh=False)
    page = _choose_export(browser, page, _wanted(browser, page, name))
    form, control = _filled(browser, page, name, passphrase)
    answer = browser.press(page, control, form, stream=True)
    if hasattr(answer, "soup"):
        raise Refused(f"The certificate {name!r} was not exported.", host=browser.host,
                      evidence=repr(shorten(" ".join(alerts(answer)) or answer.text)))
    return _file_name(answer), _content(answer, browser.host)


def _wanted(browser, page, name):
    entries = _entries(browser, page)
    found = [one for one in entries if fold(one.row.name) == fold(name)]
    found = found or [one for one in entries if fold(name) in fold(one.row.text)]
    if len(found) != 1:
        count = "More than one" if found else "No"
        raise InvalidInput(f"{count} certificate is called {name!r}.", host=browser.host,
                           remedy=f"The list shows: {', '.join(repr(one.row.name) for one in entries)}.")
    return found[0]


def _entries(browser, page):
    """The rows that can be exported: ticked in a form that knows Export, or with an Export of their own."""
    entries = []
    for form in page.forms():
        if _export_of(browser, page, form) is not None:
            entries += _ticked_entries(page, form)
    if not entries:
        controls = page.named(browser.labels, "export")
        tags = [one.element for one in controls]
        around = [entry_around(tag, [one for one in tags if one is not tag], _no_name) for tag in tags]
        entries = [_Entry(read_row(entry), control=control) for entry, control in zip(around, controls)]
    if not entries and not _recognise(page, browser.labels):
        raise browser.not_understood(page, "Security > Certificates", "export")
    return [one for one in entries if one.row.name]


def _ticked_entries(page, form):
    boxes = [box for box in form.of_kind("checkbox", "radio") if box.enabled and not is_default_box(box)]
    tags = [box.element for box in boxes]
    entries = []
    for box in boxes:
        around = entry_around(box.element, [tag for tag in tags if tag is not box.element], _no_name)
        if box.element.find_parent("th") is None and not _REQUESTS.search(heading_before(around[0])):
            entries.append(_Entry(read_row(around), form, box))
    return entries


def _no_name(text):
    """Names of certificates have no form by which they could be told."""
    return False


def _export_of(browser, page, form):
    """What starts the export in a form: (drop-down, wording), a control, or None."""
    for field in form.of_kind("select"):
        for _value, text, _chosen, enabled in field.options:
            if enabled and browser.labels.match("export", text):
                return field, text
    named = page.named(browser.labels, "export")
    return next((one for one in page.submits_of(form) if one in named), None)


def _choose_export(browser, page, entry):
    """Tick the certificate, choose Export; returns the export page."""
    if entry.control is not None:
        return browser.press(page, entry.control)
    for box in entry.form.of_kind(entry.box.kind):
        box.ticked = box is entry.box or (box.ticked and box.name != entry.box.name)
    start = _export_of(browser, page, entry.form)
    if not isinstance(start, tuple):
        return browser.press(page, start, entry.form)
    field = next(one for one in entry.form.of_kind("select") if one.element is start[0].element)
    field.choose(start[1])
    named = page.named(browser.labels, "certificate_action", "export")
    control = next((one for one in page.submits_of(entry.form) if one in named), None)
    return browser.press(page, control, entry.form) if control else browser.send(entry.form)


def _filled(browser, page, name, passphrase):
    """(form, control) of the export page: certificate, key and chain ticked, passphrase entered."""
    labels = browser.labels
    form = next((one for one in page.forms() if one.of_kind("password") or
                 one.find(labels, "passphrase", ("text",))), None)
    control = next((one for one in page.submits_of(form) if one in page.named(labels, "export", "certificate_action")),
                   None) if form else None
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
    _enter(form, labels, passphrase)
    return form, control or page.submits_of(form)[0]


def _tick_certificate(form, name, apart):
    """Tick the box of the certificate and no other certificate's; a lone box is the one that was chosen before."""
    boxes = [one for one in form.of_kind("checkbox", "radio") if one.enabled and one not in apart]
    mine = [one for one in boxes if fold(name) in fold(_around(one))]
    for box in boxes:
        if mine or len(boxes) == 1:
            box.ticked = box in mine or len(boxes) == 1


def _around(box):
    row = box.element.find_parent(list(ROW_TAGS)) or box.element.parent
    alone = len(row.find_all("input", type=["checkbox", "radio"])) == 1
    return f"{box.label} {text_of(row) if alone else ''}"


def _enter(form, labels, passphrase):
    fields = form.of_kind("password") or [form.find(labels, "passphrase", ("text",))]
    for field in fields:  # the passphrase, and where asked for its repetition
        field.value = passphrase


def _file_name(answer):
    """The last part of the name the appliance gives; never a path."""
    match = _FILE_NAME.search(answer.headers.get("Content-Disposition") or "")
    return os.path.basename(match.group(1).replace("\\", "/").strip()) if match else "certificate.p12"


def _content(answer, host):
    content = bytearray()
    for chunk in answer.iter_chunks():
        content += chunk
        if len(content) > _LARGEST:
            raise NotUnderstood(f"The exported certificate is larger than {_LARGEST} bytes.", host=host)
    return bytes(content)


def _recognise(page, labels):
    texts = [option.get_text() for option in page.soup.find_all("option")]
    return bool(page.named(labels, "export")) or any(labels.match("export", text) for text in texts)


PLACE = Place("certificates", "Security > Certificates",
              (("menu_certificates",), ("menu_security", "menu_certificates")), _recognise)
