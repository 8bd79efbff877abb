# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a person would read on a page: visible text, and the comparison of two wordings."""

from __future__ import annotations

import re
import unicodedata

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NEVER_SHOWN = {"script", "style", "template", "noscript", "head", "title", "datalist", "option", "optgroup"}
_ONLY_FOR_READERS = {"sr-only", "visually-hidden", "screen-reader-text", "screenreader", "offscreen"}


def squash(text):
    """White space of any kind folded to single blanks, soft hyphens removed."""
    return " ".join(unicodedata.normalize("NFKC", text or "").replace("\u00ad", "").split())


def fold(text):
    """A wording as it is compared: case, white space and signs at both ends (":", "*", "…", "»") do not count."""
    return _EDGES.sub("", squash(text).casefold())


def is_hidden(element):
    """True if this element itself is not shown. `hidden` inputs are fields, not text, and do not concern us here."""
    if element.name in _NEVER_SHOWN or element.has_attr("hidden"):
        return True
    return bool(_DISPLAY_NONE.search(str(element.get("style", "")))) or element.get("aria-hidden") == "true"


def strings(element, *, skip=(), for_readers=True):
    """The visible pieces of text inside an element, in order, squashed; `skip`: elements that are left out.

    for_readers=False leaves out what only a screen reader says (a package's name repeated inside its button).
    """
    return [text for text, _tag in pieces(element, skip=skip, for_readers=for_readers)]


def pieces(element, *, skip=(), for_readers=True):
    """The same with the tag in which each piece stands: [(text, tag)]."""
    found, left_out = [], {id(one) for one in skip}
    _collect(element, found, left_out, for_readers)
    return found


def _collect(element, found, skip, for_readers):
    for child in element.children:
        if getattr(child, "name", None) is None:
            text = squash(child) if type(child).__name__ == "NavigableString" else ""
            if text:
                found.append((text, element))
        elif id(child) not in skip and not is_hidden(child) and (for_readers or not _for_readers_only(child)):
            _collect(child, found, skip, for_readers)


def _for_readers_only(element):
    return any(name in _ONLY_FOR_READERS for name in classes(element))


def text_of(element, **options):
    """The visible text of an element as one line."""
    return squash(" ".join(strings(element, **options)))


def own_text(element):
    """Only the text that stands directly in the element, not in elements inside it."""
    return squash(" ".join(c for c in element.children if type(c).__name__ == "NavigableString"))


def classes(element):
    """The class names of an element in lower case, as a list."""
    value = element.get("class") or []
    names = value.split() if isinstance(value, str) else value
    return [name.lower() for name in names]


def shorten(text, limit=300):
    """Evidence for an error message: one line of bounded length."""
    line = squash(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"
