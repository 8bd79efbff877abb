#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: rehearsal
short_description: Write what the rehearsal of an upgrade found
version_added: 0.1.0
description:
  - Reads what the upgrades of the simulated worlds left, and writes C(rehearsal.json). C(docs/schemas/rehearsal.schema.json) describes it.
  - Used by the role P(bomgar.appliance.rehearse#role). It asks no appliance.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.windows, bomgar.appliance.attributes]
attributes: {check_mode: {support: full, details: The file is not written.}, diff_mode: {support: none}, idempotent: {support: none}}
options:
  dest: {description: "Folder of the rehearsal, with what each world left in C(runs).", type: path, required: true}
  site: {description: What the rehearsal calls the site., type: str, required: true}
  worlds:
    description: The worlds that were upgraded, RV(bomgar.appliance.world_read#module:worlds).
    type: list
    elements: dict
    required: true
  facts:
    description: What they assume, RV(bomgar.appliance.world_read#module:facts).
    type: list
    elements: dict
    required: true
  node_names: {description: "The name of each node in a world, by its name.", type: dict, required: true}
  variables: {description: "Checksum of the variables, by M(bomgar.appliance.rehearsal_variables).", type: str, required: true}
  left_out: {description: "Variables that the rehearsal did not have, with the reason for each.", type: dict, default: {}}
requirements: [PyYAML]
seealso:
  - module: bomgar.appliance.world_read
"""

EXAMPLES = r"""
- name: Write what was found
  bomgar.appliance.rehearsal:
    dest: /srv/upgrades/support_example_com/rehearsal
    site: support_example_com
    worlds: "{{ read.worlds }}"
    facts: "{{ read.facts }}"
    node_names: "{{ read.node_names }}"
    variables: "{{ variables.checksum }}"
"""

RETURN = r"""
rehearsal: {description: The rehearsal as in its file., returned: success, type: dict, sample: {schema: 1, site: support_example_com}}
lines:
  description: The same in short for people.
  returned: success
  type: list
  elements: str
  sample: ["Expected: The upgrade is finished."]
state: {description: How the upgrade of the expected world ended., returned: success, type: str, sample: reached}
ends:
  description: When it ended, by the appliance's clock; empty if it did not.
  returned: success
  type: str
  sample: "2026-03-03T22:05:00+00:00"
files:
  description: Paths of the files.
  returned: success
  type: list
  elements: str
  sample: [/srv/upgrades/support_example_com/rehearsal/rehearsal.json]
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import time
from typing import Any

from ..module_utils.model.handed_on import HandedOn
from ..module_utils.model.moments import iso
from ..module_utils.module import Operation, run
from ..module_utils.operations.rehearsal import write_rehearsal
from ..module_utils.options import WINDOWS

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "site": {"type": "str", "required": True},
    "worlds": {"type": "list", "elements": "dict", "required": True},
    "facts": {"type": "list", "elements": "dict", "required": True},
    "node_names": {"type": "dict", "required": True},
    "variables": {"type": "str", "required": True},
    "left_out": {"type": "dict", "default": {}},
    "windows": WINDOWS,
}


def write(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return write_rehearsal(params, now=iso(time.time()), check_mode=check_mode)


_WORLDS = HandedOn("the module world_read", ("id",), filled=True)

OPERATION = Operation(write, OPTIONS, appliance=False, libraries=["yaml"], handed_on={"worlds": _WORLDS})


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
