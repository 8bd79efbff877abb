# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds the packages on /appliance > Updates in any markup, and the control that installs each.

Known is only (docs/vendor/pages.md#pages-of-appliance): packages are listed, some can be installed ("Install This Update"),
some are blocked until another is installed, and a row may or may not name the other. So entries are found first by what
can be pressed or chosen, then by what looks like them, then by names as the vendor writes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...errors import NotUnderstood
from ...model.package import OTHER, read_name
from ..html.controls import SUBMIT
from ..html.structure import entry_around, heading_before
from ..html.text import classes, fold
from ..order import Marks
from .package_text import PREFIX, Row, is_name, make_row
from .similar_rows import rows_by_name, rows_like

if TYPE_CHECKING:
    from ..html.controls import Control
    from ..html.fields import Field
    from ..html.forms import Form
    from ..html.page import Page
    from ..html.tree import Tag
    from ..labels import Labels

_MOST = 1000  # rows; an appliance shows a few dozen
_AGREES = re.compile(r"\bagree\b|\baccept\b|akzeptier|zustimm|\bstimme\b")


def find_rows(page: Page, labels: Labels) -> list[Row]:
    """All packages of the list as Rows, in page order. NotUnderstood for more rows than any appliance has."""
    marks = _install_marks(page, labels)
    borders = _borders(page, labels)
    rows = _chosen_rows(page, marks, borders) or _pressed_rows(marks, borders)
    rows += rows_like(rows, page, borders)
    rows += rows_by_name(rows, page, borders)
    order = {id(tag): index for index, tag in enumerate(page.soup.find_all(True))}
    if len(rows) > _MOST:
        raise NotUnderstood(f"The list of updates has {len(rows)} rows: no appliance has more than {_MOST}.")
    rows = sorted((row for row in rows if fold(row.name)), key=lambda row: order[id(row.tags[0])])
    by_name: dict[str, Row] = {}
    for row in rows:  # a page that shows a list twice (wide and narrow screens) offers each package once
        if fold(row.name) not in by_name or row.available and not by_name[fold(row.name)].available:
            by_name[fold(row.name)] = row
    return list(by_name.values())


def _install_marks(page: Page, labels: Labels) -> list[Control]:
    """The controls that install, also disabled ones; not the upload of a file."""
    controls = [one for one in page.named(labels, "install") if not _uploads(page, one)]
    marks = Marks([one.element for one in controls])
    return [one for one in controls if not marks.inside(one.element, but=one.element)]


def _uploads(page: Page, control: Control) -> bool:
    form = page.form_of(control)
    return form is not None and bool(form.of_kind("file"))


def _borders(page: Page, labels: Labels) -> list[Tag]:
    """Tags that are outside of every row."""
    found = [control.element for control in page.named(labels, "check_updates", "update_software", "log_out")]
    return found + page.soup.find_all("input", type="file") + page.soup.find_all(["h1", "nav"])


def _chosen_rows(page: Page, marks: list[Control], borders: Iterable[Tag]) -> list[Row]:
    """Rows of one button for all: packages are chosen by radio button, check box or drop-down in its form."""
    rows, sharing = [], Counter(id(one.form_element(page.soup)) for one in marks)
    for mark in marks:
        form = page.form_of(mark) if mark.kind == SUBMIT else None
        if form is None or sharing[id(form.element)] > 1:
            continue
        boxes = [one for one in form.of_kind("radio", "checkbox") if not _is_no_package(one)]
        tags = [one.element for one in boxes]
        around = Marks([*tags, mark.element, *borders])
        entries = [entry_around(tag, around, is_name) for tag in tags]
        found = [make_row(entry, mark, (form, box, None)) for entry, box in zip(entries, boxes)]
        found += [
            _option_row(form, mark, field, *option)
            for field in form.of_kind("select")
            for option in field.options
            if option[0] and _may_be_package(_option_name(option[1]))
        ]
        rows += found if any(_may_be_package(row.name) for row in found) else []
    return rows


def _may_be_package(name: str) -> bool:
    """Whether a text may name a package. A name of unknown kind counts if it has a digit ('RS 23.2.1', 'Update 4711')."""
    return read_name(name)[0] != OTHER or any(sign.isdigit() for sign in name)


def _option_name(text: str) -> str:
    return PREFIX.sub("", re.split(r" (?:[-–—|(]) ", text)[0])


def _option_row(form: Form, mark: Control, field: Field, value: str, text: str, _chosen: bool, enabled: bool) -> Row:
    name = _option_name(text)
    row = Row(name, [field.element], [text], mark, (form, field, value))
    return row if enabled else Row(name, [field.element], [text])


def _is_no_package(field: Field) -> bool:
    """Whether a box ticks all others, or agrees to something."""
    names = {name for names in field.names for name in names}
    return bool(names & {"all", "alle", "select all", "alle auswählen"}) or any(map(_AGREES.search, names))


def _pressed_rows(marks: list[Control], borders: Iterable[Tag]) -> list[Row]:
    """Rows with a button of their own."""
    around = Marks([*(mark.element for mark in marks), *borders])
    return [make_row(entry_around(mark.element, around, is_name), mark) for mark in marks]


def unknown_buttons(page: Page, rows: list[Row], labels: Labels) -> bool:
    """Whether rows have buttons but no button of the page is called Install: its name may be unknown."""
    if page.named(labels, "install"):
        return False
    inside = {id(tag) for row in rows for entry in row.tags for tag in entry.find_all(True)}
    return any(one.enabled and id(one.element) in inside and _is_button(one) for one in page.controls)


def _is_button(control: Control) -> bool:
    """Whether a control is a button. A link counts only if it looks like one: rows have links to release notes."""
    looks = {word for name in classes(control.element) for word in re.split(r"[-_]+", name)}
    return control.kind == SUBMIT or control.element.get("role") == "button" or bool(looks & {"btn", "button"})


def section_of(row: Row) -> str:
    """The heading above a row ('Installed software', 'Available updates' ...)."""
    return heading_before(row.tags[0])
