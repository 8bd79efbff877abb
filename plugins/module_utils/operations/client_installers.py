# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Records which Jump Client installers are valid before an upgrade, and creates them again after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import AccessDenied, ApplianceError, NotFound, NotUnderstood, PermissionMissing, Refused, WaitTimeout
from ..model.clients.installer import Installer, check_platforms, duration, label, read_installer, seconds
from ..model.moments import iso
from ..storage.folder import check_private_folder
from ..storage.journal import Journal
from .installer_files import Files
from .installers import Maker, wanted
from .port import Appliance

_AGAIN = "Then run the same command again. It continues with the missing installers."


def record_or_renew(appliance: Appliance, params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module."""
    if params["state"] == "recorded":
        return _note(appliance, params, check_mode)
    check_platforms(params["platforms"])
    duration(None, 0, params["valid_duration"])
    check_private_folder(params["dest"])
    journal = _journal(appliance, params)
    pairs = wanted(journal.state(), params["groups"], params["name"])
    if not pairs:
        return {"changed": False, "known": True, "installers": []}
    return _Renewal(appliance, params, journal, check_mode).result(pairs)


def _note(appliance: Appliance, params: Mapping[str, Any], check_mode: bool) -> dict[str, Any]:
    journal = _journal(appliance, params)
    listed = appliance.clients.installers()
    if listed is None:
        return {"changed": False, "known": False, "installers": []}
    now = appliance.info().clock
    valid = [one for one in (read_installer(row, appliance.host) for row in listed) if one.valid(now)]
    if journal and valid and not check_mode and not journal.state().clients.installers:
        journal.append("installers_recorded", installers=[one.row for one in valid])
    return {"changed": False, "known": True, "installers": [_as_result(one) for one in valid]}


def _journal(appliance: Appliance, params: Mapping[str, Any]) -> Any:
    journal = Journal(params["journal"]) if params["journal"] else None
    if journal:
        journal.check(appliance.health().guid, appliance.host)
    return journal


def _as_result(installer: Installer, **more: Any) -> dict[str, Any]:
    return {
        "old": installer.old,
        "installer_id": installer.installer_id,
        "name": installer.name,
        "jump_group_id": installer.group,
        "valid_until": iso(installer.expires),
        "files": [],
        "key_file": "",
        "differs": [],
        "note": "",
        "problem": "",
        **more,
    }


class _Renewal:
    """Creates and downloads all installers. If one is refused, the others are still created."""

    def __init__(self, appliance: Appliance, params: Mapping[str, Any], journal: Journal, check_mode: bool) -> None:
        self._appliance, self._params, self._check_mode = appliance, params, check_mode
        self._files = Files(appliance, journal, params["dest"], params["download_timeout"])
        self._maker = Maker(appliance, journal, self._listed(), self._files.save_key)
        self._now, self._changed = appliance.info().clock, False
        self._remedies: list[str] = []

    def _listed(self) -> list[Installer]:
        rows = self._appliance.clients.installers()
        if rows is None:
            raise NotFound(
                "There is no Configuration API, so no Jump Client installer can be created.",
                host=self._appliance.host,
                remedy="It needs product version 21.1 and an API account. Create the installers in /login > Jump > Jump Clients.",
            )
        return [read_installer(row, self._appliance.host) for row in rows]

    def result(self, pairs: Sequence[tuple[Installer, Mapping[str, Any] | None]]) -> dict[str, Any]:
        results = [self._one(old, made) for old, made in pairs]
        problems = [one for one in results if one["problem"]]
        if problems:
            raise ApplianceError(
                f"{len(problems)} of {len(results)} Jump Client installers are not complete. {_first(problems)}",
                host=self._appliance.host,
                remedy=" ".join([*self._remedies[:1], _AGAIN]),
                facts={"installers": results, "known": True, "changed": self._changed, "outcome": "failed"},
            )
        return {"changed": self._changed, "known": True, "installers": results}

    def _one(self, old: Installer, made: Any) -> dict[str, Any]:
        problem = ""
        if not made and self._check_mode:
            return self._predicted(old)
        if not made:
            made, problem = self._create(old)
        if problem:
            return _as_result(old, installer_id="", valid_until="", problem=problem)
        files, problem = self._download(old, made)
        known = {name: made.get(name, empty) for name, empty in (("key_file", ""), ("valid_until", ""), ("differs", []), ("note", ""))}
        return _as_result(old, installer_id=made["installer_id"], files=files, problem=problem, **known)

    def _predicted(self, old: Installer) -> dict[str, Any]:
        orphan, self._changed = self._maker.orphan(old), True
        return _as_result(old, installer_id=orphan.installer_id if orphan else "", valid_until=iso(orphan.expires) if orphan else "")

    def _create(self, old: Installer) -> tuple[Any, str]:
        """(data of the new installer, '') or (None, why there is none)."""
        if old.group is None:
            return None, "the appliance did not report its Jump Group."
        try:
            made = self._maker.make(old, duration(old.expires, self._now, self._params["valid_duration"]))
        except (AccessDenied, PermissionMissing):
            raise
        except Refused as exc:
            return None, self._problem(exc)
        self._changed = True
        return made, ""

    def _download(self, old: Installer, made: Mapping[str, Any]) -> tuple[list[dict[str, Any]], str]:
        """(files that are saved, '' or why one is missing)."""
        until = seconds(made.get("valid_until") or "")
        installer = Installer(old.old, made["installer_id"], old.name, old.group, until)
        files, problem = [], ""
        for platform in self._params["platforms"]:
            file = self._files.saved(installer, platform)
            if not file and self._check_mode:
                self._changed = True
                continue
            try:
                files.append(self._record(installer, file or self._fetch(installer, platform)))
            except (Refused, NotUnderstood, WaitTimeout) as exc:
                problem = problem or self._problem(exc)
        return files, problem

    def _problem(self, exc: ApplianceError) -> str:
        self._remedies += [exc.remedy] if exc.remedy else []
        return exc.summary

    def _fetch(self, installer: Installer, platform: str) -> dict[str, Any]:
        if not installer.valid(self._now):
            raise WaitTimeout(
                f"It expired at {iso(installer.expires)} and was not downloaded for {platform}.",
                remedy="Create another one in /login > Jump > Jump Clients.",
            )
        return self._files.fetch(installer, platform)

    def _record(self, installer: Installer, file: dict[str, Any]) -> dict[str, Any]:
        if not file["recorded"] and not self._check_mode:
            self._files.note(installer, file)
            self._changed = True
        return {name: value for name, value in file.items() if name != "recorded"}


def _first(problems: Sequence[Mapping[str, Any]]) -> str:
    """The first problem as a sentence. The result contains the others."""
    one = problems[0]
    more = f" The result contains {len(problems) - 1} more." if problems[1:] else ""
    return f"The installer {label(one['name'], one['jump_group_id'])}: {one['problem']}{more}"
