# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which labels are on a page: those that a key knows, and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .html.facts import read_facts
from .html.text import fold, shorten

if TYPE_CHECKING:
    from .html.page import Page
    from .labels import Labels

_MOST = 40  # labels of a page that are shown


def find_label(page: Page, labels: Labels, key: str) -> str:
    """The label on the page that is a wording of the key: of a control, a field or a value, or in a sentence; '' if there is none."""
    controls = page.named(labels, key)
    if controls:
        return shorten(controls[0].label, 60)
    fields = [one for one in (form.find(labels, key, loose=True) for form in page.forms()) if one is not None]
    if fields:
        return shorten(fields[0].label, 60)
    wanted = labels.folded(key)
    return next((label for label in read_facts(page) if fold(label) in wanted), "") or (
        shorten(page.find_text(labels, key), 60) if key == "no_updates" else ""
    )


def other_labels(page: Page, labels: Labels) -> tuple[str, ...]:
    """Labels of buttons, fields and values outside of the menu, in page order."""
    menu = {one.label for one in page.controls if one.element.find_parent("nav") is not None}
    texts = [one.label for one in page.controls] + [one.label for form in page.forms() for one in form.fields if one.kind != "hidden"]
    texts += list(read_facts(page))
    return tuple(dict.fromkeys(shorten(text, 60) for text in texts if text and text not in menu))[:_MOST]
