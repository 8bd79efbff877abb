# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waits for an installation that was requested, and verifies it by reading the appliance again."""

from __future__ import annotations

from typing import Any

from ..errors import NOT_YET, ApplianceError, Refused, Unsafe, WaitTimeout
from ..model.package import BASE
from ..policy.install import Wanted, support_text
from ..storage.journal import Journal
from .install_limits import InstallLimits
from .install_watch import InstallWatch
from .port import Appliance

_QUIET, _READS = 90, 6  # seconds in which a start must show itself where the response was lost, and reads in them


def verify_installed(
    appliance: Appliance, wanted: Wanted, watch: InstallWatch, limits: InstallLimits, *, answered: bool, journal: Journal | None
) -> dict[str, Any]:
    """Wait until the package is verified to be installed; what was read then. Errors say what to do in `journal`.

    answered: whether the appliance responded to the request of this run.
    Refused: it failed. WaitTimeout: it takes longer than allowed (it goes on on the appliance). Unsafe: no read shows it, or a Base
    update could not be verified.
    """
    try:
        _wait_for_start(appliance, wanted, watch, limits, answered, journal)
        return appliance.wait_until(
            watch,
            what=f"{wanted.name!r} installed and healthy",
            timeout=limits.timeout,
            interval=limits.interval,
            not_yet=NOT_YET,
            stable=limits.stable,
        )
    except (WaitTimeout, Refused) as exc:
        if wanted.kind == BASE:
            raise _base_in_trouble(appliance, wanted, exc) from exc
        raise


def _wait_for_start(
    appliance: Appliance, wanted: Wanted, watch: InstallWatch, limits: InstallLimits, answered: bool, journal: Journal | None
) -> None:
    """Wait for the first sign of an installation. Unsafe when none comes: a request is never repeated by itself.

    Where the response was lost, or an earlier run sent the request, a few reads of everything are enough: a start needs seconds to show.
    """
    quiet: list[float] = []  # moments of the reads in a row that showed nothing

    def probe() -> bool:
        if watch.has_started():
            return True
        if answered or not watch.is_untouched():
            quiet.clear()
            return False
        quiet.append(appliance.clock())
        passed = quiet[-1] - quiet[0]
        if len(quiet) >= _READS and passed >= min(_QUIET, limits.start):
            raise WaitTimeout(f"{len(quiet)} reads in {passed:.0f} seconds show that it is offered and nothing is being installed.")
        return False

    interval = limits.interval if answered else min(limits.interval, _QUIET / _READS)
    try:
        appliance.wait_until(
            probe, what=f"a sign that {wanted.name!r} is being installed", timeout=limits.start, interval=interval, not_yet=NOT_YET
        )
    except WaitTimeout as exc:
        raise _not_started(appliance, wanted, exc, answered, journal) from exc


def _not_started(appliance: Appliance, wanted: Wanted, cause: ApplianceError, answered: bool, journal: Journal | None) -> Unsafe:
    request = "The appliance responded to the request." if answered else "The request was sent, or may have been sent."
    base = "DO NOT RESTART the appliance; call technical support. " if wanted.kind == BASE else ""
    again = (
        f"When it is settled, release the step in {journal.path} (module journal, `state: released` and a reason); then the next run may "
        "request it again."
        if journal
        else "Run this again only when it is settled: without `journal` the package is requested again."
    )
    return Unsafe(
        f"Cannot verify the installation of {wanted.name!r}: no read shows that it began. {request} {cause.summary}",
        host=appliance.host,
        facts={"outcome": "unknown"},
        remedy=f"{base}The request is not repeated. Check /appliance > Updates: an installation that runs there goes on. {again}",
    )


def _base_in_trouble(appliance: Appliance, wanted: Wanted, cause: ApplianceError) -> Unsafe:
    """The vendor: on problems during a Base update do not restart the appliance; call support (docs/mission.md#m25)."""
    try:
        fields = appliance.pages.basics().fields
    except ApplianceError as exc:
        fields = dict(appliance.pages.known_basics(), **{"Status > Basics now": f"not readable: {exc.summary}"})
    text = support_text(appliance.host, wanted.name, cause.summary, fields)
    return Unsafe(
        f"The Base update {wanted.name!r} could not be verified. DO NOT RESTART the appliance. {cause.summary}",
        host=appliance.host,
        remedy="Nothing else is done. Send the support text to technical support and wait for their answer.",
        facts={"outcome": "unknown", "support_text": text},
    )
