#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: backup
short_description: Save the configuration of an appliance as a file, and prove that it is one
version_added: 0.1.0
description:
  - Streams the NSB file to a file of mode 0600 in a folder of mode 0700, and puts its identity beside it as JSON.
  - An error text with status 200, JSON, HTML, an empty or a cut file is refused, and leaves no file behind.
  - The backup holds the configuration and logged data. It holds no session recordings, no C(/appliance) settings and not the Vault
    encryption key, which has no documented address; save that one by hand in C(/login > Management > Software).
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: full}
  idempotent: {support: none, details: Each run saves a new file.}
options:
  dest:
    description: Folder for the files. Created with mode 0700 if absent. The file's name is made of host name, version and time.
    type: path
    required: true
  backup_password:
    description: Password that the appliance shall put on the file. Needed again to restore it.
    type: str
  actuator:
    description:
      - V(api) uses the documented Backup API (the account needs C(perm_backup)).
      - V(web) presses C(Download Backup) in C(/login > Management > Software) and needs O(login_username).
      - V(operator) says what a person has to do, and takes the file they saved from O(file).
    type: str
    choices: [api, web, operator]
    default: api
  file:
    description: With O(actuator=operator), the file that a person downloaded.
    type: path
  minimum_bytes:
    description: A smaller file is taken for a broken one.
    type: int
    default: 1024
  journal:
    description: Journal of the site's upgrade in which to note the backup.
    type: path
"""

EXAMPLES = r"""
- name: Save the configuration
  bomgar.appliance.backup:
    dest: /srv/backups/support.example.com
  register: saved
"""

RETURN = r"""
backup:
  description: What was saved. In check mode, what would be.
  returned: when a file was saved
  type: dict
  contains:
    path: {description: The file., type: str, sample: /srv/backups/a-23.2.1-20260302T200000Z.nsb}
    metadata:
      description: The JSON beside it, as M(bomgar.appliance.update_install) wants it.
      type: str
      sample: /srv/backups/a-23.2.1-20260302T200000Z.nsb.json
    sha256: {description: SHA-256 of the file., type: str, sample: 9f86d081...}
    bytes: {description: Its size in bytes., type: int, sample: 1048576}
    guid: {description: Identity of the appliance., type: str, sample: 0123456789abcdef0123456789abcdef}
    version: {description: Product version at that time., type: str, sample: 23.2.1}
    time: {description: Time by this machine's clock., type: str, sample: "2026-03-02T20:00:00+00:00"}
    appliance_time: {description: "Time by the appliance's clock, UNIX seconds in UTC.", type: float, sample: 1772481600.0}
state: {description: "V(saved), or V(operator) when a person has to act first.", returned: success, type: str, sample: saved}
instructions: {description: What the person has to do., returned: "when RV(state=operator)", type: list, elements: str}
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

import os

from ..module_utils import operator_steps, saving
from ..module_utils.files import check_folder
from ..module_utils.journal import Journal
from ..module_utils.model.backup_file import judge
from ..module_utils.module import Operation, run

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "backup_password": {"type": "str", "no_log": True},
    "actuator": {"type": "str", "choices": ["api", "web", "operator"], "default": "api"},
    "file": {"type": "path"},
    "minimum_bytes": {"type": "int", "default": 1024},
    "journal": {"type": "path"},
}


def take(appliance, params, *, check_mode):
    if params["actuator"] == "operator" and not params["file"]:
        return operator_steps.wanted(operator_steps.take_backup(appliance.host))
    identity = appliance.observe()
    journal = Journal(params["journal"]) if params["journal"] else None
    if journal:
        journal.check(identity["guid"], appliance.host)
    path = os.path.join(params["dest"], saving.file_name(identity, ".nsb"))
    diff = {"before": "", "after": f"{path}\n"}
    if check_mode:
        check_folder(params["dest"])
        return {"changed": True, "state": "saved", "backup": {"path": path, "guid": identity["guid"]}, "diff": diff}

    def judged(download):
        judge(download.head, download.size, download.content_type, minimum=params["minimum_bytes"], host=appliance.host)

    saved = saving.save(path, _fetch(appliance, params), identity, kind="backup", judge=judged,
                        actuator=params["actuator"], encrypted=bool(params["backup_password"]))
    if journal:
        journal.append("backup_taken", **saved)
    return {"changed": True, "state": "saved", "backup": saved, "diff": diff}


def _fetch(appliance, params):
    if params["actuator"] == "operator":
        return saving.from_file(params["file"])
    source = appliance.download_backup if params["actuator"] == "api" else appliance.pages.press_download_backup
    return lambda write: source(write, params["backup_password"])


OPERATION = Operation(take, OPTIONS)


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
