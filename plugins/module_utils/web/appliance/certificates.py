# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""/appliance > Security > Certificates: the list (docs/vendor/pages.md#certificates-page)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..html.structure import entry_around, heading_before
from ..navigation import Place
from ..order import Marks
from .certificate_rows import CertificateRow, is_default_box, read_row

if TYPE_CHECKING:
    from ..browser import Browser
    from ..html.controls import Control
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page
    from ..labels import Labels

_REQUESTS = re.compile(r"request|anforder|anfrage|antrag", re.I)


@dataclass
class Entry:
    """A certificate of the list. form and box: what to tick, or None. control: its own Export, or None."""

    row: CertificateRow
    form: Any = None
    box: Any = None
    control: Any = None


def list_all(browser: Browser) -> tuple[CertificateRow, ...]:
    """The certificates that can be exported, as CertificateRows in page order."""
    page = browser.open(PLACE)
    return tuple(entry.row for entry in entries_of(browser, page))


def entries_of(browser: Browser, page: Page) -> list[Entry]:
    """The entries that can be exported: with a box in a form that has Export, or with an Export of their own."""
    entries = []
    for form in page.forms():
        if find_export(browser, page, form) is not None:
            entries += _ticked_entries(page, form)
    if not entries:
        controls = page.named(browser.labels, "export")
        marks = Marks(one.element for one in controls)
        around = [entry_around(one.element, marks, _no_name) for one in controls]
        entries = [Entry(read_row(entry), control=control) for entry, control in zip(around, controls)]
    if not entries and not _recognize(page, browser.labels):
        raise browser.not_understood(page, "Security > Certificates", "export")
    return [one for one in entries if one.row.name]


def _ticked_entries(page: Page, form: Form) -> list[Entry]:
    boxes = [box for box in form.of_kind("checkbox", "radio") if box.enabled and not is_default_box(box)]
    marks, entries = Marks(box.element for box in boxes), []
    for box in boxes:
        around = entry_around(box.element, marks, _no_name)
        if box.element.find_parent("th") is None and not _REQUESTS.search(heading_before(around[0])):
            entries.append(Entry(read_row(around), form, box))
    return entries


def _no_name(text: str) -> bool:
    """False: names of certificates have no known form."""
    return False


def find_export(browser: Browser, page: Page, form: Form) -> tuple[Field, str] | Control | None:
    """What starts the export in a form: (drop-down, wording), a control, or None."""
    for field in form.of_kind("select"):
        for _value, text, _chosen, enabled in field.options:
            if enabled and browser.labels.match("export", text):
                return field, text
    named = page.named(browser.labels, "export")
    return next((one for one in page.submits_of(form) if one in named), None)


def _recognize(page: Page, labels: Labels) -> bool:
    texts = [option.get_text() for option in page.soup.find_all("option")]
    return bool(page.named(labels, "export")) or any(labels.match("export", text) for text in texts)


PLACE = Place("certificates", "Security > Certificates", (("menu_certificates",), ("menu_security", "menu_certificates")), _recognize)
