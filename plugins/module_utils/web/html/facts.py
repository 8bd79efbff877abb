# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Pairs of label and value on a page (html/pairs.py finds them in the markup)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .pairs import find_pairs
from .text import fold, squash

if TYPE_CHECKING:
    from ..labels import Labels
    from .page import Page

_LONGEST = 80  # characters of a label; a longer text is prose


class Facts(dict[str, str]):
    """{label: value} with the first value of each label; values_of(folded label): all different values."""

    def __init__(self, found: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._values: dict[str, dict[str, str]] = {}
        for label, value in found:
            self.setdefault(label, value)
            self._values.setdefault(fold(label), {}).setdefault(fold(value), value)

    def values_of(self, folded: str) -> list[str]:
        return list(self._values.get(folded, {}).values())


def read_facts(page: Page) -> Facts:
    """The Facts of all pairs of label and value, in page order."""
    return Facts(read_pairs(page))


def read_pairs(page: Page) -> list[tuple[str, str]]:
    """The pairs as a list of (label, value), with repeated labels (one for each disk, for example).

    A label that several ways of reading find counts once, with the value of the first way.
    """
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for label, value, place in find_pairs(page):
        label = squash(label).rstrip(" :")
        if fold(label) and fold(value) and len(label) <= _LONGEST:
            found.setdefault((fold(label), id(place)), (label, value))
    return list(found.values())


def pick(facts: Facts, labels: Labels, key: str, same: Callable[[str], Any] = fold) -> str:
    """The value under a wording of the key, in the order of the wordings, or ''.

    Two values under one wording that differ by same() give '': the right one is unknown (see describe_conflict()).
    """
    values = next((found for found in map(facts.values_of, labels.folded(key)) if found), [])
    return values[0] if len({same(value) for value in values}) == 1 else ""


def describe_conflict(facts: Facts, labels: Labels, key: str, same: Callable[[str], Any] = fold) -> str:
    """ "'6.0.2' and '6.2.0' next to one label" if pick() finds two values, else ''."""
    values = next((found for found in map(facts.values_of, labels.folded(key)) if found), [])
    return " and ".join(map(repr, values)) + " next to one label" if len({same(value) for value in values}) > 1 else ""
