# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds packages without a control: entries like those with a button, and single names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..html.structure import (
    HEADINGS,
    ROW_TAGS,
    column_of,
    entry_from_head,
    in_series,
    is_continuation,
    like_siblings,
)
from ..html.text import classes, fold, own_text, text_of
from ..order import Marks
from .package_text import NAME_COLUMN, is_name, make_row
from .prerequisites import NEEDS

if TYPE_CHECKING:
    from ..html.page import Page
    from ..html.tree import Tag
    from .package_text import Row


def rows_like(rows: list[Row], page: Page, borders: Iterable[Tag]) -> list[Row]:
    """Entries without a control in the same lists, or with the same markup elsewhere on the page."""
    found, taken, kinds = [], Marks(tag for row in rows for tag in row.tags), set()
    others = Marks(borders)
    for row in rows:
        head = row.tags[0]
        if row.name_tag is None or head.name == "select" or _place(row) in kinds:
            continue
        kinds.add(_place(row))
        for peer in [*like_siblings(head), *_same_class(page, head)]:
            if taken.inside(peer) or taken.around(peer) or others.inside(peer):
                continue
            tags = _entry_of_peer(peer, several=len(row.tags) > 1)
            other = make_row(tags)
            if other.name and _same_kind_of_place(other, row):
                found.append(other)
                taken.add(tags)
    return found


def _place(row: Row) -> tuple[Any, ...]:
    """The features that two similar entries share: one entry of each kind is enough to find the others."""
    head, name = row.tags[0], row.name_tag
    return id(head.parent), head.name, tuple(classes(head)), len(row.tags) > 1, name.name, column_of(name), _cells(row)


def _entry_of_peer(peer: Tag, several: bool) -> list[Tag]:
    """All tags of the entry that begins with `peer`. several: entries of this list have several tags."""
    if several and peer.name in HEADINGS:
        return entry_from_head(peer)
    entry = [peer]
    for below in peer.find_next_siblings("tr") if peer.name == "tr" else ():
        if not is_continuation(below, peer) or not (several or NEEDS.search(text_of(below))):
            break
        entry.append(below)
    return entry


def _same_class(page: Page, tag: Tag) -> list[Tag]:
    names = set(classes(tag)) - {"odd", "even", "row"}
    return [one for one in page.soup.find_all(tag.name) if names & set(classes(one))] if names else []


def _same_kind_of_place(other: Row, row: Row) -> bool:
    """Whether the name of the other entry is in the same place as the name of the known entry."""
    if other.name_tag is None or fold(other.name) in NAME_COLUMN or other.tags[0].find_parent("thead") is not None:
        return False
    if other.name_tag.name == "th" and row.name_tag.name != "th":
        return False
    if other.tags[0].name == "tr":
        return column_of(other.name_tag) == column_of(row.name_tag) and _cells(other) >= min(2, _cells(row))
    return is_name(other.name) or other.name_tag.name == row.name_tag.name


def _cells(row: Row) -> int:
    return len(row.tags[0].find_all(["td", "th"]))


def rows_by_name(rows: list[Row], page: Page, borders: Iterable[Tag]) -> list[Row]:
    """Names of packages outside of known entries: blocked packages on a page without any button."""
    found, taken, kinds = [], Marks(tag for row in rows for tag in row.tags), set()
    heads = [
        tag
        for tag in page.soup.find_all(True)
        if is_name(own_text(tag)) and tag.find_parent("nav") is None and tag.name not in ("option", "title", "button", "a", "p")
    ]
    around = Marks([*heads, *borders])
    for head in heads:
        if taken.around(head):
            continue
        entry = _entry_of_name(head, around)
        row = make_row(entry)
        found.append(row)
        taken.add(entry)
        if row.name_tag is None or _place(row) in kinds:
            continue
        kinds.add(_place(row))
        for peer in rows_like([row], page, [*borders, *(tag for one in (*rows, *found) for tag in one.tags)]):
            found.append(peer)
            taken.add(peer.tags)
    return found


def _entry_of_name(head: Tag, around: Marks) -> list[Tag]:
    if head.name in HEADINGS and not in_series(head.parent):
        return entry_from_head(head)
    for box in [head, *head.parents]:
        if box.name in ROW_TAGS or in_series(box) and box is not head:
            return [box]
        if box.parent is None or around.inside(box.parent, but=head) or box.parent.name in ("body", "form"):
            return [box]
    return [head]
