# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Recognizes an installer of the representative console: an error page may come with status 200."""

from __future__ import annotations

import re

from ...errors import NotUnderstood

MSI, OTHER = "msi", "other"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # an MSI is an OLE compound file
_MARKUP = re.compile(rb"^\s*(?:<\?xml|<!doctype|<!--|<[A-Za-z_][\w:.-]*[\s/>])", re.I)
_JSON = re.compile(rb"^\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_TEXTS = ("application/json", "application/xml", "application/xhtml+xml", "application/problem+json")


def read_format(head: bytes, size: int, content_type: str = "", *, host: str = "") -> str:
    """Return 'msi' by the first bytes, 'other' for another binary file. Raises NotUnderstood for a page, a text and an empty file.

    head: the first bytes; size: the number of all bytes; content_type: as the appliance names it, or ''.
    """
    if head.startswith(_OLE):
        return MSI
    media = (content_type or "").split(";")[0].strip().lower()
    body = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    if not size:
        raise NotUnderstood("The console's installer is empty.", host=host)
    if _MARKUP.match(body) or _JSON.match(body) or media.startswith("text/") or media in _TEXTS:
        raise NotUnderstood(
            "The appliance sent a text in place of the console's installer, with a status of success.",
            host=host,
            evidence=repr(_short(body)),
        )
    return OTHER


def _short(body: bytes) -> str:
    words = " ".join(re.sub(r"<[^>]*>", " ", body.decode("utf-8", "replace")).split())
    return words if len(words) <= 120 else words[:119] + "…"
