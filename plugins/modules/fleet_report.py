#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: fleet_report
short_description: Write the report on a fleet
version_added: 0.1.0
description:
  - Writes C(fleet.html) for people and C(fleet.json) for programs, and returns a table for the screen. It asks no appliance.
  - C(docs/schemas/fleet.schema.json) describes C(fleet.json).
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full, details: No file is written.}, diff_mode: {support: none}, idempotent: {support: none}}
options:
  fleet:
    description: The result of M(bomgar.appliance.fleet) after the pass.
    type: dict
    required: true
  dir: {description: "Folder for the files, for its owner only. No files if it is not set.", type: path}
  command: {description: "The command that continues, for the report.", type: str, default: the same command again}
  language: {description: Language of C(fleet.html)., type: str, choices: [en, de], default: en}
  zone: {description: "Time zone of the people who read C(fleet.html), as V(Europe/Berlin). If not set, that of this machine.", type: str}
  width: {description: "Characters of a line of the table, V(40) to V(1000).", type: int, default: 120}
requirements: [Jinja2]
seealso:
  - module: bomgar.appliance.fleet
"""

EXAMPLES = r"""
- name: Write the report
  bomgar.appliance.fleet_report:
    fleet: "{{ fleet_result }}"
    dir: /srv/upgrades/fleet
  register: report
"""

RETURN = r"""
report:
  description: The report as data, as in C(fleet.json).
  returned: success
  type: dict
  sample: {schema: 1, state: waiting, verdict: "The fleet waits. 1 waiting, 5 not started.", sites: []}
lines:
  description: The table for people, and what to do next.
  returned: success
  type: list
  elements: str
  sample: ["wave     site                 verdict"]
problems:
  description: A sentence for each site that failed, was locked or could not be reached, and for each file that could not be written.
  returned: success
  type: list
  elements: str
  sample: []
files:
  description: Paths of the files.
  returned: success
  type: list
  elements: str
  sample: [/srv/upgrades/fleet/fleet.json, /srv/upgrades/fleet/fleet.html]
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
from ..module_utils.operations.fleet_report import report_fleet

OPTIONS = {
    "fleet": {"type": "dict", "required": True},
    "dir": {"type": "path"},
    "command": {"type": "str", "default": "the same command again"},
    "language": {"type": "str", "choices": ["en", "de"], "default": "en"},
    "zone": {"type": "str"},
    "width": {"type": "int", "default": 120, "range": (40, 1000)},
}


def report(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return report_fleet(params, now=iso(time.time()), check_mode=check_mode)


_FLEET = HandedOn("the module fleet", ("sites", "state", "waves", "next_run_at"))

OPERATION = Operation(report, OPTIONS, appliance=False, libraries=["jinja2"], handed_on={"fleet": _FLEET})


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
