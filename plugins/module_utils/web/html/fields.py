# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One field of a form: its value, and the labels that a person reads next to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..order import order_of
from .text import fold, is_hidden, own_text, squash, strings, text_of

if TYPE_CHECKING:
    from .page import Page
    from .tree import Tag

_BUTTONS = {"submit", "image", "button", "reset"}
_INPUTS = ("input", "select", "textarea", "button")
_ROWS = ("tr", "li", "dd", "p")
_CONTAINERS = ("form", "body", "fieldset", "table", "ul", "ol", "dl")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*[:*]?\s*$")


def is_field(tag: Tag) -> bool:
    """True for what a form sends, buttons apart."""
    if tag.name == "input":
        return str(tag.get("type", "text")).lower() not in _BUTTONS
    return tag.name in ("select", "textarea")


class Field:
    """kind: the input's type, 'select' or 'textarea'. names: three sets of folded labels, the surest first."""

    def __init__(self, page: Page, element: Tag) -> None:
        self.element, self.name = element, str(element.get("name", ""))
        self.kind = str(element.get("type", "text") or "text").lower() if element.name == "input" else element.name
        self._page = page
        self._names: tuple[set[str], ...] | None = None
        self.ticked = element.has_attr("checked")
        self.value = _value(element)

    @property
    def enabled(self) -> bool:
        return not self.element.has_attr("disabled") and self.element.find_parent("fieldset", disabled=True) is None

    @property
    def names(self) -> tuple[set[str], ...]:
        if self._names is None:
            self._names = _names(self._page.soup, self)
        return self._names

    @property
    def label(self) -> str:
        """The label as it reads on the page, or ''."""
        texts = _label_texts(self._page.soup, self)
        return texts[0].rstrip(" :*") if texts else ""

    @property
    def options(self) -> list[tuple[str, str, bool, bool]]:
        """[(value, text, chosen, enabled)] of a drop-down."""
        return [
            (_option_value(o), squash(o.get_text()), _option_value(o) in self._chosen(), not o.has_attr("disabled"))
            for o in self.element.find_all("option")
        ]

    def choose(self, text: str) -> bool:
        """Choose the option that reads so. Returns False if there is none."""
        for value, shown, _chosen, enabled in self.options:
            if enabled and fold(shown) == fold(text):
                self.value = [value]
                return True
        return False

    def _chosen(self) -> list[str]:
        return self.value if isinstance(self.value, list) else [self.value]

    def pairs(self) -> list[tuple[str, str]]:
        """What this field adds to the request."""
        if not self.name or not self.enabled or self.kind == "file":
            return []
        if self.kind in ("checkbox", "radio"):
            return [(self.name, str(self.element.get("value", "on")))] if self.ticked else []
        return [(self.name, value) for value in self._chosen()]


def _option_value(option: Tag) -> str:
    return str(option["value"]) if option.has_attr("value") else squash(option.get_text())


def _value(element: Tag) -> str | list[str]:
    if element.name == "textarea":
        return element.get_text().lstrip("\n")
    if element.name != "select":
        return str(element.get("value", ""))
    options = [o for o in element.find_all("option") if not o.has_attr("disabled")]
    chosen = [_option_value(o) for o in options if o.has_attr("selected")]
    if element.has_attr("multiple"):
        return chosen
    return chosen[-1:] or [_option_value(o) for o in options[:1]]


def _names(soup: Tag, one: Field) -> tuple[set[str], ...]:
    """Whole labels; then labels without text in brackets or inside further tags; then weaker hints."""
    whole, shorter = [], []
    for tag in _label_tags(soup, one.element):
        pieces = strings(tag)
        whole.append(text_of(tag))
        shorter += [own_text(tag), pieces[0] if pieces else ""]
    texts = _label_texts(soup, one)
    shorter += [_ASIDE.sub("", text) for text in texts]
    hints = [str(one.element.get(name, "")) for name in ("placeholder", "title")]
    sets = (whole + texts, shorter, hints)
    return tuple({fold(text) for text in group if fold(text)} for group in sets)


def _label_texts(soup: Tag, one: Field) -> list[str]:
    texts = [text_of(tag) for tag in _label_tags(soup, one.element)]
    texts.append(str(one.element.get("aria-label", "")))
    texts += [text_of(tag) for tag in _referred(soup, one.element)]
    if not any(texts):
        texts += [_adjacent_text(one)]
    return [text for text in texts if text]


def _label_tags(soup: Tag, element: Tag) -> list[Tag]:
    """<label for=...> by id (or by name, as sloppy pages do), and a <label> around the field."""
    tags: list[Tag] = []
    for key in ("id", "name"):
        if element.get(key) and not tags:
            tags = list(order_of(soup).labels.get(element[key], ()))
    around = element.find_parent("label")
    return [*tags, around] if around is not None else tags


def _referred(soup: Tag, element: Tag) -> list[Tag]:
    ids = str(element.get("aria-labelledby", "")).split()
    return [tag for tag in (order_of(soup).by_id.get(one) for one in ids) if tag is not None]


def _adjacent_text(one: Field) -> str:
    """The text next to a field without a <label>: after a box to tick, before anything else."""
    after_first = one.kind in ("checkbox", "radio")
    for direction in ("after", "before") if after_first else ("before",):
        text = _neighbour(one.element, direction)
        if text:
            return text
    return ""


def _neighbour(element: Tag, direction: str) -> str:
    """Text of the nearest sibling on that side; then of the siblings of its parents, up to a row or the form."""
    ends = _ROWS if direction == "after" else ()
    while element is not None and element.name not in _CONTAINERS and element.name not in ends:
        text = _sibling_text(element, direction)
        if text is not None:
            return text
        if element.name in _ROWS:
            break
        element = element.parent
    return ""


def _sibling_text(element: Tag, direction: str) -> str | None:
    """The text of the nearest sibling that says something; '' if a field comes first; None if there is nothing."""
    for sibling in element.next_siblings if direction == "after" else element.previous_siblings:
        if getattr(sibling, "name", None) is None:
            if type(sibling).__name__ == "NavigableString" and fold(sibling):
                return squash(sibling)
        elif _takes_input(sibling):
            return ""
        elif not is_hidden(sibling) and fold(text_of(sibling)):
            return text_of(sibling)
    return None


def _takes_input(tag: Tag) -> bool:
    return any(
        one.name == "button" or str(one.get("type", "")).lower() != "hidden" for one in [tag, *tag.find_all(_INPUTS)] if one.name in _INPUTS
    )
