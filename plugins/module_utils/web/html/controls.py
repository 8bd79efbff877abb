# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Finds what can be pressed on a page: buttons, inputs that submit, links, and links that look like buttons.

A control is known by its whole label and never by its place or by a part of its label: Restart, Shut down and Factory
reset are on the same pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..order import order_of
from .text import classes, fold, strings, text_of

if TYPE_CHECKING:
    from .tree import Tag

_GOES_TO = re.compile(r"(?:window\.|document\.|self\.|top\.)*location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]")
_SUBMITS = re.compile(r"\bsubmit\s*\(\s*\)")
_SUBMIT_TYPES = {"submit", "image"}
_OFF = {
    "disabled",
    "is-disabled",
    "btn-disabled",
    "button-disabled",
    "inactive",
    "unavailable",
    "greyed",
    "grayed",
    "button--disabled",
    "btn--disabled",
    "not-available",
}
# Text after a label that does not change its meaning: a count, a size, the name of a package.
_ASIDE = re.compile(r"^(?:[\d\W]+|\(.*\)|[\d.,]+ ?[KMG]i?B|(?:for |für )?(?:Base|Bomgar|BeyondTrust) .*\d\.\d.*)$", re.I)
LINK, SUBMIT, DEAD = "link", "submit", "dead"


class Control:
    """element: the tag. kind: 'link' (fetches `target`), 'submit' (sends its form) or 'dead' (does nothing)."""

    def __init__(self, element: Tag) -> None:
        self.element = element
        self.names = _names(element)
        self.target = _target(element)
        self.kind = _kind(element, self.target)
        self.enabled = self.kind != DEAD and not is_off(element)

    @property
    def label(self) -> str:
        return text_of(self.element) or self.element.get("value") or self.element.get("alt") or ""

    def form_element(self, soup: Tag) -> Tag | None:
        """The <form> that this control sends: the one that it names with form=, else the nearest around it."""
        if self.element.get("form"):
            return order_of(soup).forms.get(self.element["form"])
        return self.element.find_parent("form")


def find_controls(root: Tag) -> list[Control]:
    """All controls below an element, in the order of the page."""
    return [Control(element) for element in root.find_all(_is_control)]


def _is_control(element: Tag) -> bool:
    if element.name in ("a", "button"):
        return True
    if element.name == "input":
        return str(element.get("type", "text")).lower() in ("submit", "image", "button")
    return element.get("role") in ("button", "link", "menuitem", "tab") or bool(element.get("onclick"))


def _target(element: Tag) -> str | None:
    """The address that a press fetches, or None: href, data-href or an onclick that sets the location."""
    href = str(element.get("href", "")).strip()
    if element.name == "a" and href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    if element.get("data-href"):
        return element["data-href"]
    match = _GOES_TO.search(_script(element))
    return match.group(1) if match else None


def _script(element: Tag) -> str:
    href = str(element.get("href", ""))
    return str(element.get("onclick", "")) + (href if href.lower().startswith("javascript:") else "")


def _kind(element: Tag, target: str | None) -> str:
    if target and not _is_submit(element):
        return LINK
    in_form = element.get("form") or element.find_parent("form") is not None
    if in_form and (_is_submit(element) or _SUBMITS.search(_script(element)) or _plain_button(element)):
        return SUBMIT
    return LINK if target else DEAD


def _is_submit(element: Tag) -> bool:
    kind = str(element.get("type", "submit" if element.name == "button" else "")).lower()
    return element.name in ("button", "input") and kind in _SUBMIT_TYPES


def _plain_button(element: Tag) -> bool:
    """Whether a type=button sends its form by a script: the form has no other submit."""
    if element.name not in ("button", "input"):
        return False
    form = element.find_parent("form")
    return form is not None and not any(map(_is_submit_tag, order_of(form).fields.get(id(form), ())))


def _is_submit_tag(element: Tag) -> bool:
    return element.name in ("button", "input") and _is_submit(element)


def is_off(element: Tag) -> bool:
    """Whether an element is disabled, in any of the ways that pages use."""
    if element.has_attr("disabled") or str(element.get("aria-disabled", "")).lower() == "true":
        return True
    if any(name in _OFF for name in classes(element)):
        return True
    fieldset = element.find_parent("fieldset", disabled=True)
    return fieldset is not None


def _names(element: Tag) -> set[str]:
    """All wordings by which a person knows this control, folded."""
    texts = [text_of(element), text_of(element, for_readers=False), _without_asides(element)]
    texts += [str(element.get(name, "")) for name in ("aria-label", "title", "alt")]
    texts += [str(image.get("alt", "")) for image in element.find_all("img")]
    if element.name == "input":
        texts.append(str(element.get("value", "")))
    return {folded for folded in map(fold, texts) if folded}


def _without_asides(element: Tag) -> str:
    """'Updates' for a link that reads '» Updates' '3'; 'Install This Update' if the name of the package follows."""
    pieces = [text for text in strings(element) if not _ASIDE.match(text)]
    return pieces[0] if len(pieces) == 1 else ""
