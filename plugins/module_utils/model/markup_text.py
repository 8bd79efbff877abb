# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Recognizes HTML, and returns the text that it shows. Needs time linear to the length of any text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from html.entities import html5

from .plain_text import plain_line

_HEAD = 20_000  # characters in which HTML is recognized, and from which messages quote
_OPENED = re.compile(r"<!--|<(script|style)\b", re.I)
_TAG = re.compile(r"<[^<>]*>?")
_REFERENCE = re.compile(r"&#([0-9]+|[xX][0-9a-fA-F]+);?")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_XML_HEAD = re.compile(r"\s*<\?xml[^>]*\?>", re.I)


def visible_text(text: str, limit: int = 200) -> str:
    """Return the words of a page without tags, with single blanks, shortened to `limit` characters."""
    words = " ".join(plain_line(unescape(safe_references(_TAG.sub(" ", without_blocks(text[:_HEAD]))))).split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def safe_references(text: str) -> str:
    """Return HTML with U+FFFD in place of each reference to a character that does not exist: libraries fail on them."""
    return _REFERENCE.sub(_safe_reference, text)


def _safe_reference(reference: re.Match[str]) -> str:
    text = reference.group(1).lstrip("xX").lstrip("0")
    number = int(text or "0", 16 if reference.group(1)[0] in "xX" else 10) if len(text) < 9 else 0
    return reference.group(0) if 0 < number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"


def numbered_references(text: str) -> str:
    """Return HTML with a number in place of each name of a character: for the first name, Beautiful Soup makes a table of all of them."""
    return _NAMED.sub(_numbered, text)


def _numbered(reference: re.Match[str]) -> str:
    return "".join(f"&#{ord(one)};" for one in html5.get(reference.group(1), "")) or reference.group(0)


def without_blocks(text: str) -> str:
    """Return HTML without its scripts, styles and comments."""
    parts: list[str] = []
    position, block = 0, _next_block(text, 0)
    while block:
        parts.append(text[position : block[0]])
        position = block[1]
        block = _next_block(text, position)
    return " ".join([*parts, text[position:]])


def _next_block(text: str, position: int) -> tuple[int, int] | None:
    """Return (start, end) of the next script, style or comment, or None; without an end tag it ends with the text."""
    opened = _OPENED.search(text, position)
    if opened is None:
        return None
    closed = re.compile(rf"</{opened.group(1)}\s*>" if opened.group(1) else "-->", re.I).search(text, opened.end())
    return opened.start(), closed.end() if closed else len(text)


def looks_like_html(text: str, also: Iterable[str] = ()) -> bool:
    """Whether a text begins as HTML does, after blanks, an XML declaration and comments; `also`: more tags that count."""
    text = text[:_HEAD]
    declared = _XML_HEAD.match(text)
    text = text[declared.end() :] if declared else text
    while text.lstrip().startswith("<!--"):
        _comment, closing, text = text.partition("-->")
        text = text if closing else ""
    text = text.lstrip()
    return bool(_HTML.match(text)) or any(re.match(rf"<{tag}\b", text, re.I) for tag in also)
