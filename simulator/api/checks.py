# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a value that a client sends may be. A check takes the value and returns what is wrong with it, or ''.

The limits are those of the vendor's description of the Configuration API, in our own words; the sentences are our invention.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], str]
MOST = 2**31 - 1
CODE = r"[a-zA-Z0-9_\\-]*"  # a code name, or nothing


def whole(low: Any = 1, high: Any = MOST, empty: bool = False) -> Check:
    """A JSON number without a fraction; `empty`: or null."""

    def check(value: Any) -> str:
        fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return "" if fits or (empty and value is None) else f"must be a whole number from {low} to {high}"

    return check


def text(most: Any, least: Any = 0, pattern: str = ".*") -> Check:
    def check(value: Any) -> str:
        fits = isinstance(value, str) and least <= len(value) <= most and re.fullmatch(pattern, value, re.S)
        return "" if fits else f"must be a valid text of {least} to {most} characters"

    return check


def choice(*allowed: Any) -> Check:
    return lambda value: "" if value in allowed else f"must be one of {', '.join(allowed)}"


def flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def number_text(value: Any) -> str:
    """A whole number in the text of an address."""
    return whole()(int(value)) if value.isascii() and value.isdigit() else whole()(None)


def wrong(given: Any, checks: Any) -> dict[str, str]:
    """{field: sentence} of all that does not fit; a field without a check is somebody else's matter."""
    found = {name: checks[name](value) for name, value in given.items() if name in checks}
    return {name: f"The {name.replace('_', ' ')} {problem}." for name, problem in found.items() if problem}
