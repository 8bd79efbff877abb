# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The label file: the keys of `bomgar_web_labels` that a page shows in other words, as YAML to fill in. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def label_file(node: str, steps: Iterable[Mapping[str, Any]], known: Mapping[str, Sequence[str]]) -> str:
    """The YAML text. steps: Probed.as_dict(); known: {key: the wordings that were tried}.

    Every key is a comment, so that the file changes nothing until a person fills one in.
    """
    lines = [
        "---",
        f"# Labels of the pages of {_inert(node)} that were not found. Write the wording of the page behind a key and remove its '# '.",
        "# Use the file with -e @FILE, or copy the variable into the inventory of this appliance.",
        "bomgar_web_labels:",
    ]
    written: set[str] = set()
    steps = list(steps)
    for step in steps:
        keys = [key for key in step["missing"] if key not in written]
        if not keys:
            continue
        lines += ["", f"  # {_inert(step['page'])}: {_inert(step['step'])} ({step['method']})"]
        if step["shown"]:
            lines.append("  # The page shows: " + ", ".join(_quoted(text) for text in step["shown"]))
        lines += [f'  # {key}: "" # not: {", ".join(_quoted(text) for text in known.get(key, ()))}' for key in keys]
        written.update(keys)
    for step in steps:
        keys = [key for key in step.get("pressed", ()) if key not in written]
        if keys:
            lines += [
                "",
                f"  # {_inert(step['page'])}: {_inert(step['step'])}, unknown until pressed.",
                "  # Needed only if your page words it otherwise.",
            ]
            lines += [f'  # {key}: "" # known: {", ".join(_quoted(text) for text in known.get(key, ()))}' for key in keys]
            written.update(keys)
    return "\n".join(lines if written else [*lines[:1], f"# All labels of the pages of {_inert(node)} were found."]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(_inert(text), ensure_ascii=False)


def _inert(text: str) -> str:
    """On one line of a comment."""
    return " ".join(str(text).split())
