#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_installers
short_description: Renew the Jump Client installers that an upgrade made invalid
version_added: 0.1.0
description:
  - An upgrade makes every generated installer invalid. Before the upgrade, O(state=recorded) records in the journal which Jump Client
    installers are valid and which settings they have. After it, O(state=renewed) creates each of them once and downloads the new ones.
  - Installed clients need no new installer. They upgrade by themselves.
  - The request that creates an installer is sent once. If its response is lost, the module reads the list of installers. It uses the new
    installer if exactly one has the same name and Jump Group. If there is none, the task fails with RV(outcome=unknown). The next run uses
    the installer if it is in the list by then, and creates it otherwise.
  - The appliance returns the deployment key of an installer (C(KEY_INFO) of an MSI package) only when it creates the installer. The module
    writes this secret to a file of mode 0600 next to the downloads. No result, log or journal contains it.
  - The new installer gets the settings that the appliance reports for the old one, if the vendor documents them for the request.
    RV(installers[].differs) names the settings that differ.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: Reads only and predicts what would be created and downloaded.}
  diff_mode: {support: none}
  idempotent: {support: full, details: An entry in the journal does not count as a change.}
options:
  state:
    description:
      - V(recorded) reads the installers that are valid now on the appliance's clock. It records them in O(journal) once per upgrade.
      - V(renewed) creates the recorded installers that were not created yet, and downloads missing files.
    type: str
    choices: [recorded, renewed]
    required: true
  journal:
    description: Path of the journal of the site. Required with O(state=renewed).
    type: path
  groups:
    description: With O(state=renewed), ids of shared Jump Groups that get an installer even if the journal contains none.
    type: list
    elements: int
    default: []
  name:
    description: Name of the installers for O(groups). Their Jump Clients get this name. If empty, they get the name of their computer.
    type: str
    default: ""
  valid_duration:
    description:
      - Minutes that a new installer is valid, V(10) to V(525600).
      - If not set, the time that the old installer had left, at least 1440 minutes.
    type: int
  platforms:
    description:
      - With O(state=renewed), platforms to download each installer for. If empty, nothing is downloaded.
      - The names differ between versions. Configuration API 1.10 has V(linux-64), V(raspberry-pi-32-headless), V(mac-dmg), V(mac-zip),
        V(windows-64-msi) and V(windows-32-msi). Earlier versions also have V(linux-64-headless), V(windows-64) and V(windows-32).
    type: list
    elements: str
    default: [windows-64-msi]
  dest:
    description: Folder for installers and key files. It is created with mode 0700 if absent. Required with O(state=renewed).
    type: path
  download_timeout:
    description: Seconds to wait until a new installer can be downloaded, V(1) to V(86400).
    type: int
    default: 300
"""

EXAMPLES = r"""
- name: Record the valid installers before the upgrade
  bomgar.appliance.client_installers:
    state: recorded
    journal: /srv/upgrades/support.example.com/journal.jsonl

- name: Renew and download them after the upgrade
  bomgar.appliance.client_installers:
    state: renewed
    journal: /srv/upgrades/support.example.com/journal.jsonl
    dest: /srv/upgrades/support.example.com/installers
    platforms: [windows-64-msi, mac-dmg]
"""

RETURN = r"""
known: {description: Whether the product lists its installers (21.1 and later)., returned: success, type: bool, sample: true}
installers:
  description: With O(state=recorded), the valid installers. With O(state=renewed), the new ones.
  returned: success, and if some installers failed
  type: list
  elements: dict
  contains:
    old: {description: Id of the installer that it replaces. It is 0 for one of O(groups)., type: raw, sample: 3}
    installer_id: {description: Id of the installer. It is empty for one that check mode would create., type: str, sample: 4b1f...}
    name: {description: Name of the installer. It may be empty., type: str, sample: Kiosk}
    jump_group_id: {description: Id of its Jump Group., type: int, sample: 3}
    valid_until:
      description: End of its validity, ISO 8601 in UTC. Empty if there is no end or the appliance does not report it.
      type: str
      sample: "2026-03-03T20:00:00+00:00"
    files:
      description: The downloaded files.
      type: list
      elements: dict
      sample: [{platform: windows-64-msi, path: /srv/.../Kiosk-4b1f0c2d-windows-64-msi.msi, sha256: 9f86d081..., bytes: 1048576}]
    key_file:
      description: Path of the file with its deployment key. Empty if the key is not known.
      type: str
      sample: /srv/.../Kiosk-4b1f0c2d-key.json
    differs: {description: Names of the settings that differ from the old installer., type: list, elements: str, sample: []}
    note: {description: A note for people., type: str, sample: ""}
    problem: {description: Why it was not created or not downloaded. Empty on success., type: str, sample: ""}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations import client_installers
from ..module_utils.operations.port import Appliance

OPTIONS = {
    "state": {"type": "str", "choices": ["recorded", "renewed"], "required": True},
    "journal": {"type": "path"},
    "groups": {"type": "list", "elements": "int", "default": []},
    "name": {"type": "str", "default": ""},
    "valid_duration": {"type": "int"},
    "platforms": {"type": "list", "elements": "str", "default": ["windows-64-msi"]},
    "dest": {"type": "path"},
    "download_timeout": {"type": "int", "default": 300, "range": (1, 86400)},
}


def record_or_renew(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    return client_installers.record_or_renew(appliance, params, check_mode=check_mode)


OPERATION = Operation(record_or_renew, OPTIONS, required_if=[["state", "renewed", ["journal", "dest"]]])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
