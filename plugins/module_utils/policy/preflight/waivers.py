# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waivers: a named person allows an upgrade in spite of what one check finds, for one target version and until a date. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from ...errors import InvalidInput
from .registry import BLOCKING, Check, Result, near

OPTION: dict[str, Any] = {
    "check": {"type": "str", "required": True},
    "target_version": {"type": "str", "required": True},
    "reason": {"type": "str", "required": True},
    "by": {"type": "str", "required": True},
    "expires": {"type": "str", "required": True},
}


@dataclass(frozen=True)
class Waiver:
    """check: its id; expires: the last day on which it is valid, in UTC, as '2026-05-31'."""

    check: str
    target_version: str
    reason: str
    by: str
    expires: str

    def describe(self) -> str:
        return f"{self.by} until {self.expires} for {self.target_version}: {self.reason}"

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def read_waivers(given: Iterable[Mapping[str, Any]], checks: Mapping[str, Check], *, now: float) -> tuple[Waiver, ...]:
    """The Waivers of the option. now: seconds since 1970.

    Raises InvalidInput for an unknown check, for one that cannot be waived, an empty text, two for one check, an expired one.
    """
    waivers = tuple(_read(one, checks, now) for one in given)
    twice = next((one.check for number, one in enumerate(waivers) if one.check in [other.check for other in waivers[:number]]), None)
    if twice:
        raise InvalidInput(f"The check {twice!r} is waived twice.", remedy="Remove one of the two waivers.")
    return waivers


def _read(given: Mapping[str, Any], checks: Mapping[str, Check], now: float) -> Waiver:
    waiver = Waiver(**{name: str(given.get(name) or "").strip() for name in OPTION})
    empty = [name for name, text in waiver.as_dict().items() if not text]
    if empty:
        raise InvalidInput(
            f"A waiver has no {' and no '.join(empty)}: {dict(given)!r}.", remedy="Name the check, the target, a reason, a person, a date."
        )
    if waiver.check not in checks:
        raise InvalidInput(f"There is no check {waiver.check!r} to waive (preflight_waivers).", remedy=near(waiver.check, checks))
    if not checks[waiver.check].waivable:
        raise InvalidInput(f"The check {waiver.check!r} cannot be waived.", remedy=f"It checks: {checks[waiver.check].title}")
    if now >= _end_of(waiver):
        raise InvalidInput(
            f"The waiver of {waiver.check!r} by {waiver.by} expired at the end of {waiver.expires} (UTC).",
            remedy="Repair what the check finds, or let a person decide again and set a new date. Nothing was sent.",
        )
    return waiver


def _end_of(waiver: Waiver) -> float:
    """Seconds since 1970 of the end of its last day."""
    try:
        day = datetime.date.fromisoformat(waiver.expires)
        following = datetime.datetime.combine(day, datetime.time(), datetime.timezone.utc) + datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        raise InvalidInput(
            f"The waiver of {waiver.check!r} expires on {waiver.expires!r}, which is not a date.", remedy="Write it as 2026-05-31."
        ) from None
    return following.timestamp()


def target_of_facts(facts: Any) -> str:
    """The version that the plan reaches, else the wanted one; '' if none is known."""
    plan = facts.get("plan") if isinstance(facts, dict) else None
    planned = plan.get("target") if isinstance(plan, dict) else None
    wanted = facts.get("target_version") if isinstance(facts, dict) else None
    return planned if isinstance(planned, str) else wanted if isinstance(wanted, str) else ""


def apply_waivers(results: Sequence[Result], waivers: Sequence[Waiver], target: str) -> tuple[Result, ...]:
    """The results, with the waiver in those that block. Raises InvalidInput for a waiver of another target version."""
    for one in waivers:
        if target and one.target_version != target:
            raise InvalidInput(
                f"The waiver of {one.check!r} by {one.by} is for the target {one.target_version}, and this upgrade goes to {target}.",
                remedy="Let the person decide again for this target, or remove the waiver.",
            )
    known = {one.check: one for one in waivers if target}
    return tuple(replace(one, waived_by=known[one.id].describe()) if one.kind in BLOCKING and one.id in known else one for one in results)
