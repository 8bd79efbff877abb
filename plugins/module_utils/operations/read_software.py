# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads what an appliance runs and offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import NOT_YET
from ..policy.install import Seen
from ..policy.plan.offers import offered_by
from ..wait import NotYet
from .install_limits import InstallLimits
from .port import Appliance


def read_software(appliance: Appliance, *, check: bool) -> tuple[Seen, bool]:
    """(Seen, whether an installation is under way). check: press Check for Updates first."""
    updates = appliance.pages.updates(check=check)
    health = appliance.health()
    base = appliance.pages.basics().base_version
    return Seen(health.version, base, updates.packages, health.guid, health.build), updates.installing


def read_stated_software(appliance: Appliance, manifest: Any, base_version: str | None, installed: Sequence[str]) -> tuple[Seen, bool]:
    """(Seen, whether it is healthy) without a page: the API reports the product version, a person states the rest."""
    health = appliance.health()
    rows = offered_by(manifest, site_version=health.version, base_version=base_version, installed=installed) if manifest else ()
    return Seen(health.version, base_version, rows, health.guid, health.build), health.healthy


def read_settled_software(appliance: Appliance, limits: InstallLimits, *, away: bool) -> Seen | None:
    """Seen, once no installation is under way.

    away: an installation of this site may be under way. Then this does not wait, and returns None where the appliance does not answer.
    """
    try:
        seen, installing = read_software(appliance, check=True)
    except NOT_YET:
        if away:
            return None
        raise
    if installing and not away:
        _wait_for_end(appliance, limits)
        seen, installing = read_software(appliance, check=True)
    return seen


def _wait_for_end(appliance: Appliance, limits: InstallLimits) -> None:
    """Wait for an installation that somebody else, or an earlier run, has under way."""
    appliance.say("An installation is under way; waiting for its end.")
    appliance.wait_until(
        lambda: _has_ended(appliance),
        what="the end of the installation under way",
        timeout=limits.timeout,
        interval=limits.interval,
        not_yet=NOT_YET,
        stable=limits.stable,
    )


def _has_ended(appliance: Appliance) -> Any:
    if not appliance.pages.updates(check=False).installing:
        return True
    return NotYet(describe_progress(appliance.pages.progress()))


def describe_progress(progress: Any) -> str:
    """'60 % Installing Base 6.2.0'"""
    percent = "" if progress.percent is None else f"{progress.percent:.0f} % "
    return f"{percent}{progress.text}".rstrip()
