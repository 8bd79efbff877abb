# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""When each step of a plan is expected to start, and which of them need a maintenance window. Pure.

A step that cuts somebody off starts inside a window. So does the break of a failover relation, with all that follows in its hop until the
last such step: a pair should not be without its relation until the next window, and the data of that time is lost with the take-over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...model.moments import iso
from ...model.pair_step import BREAK, CATCH_UP
from ...model.window import Windows
from ..window import check_fits, opening, short

Step = Mapping[str, Any]


def scheduled(steps: Sequence[Step], windows: Windows, now: float, *, waiting_since: float | None = None) -> list[dict[str, Any]]:
    """The steps with `window`, `starts_at` (ISO 8601 in UTC) and `starts` (for people, in the zone). InvalidInput if one never fits.

    window: {seconds} that must be left of a window when it starts, None for a step that may start at any time.
    now: the appliance's clock; waiting_since: when clients began to catch up with what runs, None if they do not.
    """
    found, at = [], now
    for step, seconds in zip(steps, needed_seconds(steps, windows, now)):
        if seconds is not None:
            check_fits(windows, now, seconds, f"{step['title']} on {step['node']}")
            start = opening(windows, at, seconds).at
            at = at if start is None else start
        window = None if seconds is None else {"seconds": seconds}
        found.append({**step, "window": window, "starts_at": iso(at), "starts": short(at, windows.zone)})
        at, waiting_since = _ends(step, at, waiting_since)
    return found


def _ends(step: Step, at: float, waiting_since: float | None) -> tuple[float, float | None]:
    """When a step that starts at `at` ends. Clients that wait already need the rest of their time."""
    seconds = step["estimate"]["seconds"]
    if step["action"] == CATCH_UP and waiting_since is not None:
        return max(at, waiting_since + seconds), None
    return at + seconds, waiting_since


def needed_seconds(steps: Sequence[Step], windows: Windows, now: float) -> list[float | None]:
    """For each step the seconds that a window must have left, None for a step that needs none."""
    return [_needed(steps, place, windows, now) if windows.limited else None for place in range(len(steps))]


def _needed(steps: Sequence[Step], place: int, windows: Windows, now: float) -> float | None:
    step = steps[place]
    if step["disturbs"]:
        return float(step["estimate"]["seconds"])
    if step["action"] != BREAK:
        return None
    hop = [one for one in steps[place:] if one["hop"] == step["hop"]]
    last = max((number for number, one in enumerate(hop) if one["disturbs"]), default=0)
    whole = sum(one["estimate"]["seconds"] for one in hop[: last + 1])
    return float(whole if opening(windows, now, whole).at is not None else step["estimate"]["seconds"])
