# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds the pairs of label and value in any markup of a page.

It reads table rows (th/td, td/td), tables with a head row, definition lists, an element with one label and one value
inside, "Label: value" as one text, a bold label followed by its value, read-only fields, and labels by id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..order import order_of
from .fields import Field, is_field
from .text import fold, is_hidden, own_text, pieces, runs, squash, strings, text_of

if TYPE_CHECKING:
    from .page import Page
    from .tree import Tag

_MOST_IN_BOX = 3  # texts of a value in a table or box of its own; more texts are a section
_COLON = re.compile(r"^([^:]{2,80}?)\s*:\s+(\S.*)$")
_CLOCK = re.compile(r"\d\s*$")
_BIG = ("ul", "ol", "table", "dl", "form", "section", "article", "nav")
_LABEL_TAGS = ["strong", "b", "label", "span", "em", "th", "dt"]
_NOT_BOXES = ("td", "th", "dt", "dd", "form", "ul", "ol", "a", "button")


def find_pairs(page: Page) -> Iterator[tuple[str, str, Tag]]:
    """Yield (label, value, the tag of the label or of the value in a column) of each pair."""
    for tag in page.soup.find_all(True):
        if is_hidden(tag) or _is_menu(tag):
            continue
        if tag.name == "tr":
            yield from _pairs_of_row(tag)
        elif tag.name == "dl":
            yield from _pairs_of_definitions(tag)
        elif is_field(tag):
            yield from _pair_of_field(page, tag)
        elif tag.name not in _NOT_BOXES:
            yield from _pairs_of_box(tag)
        if tag.get("aria-labelledby") or tag.name == "label" and tag.get("for"):
            yield from _pair_named_by_id(page, tag)


def _pairs_of_box(tag: Tag) -> Iterator[tuple[str, str, Tag]]:
    yield from _pairs_of_children(tag)
    yield from _pairs_of_text(tag)


def _is_menu(tag: Tag) -> bool:
    return tag.name == "nav" or tag.find_parent("nav") is not None


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]


def _pairs_of_row(row: Tag) -> Iterator[tuple[str, str, Tag]]:
    """th/td, td/td, or four cells as two pairs; below a head row each cell has the label of its column."""
    cells = _cells(row)
    head = _column_labels(row)
    if head and len(head) == len(cells):
        yield from ((label, _value(cell), cell) for label, cell in zip(head, cells) if _is_value(cell))
    shown = cells if head else [cell for cell in cells if _has_words(cell)]
    if len(shown) == 2 or len(shown) == 4 and not head:
        pairs = [(label, value) for label, value in zip(shown[::2], shown[1::2]) if _is_label(label) and _is_value(value)]
        yield from ((_label(label), _value(value), _label_place(label)) for label, value in pairs)
    for cell in cells:
        if not _is_label(cell) or len(shown) == 1:
            yield from _pairs_of_box(cell)


def _has_words(cell: Tag) -> bool:
    """Whether a cell contains more than a separator of label and value."""
    return bool(fold(_label(cell)) or cell.find(is_field))


def _column_labels(row: Tag) -> list[str]:
    """The column labels above a row: the first row, if its cells are th, or bold while those of this row are not."""
    table = row.find_parent("table")
    first = table.find("tr") if table is not None else None
    cells = _cells(first) if first is not None and first is not row else []
    bold = all(map(_is_bold, cells)) and not all(map(_is_bold, _cells(row)))
    return [_label(cell) for cell in cells] if len(cells) > 1 and (bold or all(cell.name == "th" for cell in cells)) else []


def _is_bold(cell: Tag) -> bool:
    bold = cell.find(["b", "strong"])
    return bold is not None and text_of(bold) == text_of(cell)


def _is_value(cell: Tag) -> bool:
    """Whether a cell is a value: it has few texts, and no row in it has a label."""
    if cell.find(["table", "dl", "ul", "ol"]) is None:
        return True
    inner = (row for row in cell.find_all("tr") if len(_cells(row)) > 1)
    return len(strings(cell)) <= _MOST_IN_BOX and not any(_is_label(_cells(row)[0]) for row in inner)


