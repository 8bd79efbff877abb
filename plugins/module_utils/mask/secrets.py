# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Masks the secrets of a task in its results, progress, journal entries and saved pages.

Ansible's own masking knows the literal value only, and also masks it in paths and host names that later tasks need. This one also masks
values derived from a secret, and does not change values that the task got in clear text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from ..model.plain_text import plain, plain_values
from .forms import MIN_LEARNED, MIN_SECRET, forms_of

HIDDEN = "********"
# values that cannot be a part of a sentence: digests and ids, moments, versions and numbers
_MACHINE = re.compile(r"(?:sha256:)?[0-9a-f]{32,128}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?|\d[\d.]*")
_CUT = re.compile(r"…|\.\.\.")  # marks where a text was shortened
_END_OF_NAME = r"[^\s'\"<>,;]*"
LOGIN = re.compile(r"://([^/?#\s]*)@")


class Secrets:
    """The secrets of one task, and the public texts that contain a secret by chance."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything, before a task starts."""
        self._values: set[str] = set()
        self._public_texts: set[str] = set()
        self._forms: dict[str, None] = {}
        self._options: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None
        self._public: re.Pattern[str] | None = None

    def add_option(self, name: str, value: Any) -> None:
        """Hide the value of an option."""
        for text in texts_in(value):
            self._options.setdefault(text, name)
            self.add(text)

    def option_in(self, text: str) -> str:
        """Return the name of an option whose value hide() would mask in this text, '' if there is none."""
        if self.hide(text) == plain(text):
            return ""
        return next((name for value, name in self._options.items() if value in text), "")

    def add(self, *values: str) -> None:
        """Hide these values and the forms derived from each."""
        for value in values:
            if value and value not in self._values:
                self._values.add(value)
                self._forms.update(dict.fromkeys(forms_of(value)))
                self._pattern = None

    def add_login(self, user: str, secret: str) -> None:
        """Hide the secret, and the Basic credential of the two."""
        self.add(secret, *(base64.b64encode(f"{user}:{secret}".encode(code, "replace")).decode() for code in ("utf-8", "latin-1")))

    def add_url(self, text: str) -> None:
        """Hide the password in an address."""
        found = LOGIN.search(text)
        if found:
            user, _sign, password = found.group(1).partition(":")
            self.add(password or user, found.group(1))

    def learn(self, *values: Any) -> None:
        """Hide tokens and cookies that the appliance sent."""
        random = [one for one in values if isinstance(one, str) and len(one) >= MIN_LEARNED and any(sign.isdigit() for sign in one)]
        self.add(*random, *map(unquote, random))

    def allow(self, texts: Iterable[str]) -> None:
        """Do not mask a secret that is only a part of one of these public texts."""
        self._public_texts.update(texts)
        self._pattern = None

    def hide(self, text: str) -> str:
        """Return the text without secrets and without control characters."""
        text = plain(text)
        if not self._forms:
            return text
        pattern = self._pattern or self._compile()
        if not pattern.search(text) or _MACHINE.fullmatch(text) and text not in self._forms:
            return self._without_partial_secrets(text)
        public = [match.span() for match in self._public.finditer(text)] if self._public else []
        return self._without_partial_secrets(pattern.sub(lambda match: _masked(match, public), text))

    def hide_in(self, value: Any) -> Any:
        """Return a value made of dicts and lists with hide() applied to every text."""
        return plain_values(value, self.hide)

    def _compile(self) -> re.Pattern[str]:
        self._pattern = _any_of(self._forms)
        public = [text for text in self._public_texts if any(secret in text and secret != text for secret in self._values)]
        parts = [re.escape(text) + (_END_OF_NAME if text.startswith("/") else "") for text in sorted(public, key=len, reverse=True)]
        self._public = re.compile("|".join(parts)) if parts else None
        return self._pattern

    def _without_partial_secrets(self, text: str) -> str:
        """Mask the beginning of a secret at the end of a shortened text."""
        *pieces, last = _CUT.split(text)
        signs = _CUT.findall(text)
        return "".join(self._without_partial_secret(piece) + sign for piece, sign in zip(pieces, signs)) + last

    def _without_partial_secret(self, text: str) -> str:
        lengths = [length for form in self._forms for length in range(len(form) - 1, MIN_SECRET - 1, -1) if text.endswith(form[:length])]
        return text[: -max(lengths)] + HIDDEN if lengths else text


SECRETS = Secrets()  # of the one task of this process


def texts_in(value: Any) -> list[str]:
    """Return every text in a value made of dicts and lists, without the keys."""
    if isinstance(value, str):
        return [value] if value else []
    inside: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [text for one in inside for text in texts_in(one)]


def _masked(match: re.Match[str], public: Sequence[tuple[int, int]]) -> str:
    begin, end = match.span()
    inside = any(first <= begin and end <= last and (first, last) != (begin, end) for first, last in public)
    return match.group() if inside else HIDDEN


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)))
