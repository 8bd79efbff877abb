# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The only reader of JSON: for responses, and for files that somebody may have changed."""

from __future__ import annotations

import json
from typing import Any, NoReturn

DEEPEST = 64  # more than any real response and any file of ours
_LONGEST = 40  # digits of a number
_CONTAINERS = frozenset((dict, list))


def read_json(content: str | bytes | bytearray) -> Any:
    """Return the value of a JSON text (bytes in UTF-8, or str). Raises ValueError for anything else.

    Also refuses NaN and Infinity, numbers that no float holds or with more than 40 digits, lone surrogates, and values nested deeper
    than DEEPEST: later code could not handle them.
    """
    text = content.decode("utf-8-sig") if isinstance(content, (bytes, bytearray)) else content
    try:
        value = json.loads(text, parse_constant=_refused, parse_int=_integer, parse_float=_real)
    except RecursionError as exc:
        raise ValueError("nested too deep") from exc
    _check_depth(value)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()  # UnicodeEncodeError is a ValueError
    return value


def _check_depth(value: Any) -> None:
    level = [value]
    for _depth in range(DEEPEST):
        level = [one for outer in level for one in _containers(outer)]
        if not level:
            return
    raise ValueError("nested too deep")


def _containers(value: Any) -> list[Any] | tuple[Any, ...]:
    """Return the dicts and lists directly inside a value; fast for the common row of plain values."""
    inside: Any = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return () if _CONTAINERS.isdisjoint(map(type, inside)) else [one for one in inside if isinstance(one, (dict, list))]


def _refused(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _integer(text: str) -> int:
    if len(text) > _LONGEST:
        raise ValueError("a number of too many digits")
    return int(text)


def _real(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number that is too large")
    return number
