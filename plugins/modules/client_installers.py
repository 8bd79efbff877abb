#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_installers
short_description: Make the Jump Client installers again that an upgrade made invalid
version_added: 0.1.0
description:
  - "An upgrade makes every generated installer invalid. V(noted), before it, keeps in the journal which Jump Client installers are valid
    and how they are set. V(renewed), after it, makes each of them again, once, and downloads the new ones."
  - "Clients that are installed need no new installer: they upgrade by themselves."
  - "A request that makes an installer is sent once. Where its answer is lost, the list of installers tells what it did: exactly one new
    installer of the same name and Jump Group is taken for it. Where there is none, the task fails with RV(outcome=unknown), and the next
    run takes the installer if it has appeared and makes it otherwise."
  - "The deployment key of a new installer (C(KEY_INFO) of an MSI package) is told only once, when it is made. It is a secret: it is written
    to a file of mode 0600 beside the downloads and is in no result, log or journal."
  - "Only settings that the appliance itself told of the old installer are sent, and of them those that the vendor documents for making one.
    RV(installers[].differs) names what the new one has otherwise."
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: Reads only and predicts what would be made and downloaded.}
  diff_mode: {support: none}
  idempotent: {support: full, details: Noting in the journal counts as no change.}
options:
  state:
    description:
      - V(noted) reads the installers that are valid now on the appliance's clock, and notes them in O(journal), once for an upgrade.
      - V(renewed) makes those of the journal again that were not made yet, and downloads what is missing.
    type: str
    choices: [noted, renewed]
    required: true
  journal:
    description: Journal of the site's upgrade. Needed with O(state=renewed).
    type: path
  groups:
    description: Ids of shared Jump Groups that shall have an installer although none is in the journal, with O(state=renewed).
    type: list
    elements: int
    default: []
  name:
    description: Name of the installers for O(groups), which their Jump Clients get. Without one they are called like their computer.
    type: str
    default: ""
  valid_duration:
    description:
      - Minutes that a new installer is valid, 10 to 525600.
      - When not given, what is left of the old one's validity, and at least 1440.
    type: int
  platforms:
    description:
      - Platforms to download each installer for, with O(state=renewed). None when empty.
      - The names differ by version. Configuration API 1.10 has V(linux-64), V(raspberry-pi-32-headless), V(mac-dmg), V(mac-zip),
        V(windows-64-msi), V(windows-32-msi), earlier ones also V(linux-64-headless), V(windows-64), V(windows-32).
    type: list
    elements: str
    default: [windows-64-msi]
  dest:
    description: Folder for installers and key files, created with mode 0700. Needed with O(state=renewed).
    type: path
  download_timeout:
    description: Seconds that a new installer may take until it can be downloaded.
    type: int
    default: 300
"""

EXAMPLES = r"""
- name: Before the upgrade, keep which installers are valid
  bomgar.appliance.client_installers:
    state: noted
    journal: /srv/upgrades/support.example.com/journal.jsonl

- name: After it, make them again and download them
  bomgar.appliance.client_installers:
    state: renewed
    journal: /srv/upgrades/support.example.com/journal.jsonl
    dest: /srv/upgrades/support.example.com/installers
    platforms: [windows-64-msi, mac-dmg]
