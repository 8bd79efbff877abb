# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What was prepared before an upgrade, as the report has it, and when the upgrade began. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..journal.preparations import is_preparation
from ..preparation import LISTS
from .scope import Entry


def preparation(entries: Sequence[Entry]) -> dict[str, Any]:
    """{at, until, plan, seconds, ready, left, person, failed} of the last preparation (model.preparation); {} without one."""
    made = [entry for entry in entries if entry["event"] == "prepared"]
    if not made:
        return {}
    found = made[-1]["data"]["preparation"]
    seconds = found.get("seconds")
    lists = {name: [str(one) for one in found.get(name) or ()] for name in LISTS}
    texts = {name: str(found.get(name) or "") for name in ("until", "plan")}
    return {"at": made[-1]["time"], "seconds": seconds if isinstance(seconds, (int, float)) else None, **texts, **lists}


def began(entries: Sequence[Entry]) -> str | None:
    """When the first run began that did more than prepare; of the first entry if there is none yet, None without an entry."""
    opened = [entry["time"] for entry in entries if entry["event"] == "run_opened" and not is_preparation(entry["data"])]
    return str([*opened, entries[0]["time"]][0]) if entries else None
