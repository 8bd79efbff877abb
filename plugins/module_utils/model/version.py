# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Versions of the product and of Base: X.Y or X.Y.Z, compared by number."""

from __future__ import annotations

import functools
import re

from ..errors import InvalidInput

_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)*")
_WITH_BUILD = re.compile(r"^\s*(\d+(?:\.\d+)+)\s*(?:\((.*)\))?\s*$", re.S)


@functools.total_ordering
class Version:
    """A version as the vendor writes it; 24.3 equals 24.3.0. Hashable, ordered, printable. Raises InvalidInput for other text."""

    def __init__(self, text: object) -> None:
        match = _VERSION.fullmatch(str(text).strip())
        if not match:
            raise InvalidInput(f"{str(text)!r} is not a version.", remedy="Write it as X.Y.Z, for example 24.3.1.")
        self.text = match.group(0)
        numbers = [int(part) for part in self.text.split(".")]
        while len(numbers) > 2 and numbers[-1] == 0:
            numbers.pop()
        self._key = tuple(numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._key == other._key

    def __lt__(self, other: Version) -> bool:
        return self._key < other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Version({self.text!r})"


def find_version(text: str | None) -> str | None:
    """Return the first X.Y or X.Y.Z in a text, or None."""
    match = re.search(r"\d+\.\d+(?:\.\d+)?", text or "")
    return match.group(0) if match else None


def split_build(text: str | None) -> tuple[str, str]:
    """Return ('23.2.1', '51234-0011') for '23.2.1 (51234-0011)'; the build is '' if it is missing. Raises InvalidInput."""
    match = _WITH_BUILD.match(text or "")
    if not match:
        raise InvalidInput(f"{text!r} is not a product version.")
    return match.group(1), (match.group(2) or "").strip()
