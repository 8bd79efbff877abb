# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The response of an appliance as plain values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from ..errors import NotUnderstood
from ..model.markup_text import looks_like_html, visible_text
from ..model.plain_text import is_plain, plain_line, plain_values
from ..model.strict_json import read_json

_LONGEST = 600  # characters of the reasons of a refusal
_TITLE = re.compile(r"<title[^<>]*>([^<]*)", re.I)
_DATA = re.compile(r"\s*(?:<\?xml\b|[{\[])", re.I)
_PASSWORD_FIELD = re.compile(r"<input\b[^<>]*\btype\s*=\s*[\"']?password\b", re.I)
# encodings of a response; a codec such as idna or unicode_escape does more than decode text
_CHARSETS = re.compile(r"utf-?(?:8|16|32)(?:-?[lb]e)?|(?:us-)?ascii|latin-?1|(?:iso-?8859|windows|cp)-?[0-9]+", re.I)


@dataclass(frozen=True)
class Response:
    """One whole response.

    status: HTTP status; headers: mapping that ignores case; body: bytes (empty for a streamed response);
    url: the address after all redirects; cookies: name -> value of the cookies that the exchange set;
    host: for messages; request: 'GET /path' for messages.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = ""
    cookies: dict[str, str] = field(default_factory=dict, repr=False)
    host: str = ""
    request: str = ""

    @property
    def content_type(self) -> str:
        """The media type in lower case without parameters, '' if the header is missing."""
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    @property
    def is_redirect(self) -> bool:
        """Whether the response redirects to another address."""
        return 300 <= self.status < 400 and "Location" in self.headers

    @property
    def text(self) -> str:
        """The body as text, in the encoding of the header or in UTF-8."""
        match = re.search(r"charset=[\"']?([\w.:-]{1,40})", self.headers.get("Content-Type", ""), re.I)
        named = match.group(1) if match and _CHARSETS.fullmatch(match.group(1)) else "utf-8"
        try:
            return self.body.decode(named, "replace")
        except LookupError:  # an encoding that Python does not know
            return self.body.decode("utf-8", "replace")

    @property
    def is_html(self) -> bool:
        """Whether it is a page. The body decides; the content type only if the body is not clear (docs/vendor/traps.md#traps)."""
        text = self.text
        if looks_like_html(text):
            return True
        return self.content_type in ("text/html", "application/xhtml+xml") and not _DATA.match(text)

    @property
    def asks_for_password(self) -> bool:
        """Whether it is a page with a password field: a login page."""
        return self.is_html and bool(_PASSWORD_FIELD.search(self.text))

    @property
    def title(self) -> str:
        """The title of a page, '' if it has none."""
        match = _TITLE.search(self.text)
        return visible_text(match.group(1), 100) if match else ""

    def evidence(self) -> str:
        """Return status and the beginning of the text, for an error message."""
        words = self._json_error() or visible_text(self.text)
        return f"{self.status} {words!r}." if words else f"{self.status} with an empty body."

    def _json_error(self) -> str:
        """Return 'invalid_client: Client authentication failed.' of a JSON error, with the errors of its fields; '' for anything else."""
        try:
            values = read_json(self.body)
        except ValueError:
            return ""
        if not isinstance(values, dict):
            return ""
        texts = [values.get(name) for name in ("error", "message")]
        words = ": ".join(text for text in texts if isinstance(text, str) and text)
        fields = "; ".join(_field_errors(values))
        return visible_text(f"{words} ({fields})" if words and fields else words or fields, _LONGEST)

    def json(self) -> Any:
        """Return the body as JSON, its texts without control characters. Raises NotUnderstood if it is not JSON."""
        try:
            values = read_json(self.body)
        except ValueError as exc:
            raise NotUnderstood(f"{self.request} did not bring JSON.", host=self.host, evidence=self.evidence()) from exc
        return values if self._is_plain_json() else plain_values(values, plain_line)

    def _is_plain_json(self) -> bool:
        """Whether no text of a JSON body needs cleaning. JSON itself allows no raw control character below a blank inside a text."""
        if b"\\" in self.body:
            return False
        return self.body.isascii() and b"\x7f" not in self.body or is_plain(self.body.decode("utf-8-sig"))


@dataclass(frozen=True)
class StreamedResponse(Response):
    """A response whose body is read in chunks: `for chunk in response.iter_chunks(): ...`."""

    chunks: Iterator[bytes] = field(default=iter(()), repr=False)

    @property
    def is_html(self) -> bool:
        """False: only the bytes tell what a file is, and they are not read yet. Its content type proves nothing."""
        return False

    def peek(self) -> tuple[bytes, StreamedResponse]:
        """Return (the first bytes, the same response with them)."""
        first = next(self.chunks, b"")
        return first, replace(self, chunks=chain([first], self.chunks))

    def iter_chunks(self) -> Iterator[bytes]:
        """Return the body as bytes of any length; it can be read once. Raises Unreachable if it ends too early."""
        return self.chunks


def _field_errors(values: dict[str, Any]) -> list[str]:
    """Return ['name: The name field is required.'] of the field `errors` of a refusal, or of the refusal itself if it is such a mapping."""
    errors = values.get("errors")
    named = isinstance(errors, (dict, list))
    if isinstance(errors, list):
        return [text for text in errors if isinstance(text, str)]
    fields: dict[str, Any] = errors if isinstance(errors, dict) else values
    lists = {name: texts if isinstance(texts, list) else [texts] for name, texts in fields.items() if named or isinstance(texts, list)}
    joined = {name: " ".join(text for text in texts if isinstance(text, str)) for name, texts in lists.items()}
    return [f"{name}: {text}" for name, text in joined.items() if text]
