# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Is this an installer of the representative console? An error page may come with status 200. Pure."""

from __future__ import annotations

import re

from ..errors import NotUnderstood

MSI, OTHER = "msi", "other"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # an MSI is an OLE compound file
_MARKUP = re.compile(rb"^\s*(?:<\?xml|<!doctype|<!--|<[A-Za-z_][\w:.-]*[\s/>])", re.I)
_JSON = re.compile(rb"^\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_TEXTS = ("application/json", "application/xml", "application/xhtml+xml", "application/problem+json")


def judge(head, size, content_type="", *, host=""):
    """'msi' by its first bytes, 'other' for what is plainly no page and no text; NotUnderstood for these, and for nothing.

    head: the first bytes; size: all of them; content_type: as the appliance calls it, or ''.
    """
    if head.startswith(_OLE):
        return MSI
    media = (content_type or "").split(";")[0].strip().lower()
    body = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    if not size:
        raise NotUnderstood("The console's installer is empty.", host=host)
    if _MARKUP.match(body) or _JSON.match(body) or media.startswith("text/") or media in _TEXTS:
        raise NotUnderstood("A text came in place of the console's installer, with a status that says all is well.", host=host,
                            evidence=repr(_short(body)))  # fmt: skip
    return OTHER


def _short(body):
    words = " ".join(re.sub(r"<[^>]*>", " ", body.decode("utf-8", "replace")).split())
    return words if len(words) <= 120 else words[:119] + "…"
