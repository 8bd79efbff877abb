# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds where one entry of a list ends and the next begins: in tables, lists, cards, definition lists and flat pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..order import Marks, order_of
from .text import classes, fold, own_text, text_of

if TYPE_CHECKING:
    from .tree import Tag

ROW_TAGS = ("tr", "li", "article", "option")
HEADINGS = ("h2", "h3", "h4", "h5", "h6", "legend", "summary", "dt")
_OUTERMOST = ("body", "html", "[document]")
_LISTS = ("main", "form", "table", "tbody", "thead", "ul", "ol", "dl", "section")


def entry_around(seed: Tag, borders: Marks, is_name: Callable[[str], bool]) -> list[Tag]:
    """The tags of the list entry of a seed (a button, or a check box).

    borders: Marks of tags that belong to something else (the other seeds, a file field ...); the seed may be among them.
    is_name(text): whether a text names an entry. The nearest box around the seed with a name is the entry. If names are
    next to the seed (dt and dd, a heading before a form, a row above), the siblings are collected.
    """
    inner, with_text = seed, None
    for box in seed.parents:
        if box.name in _OUTERMOST or borders.inside(box, but=seed) or _is_list(box, is_name) or inner.name == "dd":
            break
        inner = box
        if box.name == "dd" and _is_one_entry(box.parent, seed, borders, is_name):
            return [box.parent]
        names, has_text = count_names(box, is_name), bool(text_of(box, skip=[seed]))
        if box.name != "dd" and names or has_text and (box.name in ROW_TAGS or in_series(box)):
            return _completed(box, seed, borders, is_name)
        with_text = with_text or (box if has_text else None)
    return _gather(inner, borders, is_name) or [with_text or inner]


def _is_one_entry(dl: Tag, seed: Tag, borders: Marks, is_name: Callable[[str], bool]) -> bool:
    """Whether a definition list describes one entry, with the name as a value."""
    if dl is None or dl.name != "dl" or borders.inside(dl, but=seed) or _is_list(dl, is_name):
        return False
    return any(count_names(dd, is_name) for dd in dl.find_all("dd")) or in_series(dl)


def _completed(box: Tag, seed: Tag, borders: Marks, is_name: Callable[[str], bool]) -> list[Tag]:
    """The box, or the whole card around it if the card has no other control and no heading."""
    if box.name == "tr" and _continues(box):
        return _gather(box, borders, is_name) or [box]
    while box.name not in ROW_TAGS and not _has_like(box) and box.parent.name not in (*_OUTERMOST, *_LISTS):
        if borders.inside(box.parent, but=seed) or _is_list(box.parent, is_name) or _adds_controls(box):
            break
        box = box.parent
    return [box]


def _continues(row: Tag) -> bool:
    """Whether a table row continues the row above: fewer cells, or the rest of a rowspan."""
    above = row.find_previous_sibling("tr")
    return above is not None and is_continuation(row, above)


def is_continuation(row: Tag, above: Tag) -> bool:
    """Whether a row has fewer cells than the row above, and no heading."""
    return 0 < len(_cells(row)) < len(_cells(above)) and row.find("th") is None


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _adds_controls(box: Tag) -> bool:
    """Whether the parent of the box adds fields, buttons or headings."""
    tags = ["input", "button", "select", "textarea", "h1", "h2"]
    return len(box.parent.find_all(tags)) > len(box.find_all(tags))


def _gather(box: Tag, borders: Marks, is_name: Callable[[str], bool]) -> list[Tag]:
    """The box with its siblings back to the name of the entry and on to the next entry; [] without a name."""
    found, has_text = [box], bool(text_of(box))
    for sibling in _tags(box.previous_siblings):
        if borders.inside(sibling):
            return []
        found.insert(0, sibling)
        if box.name == "tr" and len(_cells(sibling)) > len(_cells(box)):
            return found
        if sibling.name in HEADINGS:
            return found + _rest(box, sibling)
        if count_names(sibling, is_name):
            return [] if has_text and _alike(sibling, box) else found + _rest(box, sibling)
    return []


def _tags(elements: Iterable[Any]) -> Iterator[Tag]:
    return (one for one in elements if getattr(one, "name", None))


def entry_from_head(head: Tag) -> list[Tag]:
    """A heading or dt with everything before the next one of its kind."""
    return [head, *_rest(head, head)]


def _rest(box: Tag, head: Tag) -> list[Tag]:
    rest = []
    for sibling in _tags(box.next_siblings):
        if sibling.name == head.name or sibling.name in HEADINGS:
            break
        rest.append(sibling)
    return rest


def _is_list(box: Tag, is_name: Callable[[str], bool]) -> bool:
    """Whether the box contains several entries: several names of one rank, or several headings side by side."""
    if count_names(box, is_name) > 1:
        return True
    heads = [(id(tag.parent), tag.name) for tag in box.find_all(["h2", "h3", "h4", "h5", "h6"])]
    return len(heads) > len(set(heads))


def count_names(box: Tag, is_name: Callable[[str], bool]) -> int:
    """How many names of one rank the box contains, 2 for any more. A name in a note has another tag or column."""
    ranks: dict[tuple[str, str, int], int] = {}
    most = 0
    for tag in chain([box], _tags(box.descendants)):
        if is_name(own_text(tag)):
            key = (tag.name, " ".join(classes(tag)), column_of(tag))
            ranks[key] = ranks.get(key, 0) + 1
            most = max(most, ranks[key])
        if most == 2:
            break
    return most


def column_of(tag: Tag) -> int:
    """The number of the table column of a tag; 0 outside of tables."""
    cell = tag if tag.name in ("td", "th") else tag.find_parent(["td", "th"])
    return len(cell.find_previous_siblings(["td", "th"])) if cell is not None else 0


def contains_any(element: Tag, others: Iterable[Tag]) -> bool:
    """Whether one of the tags `others` is the element or is inside it."""
    return Marks(others).inside(element)


def like_siblings(element: Tag) -> list[Tag]:
    """The siblings that are entries of the same list: the same tag, and for boxes one of the same classes."""
    return [
        one
        for one in (element.parent.find_all(element.name, recursive=False) if element.parent is not None else ())
        if one is not element and _alike(one, element)
    ]


def _has_like(element: Tag) -> bool:
    return any(one is not element and one.name == element.name and _alike(one, element) for one in _tags(element.parent.children))


def _alike(one: Tag, other: Tag) -> bool:
    ours, theirs = set(classes(one)), set(classes(other))
    return one.name in (*ROW_TAGS, *HEADINGS) or ours == theirs or bool(ours & theirs)


def in_series(box: Tag) -> bool:
    """Whether the box is one of several cards side by side; boxes without a class are not."""
    return bool(classes(box) or box.name in ("fieldset", "details")) and _has_like(box)


def heading_before(element: Tag) -> str:
    """The text of the nearest heading or caption before an element, '' if there is none."""
    head = order_of(element).heading_before(element)
    return text_of(head) if head is not None else ""


def column_label(tag: Tag) -> str:
    """The folded label of the table column of a text, '' if the table has no head row."""
    cell = tag if tag.name == "td" else tag.find_parent("td")
    table = cell.find_parent("table") if cell is not None else None
    first = table.find("tr") if table is not None else None
    heads = [one for one in first.find_all("th") if one.find_parent("tr") is first] if first is not None else []
    column = column_of(cell) if cell is not None else 0
    return fold(heads[column].get_text()) if column < len(heads) and len(heads) > 1 else ""
