# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The entry of a preparation (model.preparation), and which runs prepared only. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .parts import Data, Entry

PREPARE = "prepare"  # the `purpose` of a run that prepares and takes no step
EVENTS: dict[str, tuple[str, ...]] = {"prepared": ("preparation",)}
TYPES: dict[str, Any] = {"preparation": dict, "purpose": str}


def prepares(entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the last run prepares only."""
    opened = [entry["data"] for entry in entries if entry["event"] == "run_opened"]
    return bool(opened) and is_preparation(opened[-1])


def is_preparation(data: Data) -> bool:
    """Whether the entry run_opened with this data is of a run that prepares only."""
    return data.get("purpose") == PREPARE


def _text(entry: Entry, data: Data) -> str:
    found = data["preparation"]
    lost = f"; NOT ready: {'; '.join(map(str, found.get('failed') or ()))}" if found.get("failed") else ""
    return f"prepared: {'; '.join(map(str, found.get('ready') or ())) or 'nothing'}{lost}"


TEXTS = {"prepared": _text}
