# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The work list for people. Pure."""

from __future__ import annotations

from .aftercare_catalogue import AUTOMATIC, DONE, NOT_APPLICABLE, OPEN

_HEADINGS = {OPEN: "Open", DONE: "Done", AUTOMATIC: "By itself", NOT_APPLICABLE: "Does not apply"}


def lines(items, counts, heading=""):
    """A line for each item, grouped by state, the steps of open ones below them. heading: what stands before a group's name."""
    told = []
    for state, name in _HEADINGS.items():
        group = [one for one in items if one["state"] == state]
        told += [f"{heading}{name} ({len(group)})"] if group else []
        for one in group:
            told += _item(one)
    return told + [f"{heading}Clients before and after", *(f"- {line}" for line in counts["lines"])]


def markdown(items, counts):
    """The same as a file."""
    told = ["# What is left after the upgrade"]
    for line in lines(items, counts, heading="## "):
        told += ["", line, ""] if line.startswith("## ") else [line]
    return "\n".join(told) + "\n"


def _item(one):
    owner = f" [{one['owner']}]" if one["state"] == OPEN else ""
    told = [f"- {one['title']}{owner} ({one['id']}): {one['reason']}"]
    if one["state"] == OPEN:
        told += [f"  {number}. {step}" for number, step in enumerate(one["action"], 1)]
        told += [f"  Where: {one['link']}"] if one["link"] else []
    return told
