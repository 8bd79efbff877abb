#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: status_table
short_description: Show the status of all sites as one table
version_added: 0.1.0
description:
  - Makes one table of the rows that M(bomgar.appliance.status) returned for each site, and writes them as JSON. It talks to no appliance.
  - A file that cannot be written is one of the RV(problems) and does not hide the table.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  sites:
    description: The rows, as RV(bomgar.appliance.status#module:row).
    type: list
    elements: dict
    required: true
  unread:
    description: For the name of each site without a row, why it has none, as one sentence.
    type: dict
    default: {}
  waves:
    description: The wave of the playbook C(fleet) that each site is in, by the names of the sites.
    type: dict
    default: {}
  path:
    description:
      - File for the same as JSON, as C(docs/schemas/status.schema.json) describes it, for its owner alone. Its folder must exist.
      - The file is written each time, since it tells when it was made. The task is changed if anything else in it is new.
    type: path
  width:
    description: Characters of a line, V(40) to V(1000). A wider table is wrapped between words.
    type: int
    default: 120
seealso:
  - module: bomgar.appliance.status
"""

EXAMPLES = r"""
- name: Make one table of all sites
  bomgar.appliance.status_table:
    sites: "{{ ansible_play_hosts_all | map('extract', hostvars) | map(attribute='status_result.row') }}"
    path: /srv/monitoring/appliances.json
  register: table
"""

RETURN = r"""
lines: {description: The table and what needs somebody for people., returned: success, type: list, elements: str, sample: ["site  node"]}
status:
  description: What O(path) gets.
  returned: success
  type: dict
  sample: {schema: 1, unread: [], sites: []}
problems:
  description: What could not be read, and why the file was not written, a sentence each.
  returned: success
  type: list
  elements: str
  sample: ["b.example.com could not be read: The connection was refused."]
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
from ..module_utils.operations.status import write_status

OPTIONS = {
    "sites": {"type": "list", "elements": "dict", "required": True},
    "unread": {"type": "dict", "default": {}},
    "waves": {"type": "dict", "default": {}},
    "path": {"type": "path"},
    "width": {"type": "int", "default": 120, "range": (40, 1000)},
}


def table(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return write_status(params, now=iso(time.time()), check_mode=check_mode)


OPERATION = Operation(table, OPTIONS, appliance=False, handed_on={"sites": HandedOn("the module status", ("site", "nodes"))})


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
