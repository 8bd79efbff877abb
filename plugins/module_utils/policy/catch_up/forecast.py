# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Forecasts of a catch-up: whether the rest of the list can change the decision, how fast clients upgrade, when it ends. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .percent import exact, share

REACHED, MISSED, UNDECIDED = "reached", "missed", "undecided"
_APART = 3600  # seconds between two observations; a shorter time shows chance only


def foresee(*, updated: int, relevant: int, unread: int, gone: int, threshold: float) -> str:
    """'reached', 'missed' or 'undecided' for a list of which `unread` rows were not read.

    updated, relevant: of the rows that were read; gone: clients that were listed before the upgrade and are missing now.
    In the worst case all unread clients are pending; in the best case all of them are updated.
    """
    required, of = exact(threshold), relevant + unread + gone
    if share(updated, of) >= required:
        return REACHED
    return MISSED if share(updated + unread, of) < required else UNDECIDED


def rate(observed: Sequence[Mapping[str, Any]]) -> tuple[float | None, str]:
    """(clients per hour, field) of what grows between two observations [{at, done, of, online}]: 'done', else 'online', else None and ''.

    Compares the newest observation with the newest one that is at least an hour older, or else with the oldest.
    """
    for field in ("done", "online"):
        known = [one for one in observed if isinstance(one.get("at"), (int, float)) and isinstance(one.get(field), (int, float))]
        if len(known) < 2:
            continue
        last = known[-1]
        older = ([one for one in known[:-1] if last["at"] - one["at"] >= _APART] or known[:1])[-1]
        if last["at"] > older["at"]:
            return 3600 * (last[field] - older[field]) / (last["at"] - older["at"]), field
    return None, ""


def estimate(
    observed: Sequence[Mapping[str, Any]], *, threshold: float, online_before: int | None = None
) -> tuple[float | None, float | None]:
    """(clients per hour, moment at which the threshold is reached); None where it is unknown, or where nothing grows."""
    speed, field = rate(observed)
    if speed is None:
        return None, None
    last = next(one for one in reversed(observed) if isinstance(one.get(field), (int, float)))
    of = last.get("of") if field == "done" else online_before
    if not isinstance(of, int):
        return speed, None
    left: Fraction | float = -(-exact(threshold) * of // 100) - last[field]
    if left <= 0:
        return speed, last["at"]
    return speed, last["at"] + float(left) * 3600 / speed if speed > 0 else None
