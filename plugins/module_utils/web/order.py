# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The position of each tag on a page, computed once, so that searching tags inside other tags is fast on a long page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .html.tree import Tag

_FIELDS = ("input", "select", "textarea", "button")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption")


class Order:
    """The tags of a tree in the order of the page.

    by_id, forms: {id: the first tag, the first form with it}; labels: {value of for=: [label tags]};
    fields: {id() of a form's tag: its fields and buttons}.
    """

    def __init__(self, root: Tag) -> None:
        self.tags = root.find_all(True)
        self._first = {id(root): -1, **{id(tag): number for number, tag in enumerate(self.tags)}}
        self._last = self._ends(root)
        self.by_id: dict[str | None, Tag] = {}
        self.forms: dict[str | None, Tag] = {}
        self.labels: dict[str | None, list[Tag]] = {}
        for tag in self.tags:
            self.by_id.setdefault(tag.get("id"), tag)
            if tag.name == "form":
                self.forms.setdefault(tag.get("id"), tag)
            if tag.name == "label":
                self.labels.setdefault(tag.get("for"), []).append(tag)
        self._headings = [self._first[id(tag)] for tag in self.tags if tag.name in _HEADINGS]
        self.fields = self._by_form()

    def span(self, tag: Tag) -> tuple[int, int]:
        """(number of the tag, number of the last tag inside it)."""
        return self._first[id(tag)], self._last[id(tag)]

    def heading_before(self, tag: Tag) -> Tag | None:
        """The nearest heading or caption that begins before a tag, or None."""
        number = bisect_left(self._headings, self._first[id(tag)])
        return self.tags[self._headings[number - 1]] if number else None

    def _ends(self, root: Tag) -> dict[int, int]:
        last = {id(root): len(self.tags) - 1}
        open_tags: list[Tag] = []
        for number, tag in enumerate(self.tags):
            while open_tags and open_tags[-1] is not tag.parent:
                last[id(open_tags.pop())] = number - 1
            open_tags.append(tag)
        for tag in open_tags:
            last[id(tag)] = len(self.tags) - 1
        return last

    def _by_form(self) -> dict[int, list[Tag]]:
        owned: dict[int, list[Tag]] = {}
        for tag in self.tags:
            if tag.name in _FIELDS:
                form = self.forms.get(tag["form"]) if tag.get("form") else tag.find_parent("form")
                owned.setdefault(id(form), []).append(tag)
        return owned


def order_of(tag: Tag) -> Order:
    """The Order of the tree of a tag. The tree of a page never changes, so its Order is stored at its root."""
    root = tag
    while root.parent is not None:
        root = root.parent
    if "_order" not in root.__dict__:
        root.__dict__["_order"] = Order(root)
    return root.__dict__["_order"]


class Marks:
    """Tags of one page that are searched inside or around other tags."""

    def __init__(self, tags: Iterable[Tag] = ()) -> None:
        self._order: Order | None = None
        self._starts, self._covered = bytearray(), bytearray()
        self.add(tags)

    def add(self, tags: Iterable[Tag]) -> None:
        for tag in tags:
            if self._order is None:
                self._order = order_of(tag)
                self._starts, self._covered = bytearray(len(self._order.tags)), bytearray(len(self._order.tags))
            first, last = self._order.span(tag)
            self._starts[first] = 1
            self._covered[first : last + 1] = b"\1" * (last + 1 - first)

    def inside(self, box: Tag, but: Tag | None = None) -> bool:
        """Whether one of the tags, except `but`, is the box or is inside it."""
        if self._order is None:
            return False
        first, last = (max(0, number) for number in self._order.span(box))
        if but is None:
            return self._starts.find(1, first, last + 1) >= 0
        own = self._order.span(but)[0]
        return self._starts.find(1, first, min(last + 1, max(own, first))) >= 0 or self._starts.find(1, max(own + 1, first), last + 1) >= 0

    def around(self, tag: Tag) -> bool:
        """Whether one of the tags is this tag or contains it."""
        return self._order is not None and bool(self._covered[self._order.span(tag)[0]])
