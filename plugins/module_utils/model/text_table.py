# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of cells as lines of text for people: aligned, and wrapped to a width. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

GAP = "  "


class TextTable:
    """Lines of a table whose rows are added one after the other, so that other lines can stand between them.

    heads: {column: its head}; rows: all rows, {column: text}, for the widths; least: {column: how narrow it may become}, wrapped in this
    order where the table is wider than `width`; right: the columns that are aligned at the right. A cell may have several lines.
    """

    def __init__(
        self,
        heads: Mapping[str, str],
        rows: Sequence[Mapping[str, str]],
        *,
        width: int,
        least: Mapping[str, int],
        right: Collection[str] = (),
    ) -> None:
        self._heads, self._right = heads, right
        widths = {name: max(len(line) for row in [heads, *rows] for line in row[name].split("\n")) for name in heads}
        self._widths = _fitted(widths, width, least)

    def head(self) -> list[str]:
        """The head, and a rule below it."""
        return [*self.row(self._heads), GAP.join("-" * size for size in self._widths.values())]

    def row(self, cells: Mapping[str, str]) -> list[str]:
        """The lines of one row."""
        return list(self._lines(cells))

    def _lines(self, cells: Mapping[str, str]) -> Iterator[str]:
        wrapped = [_wrapped(cells[name], size) for name, size in self._widths.items()]
        for parts in zip_longest(*wrapped, fillvalue=""):
            columns = zip(parts, self._widths.items())
            aligned = (part.rjust(size) if name in self._right else part.ljust(size) for part, (name, size) in columns)
            yield GAP.join(aligned).rstrip()


def _wrapped(text: str, size: int) -> list[str]:
    return [part for line in text.split("\n") for part in textwrap.wrap(line, size) or [""]]


def _fitted(widths: dict[str, int], width: int, least: Mapping[str, int]) -> dict[str, int]:
    """The widths, made narrower where the table is too wide."""
    much = sum(widths.values()) + len(GAP) * (len(widths) - 1) - width
    for name in (name for name in least if name in widths):
        less = max(0, min(much, widths[name] - least[name]))
        widths[name] -= less
        much -= less
    return widths
