# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The order of installations, cut into hops: due Base packages, one site package, add-ons, a catch-up. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.package import BASE, SITE
from ...model.plan import CATCH_UP, INSTALL, Hop, Step
from .catalogue import Candidate
from .route import Route


def cut_into_hops(used: Sequence[tuple[Candidate, str]], route: Route, catch_up: bool) -> tuple[Hop, ...]:
    """Hops of the (candidate, reason) pairs, in their order: each ends where the next Base or site package follows a
    site package, with a catch-up if it has one."""
    hops: list[Hop] = []
    current: list[Step] = []
    for candidate, reason in used:
        if candidate.kind in (BASE, SITE) and any(step.kind == SITE for step in current):
            hops.append(_hop(current, catch_up))
            current = []
        current.append(_step(candidate, reason, route))
    if current:
        hops.append(_hop(current, catch_up))
    return tuple(hops)


def _hop(steps: list[Step], catch_up: bool) -> Hop:
    site = next((step for step in steps if step.kind == SITE), None)
    if site and catch_up:
        steps = [*steps, Step(CATCH_UP, site.package, SITE, site.version, "clients follow", soak_hours=site.soak_hours)]
    return Hop(tuple(steps))


def _step(candidate: Candidate, reason: str, route: Route) -> Step:
    entry = candidate.entry
    return Step(
        INSTALL,
        candidate.name,
        candidate.kind,
        candidate.version,
        reason,
        route.ready(candidate.key),
        soak_hours=entry.soak_hours if entry and candidate.kind == SITE else None,
        clients_upgrade=candidate.kind == SITE,
        release_notes=(entry.release_notes if entry else "") or f"Release notes of {candidate.name}",
        file=entry.file if entry else "",
        sha256=entry.sha256 if entry else "",
        companions=entry.companions if entry else (),
    )
