# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads fields out of an answer and says which one is missing or wrong, instead of guessing."""

from __future__ import annotations

import datetime
import re

from ..errors import NotUnderstood

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?", re.I)
_GUID = re.compile(r"[0-9a-f]{32}")


class Fields:
    """The fields of one answer.

    values: mapping name -> value, as JSON gives it or as text out of XML ("1", "0"); what: 'GET /path' or the like,
    for messages. Each reader takes the default for a field that is absent, null or empty; without a default such a
    field is NotUnderstood, and so is a value of a wrong type. Unknown fields are nobody's business (interfaces 5.1).
    """

    def __init__(self, values, *, what, host=""):
        if not isinstance(values, dict):
            raise NotUnderstood(f"{what} did not bring an object with fields.", host=host)
        self._values, self._what, self._host = values, what, host

    def _read(self, name, convert, kind, default):
        value = self._values.get(name)
        if value is None or value == "":
            if default:
                return default[0]
            raise self._bad(f"lacks the field {name!r}.")
        try:
            return convert(value)
        except (ValueError, TypeError) as exc:
            facts = {"field": name, "found": str(value)[:60]}
            raise self._bad(f"has {value!r:.60} in the field {name!r}, which is not {kind}.", facts) from exc

    def _bad(self, sentence, facts=None):
        return NotUnderstood(
            f"The answer to {self._what} {sentence}",
            host=self._host,
            remedy="This version of the appliance may not be supported yet; nothing was guessed.",
            facts=facts,
        )

    def text(self, name, *default):
        return self._read(name, _text, "a text", default)

    def integer(self, name, *default):
        return self._read(name, _integer, "a whole number", default)

    def flag(self, name, *default):
        """true and false; in XML 1 and 0."""
        return self._read(name, _flag, "true or false", default)

    def time(self, name, *default):
        """Seconds since 1970 in UTC from ISO 8601 text."""
        return self._read(name, read_time, "a time", default)

    def guid(self, name, *default):
        """32 hexadecimal digits, in lower case."""
        return self._read(name, _guid, "a GUID of 32 hexadecimal digits", default)

    def identity(self, name):
        """An id as text, whether it came as a number or as text."""
        return self._read(name, _identity, "an id", ())

    def texts(self, name):
        """A list of texts as a tuple; absent, null and empty are ()."""
        return self._read(name, _texts, "a list of texts", ((),))

    def word(self, name, allowed, *default):
        """One of the words of an enumeration; an unknown word is never taken for a known one."""

        def known(value):
            if value not in allowed:
                raise ValueError(value)
            return value

        return self._read(name, known, "one of " + ", ".join(allowed), default)


def read_time(text):
    """'2023-11-14T22:13:20+00:00' -> 1700000000.0; no zone means UTC. ValueError for anything else."""
    match = _TIME.fullmatch(_text(text).strip())
    if not match:
        raise ValueError(text)
    zone = match.group(7) or "Z"
    moment = datetime.datetime(*(int(part) for part in match.groups()[:6]), tzinfo=datetime.timezone.utc)
    return moment.timestamp() - _offset(zone)


def iso(moment):
    """The opposite of read_time(): ISO 8601 in UTC; '' for None, or where no calendar reaches."""
    try:
        return "" if moment is None else datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return ""


def _offset(zone):
    if zone in "Zz":
        return 0
    digits = zone[1:].replace(":", "")
    seconds = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return -seconds if zone[0] == "-" else seconds


def _text(value):
    if not isinstance(value, str):
        raise TypeError(value)
    return value.strip()


def _texts(value):
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_text(one) for one in value)


def _identity(value):
    return value.strip() if isinstance(value, str) else str(_integer(value))


def _integer(value):
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise TypeError(value)
    return int(value)


def _flag(value):
    if isinstance(value, bool):
        return value
    if value not in ("1", "0"):
        raise ValueError(value)
    return value == "1"


def _guid(value):
    text = _text(value).lower()
    if not _GUID.fullmatch(text):
        raise ValueError(value)
    return text
