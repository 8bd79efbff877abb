# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Packages without anything to press: entries like those that have a button, and names that stand alone."""

from __future__ import annotations

from .package_text import NAME_COLUMN, is_name, make_row
from .structure import (
    HEADINGS,
    ROW_TAGS,
    column_of,
    entry_from_head,
    holds,
    in_series,
    is_continuation,
    like_siblings,
)
from .text import classes, fold, own_text, text_of
from .waits_for import NEEDS


def rows_like(rows, page, borders):
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
            other = make_row(tags)
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
    if other.name_tag is None or fold(other.name) in NAME_COLUMN or other.tags[0].find_parent("thead") is not None:
        return False
    if other.name_tag.name == "th" and row.name_tag.name != "th":
        return False
    if other.tags[0].name == "tr":
        return column_of(other.name_tag) == column_of(row.name_tag) and _cells(other) >= min(2, _cells(row))
    return is_name(other.name) or other.name_tag.name == row.name_tag.name


def _cells(row):
    return len(row.tags[0].find_all(["td", "th"]))


def rows_by_name(rows, page, borders):
    """Names of packages that stand in no known entry: blocked ones where nothing can be pressed at all."""
    found, taken = [], [tag for row in rows for tag in row.tags]
    heads = [tag for tag in page.soup.find_all(True) if is_name(own_text(tag)) and tag.find_parent("nav") is None
             and tag.name not in ("option", "title", "button", "a", "p")]
    for head in heads:
        if any(holds(tag, [head]) for tag in taken):
            continue
        entry = _entry_of_name(head, [one for one in heads if one is not head], borders)
        row = make_row(entry)
        found.append(row)
        taken += entry
        for peer in rows_like([row], page, [*borders, *taken]):
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
