# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The work list as text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .catalogue import AUTOMATIC, DONE, NOT_APPLICABLE, OPEN

_HEADINGS = {OPEN: "Open", DONE: "Done", AUTOMATIC: "Automatic", NOT_APPLICABLE: "Not applicable"}


def lines(items: Sequence[dict[str, Any]], counts: dict[str, Any], heading: str = "") -> list[str]:
    """A line for each item, grouped by state, and the steps of open items. heading: the prefix of a group's name."""
    text: list[str] = []
    for state, name in _HEADINGS.items():
        group = [one for one in items if one["state"] == state]
        text += [f"{heading}{name} ({len(group)})"] if group else []
        for one in group:
            text += _item(one)
    return text + [f"{heading}Clients before and after", *(f"- {line}" for line in counts["lines"])]


def markdown(items: Sequence[dict[str, Any]], counts: dict[str, Any]) -> str:
    """The same as a Markdown file."""
    text = ["# Work that is left after the upgrade"]
    for line in lines(items, counts, heading="## "):
        text += ["", line, ""] if line.startswith("## ") else [line]
    return "\n".join(text) + "\n"


def _item(one: dict[str, Any]) -> Iterable[str]:
    owner = f" [{one['owner']}]" if one["state"] == OPEN else ""
    text = [f"- {one['title']}{owner} ({one['id']}): {one['reason']}"]
    if one["state"] == OPEN:
        text += [f"  {number}. {step}" for number, step in enumerate(one["action"], 1)]
        text += [f"  Where: {one['link']}"] if one["link"] else []
    return text
