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
    """A version as the vendor writes it; 24.3 equals 24.3.0. Hashable, ordered, printable."""

    def __init__(self, text):
        match = _VERSION.fullmatch(str(text).strip())
        if not match:
            raise InvalidInput(f"{str(text)!r} is not a version.", remedy="Write it as X.Y.Z, for example 24.3.1.")
        self.text = match.group(0)
        numbers = [int(part) for part in self.text.split(".")]
        while len(numbers) > 2 and numbers[-1] == 0:
            numbers.pop()
        self._key = tuple(numbers)

    def __eq__(self, other):
        return isinstance(other, Version) and self._key == other._key

    def __lt__(self, other):
        return self._key < other._key

    def __hash__(self):
        return hash(self._key)

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"Version({self.text!r})"


def find_version(text):
    """The first X.Y or X.Y.Z in a text as a string, or None."""
    match = re.search(r"\d+\.\d+(?:\.\d+)?", text or "")
    return match.group(0) if match else None


def split_build(text):
    """'23.2.1 (51234-0011)' -> ('23.2.1', '51234-0011'); the build is '' where none is given."""
    match = _WITH_BUILD.match(text or "")
    if not match:
        raise InvalidInput(f"{text!r} is not a product version.")
    return match.group(1), (match.group(2) or "").strip()
