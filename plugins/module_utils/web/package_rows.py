# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The packages on /appliance > Updates, whatever the markup: which there are, and what installs each.

Known is only (interfaces 12.2): packages are listed, some can be installed ("Install This Update"), some are blocked
until another is installed, and a row may or may not say by which. So entries are found from what can be pressed or
chosen, then by what looks like them, then by names that begin with Base, Bomgar or BeyondTrust.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ..model.package import OTHER, read_name
from .controls import SUBMIT, is_off
from .structure import (
    HEADINGS,
    ROW_TAGS,
    column_of,
    entry_around,
    entry_from_head,
    heading_before,
    holds,
    in_series,
    is_continuation,
    like_siblings,
)
from .text import classes, fold, own_text, pieces, squash, text_of
from .waits_for import NEEDS

_PREFIX = re.compile(r"^(?:package|update|paket|aktualisierung)\s*:\s*", re.I)
_NAME = re.compile(r"^(?:base|bomgar|beyondtrust)\b(?: [a-z&-]+){0,5} v?\d+\.\d+(?:\.\d+)*(?![\d.]*\w)(?P<rest>.*)$",
                   re.I)
_SENTENCE = re.compile(r"\b(?:is|are|must|first|require[sd]?|needs?|has|have|was|will|can|not|ist|sind|muss|zuerst|"
                       r"erforderlich|benötigt|wird|kann|nicht|vorher|installed|installiert)\b", re.I)
_BARE = re.compile(r"^(?:base|bomgar|beyondtrust)(?: [a-z&-]+){0,5}$", re.I)
_VERSION_ONLY = re.compile(r"^v?\d+\.\d+(?:\.\d+)*(?: \(.*\))?$")
_AGREES = re.compile(r"\bagree\b|\baccept\b|akzeptier|zustimm|\bstimme\b")
_KIND_ONLY = {"base", "site", "licence", "license", "lizenz", "hotfix", "base software", "site software", "system",
              "site package", "base package", "add on", "add-on", "addon", "new", "neu", "update", "package", "paket"}
_NAME_COLUMN = {"package", "name", "update", "software", "package name", "update name", "title", "paket",
                "aktualisierung", "bezeichnung", "paketname", "titel"}


@dataclass
class Row:
    """One package. tags: its tags on the page; texts: what it says besides its name.

    control: what to press (class Control), or None; choice: (form, field, option value or None) to choose first.
    """

    name: str
    tags: list
    texts: list
    control: Any = None
    choice: Any = None
    name_tag: Any = None

    @property
    def available(self):
        return self.control is not None and self.control.enabled and (self.choice is None or _choosable(self.choice))


def is_name(text):
    """True for 'Base 6.2.0', 'Bomgar 21.1.2 (64 bit), 300 MB', 'Hotfix BT24-10'; not for 'Base 6.2.0 must be first'."""
    text = _PREFIX.sub("", squash(text))
    match = _NAME.match(text)
    if match:
        return len(match.group("rest")) <= 60 and not _SENTENCE.search(match.group("rest"))
    return len(text) <= 80 and not text.endswith(".") and not _SENTENCE.search(text) and read_name(text)[0] != OTHER


def find_rows(page, labels):
    """All packages of the list as Rows, in page order."""
    marks = _install_marks(page, labels)
    borders = _borders(page, labels)
    rows = _chosen_rows(page, marks, borders) or _pressed_rows(marks, borders)
    rows += _rows_like(rows, page, borders)
    rows += _rows_by_name(rows, page, borders)
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
        found = [_row(entry, mark, (form, box, None)) for entry, box in zip(entries, boxes)]
        found += [_option_row(form, mark, field, *option) for field in form.of_kind("select")
                  for option in field.options if read_name(option[1])[0] != OTHER]
        rows += found if any(read_name(row.name)[0] != OTHER for row in found) else []
    return rows


def _option_row(form, mark, field, value, text, _chosen, enabled):
    name = _PREFIX.sub("", re.split(r" (?:[-–—|(]) ", text)[0])
    row = Row(name, [field.element], [text], mark, (form, field, value))
    return row if enabled else Row(name, [field.element], [text])


def _is_no_package(field):
    """A box that ticks all others, or that agrees to something."""
    names = {name for names in field.names for name in names}
    return bool(names & {"all", "alle", "select all", "alle auswählen"}) or any(map(_AGREES.search, names))


def _choosable(choice):
    return choice[1].enabled


def _pressed_rows(marks, borders):
    """A button for each package."""
    tags = [mark.element for mark in marks]
    return [_row(entry_around(tag, [one for one in [*tags, *borders] if one is not tag], is_name), mark)
            for tag, mark in zip(tags, marks)]


def _rows_like(rows, page, borders):
    """Entries without anything to press that stand in the same lists, or look the same elsewhere on the page."""
    found, taken = [], [tag for row in rows for tag in row.tags]
    for row in rows:
        head = row.tags[0]
        if row.name_tag is None or head.name == "select":
            continue
        for peer in [*like_siblings(head), *_same_class(page, head)]:
            if holds(peer, [*taken, *borders]) or any(holds(tag, [peer]) for tag in taken):
                continue
            tags = _entry_of_peer(peer, several=len(row.tags) > 1)
            other = _row(tags)
            if other.name and _same_kind_of_place(other, row):
                found.append(other)
                taken += tags
    return found


