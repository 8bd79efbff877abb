# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Holds an upgrade that is under way to the request that it was begun for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import Unsafe
from ..policy.plan.request import differences, digest
from ..storage.journal import Journal
from ..storage.who import actor_name, current_actor


def hold_request(
    journal: Journal, request: Mapping[str, Any], lines: Sequence[str], *, reason: str = "", by: str = "", write: bool = True
) -> None:
    """Record the request (policy.plan.request.request_of) once, with its plan for people; Unsafe when it changed during an upgrade.

    reason: why it may change; by: who says so. Nothing is recorded while the request is the same.
    """
    state = journal.state()
    known = state.plan
    changed = differences(known["request"], request) if known else []
    if known and not changed:
        return
    if known and changed and state.under_way and not reason:
        raise _changed(known, changed, request, lines)
    if write:
        journal.append("plan_recorded", request=request, lines=lines, reason=reason or None, by=by or actor_name(current_actor()))


def _changed(known: Mapping[str, Any], changed: Sequence[str], request: Mapping[str, Any], lines: Sequence[str]) -> Unsafe:
    return Unsafe(
        f"The plan changed while its upgrade is under way: {'; '.join(changed)}.",
        evidence=f"Begun {known['time']} (plan {digest(known['request'])[:12]}): {_shown(known['lines'])} "
        f"Now (plan {digest(request)[:12]}): {_shown(lines)}",
        remedy="Finish it as it was begun; or give a reason for the change, which is recorded (upgrade_replan_reason).",
        facts={"plans": {"begun": known, "now": {"request": request, "lines": lines}}},
    )


def _shown(lines: Sequence[str]) -> str:
    return " / ".join(line.strip() for line in lines)
