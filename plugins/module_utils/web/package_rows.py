# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The packages on /appliance > Updates, whatever the markup: which there are, and what installs each.

Known is only (interfaces 12.2): packages are listed, some can be installed ("Install This Update"), some are blocked
until another is installed, and a row may or may not say by which. So entries are found from what can be pressed or
chosen, then by what looks like them, then by names that begin with Base, Bomgar or BeyondTrust.
"""

from __future__ import annotations

import re

from ..model.package import OTHER, read_name
from .controls import SUBMIT
from .package_peers import rows_by_name, rows_like
from .package_text import PREFIX, Row, is_name, make_row
from .structure import entry_around, heading_before, holds
from .text import classes, fold

_AGREES = re.compile(r"\bagree\b|\baccept\b|akzeptier|zustimm|\bstimme\b")


def find_rows(page, labels):
    """All packages of the list as Rows, in page order."""
    marks = _install_marks(page, labels)
    borders = _borders(page, labels)
    rows = _chosen_rows(page, marks, borders) or _pressed_rows(marks, borders)
    rows += rows_like(rows, page, borders)
    rows += rows_by_name(rows, page, borders)
    order = {id(tag): index for index, tag in enumerate(page.soup.find_all(True))}
    rows = sorted((row for row in rows if fold(row.name)), key=lambda row: order[id(row.tags[0])])
    by_name = {}
    for row in rows:  # a page that shows a list twice (wide and narrow screens) offers each package once
        if fold(row.name) not in by_name or row.available and not by_name[fold(row.name)].available:
            by_name[fold(row.name)] = row
    return list(by_name.values())


def _install_marks(page, labels):
    """The install controls, also those that only look like one; the upload of a file is none."""
    controls = [one for one in page.named(labels, "install") if not _uploads(page, one)]
    return [one for one in controls if not any(one is not other and holds(one.element, [other.element])
                                               for other in controls)]


def _uploads(page, control):
    form = page.form_of(control)
    return form is not None and bool(form.of_kind("file"))


def _borders(page, labels):
    """Tags that are in no package's row."""
    found = [control.element for control in page.named(labels, "check_updates", "update_software", "log_out")]
    return found + page.soup.find_all("input", type="file") + page.soup.find_all(["h1", "nav"])


def _chosen_rows(page, marks, borders):
    """One button for all: packages are chosen by radio button, box to tick or drop-down in its form."""
    rows = []
    for mark in marks:
        form = page.form_of(mark) if mark.kind == SUBMIT else None
        if form is None or sum(one.form_element(page.soup) is form.element for one in marks) > 1:
            continue
        boxes = [one for one in form.of_kind("radio", "checkbox") if not _is_no_package(one)]
        tags = [one.element for one in boxes]
        entries = [entry_around(tag, [one for one in [*tags, mark.element, *borders] if one is not tag], is_name)
                   for tag in tags]
        found = [make_row(entry, mark, (form, box, None)) for entry, box in zip(entries, boxes)]
        found += [_option_row(form, mark, field, *option) for field in form.of_kind("select")
                  for option in field.options if read_name(option[1])[0] != OTHER]
        rows += found if any(read_name(row.name)[0] != OTHER for row in found) else []
    return rows


def _option_row(form, mark, field, value, text, _chosen, enabled):
    name = PREFIX.sub("", re.split(r" (?:[-–—|(]) ", text)[0])
    row = Row(name, [field.element], [text], mark, (form, field, value))
    return row if enabled else Row(name, [field.element], [text])


def _is_no_package(field):
    """A box that ticks all others, or that agrees to something."""
    names = {name for names in field.names for name in names}
    return bool(names & {"all", "alle", "select all", "alle auswählen"}) or any(map(_AGREES.search, names))


def _pressed_rows(marks, borders):
    """A button for each package."""
    tags = [mark.element for mark in marks]
    return [make_row(entry_around(tag, [one for one in [*tags, *borders] if one is not tag], is_name), mark)
            for tag, mark in zip(tags, marks)]


def unknown_buttons(page, rows, labels):
    """True if rows have buttons, none of the page's buttons is called Install, and so we may have missed its name."""
    if page.named(labels, "install"):
        return False
    inside = {id(tag) for row in rows for entry in row.tags for tag in entry.find_all(True)}
    return any(one.enabled and id(one.element) in inside and _is_button(one) for one in page.controls)


def _is_button(control):
    """A link is one only if it looks so: rows have links to release notes."""
    looks = {word for name in classes(control.element) for word in re.split(r"[-_]+", name)}
    return control.kind == SUBMIT or control.element.get("role") == "button" or bool(looks & {"btn", "button"})


def section_of(row):
    """The heading above a row ('Installed software', 'Available updates' ...)."""
    return heading_before(row.tags[0])
