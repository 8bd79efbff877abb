# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Verifies that a file can be a backup. Status 200 proves nothing: an old appliance refuses a login with it (docs/vendor/backup-api.md).

The format of an NSB file, its content type and its size are not published. So a backup is recognized by what it is not: no XML error, no
JSON, no HTML, no sentence, not empty, not tiny. The transport verifies that it is complete.
"""

from __future__ import annotations

import re

from ..errors import AccessDenied, NotUnderstood, PermissionMissing, Refused
from .markup_text import looks_like_html, visible_text
from .strict_json import read_json

MINIMUM = 1024  # bytes; our own choice: more than any error text, less than an empty configuration
_XML = re.compile(r"^\s*(?:<\?xml|<[A-Za-z_][\w:.-]*[\s/>])")
_XML_TEXT = re.compile(r"<(?:\w+:)?error\b[^<>]*>([^<]*)", re.I)
_PARTS = ("title", "div", "p", "h[1-6]")  # the first tag of a page without a head
_PERMISSION = re.compile(r"permission|not (?:allowed|authori[sz]ed)|forbidden|berechtigung", re.I)
_LOGIN = re.compile(r"invalid credentials|type\s*=\s*[\"']?password|access_denied|invalid_client|log ?in", re.I)
_AGAIN = "The file was deleted. Take the backup again before you install anything."


def verify_backup(head: bytes, size: int, *, minimum: int = MINIMUM, host: str = "") -> None:
    """Raise an error unless the file can be a backup.

    head: its first bytes (4 KiB are enough); size: the number of all bytes; minimum: the smallest accepted size. The content type of
    backups is not published, so it is not checked. Raises AccessDenied for a refused login, PermissionMissing, Refused for another error
    text, and NotUnderstood for a page, other data, an empty and a tiny file.
    """
    if size == 0 or not head:
        raise NotUnderstood("The backup is empty.", host=host, remedy=_AGAIN)
    text = _as_text(head, whole=size <= len(head))
    if text is not None:
        _verify_text(text, size, minimum, host)
    if size < minimum:
        raise NotUnderstood(
            f"The backup has only {size} bytes; at least {minimum} are expected.",
            host=host,
            evidence=repr(_short(text)) if text else "",
            remedy=_AGAIN,
        )


def _verify_text(text: str, size: int, minimum: int, host: str) -> None:
    """Raise an error for a page, an XML error, JSON and a sentence; other text can be a backup, whose format is unknown."""
    kind = _kind(text, size, minimum)
    if kind is None:
        return
    words = _short(_words(text))
    message = f"The appliance sent {kind} in place of a backup, with a status of success."
    if _PERMISSION.search(words):
        raise PermissionMissing(
            message, host=host, evidence=repr(words), remedy="Give the API account the permission for backups (perm_backup). " + _AGAIN
        )
    if _LOGIN.search(words) or _LOGIN.search(text):
        raise AccessDenied(message, host=host, evidence=repr(words), remedy="Check the account that takes the backup. " + _AGAIN)
    error: type[Refused] | type[NotUnderstood] = Refused if kind in ("an error text", "an XML error") else NotUnderstood
    raise error(message, host=host, evidence=repr(words), remedy=_AGAIN)


def _kind(text: str, size: int, minimum: int) -> str | None:
    if looks_like_html(text, also=_PARTS):
        return "a web page"
    if _XML.match(text) and _XML_TEXT.search(text):
        return "an XML error"
    if text.lstrip()[:1] in ("{", "[") and (_is_json(text) or size > len(text)):
        return "JSON"
    if _XML.match(text) and size < minimum:
        return "XML"
    return "an error text" if size < minimum else None


def _is_json(text: str) -> bool:
    try:
        read_json(text)
    except ValueError:
        return False
    return True


def _as_text(head: bytes, whole: bool) -> str | None:
    """Return the head as text, None if it is binary. If more follows, the last character may be incomplete."""
    for cut in range(1 if whole else 4):
        try:
            text = head[: len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        odd = sum(1 for sign in text if ord(sign) < 32 and sign not in "\t\r\n\f")
        return text if text and not odd else None
    return None


def _words(text: str) -> str:
    match = _XML_TEXT.search(text)
    return visible_text(match.group(1) if match else text)


def _short(text: str | None, limit: int = 200) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
