# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The visible text of a page, and the comparison of wordings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...model.plain_text import plain_line

if TYPE_CHECKING:
    from .tree import Tag

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_TAGS = {"script", "style", "template", "noscript", "head", "title", "datalist", "option", "optgroup"}
_INLINE = {"a", "abbr", "b", "code", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "tt", "u"}
_VISIBLE_WHEN_EMPTY = {"br", "hr", "input", "img", "td", "th", "select", "textarea", "button", "progress", "meter"}
_ONLY_FOR_READERS = {"sr-only", "visually-hidden", "screen-reader-text", "screenreader", "offscreen"}


def squash(text: str | None) -> str:
    """The text with single blanks, without control characters and invisible characters."""
    return " ".join(unicodedata.normalize("NFKC", plain_line(text or "")).split())


def fold(text: str | None) -> str:
    """The text for comparison: case, white space, and signs at both ends (":", "*", "…", "»") do not count."""
    return _EDGES.sub("", squash(text).casefold())


def is_hidden(element: Tag) -> bool:
    """Whether this element itself is hidden. `hidden` inputs are fields, not text."""
    if element.name in _HIDDEN_TAGS or element.has_attr("hidden"):
        return True
    return bool(_DISPLAY_NONE.search(str(element.get("style", "")))) or element.get("aria-hidden") == "true"


def strings(element: Tag, *, skip: Iterable[Tag] = (), for_readers: bool = True) -> list[str]:
    """The visible texts inside an element, in order, squashed. skip: elements to omit.

    for_readers=False omits what only a screen reader says (the name of a package repeated inside its button).
    """
    return [text for text, _tag in pieces(element, skip=skip, for_readers=for_readers)]


def pieces(element: Tag, *, skip: Iterable[Tag] = (), for_readers: bool = True) -> list[tuple[str, Tag]]:
    """The same with the tag of each text: [(text, tag)]."""
    found, left_out, waiting = [], {id(one) for one in skip}, [("", element)]
    while waiting:
        text, one = waiting.pop()
        if text:
            found.append((text, one))
        elif one is element or id(one) not in left_out and (for_readers or not _for_readers_only(one)):
            waiting += [(text, child if child is not None else one) for text, child in reversed(runs(one))]
    return found


def lines(element: Tag) -> list[str]:
    """The visible text line by line, as blocks and <br> separate it: a sentence with a bold word is one line."""
    found: list[list[str]] = [[]]
    waiting = [("", element)]
    while waiting:
        text, one = waiting.pop()
        if text:
            found[-1].append(text)
        elif one is None or one.name not in _INLINE:
            found.append([])
        if one is not None and not text:
            waiting += [] if one.name in _INLINE else [("", None)]
            waiting += reversed(runs(one))
    return [" ".join(line) for line in found if line]


def runs(element: Tag) -> list[tuple[str, Tag]]:
    """(text, None) and ('', tag) of what is visible directly in an element. A text continues over comments and empty tags."""
    found, text = [], []
    for child in element.children:
        if getattr(child, "name", None) is None:
            text += [child] if type(child).__name__ == "NavigableString" else []
        elif not is_hidden(child) and (child.contents or child.name in _VISIBLE_WHEN_EMPTY):
            found += [(squash("".join(text)), None), ("", child)]
            text = []
    found.append((squash("".join(text)), None))
    return [(text, child) for text, child in found if text or child is not None]


def _for_readers_only(element: Tag) -> bool:
    return any(name in _ONLY_FOR_READERS for name in classes(element))


def text_of(element: Tag, **options: Any) -> str:
    """The visible text of an element as one line."""
    return squash(" ".join(strings(element, **options)))


def own_text(element: Tag) -> str:
    """The text directly in the element, without elements inside it."""
    return " ".join(text for text, _child in runs(element) if text)


def classes(element: Tag) -> list[str]:
    """The class names of an element in lower case, as a list."""
    value = element.get("class") or []
    names = value.split() if isinstance(value, str) else value
    return [name.lower() for name in names]


def shorten(text: str | None, limit: int = 300) -> str:
    """One line of at most `limit` characters, as evidence for an error."""
    line = squash(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"
