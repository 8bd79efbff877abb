# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long each step of an upgrade takes, and how that is known. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...model.pair_step import BREAK, CATCH_UP, ESTABLISH, INSTALL, INTERIM, RESTORE, SWAP, SYNC, TAKE_OVER, PairStep

MEASURED, VENDOR, DECLARED, ASSUMED = "measured", "vendor", "declared", "assumed"
DAY = 86400
INSTALL_SECONDS = (900, 3600)  # docs/vendor/probes-and-limits.md: 15 to 60 minutes
_LAST = 3  # measured times that count
# The vendor documents no duration of these steps: assumed until a run measures them or a person declares them.
_ASSUMED_SECONDS = {SYNC: 900, BREAK: 300, TAKE_OVER: 600, ESTABLISH: 900, SWAP: 600, INTERIM: 0, RESTORE: 60}


@dataclass(frozen=True)
class Known:
    """What is known of the times of a site, in seconds.

    measured: [{action, kind, seconds}] of the journal, the oldest first; declared: {action, or kind of a package: seconds} of a person;
    min_wait: that clients have at least, as a person declares it, None for the vendor's day; waits: {site version: seconds} of the
    manifest; interim: that must pass between the nodes.
    """

    measured: Sequence[Mapping[str, Any]] = ()
    declared: Mapping[str, float] = field(default_factory=dict)
    min_wait: float | None = None
    waits: Mapping[str, float] = field(default_factory=dict)
    interim: float = 0


def estimates(steps: Sequence[PairStep], known: Known) -> list[dict[str, Any]]:
    """For each step {seconds, least, basis}: at most, at least, and MEASURED, VENDOR, DECLARED or ASSUMED."""
    found, version = [], ""
    for step in steps:
        version = step.version or version if step.kind == "site" else version
        found.append(_wait(known, version) if step.action == CATCH_UP else _work(step, known))
    return found


def _work(step: PairStep, known: Known) -> dict[str, Any]:
    declared = known.declared.get(step.kind or step.action, known.declared.get(step.action))
    if declared is not None:
        return _estimate(declared, declared, DECLARED)
    measured = [one["seconds"] for one in known.measured if (one["action"], one["kind"]) == (step.action, step.kind)][-_LAST:]
    if measured:
        return _estimate(max(measured), min(measured), MEASURED)
    if step.action == INSTALL:
        return _estimate(INSTALL_SECONDS[1], INSTALL_SECONDS[0], VENDOR)
    if step.action == INTERIM and known.interim:
        return _estimate(known.interim, known.interim, DECLARED)
    seconds = _ASSUMED_SECONDS[step.action]
    return _estimate(seconds, seconds, ASSUMED)


def _wait(known: Known, version: str) -> dict[str, Any]:
    """The time that clients have: of the manifest, of the variable, of the vendor. Clients decide how much longer it takes.

    The variable has the vendor's day as its default, and is known only after the role catch_up ran: the day is the vendor's in both cases.
    """
    seconds = known.waits.get(version, known.min_wait)
    return _estimate(DAY, DAY, VENDOR) if seconds in (None, DAY) else _estimate(seconds, seconds, DECLARED)


def _estimate(seconds: float, least: float, basis: str) -> dict[str, Any]:
    return {"seconds": round(seconds), "least": round(least), "basis": basis}
