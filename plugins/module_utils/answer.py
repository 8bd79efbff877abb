# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an appliance answered: plain values, and reading them with a deadline and a size limit."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from .errors import NotUnderstood

_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.I | re.S)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.I | re.S)
_HTML = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_DATA = re.compile(r"^\s*(?:<\?xml\b|[{\[])", re.I)
_PASSWORD_FIELD = re.compile(r"<input\b[^>]*\btype\s*=\s*[\"']?password\b", re.I)


def visible(text, limit=200):
    """The words of an answer without tags, white space folded, shortened to `limit` characters."""
    words = " ".join(unescape(_TAGS.sub(" ", text)).split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


@dataclass(frozen=True)
class Answer:
    """One whole answer.

    status: HTTP status; headers: mapping that ignores case; body: bytes (empty for a streamed answer);
    url: the address that answered in the end; cookies: name -> value of what the exchange set;
    host: for messages; request: 'GET /path' for messages.
    """

    status: int
    headers: Any = field(repr=False)
    body: bytes = field(repr=False)
    url: str = ""
    cookies: dict = field(default_factory=dict, repr=False)
    host: str = ""
    request: str = ""

    @property
    def content_type(self):
        """The media type in lower case without parameters, '' where none was given."""
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    @property
    def text(self):
        match = re.search(r"charset=[\"']?([\w.:-]+)", self.headers.get("Content-Type", ""), re.I)
        try:
            return self.body.decode(match.group(1) if match else "utf-8", "replace")
        except LookupError:  # an encoding that Python does not know
            return self.body.decode("utf-8", "replace")

    @property
    def is_html(self):
        """Is it a page? The body decides; the content type only where the body does not tell (interfaces 14, trap 1)."""
        text = self.text
        if _HTML.match(text):
            return True
        return self.content_type in ("text/html", "application/xhtml+xml") and not _DATA.match(text)

    @property
    def asks_for_password(self):
        """True for a page with a password field: somebody's login page."""
        return self.is_html and bool(_PASSWORD_FIELD.search(self.text))

    @property
    def title(self):
        match = _TITLE.search(self.text)
        return visible(match.group(1), 100) if match else ""

    def evidence(self):
        """Status and a little of the text, fit for an error message."""
        words = self._told() or visible(self.text)
        return f"{self.status} {words!r}." if words else f"{self.status} with an empty body."

    def _told(self):
        """'invalid_client: Client authentication failed.' of a JSON error (fields error, message), '' for anything else."""
        try:
            values = json.loads(self.body)
        except ValueError:
            return ""
        told = [values.get(name) for name in ("error", "message")] if isinstance(values, dict) else []
        return visible(": ".join(text for text in told if isinstance(text, str) and text))

    def json(self):
        """The body as JSON; NotUnderstood where it is none."""
        try:
            return json.loads(self.body.decode("utf-8-sig"))
        except ValueError as exc:
            raise NotUnderstood(
                f"{self.request} did not bring JSON.", host=self.host, evidence=self.evidence()
            ) from exc


@dataclass(frozen=True)
class StreamedAnswer(Answer):
    """An answer whose body is read piece by piece: `for chunk in answer.iter_chunks(): ...`."""

    pieces: Any = field(default=None, repr=False)

    def iter_chunks(self):
        """The body as bytes of any length; Unreachable where it ends too early. Can be read once."""
        return self.pieces
