# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the fields of a response. An error names the field that is missing or wrong; nothing is guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ..errors import NotUnderstood
from .digits import whole_number
from .moments import plausible, read_time
from .plain_text import cut

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")
_GUID = re.compile(r"[0-9a-f]{32}")


class Fields:
    """The fields of one response.

    values: mapping name -> value, as JSON gives it or as text of XML ("1", "0"); what: 'GET /path' or the like,
    for messages. Each reader returns the default for a field that is absent, null or empty. Without a default such a
    field raises NotUnderstood, and so does a value of a wrong type. Unknown fields are ignored
    (docs/vendor/command-api-json.md#general).
    """

    def __init__(self, values: Any, *, what: str, host: str = "") -> None:
        if not isinstance(values, dict):
            raise NotUnderstood(f"{what} did not bring an object with fields.", host=host)
        self._values, self._what, self._host = values, what, host

    def _read(self, name: str, convert: Callable[[Any], _Value], kind: str, default: Sequence[_Default]) -> _Value | _Default:
        value = self._values.get(name)
        if value is None or value == "":
            if default:
                return default[0]
            raise self._bad(f"lacks the field {name!r}.")
        try:
            return convert(value)
        except (ValueError, TypeError) as exc:
            facts = {"field": name, "found": cut(str(value), 60)}
            raise self._bad(f"has {cut(repr(value), 60)} in the field {name!r}, which is not {kind}.", facts) from exc

    def _bad(self, sentence: str, facts: dict[str, Any] | None = None) -> NotUnderstood:
        return NotUnderstood(
            f"The answer to {self._what} {sentence}",
            host=self._host,
            remedy="This version of the appliance may not be supported yet; nothing was guessed.",
            facts=facts,
        )

    def text(self, name: str, *default: _Default) -> str | _Default:
        """Return text without blanks around it."""
        return self._read(name, _text, "a text", default)

    def integer(self, name: str, *default: _Default) -> int | _Default:
        """Return a whole number, also from text."""
        return self._read(name, _integer, "a whole number", default)

    def moment(self, name: str) -> float:
        """Return seconds since 1970 in UTC from a whole number."""
        return self._read(name, lambda value: plausible(float(_integer(value))), "a time", ())

    def flag(self, name: str, *default: _Default) -> bool | _Default:
        """Return true or false; in XML 1 or 0."""
        return self._read(name, _flag, "true or false", default)

    def time(self, name: str, *default: _Default) -> float | _Default:
        """Return seconds since 1970 in UTC from ISO 8601 text."""
        return self._read(name, read_time, "a time", default)

    def guid(self, name: str, *default: _Default) -> str | _Default:
        """Return 32 hexadecimal digits, in lower case."""
        return self._read(name, _guid, "a GUID of 32 hexadecimal digits", default)

    def identity(self, name: str) -> str:
        """Return an id as text, from a number or from text."""
        return self._read(name, _identity, "an id", ())

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts as a tuple; () if it is absent, null or empty."""
        return self._read(name, _texts, "a list of texts", ((),))

    def word(self, name: str, allowed: Sequence[str], *default: _Default) -> str | _Default:
        """Return one of the words of an enumeration. Raises NotUnderstood for an unknown word."""

        def known(value: Any) -> str:
            if value not in allowed:
                raise ValueError(value)
            return value

        return self._read(name, known, "one of " + ", ".join(allowed), default)


def is_number(value: Any) -> bool:
    """Whether it is a finite number; True and False are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def is_count(value: Any) -> bool:
    """Whether it is a whole number of 0 or more; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_text(one) for one in value)


def _identity(value: Any) -> str:
    return value.strip() if isinstance(value, str) else str(_integer(value))


def _integer(value: Any) -> int:
    if isinstance(value, str):
        sign, digits = (-1, value.strip()[1:]) if value.strip().startswith("-") else (1, value)
        number = whole_number(digits)
        value = None if number is None else sign * number
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    if abs(value) >= 10**18:
        raise ValueError(value)
    return value


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("1", "0"):
        raise ValueError(value)
    return value == "1"


def _guid(value: Any) -> str:
    text = _text(value).lower()
    if not _GUID.fullmatch(text):
        raise ValueError(value)
    return text
