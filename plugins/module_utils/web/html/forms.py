# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A form, filled as a person fills it: fields by visible label, everything hidden carried along, one button pressed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model.address import join
from ..order import order_of
from .fields import Field, is_field

if TYPE_CHECKING:
    from ..labels import Labels
    from .controls import Control
    from .page import Page
    from .tree import Tag


@dataclass(frozen=True)
class Submission:
    """What a press sends. pairs: (name, value) in page order; files: {field name: path}; referer: the page."""

    method: str
    url: str
    pairs: tuple = ()
    multipart: bool = False
    files: dict = field(default_factory=dict)
    referer: str = ""


class Form:
    """One <form> of a page. Filling changes only this object; ask the page again for an untouched one."""

    def __init__(self, page: Page, element: Tag) -> None:
        self._page, self.element = page, element
        self._tags = order_of(element).fields.get(id(element), ())
        self.fields = [Field(page, tag) for tag in self._tags if is_field(tag)]
        self._files: dict[str, str] = {}

    def of_kind(self, *kinds: str) -> list[Field]:
        """The fields of these kinds ('text', 'password', 'checkbox', 'radio', 'select', 'file', 'hidden' ...)."""
        return [one for one in self.fields if one.kind in kinds]

    def find(
        self, labels: Labels, key: str, kinds: tuple[str, ...] | None = None, *, near: Tag | None = None, loose: bool = False
    ) -> Field | None:
        """The enabled field with a wording of the key as its label, or None.

        near:  an element; of several fields with that label the one closest to it in the tree is meant
        loose: also accept a field whose label only contains the wording, if exactly one does (reading a label that
               goes on, as "Include private key in the export"); never used for buttons
        """
        pool = [one for one in self.fields if one.kind != "hidden" and (kinds is None or one.kind in kinds)]
        wanted = labels.folded(key)
        found = _by_rank(pool, wanted)
        if not found and loose:
            found = [one for one in pool if any(_label_contains(one, text) for text in wanted)]
            found = found if len(found) == 1 else []
        if near is not None and len(found) > 1:
            found = sorted(found, key=lambda one: _distance(one.element, near))
        return found[0] if found else None

    def attach(self, file_field: Field, path: str) -> None:
        """Let a file field send the file at this path."""
        self._files[file_field.name] = str(path)

    def submission(self, control: Control | None = None) -> Submission:
        """What a press on `control` sends (None: the form as it is, as a script would send it)."""
        button = control.element if control is not None else None
        owned, pairs = {id(one.element): one for one in self.fields}, []
        for tag in self._tags if button is None or any(tag is button for tag in self._tags) else (*self._tags, button):
            if tag is button:
                pairs += _pressed(tag)
            elif id(tag) in owned:
                pairs += owned[id(tag)].pairs()
        method = self._attribute(button, "method", "get").lower()
        return Submission(
            method="POST" if method == "post" else "GET",
            url=join(self._page.base, self._attribute(button, "action", "") or self._page.url),
            pairs=tuple(pairs),
            multipart="multipart" in self._attribute(button, "enctype", "").lower(),
            files=dict(self._files),
            referer=self._page.url,
        )

    def _attribute(self, button: Tag | None, name: str, default: str) -> str:
        if button is not None and button.get("form" + name):
            return str(button["form" + name]).strip()
        return str(self.element.get(name, default)).strip()


def _by_rank(pool: list[Field], wanted: Iterable[str]) -> list[Field]:
    """The fields whose label matches best: first the whole label, then the first words of a longer one."""
    for rank in (0, 1, 2):
        for text in wanted:
            found = [one for one in pool if text in one.names[rank]]
            if found:
                return found
    return []


def _label_contains(one: Field, text: str) -> bool:
    return any(f" {text} " in f" {name} " for names in one.names for name in names)


def _distance(element: Tag, other: Tag) -> int:
    """Steps up from `element` until `other` is inside: the smaller, the nearer."""
    around = {id(parent): steps for steps, parent in enumerate(element.parents)}
    return next((around[id(parent)] for parent in other.parents if id(parent) in around), len(around))


def _pressed(button: Tag) -> list[tuple[str, str]]:
    name = button.get("name")
    if str(button.get("type", "")).lower() == "image":
        prefix = f"{name}." if name else ""
        return [(f"{prefix}x", "1"), (f"{prefix}y", "1")]
    return [(name, str(button.get("value", "")))] if name else []
