# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Notes in the journal what an appliance runs whenever a decision is made, so that the moment a version starts is observed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..model.journal.parts import State
from ..model.journal.state import state_of
from ..model.journal.version_history import UNOBSERVED
from ..policy.catch_up.declared_start import DeclaredStart, does_apply
from ..storage.journal import Journal
from .port import Appliance


def what_runs(appliance: Appliance, *, serves: bool = True) -> dict[str, Any]:
    """What this appliance runs now, as data of the journal entry version_seen but for its clock."""
    health = appliance.health()
    return {"guid": health.guid, "host": appliance.host, "version": health.version, "build": health.build, "serves": serves}


def remembered(
    appliance: Appliance, journal: Journal, *, check_mode: bool, serves: bool = True, declared: DeclaredStart | None = None
) -> State:
    """The state of the journal once it knows what runs now; in check mode nothing is written. Unsafe for a foreign journal.

    declared: a DeclaredStart, recorded where it is needed: nobody observed the start of the version that it names.
    """
    seen = what_runs(appliance, serves=serves)
    journal.check(seen["guid"], appliance.host)
    entries = journal.see(seen, lambda: appliance.info().clock, write=not check_mode)
    catch_up = state_of(entries).versions.catch_up
    if (
        declared
        and catch_up
        and catch_up["start"] == UNOBSERVED
        and does_apply(declared, version=catch_up["version"], now=appliance.info().clock)
    ):
        entries = journal.declare(asdict(declared), after=entries, write=not check_mode)
    return state_of(entries)
