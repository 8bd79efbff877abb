#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: backup
short_description: Save and verify a backup of the configuration
version_added: 0.1.0
description:
  - Saves the backup as an NSB file of mode 0600 in a folder of mode 0700. A JSON file next to it records which appliance it belongs to.
  - Fails and saves nothing if the appliance returns an error text, JSON, HTML, an empty file or a truncated file instead of a backup.
  - The backup contains the configuration and logged data. It contains no session recordings, no C(/appliance) settings and no Vault
    encryption key. No documented interface returns that key. Save it by hand in C(/login > Management > Software).
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: full}
  idempotent: {support: partial, details: "With O(max_age), a backup that still counts is not saved again."}
options:
  dest:
    description: Folder for the files. It is created with mode 0700 if absent. The name of a file contains host name, version and time.
    type: path
    required: true
  backup_password:
    description: Password with which the appliance encrypts the backup. A restore requires it.
    type: str
  method:
    description:
      - V(api) uses the documented Backup API. The account needs C(perm_backup).
      - V(web) presses C(Download Backup) in C(/login > Management > Software). It requires O(login_username).
      - V(manual) returns RV(instructions) for a person. It reads the file that the person saved from O(file).
    type: str
    choices: [api, web, manual]
    default: api
  file:
    description: With O(method=manual), the file that a person downloaded.
    type: path
  minimum_bytes:
    description: A smaller file is refused as incomplete, V(1) to V(1073741824).
    type: int
    default: 1024
  journal:
    description: Path of the journal that records the backup. If not set, nothing is recorded.
    type: path
  max_age:
    description:
      - Seconds, V(0) to V(43200), for which a backup counts that O(journal) records. While one counts, the module returns it and saves
        nothing. V(0) always saves a new one.
      - A backup counts if its file is unchanged in O(dest), and if the appliance is still the same one with the same version and build.
        The age is by the clock of the appliance.
    type: int
    default: 0
"""

EXAMPLES = r"""
- name: Save the configuration
  bomgar.appliance.backup:
    dest: /srv/backups/support.example.com
  register: saved
"""

RETURN = r"""
backup:
  description: The saved backup. In check mode, the predicted one.
  returned: when a file was saved
  type: dict
  contains:
    path: {description: Path of the backup., type: str, sample: /srv/backups/a-23.2.1-20260302T200000Z.nsb}
    metadata:
      description: Path of the JSON file next to it, for O(bomgar.appliance.update_install#module:backup).
      type: str
      sample: /srv/backups/a-23.2.1-20260302T200000Z.nsb.json
    sha256: {description: SHA-256 of the file., type: str, sample: 9f86d081...}
    bytes: {description: Size of the file in bytes., type: int, sample: 1048576}
    guid: {description: GUID of the appliance., type: str, sample: 0123456789abcdef0123456789abcdef}
    version: {description: Product version of the appliance., type: str, sample: 23.2.1}
    time: {description: Time on the clock of this machine., type: str, sample: "2026-03-02T20:00:00+00:00"}
    appliance_time: {description: "Time on the appliance's clock in UNIX seconds.", type: float, sample: 1772481600.0}
state: {description: "V(saved), or V(manual) if a person must act first.", returned: success, type: str, sample: saved}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import os
from typing import Any

from ..module_utils.model import manual_steps
from ..module_utils.model.backup_file import verify_backup
from ..module_utils.module import Operation, run
from ..module_utils.operations.port import Appliance
from ..module_utils.storage import saved_files
from ..module_utils.storage.folder import check_private_folder
from ..module_utils.storage.fresh_files import MAX_AGE_LIMIT, find_fresh, known_files
from ..module_utils.storage.journal import Journal

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "backup_password": {"type": "str", "no_log": True},
    "method": {"type": "str", "choices": ["api", "web", "manual"], "default": "api"},
    "file": {"type": "path"},
    "minimum_bytes": {"type": "int", "default": 1024, "range": (1, 1 << 30)},
    "journal": {"type": "path"},
    "max_age": {"type": "int", "default": 0, "range": (0, MAX_AGE_LIMIT)},
}


def take(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    by_hand = params["method"] == "manual" and not params["file"]
    if by_hand and not params["max_age"]:
        return manual_steps.manual_result(manual_steps.take_backup(appliance.host))
    identity = appliance.observe()
    journal = Journal(params["journal"]) if params["journal"] else None
    if journal:
        journal.check(identity["guid"], appliance.host)
    known = _that_counts(journal, identity, params)
    if known:
        return {
            "changed": False,
            "state": "saved",
            "backup": known,
            "diff": {"before": f"{known['path']}\n", "after": f"{known['path']}\n"},
        }
    if by_hand:
        return manual_steps.manual_result(manual_steps.take_backup(appliance.host))
    path = os.path.join(params["dest"], saved_files.new_file_name(identity, ".nsb"))
    diff = {"before": "", "after": f"{path}\n"}
    if check_mode:
        check_private_folder(params["dest"])
        return {"changed": True, "state": "saved", "backup": {"path": path, "guid": identity["guid"]}, "diff": diff}

    def judged(download: Any) -> None:
        verify_backup(download.head, download.size, minimum=params["minimum_bytes"], host=appliance.host)

    saved = saved_files.save(
        path,
        _fetch(appliance, params),
        identity,
        kind="backup",
        verify=judged,
        method=params["method"],
        encrypted=bool(params["backup_password"]),
        **_journal_now(journal),
    )
    if journal:
        journal.append("backup_taken", **saved)
    return {"changed": True, "state": "saved", "backup": saved, "diff": diff}


def _that_counts(journal: Journal | None, identity: Any, params: dict[str, Any]) -> dict[str, Any] | None:
    """The backup that the journal records and that still counts, or None."""
    return find_fresh(
        known_files(journal, "backups"),
        identity,
        kind="backup",
        dest=params["dest"],
        max_age=params["max_age"],
        brought=params["file"],
        fits=lambda one: one.get("encrypted") == bool(params["backup_password"]) and one.get("method") == params["method"],
    )


def _journal_now(journal: Journal | None) -> Any:
    """Length and last checksum of the journal. They show later whether the journal was replaced by an older copy."""
    chain = journal.content().chain if journal else None
    return {"journal_entries": chain["entries"], "journal_head": chain["head"]} if chain else {}


def _fetch(appliance: Appliance, params: dict[str, Any]) -> Any:
    if params["method"] == "manual":
        return saved_files.fetch_from_file(params["file"])
    source = appliance.download_backup if params["method"] == "api" else appliance.pages.download_backup
    return lambda write: source(write, params["backup_password"])


OPERATION = Operation(take, OPTIONS)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
