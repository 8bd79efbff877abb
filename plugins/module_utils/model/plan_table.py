# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The steps of a plan as a text table for people: aligned, and wrapped to a width."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from .text_table import TextTable

WIDTH = 100
NOBODY, NOT_NEEDED = "nobody", "not needed"
_HEADS = {"number": "#", "node": "node", "title": "step", "disturbs": "disturbs", "estimate": "takes", "starts": "starts"}
_LEAST = {"title": 24, "starts": 20, "disturbs": 9, "node": 12}  # the columns that are wrapped, in this order, and how narrow they become


def plan_table(steps: Sequence[Mapping[str, Any]], titles: Mapping[int, str] | None = None, *, width: int = WIDTH) -> list[str]:
    """The lines of the table, with a head. steps: as the module upgrade_plan returns them; `starts`, for people, may be missing, and a
    step with `needed` False says so.

    titles: {number of a step: line before it}.
    """
    rows = [_cells(step) for step in steps]
    heads = {name: head for name, head in _HEADS.items() if name != "starts" or any(row["starts"] for row in rows)}
    table = TextTable(heads, rows, width=width, least=_LEAST, right=("number",))
    lines = table.head()
    for step, row in zip(steps, rows):
        title = (titles or {}).get(step["number"])
        lines += textwrap.wrap(title, width) if title else []
        lines += table.row(row)
    return lines


def describe_estimate(estimate: Mapping[str, Any] | None) -> str:
    """'15-60 min (vendor)'; '' for None."""
    if not estimate:
        return ""
    least, most = _duration(estimate["least"]), _duration(estimate["seconds"])
    if least == most:
        return f"{most} ({estimate['basis']})"
    number, _space, unit = least.partition(" ")
    return f"{number if most.endswith(' ' + unit) else least}-{most} ({estimate['basis']})"


def _duration(seconds: float) -> str:
    """'40 s', '25 min', '24 h'; up to two hours in minutes, so that a range has one unit."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"


def with_not_needed(steps: Sequence[Mapping[str, Any]], not_needed: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The steps that are left and, between them, those that turned out not to be needed."""
    first = steps[0]["number"] if steps else 0
    return sorted([*steps, *(one for one in not_needed if one["number"] > first)], key=lambda step: step["number"])


def _cells(step: Mapping[str, Any]) -> dict[str, str]:
    needed = step.get("needed") is not False
    return {
        "number": str(step["number"]),
        "node": step["node"],
        "title": step["title"],
        "disturbs": step["disturbs"] or NOBODY if needed else "",
        "estimate": describe_estimate(step.get("estimate")) if needed else NOT_NEEDED,
        "starts": str(step.get("starts") or "") if needed else "",
    }
