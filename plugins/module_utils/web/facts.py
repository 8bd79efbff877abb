# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Pairs of label and value on a page, whatever markup carries them.

Read are: table rows (th/td, td/td), tables with a head row, definition lists, an element with one label and one value
inside, "Label: value" as one text, a bold label with its value behind it, and read-only fields.
"""

from __future__ import annotations

import re

from .fields import Field, is_field
from .text import fold, is_hidden, own_text, squash, strings, text_of

_LONGEST = 80  # characters of a label; what is longer is prose
_COLON = re.compile(r"^([^:]{2,80}?)\s*:\s+(\S.*)$")
_CLOCK = re.compile(r"\d\s*$")
_BIG = ("ul", "ol", "table", "dl", "form", "section", "article", "nav")
_LABEL_TAGS = ["strong", "b", "label", "span", "em", "th", "dt"]


def read_facts(page):
    """{label: value} of everything that looks like such a pair, in page order; the first value of a label wins."""
    facts = {}
    for label, value in read_pairs(page):
        facts.setdefault(label, value)
    return facts


def read_pairs(page):
    """The same as a list of (label, value), with labels that occur again (one for each disk, say)."""
    pairs = ((squash(label).rstrip(" :"), value) for label, value in _pairs(page))
    return [(label, value) for label, value in pairs if fold(label) and fold(value) and len(label) <= _LONGEST]


def pick(facts, labels, key):
    """The value under a wording of the key, in the order of the wordings, or ''."""
    by_label = {}
    for label, value in facts.items():
        by_label.setdefault(fold(label), value)
    return next((by_label[text] for text in labels.folded(key) if text in by_label), "")


def _pairs(page):
    for tag in page.soup.find_all(True):
        if is_hidden(tag) or _is_menu(tag):
            continue
        if tag.name == "tr":
            yield from _row(tag)
        elif tag.name == "dl":
            yield from _definitions(tag)
        elif is_field(tag):
            yield from _field(page, tag)
        elif tag.name not in ("td", "th", "dt", "dd", "form", "ul", "ol", "a", "button"):
            yield from _two_inside(tag)
            yield from _one_text(tag)


def _is_menu(tag):
    return tag.name == "nav" or tag.find_parent("nav") is not None


def _cells(row):
    return [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]


def _row(row):
    """th/td, td/td, or four cells that make two pairs; under a head row each cell has its column's label."""
    cells = _cells(row)
    if any(cell.find("table") for cell in cells):
        return
    head = _head(row)
    if head and len(head) == len(cells):
        yield from zip(head, map(_value, cells))
    if len(cells) == 2 or len(cells) == 4 and not head:
        for label, value in zip(cells[::2], cells[1::2]):
            if _is_label(label):
                yield text_of(label), _value(value)
    if len(cells) == 1 and not cells[0].find(True):
        yield from _split(text_of(cells[0]))


def _head(row):
    """The column labels above a row: the cells of the first row, if all of them are th."""
    table = row.find_parent("table")
    first = table.find("tr") if table is not None else None
    cells = _cells(first) if first is not None else []
    if first is row or len(cells) < 2 or any(cell.name != "th" for cell in cells):
        return []
    return [text_of(cell) for cell in cells]


def _value(cell):
    text = text_of(cell)
    field = cell.find(is_field)
    return text or (str(field.get("value", "")) if field is not None and field.get("type") != "hidden" else "")


def _definitions(dl):
    label = None
    for tag in dl.find_all(["dt", "dd"]):
        if tag.find_parent("dl") is not dl:
            continue
        if tag.name == "dt":
            label = text_of(tag)
        elif label:
            yield label, _value(tag)


def _field(page, tag):
    one = Field(page, tag)
    if one.kind in ("text", "number", "textarea") and one.value:
        yield one.label, one.value


def _is_label(tag):
    """One short text that is no link: menus are full of pairs that mean nothing."""
    return len(strings(tag)) == 1 and tag.name != "a" and tag.find("a") is None


def _two_inside(tag):
    """<div><span>Label</span><span>value</span></div>, also <p><b>Label:</b> value</p>."""
    parts = [child for child in tag.find_all(True, recursive=False) if not is_hidden(child) and text_of(child)]
    loose = own_text(tag)
    if len(parts) == 2 and not fold(loose):
        if _is_label(parts[0]) and parts[1].name not in _BIG and len(strings(parts[1])) <= 3:
            yield text_of(parts[0]), text_of(parts[1])
    elif parts and fold(loose) and parts[0].name in _LABEL_TAGS:
        yield from _labelled_texts(tag)


def _labelled_texts(tag):
    """Several "<b>Label:</b> value<br>" in one element."""
    label, value = None, []
    for child in tag.children:
        if getattr(child, "name", None) in _LABEL_TAGS and (label is None or text_of(child).endswith(":")):
            if label:
                yield label, " ".join(value)
            label, value = text_of(child), []
        elif getattr(child, "name", None) is None:
            if type(child).__name__ == "NavigableString" and squash(child):
                value.append(squash(child))
        elif text_of(child):
            value.append(text_of(child))
    if label:
        yield label, " ".join(value).lstrip(": ")


def _one_text(tag):
    """ "Label: value" as a text of its own, several of them parted by <br>."""
    for child in tag.children:
        if type(child).__name__ == "NavigableString":
            yield from _split(squash(child))


def _split(text):
    match = _COLON.match(text)
    if match and not _CLOCK.search(match.group(1)):
        yield match.group(1), match.group(2)
