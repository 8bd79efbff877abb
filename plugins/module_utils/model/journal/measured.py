# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long steps took, from the entries of a journal: those that one run began and verified. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..moments import read_time


def measured(begun: Mapping[str, Any], entry: Mapping[str, Any], action: str, kind: str = "") -> dict[str, Any] | None:
    """{action, kind, seconds} of a step that `entry` verifies; None where another run began it, or the clock was set back.

    begun: {begun: the controller's time, run} of its beginning.
    """
    if not begun.get("begun") or begun.get("run") != entry["run"]:
        return None
    try:
        seconds = read_time(entry["time"]) - read_time(begun["begun"])
    except (TypeError, ValueError):
        return None
    return {"action": action, "kind": kind, "seconds": seconds} if seconds >= 0 else None
