# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The forms in which a secret may appear: as it is, normalized, and encoded as in pages, addresses and data."""

from __future__ import annotations

import base64
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

from ..model.plain_text import plain, plain_line

MIN_SECRET = 4  # characters of a secret, of a line of it, and of its beginning at the end of a shortened text

MIN_LEARNED = 8  # characters of a cookie or token; a shorter one, or one without a digit, is a setting such as "en"

_TAG = re.compile(r"<[^<>]*>?")

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def forms_of(value: str) -> set[str]:
    """Return the forms in which a secret may appear: unchanged, normalized, and encoded as in pages, addresses and data."""
    tidy = {value, value.strip(), plain(value), *(line.strip() for line in value.splitlines())}
    for text in (value, _TAG.sub(" ", value), plain_line(value), plain_line(_TAG.sub(" ", value))):
        tidy |= {" ".join(text.split()), " ".join(unicodedata.normalize("NFKC", text).split())}
    written = {form for one in tidy if one for form in _written(one)}
    return {form for form in written if len(form) >= min(MIN_SECRET, len(value))}


def _written(text: str) -> Iterator[str]:
    raw = text.encode("utf-8", "replace")
    percent = {quote(raw, safe=""), quote(raw), quote_plus(raw)}
    escaped = html.escape(text)
    yield text
    yield from percent
    yield from (re.sub("%..", lambda match: match.group().lower(), one) for one in percent)
    yield from (escaped, html.escape(text, quote=False), escaped.replace("&#x27;", "&#39;"), escaped.replace("&#x27;", "&apos;"))
    yield from (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], repr(text)[1:-1], ascii(text)[1:-1])
    yield from (base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode())
    if len(text) >= MIN_LEARNED:
        yield from (text.casefold(), text.upper(), _EDGES.sub("", text.casefold()))
