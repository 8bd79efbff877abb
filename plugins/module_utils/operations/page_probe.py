# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Walks the pages that an upgrade uses, reading only, and writes the label file to fill in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..model.label_file import label_file
from ..storage.files import safe_name, write_private
from ..storage.folder import make_private_folder
from ..storage.regular_file import read_file
from .port import Appliance


def probe(appliance: Appliance, params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module page_probe."""
    steps = [one.as_dict() for one in appliance.pages.probe(pair=params["pair"])]
    node = params["node"] or appliance.host
    lines = [*(_line(one) for one in steps), count_line(steps)]
    for line in lines:
        appliance.say(line)
    path, changed = "", False
    if params["dest"]:
        missing = {key for one in steps for key in (*one["missing"], *one["pressed"])}
        text = label_file(node, steps, {key: appliance.pages.wordings(key) for key in missing})
        path = os.path.join(os.path.abspath(params["dest"]), safe_name(node) + ".yml")
        changed = _write(path, text.encode(), check_mode)
    return {"changed": changed, "steps": steps, "lines": lines, "label_file": path}


def _line(step: Mapping[str, Any]) -> str:
    """'[WEB] install a package (/appliance > Updates): install is "Install This Update".'"""
    found = ", ".join(f"{key} is {text!r}" for key, text in step["found"].items())
    missing = f"not found: {', '.join(step['missing'])}" if step["missing"] else ""
    pressed = f"unknown until pressed: {', '.join(step['pressed'])}" if step["pressed"] else ""
    parts = [part for part in (step["why"].rstrip("."), found, missing, pressed) if part]
    return f"[{step['method'].upper()}] {step['step']} ({step['page']}): {'; '.join(parts)}."


def count_line(steps: Sequence[Mapping[str, Any]]) -> str:
    """'13 steps: 9 web (5 of them can ask more after a button is pressed, with labels ...), 3 manual, 1 unknown.'"""
    numbers = {method: [one for one in steps if one["method"] == method] for method in ("web", "manual", "unknown")}
    more = sum(bool(one["pressed"]) for one in numbers["web"])
    after = f" ({more} of them can ask more after a button is pressed, with labels that are unknown until then)" if more else ""
    return f"{len(steps)} steps: {len(numbers['web'])} web{after}, {len(numbers['manual'])} manual, {len(numbers['unknown'])} unknown."


def _write(path: str, content: bytes, check_mode: bool) -> bool:
    """Whether the file is, or would be, another one."""
    if os.path.isfile(path) and read_file(path) == content:
        return False
    if not check_mode:
        make_private_folder(os.path.dirname(os.path.dirname(path)))
        make_private_folder(os.path.dirname(path))
        write_private(path, content)
    return True
