# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Masks the secrets of a task in its results, progress, journal entries and saved pages.

Ansible's own masking knows the literal value only, and also masks it in paths and host names that later tasks need. This one also masks
values derived from a secret, and does not change values that the task got in clear text.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, quote_plus, unquote, urlsplit

from .model.plain_text import plain, plain_line, plain_values

HIDDEN = "********"
_MIN_SECRET = 4  # characters of a secret, of a line of it, and of its beginning at the end of a shortened text
_MIN_LEARNED = 8  # characters of a cookie or token; a shorter one, or one without a digit, is a setting such as "en"
_TAG = re.compile(r"<[^<>]*>?")
# values that cannot be a part of a sentence: digests and ids, moments, versions and numbers
_MACHINE = re.compile(r"(?:sha256:)?[0-9a-f]{32,128}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?|\d[\d.]*")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_CUT = re.compile(r"…|\.\.\.")  # marks where a text was shortened
_END_OF_NAME = r"[^\s'\"<>,;]*"
_LOGIN = re.compile(r"://([^/?#\s]*)@")
_PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


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
                self._forms.update(dict.fromkeys(_forms(value)))
                self._pattern = None

    def add_login(self, user: str, secret: str) -> None:
        """Hide the secret, and the Basic credential of the two."""
        self.add(secret, *(base64.b64encode(f"{user}:{secret}".encode(code, "replace")).decode() for code in ("utf-8", "latin-1")))

    def add_url(self, text: str) -> None:
        """Hide the password in an address."""
        found = _LOGIN.search(text)
        if found:
            user, _sign, password = found.group(1).partition(":")
            self.add(password or user, found.group(1))

    def learn(self, *values: Any) -> None:
        """Hide tokens and cookies that the appliance sent."""
        random = [one for one in values if isinstance(one, str) and len(one) >= _MIN_LEARNED and any(sign.isdigit() for sign in one)]
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
        lengths = [length for form in self._forms for length in range(len(form) - 1, _MIN_SECRET - 1, -1) if text.endswith(form[:length])]
        return text[: -max(lengths)] + HIDDEN if lengths else text


SECRETS = Secrets()  # of the one task of this process


def collect(secrets: Secrets, spec: Mapping[str, Any], params: Any) -> None:
    """Add the values that an argument spec marks as secret, of any shape, and allow the public ones."""
    for name, option in spec.items():
        value = params.get(name) if isinstance(params, dict) else None
        if option.get("no_log"):
            secrets.add_option(name, value)
        elif "options" in option:
            _collect_inside(secrets, option["options"], value)
        else:
            public = texts_in(value)
            for text in public:
                secrets.add_url(text)
            secrets.allow(part for text in public for part in _public_parts(text))
    for name in _PROXIES:
        secrets.add_url(os.environ.get(name, ""))
    _collect_logins(secrets, spec, params)


def _collect_inside(secrets: Secrets, spec: Mapping[str, Any], value: Any) -> None:
    if isinstance(value, (list, tuple)):
        for one in value:
            _collect_inside(secrets, spec, one)
    elif isinstance(value, dict):
        collect(secrets, spec, value)


def _collect_logins(secrets: Secrets, spec: Mapping[str, Any], params: Mapping[str, Any]) -> None:
    for name, option in spec.items():
        user = {"client_secret": "client_id"}.get(name, name.replace("password", "username"))
        if option.get("no_log") and user in spec and params.get(user) and isinstance(params.get(name), str):
            secrets.add_login(params[user], params[name])


def texts_in(value: Any) -> list[str]:
    """Return every text in a value made of dicts and lists, without the keys."""
    if isinstance(value, str):
        return [value] if value else []
    inside: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [text for one in inside for text in texts_in(one)]


def _public_parts(text: str) -> set[str]:
    """Return the text and the host in it; for an address with a password only the host."""
    try:
        host = urlsplit(text if "://" in text else f"//{text}").netloc.rpartition("@")[2]
    except ValueError:
        host = ""
    return {host if "@" in text and "://" in text else text, host} - {""}


def addresses_with_login(spec: Mapping[str, Any], params: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the names of the options and suboptions whose value is an address with a user name or a password."""
    for name, option in spec.items():
        value = params.get(name)
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if "options" in option and isinstance(one, dict):
                yield from addresses_with_login(option["options"], one, f"{prefix}{name}.")
            elif not option.get("no_log") and isinstance(one, str) and _LOGIN.search(one):
                yield f"{prefix}{name}"


def masked_params(spec: Mapping[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a task for its result, without the values of secrets and of unknown options."""
    return {name: _masked_value(spec.get(name, {"no_log": True}), value) for name, value in params.items()}


def _masked_value(option: Mapping[str, Any], value: Any) -> Any:
    if option.get("no_log"):
        return value if value is None else "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    if "options" not in option or value is None:
        return value
    if isinstance(value, dict):
        return masked_params(option["options"], value)
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return [masked_params(option["options"], one) for one in value]
    return "VALUE_OF_ANOTHER_SHAPE"


def _masked(match: re.Match[str], public: Sequence[tuple[int, int]]) -> str:
    begin, end = match.span()
    inside = any(first <= begin and end <= last and (first, last) != (begin, end) for first, last in public)
    return match.group() if inside else HIDDEN


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)))


def _forms(value: str) -> set[str]:
    """Return the forms in which a secret may appear: unchanged, normalized, and encoded as in pages, addresses and data."""
    tidy = {value, value.strip(), plain(value), *(line.strip() for line in value.splitlines())}
    for text in (value, _TAG.sub(" ", value), plain_line(value), plain_line(_TAG.sub(" ", value))):
        tidy |= {" ".join(text.split()), " ".join(unicodedata.normalize("NFKC", text).split())}
    written = {form for one in tidy if one for form in _written(one)}
    return {form for form in written if len(form) >= min(_MIN_SECRET, len(value))}


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
    if len(text) >= _MIN_LEARNED:
        yield from (text.casefold(), text.upper(), _EDGES.sub("", text.casefold()))
