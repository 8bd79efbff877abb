# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Removes tags that only place things on a page, so that label and value, name and button are side by side.

Old pages put each text into a table of its own, or into <font> and <center>, which a person does not see. Tags with a
class, an id or a role stay, and so do forms, fields, lists and tables with more than one cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .text import is_hidden

if TYPE_CHECKING:
    from .tree import Tag

_FORMATS = {"font", "center", "big", "tt", "nobr", "blink"}
_WRAPPERS = {"div", "span", "p", "small"}
_CELLS = ("td", "th")
_OUTERMOST = ("body", "html", "[document]")
_TABLE_PARTS = ("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", *_CELLS)
_CONTROLS = {"input", "select", "textarea", "button", "progress", "meter"}
_MEANINGFUL = {"class", "id", "role", "name", "for", "style", "hidden", "onclick", "title", "headers"}
_MOST = 300  # children; removing a tag costs time for each sibling


def without_layout(soup: Tag) -> Tag:
    """The same tree, changed in place, in time linear to its size."""
    tags = soup.find_all(True)[::-1]  # inner tags first
    visible: dict[int, bool] = {}
    for tag in tags:
        visible[id(tag)] = _is_visible(tag, visible)
    for tag in tags:
        if tag.parent is None or len(tag.parent.contents) > _MOST or len(tag.contents) > _MOST:
            continue
        if tag.name in _FORMATS and _is_bare(tag):
            tag.unwrap()
        elif tag.name in _WRAPPERS and _is_bare(tag):
            _undo_wrapper(tag, visible)
        elif tag.name == "tr":
            _undo_row_in_cell(tag, visible)
        elif tag.name == "table":
            _undo_table(tag, visible)
    return soup


def _is_visible(tag: Tag, visible: dict[int, bool]) -> bool:
    """Whether a person sees something of a tag."""
    if is_hidden(tag) or tag.name == "input" and str(tag.get("type", "")).lower() == "hidden":
        return False
    if tag.name in _CONTROLS or tag.name == "img" and (tag.get("alt") or tag.get("title")):
        return True
    return any(_is_child_visible(child, visible) for child in tag.children)


def _is_child_visible(child: Any, visible: dict[int, bool]) -> bool:
    if getattr(child, "name", None) is None:
        return type(child).__name__ == "NavigableString" and bool(child.strip())
    return visible.get(id(child), False)


def _visible_children(tag: Tag, visible: dict[int, bool]) -> list[Any]:
    return [child for child in tag.children if _is_child_visible(child, visible)]


def _is_bare(tag: Tag) -> bool:
    return not any(name in _MEANINGFUL or name.startswith(("data-", "aria-")) for name in tag.attrs)


def _undo_wrapper(tag: Tag, visible: dict[int, bool]) -> None:
    """Unwrap a tag that is all of its parent, or that contains only one other tag."""
    inside, around = _visible_children(tag, visible), _visible_children(tag.parent, visible)
    alone = len(around) == 1 and around[0] is tag and tag.parent.name not in _OUTERMOST
    alone = alone and (tag.name != "p" or tag.parent.name in (*_CELLS, "li", "dd", "div"))
    if alone or len(inside) == 1 and getattr(inside[0], "name", None) is not None and tag.name != "p":
        tag.unwrap()


def _undo_table(table: Tag, visible: dict[int, bool]) -> None:
    """Make a table with one visible cell a box."""
    parts = _parts(table)
    shown = [one for one in parts if one.name in (*_CELLS, "caption") and visible.get(id(one))]
    if len(shown) != 1 or shown[0].name == "caption":
        return
    for one in parts:
        one.unwrap()
    table.name = "div"
    if _is_bare(table):
        _undo_wrapper(table, visible)


def _undo_row_in_cell(row: Tag, visible: dict[int, bool]) -> None:
    """Replace a row whose only cell contains a table of one row by that row."""
    inside = _visible_children(row, visible)
    cell = inside[0] if len(inside) == 1 else None
    content = _visible_children(cell, visible) if cell is not None and getattr(cell, "name", None) in _CELLS else []
    table = content[0] if len(content) == 1 and getattr(content[0], "name", None) == "table" else None
    if table is None:
        return
    parts = _parts(table)
    rows = [one for one in parts if one.name == "tr" and visible.get(id(one))]
    if len(rows) == 1 and not any(one.name == "caption" and visible.get(id(one)) for one in parts):
        for one in [cell, table, *(one for one in parts if one.name not in _CELLS)]:
            one.unwrap()


def _parts(table: Tag) -> list[Tag]:
    """The tags of a table, without those of tables inside it."""
    found, level = [], [table]
    while level:
        level = [child for tag in level for child in tag.children if getattr(child, "name", None) in _TABLE_PARTS]
        level = [child for child in level if child is not table]
        found += level
        level = [child for child in level if child.name not in _CELLS]
    return found
