# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the facts for the preflight checks. A section that cannot be read is recorded as an error and does not end the reading."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from ..errors import ApplianceError, PlanError, Unreachable
from ..model.certificate import inspect_der
from ..policy.catch_up.declared_start import DeclaredStart
from ..policy.plan.offers import offered_by
from ..policy.plan.planner import make_plan
from ..storage.journal import Journal
from .observed import remembered
from .port import Appliance
from .preflight_machine import list_consoles, read_folder

_LOST = 2  # after so many sections without a response the rest is not read, since each would take minutes


_NOT_READ = "The page was not read: no account for /appliance was given."
# Facts that only pages show, and where a person can see them.
_BY_HAND = {
    "basics": "Status > Basics (Status > Einfach): is it the right appliance, which Base version?",
    "storage": "Storage > Status (Speicher): is there room on the disks?",
    "updates": "Updates (Aktualisierungen): is the target listed, no installation under way, are automatic updates off?",
}


def gather(
    appliance: Appliance,
    *,
    target: str | None,
    target_base: str | None,
    manifest: Any,
    optional_packages: str,
    state_dir: str | None,
    client_filter: str | None,
    client_threshold: float,
    base_version: str | None = None,
    installed: Sequence[str] = (),
    declared: DeclaredStart | None = None,
) -> dict[str, Any]:
    """The facts as described in policy.preflight.run, with one sentence under `errors` for each section that was not read.

    base_version, installed: as a person states them, without an account for the pages of /appliance.
    declared: a DeclaredStart, or None.
    """
    facts: dict[str, Any] = {"controller_time": time.time(), "client_threshold": client_threshold}
    errors: dict[str, str] = {}
    lost: list[str] = []

    def read(section: str, reader: Callable[[], Any]) -> None:
        if len(lost) >= _LOST:
            errors[section] = lost[-1]
            return
        try:
            facts[section] = reader()
        except Unreachable as exc:
            errors[section] = str(exc)
            lost.append(errors[section])
        except ApplianceError as exc:
            errors[section] = str(exc)

    read("info", lambda: appliance.info().as_dict())
    read("health", lambda: appliance.health().as_dict())
    read("members", lambda: [member.as_dict() for member in appliance.members()])
    read("logged_in", lambda: [person.as_dict() for person in appliance.logged_in()])
    read("jump_clients", lambda: appliance.clients.count_jump_clients(client_filter))
    read("certificate", lambda: _certificate(appliance, _now(facts)))
    read("tls", lambda: {"version": appliance.tls_version()})
    if appliance.pages.can_use("appliance"):
        read("basics", lambda: appliance.pages.basics().as_dict())
        read("storage", appliance.pages.storage)
        read("updates", lambda: appliance.pages.updates(check=True))
    else:
        facts["by_hand"] = {name: f"{_NOT_READ} Check {where}" for name, where in _BY_HAND.items()}
    if appliance.pages.can_use("login"):
        read("jump_settings", lambda: appliance.pages.jump_settings().as_dict())
    facts["rebuilt"] = [entry.name for entry in manifest.entries if entry.rebuilt] if manifest else []
    if state_dir:
        facts["state_folder"] = read_folder(state_dir)
        facts["consoles"] = list_consoles(state_dir)
        read("version_start", lambda: _version_start(appliance, state_dir, declared))
    read("plan", lambda: _plan(facts, target, target_base, manifest, optional_packages, base_version, installed))
    if "updates" in facts:
        facts["updates"] = facts["updates"].as_dict()
    return dict(facts, errors=errors)


def _version_start(appliance: Appliance, state_dir: str, declared: DeclaredStart | None) -> dict[str, str]:
    """How the journal of that folder knows the start of the version; nothing is written."""
    journal = Journal(os.path.join(state_dir, "journal.jsonl"))
    catch_up = remembered(appliance, journal, check_mode=True, declared=declared).versions.catch_up
    says = catch_up["declared"] if catch_up else None
    text = f"{says['when']}, says {says['by']}: {says['why']}" if says else ""
    return {"start": catch_up["start"] if catch_up else "passed", "declared": text}


def _certificate(appliance: Appliance, now: float) -> dict[str, Any]:
    """validated: whether each connection verifies the certificate with its chain."""
    return dict(inspect_der(appliance.certificate(), now=now, host=appliance.host), validated=appliance.validates_certificates)


def _now(facts: dict[str, Any]) -> float:
    return facts["info"]["clock"] if "info" in facts else facts["controller_time"]


def _plan(
    facts: dict[str, Any],
    target: str | None,
    target_base: str | None,
    manifest: Any,
    optional_packages: str,
    base_version: str | None,
    installed: Sequence[str],
) -> dict[str, Any]:
    """Plan.as_dict(); without a plan, `plan_error` gets the reason."""
    if "health" in facts and "by_hand" in facts and manifest is not None:
        packages = offered_by(manifest, site_version=facts["health"]["version"], base_version=base_version, installed=installed)
    elif {"health", "basics", "updates"} <= facts.keys():
        base_version, packages = facts["basics"]["base_version"], facts["updates"].packages
    else:
        raise ApplianceError("Cannot plan without the version and the list of updates (or, without pages, a manifest).")
    try:
        return make_plan(
            site_version=facts["health"]["version"],
            base_version=base_version,
            packages=packages,
            target=target,
            target_base=target_base,
            manifest=manifest,
            optional_packages=optional_packages,
        ).as_dict()
    except PlanError as exc:
        facts["plan_error"] = str(exc)
        raise
