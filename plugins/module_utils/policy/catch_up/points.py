# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which readings of a run that holds are recorded, so that the report has a curve and the journal stays short. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

EVERY = 3600.0  # seconds
MOST = 200  # readings of one wait


def is_point(readings: Sequence[Mapping[str, Any]], now: Mapping[str, Any], online_before: int | None) -> bool:
    """Whether a reading is recorded: the first one, one in an hour, and each that is a percent away from the last one recorded.

    readings: the recorded ones, the oldest first, as journal.version_history keeps them.
    """
    if not readings:
        return True
    if len(readings) >= MOST:
        return False
    last, percent = _percent(readings[-1], online_before), _percent(now, online_before)
    moved = last is not None and percent is not None and abs(percent - last) >= 1
    return moved or float(now["at"]) - float(readings[-1]["at"]) >= EVERY


def _percent(reading: Mapping[str, Any], online_before: int | None) -> float | None:
    """Of the clients that count, else of those that were online before."""
    if reading.get("done") is not None and reading.get("of"):
        return float(100 * reading["done"] / reading["of"])
    online = reading.get("online")
    return float(100 * online / online_before) if online is not None and online_before else None