def _value(cell: Tag) -> str:
    text = text_of(cell)
    field = cell.find(is_field)
    typed = str(field.get("value", "")) if field is not None and field.get("type") not in ("hidden", "password") else ""
    return text or squash(typed) or _image_text(cell)


def _label(tag: Tag) -> str:
    return text_of(tag) or _image_text(tag)


def _image_text(tag: Tag) -> str:
    """The words of an image, '' without one."""
    return next((squash(image.get(name)) for image in tag.find_all("img") for name in ("alt", "title") if image.get(name)), "")


def _label_place(tag: Tag) -> Tag:
    """The innermost tag with the words of a label: the same for each way that finds the label."""
    found = pieces(tag)
    return found[0][1] if found else tag


def _pairs_of_definitions(dl: Tag) -> Iterator[tuple[str, str, Tag]]:
    label = place = None
    for tag in dl.find_all(["dt", "dd"]):
        if tag.find_parent("dl") is not dl:
            continue
        if tag.name == "dt":
            label, place = _label(tag), _label_place(tag)
        elif label and _is_value(tag):
            yield label, _value(tag), place


def _pair_of_field(page: Page, tag: Tag) -> Iterator[tuple[str, str, Tag]]:
    one = Field(page, tag)
    if one.kind in ("text", "number", "textarea") and one.value:
        yield one.label, str(one.value), tag


def _pair_named_by_id(page: Page, tag: Tag) -> Iterator[tuple[str, str, Tag]]:
    """<label for=x> or aria-labelledby=x of an element that is not a field."""
    by_id, named = order_of(page.soup).by_id, str(tag.get("for") or tag.get("aria-labelledby")).split()
    other = by_id.get(named[0]) if named else None
    label, value = (tag, other) if tag.name == "label" else (other, tag)
    if label is None or value is None or is_field(value) or value.find(is_field) is not None:
        return
    if _is_label(label) and _is_value(value):
        yield _label(label), _value(value), _label_place(label)


def _is_label(tag: Tag) -> bool:
    """Whether a tag is one short text without a link. "Model: B" is a whole pair and not a label."""
    texts = strings(tag) or [_image_text(tag)]
    return len(texts) == 1 and bool(fold(texts[0])) and not _COLON.match(texts[0]) and tag.name != "a" and tag.find("a") is None


def _pairs_of_children(tag: Tag) -> Iterator[tuple[str, str, Tag]]:
    """<div><span>Label</span><span>value</span></div>, also <p><b>Label:</b> value</p>."""
    parts = [child for child in tag.find_all(True, recursive=False) if not is_hidden(child) and fold(_label(child))]
    loose = own_text(tag)
    if len(parts) == 2 and not fold(loose):
        if _is_label(parts[0]) and parts[1].name not in _BIG and len(strings(parts[1])) <= _MOST_IN_BOX and _is_value(parts[1]):
            yield _label(parts[0]), _value(parts[1]), _label_place(parts[0])
    elif parts and fold(loose) and parts[0].name in _LABEL_TAGS:
        yield from _pairs_of_bold_labels(tag)


def _pairs_of_bold_labels(tag: Tag) -> Iterator[tuple[str, str, Tag]]:
    """Several "<b>Label:</b> value<br>" in one element."""
    label, place = None, None
    value: list[str] = []
    for text, child in runs(tag):
        if child is not None and child.name in _LABEL_TAGS and (label is None or text_of(child).endswith(":")):
            if label:
                yield label, " ".join(value), place
            label, value, place = text_of(child), [], _label_place(child)
        elif text or child is not None and text_of(child):
            value.append(text or text_of(child))
    if label:
        yield label, " ".join(value).lstrip(": "), place


def _pairs_of_text(tag: Tag) -> Iterator[tuple[str, str, Tag]]:
    """ "Label: value" as one text, several of them separated by <br>."""
    for text, _child in runs(tag):
        match = _COLON.match(text)
        if match and not _CLOCK.search(match.group(1)):
            yield match.group(1), match.group(2), tag
