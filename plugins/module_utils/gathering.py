# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads everything that the preflight checks look at. What cannot be read is a fact too, and never ends the reading."""

from __future__ import annotations

import os
import shutil
import stat
import time

from .console_saving import saved_in
from .errors import ApplianceError, PlanError, Unreachable
from .model.certificate import inspect_der
from .policy.offers import offered_by
from .policy.plan import make_plan

_LOST = 2  # so many sections without an answer: the rest is not waited for, each would cost minutes


# What only pages tell, and where a person sees it.
_BY_HAND = {
    "basics": "Status > Basics (Status > Einfach): is it the right appliance, which Base version?",
    "storage": "Storage > Status (Speicher): is there room on the disks?",
    "updates": "Updates (Aktualisierungen): is no installation under way?",
}


def gather(appliance, *, target, target_base, manifest, other, state_dir, client_filter, client_threshold, base_version=None, installed=()):
    """The facts that policy.preflight documents, with one sentence under `errors` for each section that was not read.

    base_version, installed: as a person states them, where no account for the pages of /appliance was given.
    """
    facts, errors, lost = {"controller_time": time.time(), "client_threshold": client_threshold}, {}, []

    def read(section, reader):
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
    read("jump_clients", lambda: appliance.jump_client_counts(client_filter))
    read("certificate", lambda: inspect_der(appliance.certificate(), now=_now(facts), host=appliance.host))
    if appliance.pages.can_use("appliance"):
        read("basics", lambda: appliance.pages.basics().as_dict())
        read("storage", appliance.pages.storage)
        read("updates", lambda: appliance.pages.updates(check=True))
    else:
        facts["by_hand"] = {name: f"Nobody looked: no account for /appliance was given. See {where}" for name, where in _BY_HAND.items()}
    if appliance.pages.can_use("login"):
        read("jump_settings", lambda: appliance.pages.jump_settings().as_dict())
    facts["rebuilt"] = [entry.name for entry in manifest.entries if entry.rebuilt] if manifest else []
    if state_dir:
        facts["state_folder"] = _folder(state_dir)
        facts["consoles"] = _consoles(state_dir)
    read("plan", lambda: _plan(facts, target, target_base, manifest, other, base_version, installed))
    if "updates" in facts:
        facts["updates"] = facts["updates"].as_dict()
    return dict(facts, errors=errors)


def _now(facts):
    return facts["info"]["clock"] if "info" in facts else facts["controller_time"]


def _plan(facts, target, target_base, manifest, other, base_version, installed):
    """Plan.as_dict(); where there is none, the reason goes to `plan_error`."""
    if "health" in facts and "by_hand" in facts and manifest is not None:
        packages = offered_by(manifest, site_version=facts["health"]["version"], base_version=base_version, installed=installed)
    elif {"health", "basics", "updates"} <= facts.keys():
        base_version, packages = facts["basics"]["base_version"], facts["updates"].packages
    else:
        raise ApplianceError("There is no plan without the version and the list of updates (or, without pages, a manifest).")
    try:
        return make_plan(
            site_version=facts["health"]["version"], base_version=base_version, packages=packages, target=target,
            target_base=target_base, manifest=manifest, other=other,
        ).as_dict()
    except PlanError as exc:
        facts["plan_error"] = str(exc)
        raise


def _folder(path):
    """What is known of a folder that may not exist yet: it is judged by the nearest one that does."""
    place = os.path.abspath(path)
    while not os.path.lexists(place):
        place = os.path.dirname(place)
    existing = os.lstat(place)
    made = place != os.path.abspath(path)
    private = made or (stat.S_ISDIR(existing.st_mode) and existing.st_uid == os.geteuid() and not existing.st_mode & 0o077)
    return {"path": path, "writable": os.access(place, os.W_OK | os.X_OK), "private": private,
            "free_bytes": shutil.disk_usage(place).free}


def _consoles(path):
    """What console_installer saved in the folder or in one below it: [{which, version, path}]."""
    try:
        below = sorted(entry.path for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False))
    except OSError:
        below = []
    return [{name: one[name] for name in ("which", "version", "path")} for folder in (path, *below) for one in saved_in(folder)
            if os.path.isfile(one["path"])]  # fmt: skip
