# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Removes from untrusted text what a terminal, a log or a spreadsheet would act on.

An appliance, a proxy or a file may send escape sequences, control characters, characters that reverse the direction of text, and
characters of no width. None of them belongs to a name or a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

# C0 without the line feed, DEL, C1 with the next-line sign, the Unicode line ends
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
# a whole sequence: a terminal would execute it (colors, cursor, titles) instead of showing it
_SEQUENCE = re.compile("(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no encoding can write it
_DIRTY = re.compile(f"{_CONTROL.pattern}|{_INVISIBLE.pattern}|{_SURROGATE.pattern}")


def is_plain(text: str) -> bool:
    """Whether plain() would not change the text, apart from line ends and tabs."""
    flat = text.replace("\r", " ").replace("\t", " ")
    return _is_ascii_line(flat.replace("\n", " ")) or not _DIRTY.search(flat)


def plain(text: str) -> str:
    """Return the text without escape sequences and invisible characters; each control character but the line feed becomes a blank."""
    if _is_ascii_line(text) or not _DIRTY.search(text):
        return text
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", _CONTROL.sub(" ", _SEQUENCE.sub("", text))))


def _is_ascii_line(text: str) -> bool:
    """Whether the text is certainly plain: a fast check that most texts pass."""
    return text.isascii() and text.isprintable()


def plain_line(text: str) -> str:
    """Return plain() as one line: a line feed of untrusted text would look like a line of ours."""
    return plain(text).replace("\n", " ")


def cut(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text; an ellipsis at the end shows that it was longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def plain_values(value: Any, clean: Callable[[str], str] = plain) -> Any:
    """Return a value made of dicts and lists with clean() applied to every text in it, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {plain_values(key, clean): plain_values(one, clean) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_values(one, clean) for one in value]
    return value
