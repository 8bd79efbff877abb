# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Is this a backup? Status 200 proves nothing: an old appliance answers a refused login with it (interfaces 6).

The inner format of an NSB file, its content type and its size are published nowhere, so a backup is judged by what it
is not: no XML error, no JSON, no HTML, no sentence, not empty, not tiny. Whether it is whole the transport judges.
"""

from __future__ import annotations

import json
import re

from ..errors import AccessDenied, NotUnderstood, PermissionMissing, Refused

MINIMUM = 1024  # bytes; our own choice: a configuration without users or sessions is larger than any error text
_HTML = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|div|p|h\d)\b",
                   re.I | re.S)
_XML = re.compile(r"^\s*(?:<\?xml|<[A-Za-z_][\w:.-]*[\s/>])")
_XML_TEXT = re.compile(r"<(?:\w+:)?error\b[^>]*>(.*?)</", re.I | re.S)
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.I | re.S)
_PERMISSION = re.compile(r"permission|not (?:allowed|authori[sz]ed)|forbidden|berechtigung", re.I)
_LOGIN = re.compile(r"invalid credentials|type\s*=\s*[\"']?password|access_denied|invalid_client|log ?in", re.I)
_AGAIN = "Nothing was kept. Take the backup again before anything is installed."


def judge(head, size, content_type="", *, minimum=MINIMUM, host=""):
    """Return if the file may be a backup; raise what it is instead.

    head: its first bytes (4 KiB will do); size: all its bytes; content_type: as the appliance called it, or ''.
    minimum: the least number of bytes that is believed. AccessDenied: the login was refused; PermissionMissing: the
    account may not; Refused: another error text; NotUnderstood: a page, data of another kind, empty or tiny.
    """
    if size == 0 or not head:
        raise NotUnderstood("The backup is empty.", host=host, remedy=_AGAIN)
    text = _as_text(head, whole=size <= len(head))
    if text is not None:
        _judge_text(text, size, minimum, host)
    elif _media(content_type) in ("text/html", "application/json", "text/xml", "application/xml"):
        raise NotUnderstood(f"The backup came as {_media(content_type)}, which no backup is.", host=host, remedy=_AGAIN)
    if size < minimum:
        raise NotUnderstood(f"The backup has only {size} bytes; at least {minimum} are expected.", host=host,
                            evidence=repr(_short(text)) if text else "", remedy=_AGAIN)


def _judge_text(text, size, minimum, host):
    """Text may still be a backup (the format is unknown), but no page, no XML error, no JSON and no sentence is."""
    kind = _kind(text, size, minimum)
    if kind is None:
        return
    words = _short(_words(text))
    message = f"The appliance sent {kind} in place of a backup, with a status that says all is well."
    if _PERMISSION.search(words):
        raise PermissionMissing(message, host=host, evidence=repr(words),
                                remedy="Give the API account the permission for backups (perm_backup). " + _AGAIN)
    if _LOGIN.search(words) or _LOGIN.search(text):
        raise AccessDenied(message, host=host, evidence=repr(words),
                           remedy="Check the account that takes the backup. " + _AGAIN)
    error = Refused if kind in ("an error text", "an XML error") else NotUnderstood
    raise error(message, host=host, evidence=repr(words), remedy=_AGAIN)


def _kind(text, size, minimum):
    if _HTML.match(text):
        return "a web page"
    if _XML.match(text) and _XML_TEXT.search(text):
        return "an XML error"
    if text.lstrip()[:1] in ("{", "[") and (_is_json(text) or size > len(text)):
        return "JSON"
    if _XML.match(text) and size < minimum:
        return "XML"
    return "an error text" if size < minimum else None


def _is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _as_text(head, whole):
    """The head as text, or None for what is not plainly text. Where more follows, the last character may be cut."""
    for cut in range(1 if whole else 4):
        try:
            text = head[: len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        odd = sum(1 for sign in text if ord(sign) < 32 and sign not in "\t\r\n\f")
        return text if text and not odd else None
    return None


def _words(text):
    match = _XML_TEXT.search(text)
    return _TAG.sub(" ", match.group(1) if match else text)


def _short(text, limit=200):
    line = " ".join((text or "").split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _media(content_type):
    return (content_type or "").split(";")[0].strip().lower()
