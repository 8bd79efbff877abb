#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: rehearsal_run
short_description: Upgrade the simulated worlds of a rehearsal
version_added: 0.1.0
description:
  - Starts the simulator with each world, upgrades it with the playbook C(bomgar.appliance.upgrade), and stops the simulator. While the
    upgrade waits, the clock of the simulator is moved. Used by the role P(bomgar.appliance.rehearse#role).
  - The upgrade of a world is a process of its own. Its inventory has only the simulated nodes, with invented accounts.
  - Each world leaves its state folder, the state of the simulator and the output of the last run in C(runs) below O(dest).
  - It needs C(requirements-simulator.txt), and runs on the controller.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full, details: Nothing is upgraded.}, diff_mode: {support: none}, idempotent: {support: none}}
options:
  dest: {description: Folder of the rehearsal., type: path, required: true}
  worlds:
    description: The worlds, RV(bomgar.appliance.world_read#module:worlds).
    type: list
    elements: dict
    required: true
  read: {description: The result of M(bomgar.appliance.world_read)., type: dict, required: true}
  nodes:
    description: The variables of each node, RV(bomgar.appliance.rehearsal_variables#module:nodes).
    type: list
    elements: dict
    required: true
  parallel:
    description: How many worlds are upgraded at the same time, V(0) to V(100). V(0) is as many as the machine has cores.
    type: int
    default: 0
  speed:
    description: Virtual seconds per second while the upgrade has waited for some time and nothing is under way, V(0) to V(1000000).
    type: float
    default: 300
  days: {description: "Virtual days after which an upgrade is not continued, V(0) to V(3660).", type: float, default: 14}
  collection: {description: Folder of the collection., type: path, required: true}
  python: {description: Python interpreter of the simulator., type: path, required: true}
  ansible_python: {description: Python interpreter of Ansible., type: path, required: true}
seealso:
  - module: bomgar.appliance.rehearsal
"""

EXAMPLES = r"""
- name: Upgrade each world
  bomgar.appliance.rehearsal_run:
    dest: /srv/upgrades/support_example_com/rehearsal
    worlds: "{{ read.worlds }}"
    read: "{{ read }}"
    nodes: "{{ variables.nodes }}"
    collection: "{{ role_path | dirname | dirname }}"
    python: "{{ ansible_playbook_python }}"
    ansible_python: "{{ ansible_playbook_python }}"
"""

RETURN = r"""
runs: {description: How many runs the upgrade of each world had., returned: success, type: dict, sample: {expected: 3}}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations.rehearsal_run import run_worlds

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "worlds": {"type": "list", "elements": "dict", "required": True},
    "read": {"type": "dict", "required": True},
    "nodes": {"type": "list", "elements": "dict", "required": True},
    "parallel": {"type": "int", "default": 0, "range": (0, 100)},
    "speed": {"type": "float", "default": 300, "range": (0, 1000000)},
    "days": {"type": "float", "default": 14, "range": (0, 3660)},
    "collection": {"type": "path", "required": True},
    "python": {"type": "path", "required": True},
    "ansible_python": {"type": "path", "required": True},
}


def upgrade_worlds(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return {"changed": False, "runs": {}} if check_mode else run_worlds(params)


OPERATION = Operation(upgrade_worlds, OPTIONS, appliance=False)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