"""

RETURN = r"""
known: {description: Whether the product lists its installers (from 21.1)., returned: success, type: bool, sample: true}
installers:
  description: The valid installers with O(state=noted), the new ones with O(state=renewed).
  returned: success, and when some of them failed
  type: list
  elements: dict
  contains:
    old: {description: Id of the installer it was made for; 0 for one of O(groups)., type: raw, sample: 3}
    installer_id: {description: Its identifier; empty for one that check mode would make., type: str, sample: 4b1f...}
    name: {description: Its name; may be empty., type: str, sample: Kiosk}
    jump_group_id: {description: Its Jump Group., type: int, sample: 3}
    valid_until:
      description: End of its validity, ISO 8601 in UTC; empty for none or not told.
      type: str
      sample: "2026-03-03T20:00:00+00:00"
    files:
      description: What was downloaded of it.
      type: list
      elements: dict
      sample: [{platform: windows-64-msi, path: /srv/.../Kiosk-4b1f0c2d-windows-64-msi.msi, sha256: 9f86d081..., bytes: 1048576}]
    key_file:
      description: The file with its deployment key; empty when that is not known.
      type: str
      sample: /srv/.../Kiosk-4b1f0c2d-key.json
    differs: {description: Names of settings that it has otherwise than the old one., type: list, elements: str, sample: []}
    note: {description: What a person should know of it., type: str, sample: ""}
    problem: {description: Why it was not made or not downloaded; empty when all went well., type: str, sample: ""}
outcome:
  description:
    - How it ended, in one word. V(done), changed and proved by reading again; V(unchanged); V(waiting), a gate is closed; V(operator), a
      person has to act first; V(not_started), asked for and proved not to have begun; V(nothing_done), failed before anything was asked
      for; V(failed), the appliance says so; V(unknown), asked for and not proved, so that it may have happened or still happen.
    - V(nothing_done), V(failed) and V(unknown) come with a failed task.
  returned: always
  type: str
  sample: unchanged
