# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A page made fit to be saved and shown: its structure and its labels stay, every secret goes."""

from __future__ import annotations

import re

from .markup import parse

REMOVED = "[removed]"
_KEPT_VALUES = {"submit", "button", "reset", "image", "checkbox", "radio"}
# long runs of letters and digits together: tokens, keys, session ids, hashes; 8 groups of a download key as well
_TOKEN = re.compile(r"(?=[A-Za-z0-9+/_=.~-]*\d)(?=[A-Za-z0-9+/_=.~-]*[A-Za-z])[A-Za-z0-9+_=~-]{20,}"
                    r"|\b(?:[A-Za-z0-9]{4,8}-){3,}[A-Za-z0-9]{4,8}\b")
_PEM = re.compile(r"-----BEGIN [^-]+-----.*?(?:-----END [^-]+-----|$)", re.S)
_QUERY = re.compile(r"([?&;][^=&\s\"']{1,60}=)[^&\s\"'<>]{12,}")
_TEXT_ATTRIBUTES = ("value", "content", "href", "action", "src", "formaction", "onclick", "title")


def scrub(html, secrets=()):
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
    page = str(soup)
    for secret in sorted({one for one in secrets if one}, key=len, reverse=True):
        page = page.replace(secret, REMOVED).replace(_escaped(secret), REMOVED)
    return page


def without_tokens(text):
    """A text without what looks like a token or a key."""
    return _TOKEN.sub(REMOVED, _QUERY.sub(r"\1" + REMOVED, _PEM.sub(REMOVED, text)))


def _scrub_tag(tag):
    if tag.name == "input" and str(tag.get("type", "text")).lower() not in _KEPT_VALUES and tag.get("value"):
        tag["value"] = REMOVED
    if tag.name == "textarea":
        tag.string = ""
    if tag.name == "meta" and str(tag.get("http-equiv", "")).lower() != "refresh" and tag.get("content"):
        tag["content"] = REMOVED
    for name in list(tag.attrs):
        if (name in _TEXT_ATTRIBUTES or name.startswith("data-")) and isinstance(tag[name], str):
            tag[name] = without_tokens(tag[name])


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