def _entry_of_peer(peer, several):
    """All tags of an entry that begins with `peer`; `several`: entries of this list are made of several tags."""
    if several and peer.name in HEADINGS:
        return entry_from_head(peer)
    entry = [peer]
    for below in peer.find_next_siblings("tr") if peer.name == "tr" else ():
        if not is_continuation(below, peer) or not (several or NEEDS.search(text_of(below))):
            break
        entry.append(below)
    return entry


def _same_class(page, tag):
    names = set(classes(tag)) - {"odd", "even", "row"}
    return [one for one in page.soup.find_all(tag.name) if names & set(classes(one))] if names else []


def _same_kind_of_place(other, row):
    """The name of the other entry stands where the name of the known entry stands."""
    if other.name_tag is None or fold(other.name) in _NAME_COLUMN or other.tags[0].find_parent("thead") is not None:
        return False
    if other.name_tag.name == "th" and row.name_tag.name != "th":
        return False
    if other.tags[0].name == "tr":
        return column_of(other.name_tag) == column_of(row.name_tag) and _cells(other) >= min(2, _cells(row))
    return is_name(other.name) or other.name_tag.name == row.name_tag.name


def _cells(row):
    return len(row.tags[0].find_all(["td", "th"]))


def _rows_by_name(rows, page, borders):
    """Names of packages that stand in no known entry: blocked ones where nothing can be pressed at all."""
    found, taken = [], [tag for row in rows for tag in row.tags]
    heads = [tag for tag in page.soup.find_all(True) if is_name(own_text(tag)) and tag.find_parent("nav") is None
             and tag.name not in ("option", "title", "button", "a", "p")]
    for head in heads:
        if any(holds(tag, [head]) for tag in taken):
            continue
        entry = _entry_of_name(head, [one for one in heads if one is not head], borders)
        row = _row(entry)
        found.append(row)
        taken += entry
        for peer in _rows_like([row], page, [*borders, *taken]):
            found.append(peer)
            taken += peer.tags
    return found


def _entry_of_name(head, others, borders):
    if head.name in HEADINGS and not in_series(head.parent):
        return entry_from_head(head)
    for box in [head, *head.parents]:
        if box.name in ROW_TAGS or in_series(box) and box is not head:
            return [box]
        if box.parent is None or holds(box.parent, [*others, *borders]) or box.parent.name in ("body", "form"):
            return [box]
    return [head]


def _row(tags, control=None, choice=None):
    """Read name and texts of an entry."""
    found = _texts(tags, control)
    index, name = _name_index(found)
    if name is None:
        return Row("", tags, [text for text, _tag in found], control, choice)
    texts = [_with_column(text, tag) for number, (text, tag) in enumerate(found) if number != index]
    return Row(name, tags, texts, control, choice, found[index][1])


def _texts(tags, control):
    skip = [control.element] if control is not None else []
    return [piece for tag in tags for piece in _pieces_of(tag, skip) if fold(piece[0])]


def _pieces_of(tag, skip):
    if any(tag is one for one in skip):
        return []
    buttons = [one for one in tag.find_all("button") if not is_off(one)]
    return pieces(tag, skip=[*skip, *buttons, *tag.find_all("nav")])


def _name_index(found):
    """(index, name) of the text that names the package: the first whose words tell a kind, else the first of all."""
    for index, (text, tag) in enumerate(found):
        if column_label(tag) in _NAME_COLUMN and fold(text) not in _KIND_ONLY:
            return index, _joined(found, index)
    for index, (text, _tag) in enumerate(found):
        joined = _joined(found, index)
        if fold(text) not in _KIND_ONLY and read_name(_PREFIX.sub("", joined))[0] != OTHER:
            return index, _PREFIX.sub("", joined)
        if joined != text:
            return index, joined
    for index, (text, tag) in enumerate(found):
        if tag.name in (*HEADINGS, "strong", "b", "th", "td", "label", "li", "span", "div", "a") and len(text) > 3:
            return index, text
    return None, None


def _joined(found, index):
    """'Bomgar' with '21.1.2' in the next cell is 'Bomgar 21.1.2'."""
    text = found[index][0]
    if _BARE.match(text) and index + 1 < len(found) and _VERSION_ONLY.match(found[index + 1][0]):
        return f"{text} {found[index + 1][0]}"
    return text


def column_label(tag):
    """The folded label of the table column in which a text stands, '' if the table has no head row."""
    cell = tag if tag.name == "td" else tag.find_parent("td")
    table = cell.find_parent("table") if cell is not None else None
    first = table.find("tr") if table is not None else None
    heads = [one for one in first.find_all("th") if one.find_parent("tr") is first] if first is not None else []
    column = column_of(cell) if cell is not None else 0
    return fold(heads[column].get_text()) if column < len(heads) and len(heads) > 1 else ""


def _with_column(text, tag):
    label = column_label(tag)
    return f"{label}: {text}" if label and label not in _NAME_COLUMN else text


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