"""

from ..module_utils.errors import AccessDenied, ApplianceError, NotFound, NotUnderstood, PermissionMissing, Refused, WaitTimeout
from ..module_utils.files import check_folder
from ..module_utils.installer_files import Files
from ..module_utils.journal import Journal
from ..module_utils.model.fields import iso
from ..module_utils.model.installer import Installer, check_platforms, duration, label, read_installer, seconds
from ..module_utils.module import Operation, run
from ..module_utils.renewing import Maker, wanted

OPTIONS = {
    "state": {"type": "str", "choices": ["noted", "renewed"], "required": True},
    "journal": {"type": "path"},
    "groups": {"type": "list", "elements": "int", "default": []},
    "name": {"type": "str", "default": ""},
    "valid_duration": {"type": "int"},
    "platforms": {"type": "list", "elements": "str", "default": ["windows-64-msi"]},
    "dest": {"type": "path"},
    "download_timeout": {"type": "int", "default": 300},
}
_AGAIN = "Then run the same command again: it goes on with what is missing."


def keep_valid(appliance, params, *, check_mode):
    if params["state"] == "noted":
        return _note(appliance, params, check_mode)
    check_platforms(params["platforms"])
    duration(None, 0, params["valid_duration"])
    check_folder(params["dest"])
    journal = _journal(appliance, params)
    pairs = wanted(journal.state(), params["groups"], params["name"])
    if not pairs:
        return {"changed": False, "known": True, "installers": []}
    return _Renewal(appliance, params, journal, check_mode).result(pairs)


def _note(appliance, params, check_mode):
    journal = _journal(appliance, params)
    listed = appliance.installers()
    if listed is None:
        return {"changed": False, "known": False, "installers": []}
    now = appliance.info().clock
    valid = [one for one in (read_installer(row, appliance.host) for row in listed) if one.valid(now)]
    if journal and valid and not check_mode and not journal.state()["installers"]:
        journal.append("installers_noted", installers=[one.row for one in valid])
    return {"changed": False, "known": True, "installers": [_told(one) for one in valid]}


def _journal(appliance, params):
    journal = Journal(params["journal"]) if params["journal"] else None
    if journal:
        journal.check(appliance.health().guid, appliance.host)
    return journal


def _told(installer, **more):
    return {"old": installer.old, "installer_id": installer.installer_id, "name": installer.name, "jump_group_id": installer.group,
            "valid_until": iso(installer.expires), "files": [], "key_file": "", "differs": [], "note": "", "problem": "", **more}


class _Renewal:
    """One pass over all installers: a refused one does not keep the others from being made."""

    def __init__(self, appliance, params, journal, check_mode):
        self._appliance, self._params, self._check_mode = appliance, params, check_mode
        self._files = Files(appliance, journal, params["dest"], params["download_timeout"])
        self._maker = Maker(appliance, journal, self._listed(), self._files.keep_key)
        self._now, self._changed, self._remedies = appliance.info().clock, False, []

    def _listed(self):
        rows = self._appliance.installers()
        if rows is None:
            raise NotFound("There is no Configuration API, so no Jump Client installer can be made.", host=self._appliance.host,
                           remedy="It came with 21.1 and wants an API account. Make them in /login > Jump > Jump Clients.")  # fmt: skip
        return [read_installer(row, self._appliance.host) for row in rows]

    def result(self, pairs):
        told = [self._one(old, made) for old, made in pairs]
        problems = [one for one in told if one["problem"]]
        if problems:
            raise ApplianceError(
                f"{len(problems)} of {len(told)} Jump Client installers are not complete. {_first(problems)}",
                host=self._appliance.host, remedy=" ".join([*self._remedies[:1], _AGAIN]),
                facts={"installers": told, "known": True, "changed": self._changed, "outcome": "failed"},
            )  # fmt: skip
        return {"changed": self._changed, "known": True, "installers": told}

    def _one(self, old, made):
        problem = ""
        if not made and self._check_mode:
            return self._predicted(old)
        if not made:
            made, problem = self._made(old)
        if problem:
            return _told(old, installer_id="", valid_until="", problem=problem)
        files, problem = self._downloaded(old, made)
        told = {name: made.get(name, empty) for name, empty in (("key_file", ""), ("valid_until", ""), ("differs", []), ("note", ""))}
        return _told(old, installer_id=made["installer_id"], files=files, problem=problem, **told)

    def _predicted(self, old):
        orphan, self._changed = self._maker.orphan(old), True
        return _told(old, installer_id=orphan.installer_id if orphan else "", valid_until=iso(orphan.expires) if orphan else "")

    def _made(self, old):
        """(data of the new installer, '') or (None, why there is none)."""
        if old.group is None:
            return None, "the appliance did not tell its Jump Group."
        try:
            made = self._maker.make(old, duration(old.expires, self._now, self._params["valid_duration"]))
        except (AccessDenied, PermissionMissing):
            raise
        except Refused as exc:
            return None, self._problem(exc)
        self._changed = True
        return made, ""

    def _downloaded(self, old, made):
        """(files that are there, '' or why one is not)."""
        until = seconds(made.get("valid_until") or "")
        installer = Installer(old.old, made["installer_id"], old.name, old.group, until)
        files, problem = [], ""
        for platform in self._params["platforms"]:
            file = self._files.saved(installer, platform)
            if not file and self._check_mode:
                self._changed = True
                continue
            try:
                files.append(self._kept(installer, file or self._fetched(installer, platform)))
            except (Refused, NotUnderstood, WaitTimeout) as exc:
                problem = problem or self._problem(exc)
        return files, problem

    def _problem(self, exc):
        self._remedies += [exc.remedy] if exc.remedy else []
        return exc.said

    def _fetched(self, installer, platform):
        if not installer.valid(self._now):
            raise WaitTimeout(f"It was valid until {iso(installer.expires)} and was not downloaded for {platform}.",
                              remedy="Make another one in /login > Jump > Jump Clients.")  # fmt: skip
        return self._files.fetch(installer, platform)

    def _kept(self, installer, file):
        if not file["noted"] and not self._check_mode:
            self._files.note(installer, file)
            self._changed = True
        return {name: value for name, value in file.items() if name != "noted"}


def _first(problems):
    """The others are in the result."""
    one = problems[0]
    more = f" {len(problems) - 1} more in the result." if problems[1:] else ""
    return f"The installer {label(one['name'], one['jump_group_id'])}: {one['problem']}{more}"


OPERATION = Operation(keep_valid, OPTIONS, required_if=[["state", "renewed", ["journal", "dest"]]])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
