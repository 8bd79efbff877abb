# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Removes all secrets from a page before it is saved and shown. Structure and labels stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..mask.secrets import HIDDEN, SECRETS, Secrets
from .html.markup import parse

if TYPE_CHECKING:
    from .html.tree import Tag

REMOVED = "[removed]"
_HARMLESS_TYPES = {"submit", "button", "reset", "image", "checkbox", "radio"}
# Long texts of letters and digits: tokens, keys, session ids, hashes. Two steps without a look ahead, so that the time is linear.
_WORD = re.compile(r"[A-Za-z0-9+/_=.~-]{20,}")
_TOKEN = re.compile(r"[A-Za-z0-9+_=~-]{20,}")
_DIGIT, _LETTER = re.compile(r"[0-9]"), re.compile(r"[A-Za-z]")
# the groups of a download key
_KEY = re.compile(r"\b(?:[A-Za-z0-9]{4,8}-){3,}[A-Za-z0-9]{4,8}\b")
_PEM = re.compile(r"-----BEGIN [^-]+-----.*?(?:-----END [^-]+-----|$)", re.S)
_QUERY = re.compile(r"([?&;][^=&\s\"']{1,60}=)[^&\s\"'<>]{12,}")
_TEXT_ATTRIBUTES = ("value", "content", "href", "action", "src", "formaction", "onclick", "title")


def scrub(html: str, secrets: Iterable[str] = ()) -> str:
    """The page without passwords, hidden values, typed-in values, scripts, comments, tokens, keys, and `secrets`."""
    soup = parse(html)
    for tag in soup.find_all(["script", "style", "noscript"]):
        tag.clear()
    for text in soup.find_all(string=lambda one: type(one).__name__ in ("Comment", "CData", "Declaration")):
        text.extract()
    for tag in soup.find_all(True):
        _scrub_tag(tag)
    for text in soup.find_all(string=True):
        if type(text).__name__ == "NavigableString":
            text.replace_with(without_tokens(str(text)))
    own = Secrets()
    own.add(*secrets)
    return SECRETS.hide(own.hide(str(soup))).replace(HIDDEN, REMOVED)


def without_tokens(text: str) -> str:
    """The text without what looks like a token or a key."""
    text = _QUERY.sub(r"\1" + REMOVED, _PEM.sub(REMOVED, text))
    return _KEY.sub(REMOVED, _WORD.sub(_without_token, text))


def _without_token(found: re.Match[str]) -> str:
    """A word of letters and digits without its long parts; other words as they are."""
    word = found.group()
    return _TOKEN.sub(REMOVED, word) if _DIGIT.search(word) and _LETTER.search(word) else word


def _scrub_tag(tag: Tag) -> None:
    if tag.name == "input" and str(tag.get("type", "text")).lower() not in _HARMLESS_TYPES and tag.get("value"):
        tag["value"] = REMOVED
    if tag.name == "textarea":
        tag.string = ""
    if tag.name == "meta" and str(tag.get("http-equiv", "")).lower() != "refresh" and tag.get("content"):
        tag["content"] = REMOVED
    for name in list(tag.attrs):
        if (name in _TEXT_ATTRIBUTES or name.startswith("data-")) and isinstance(tag[name], str):
            tag[name] = without_tokens(tag[name])
