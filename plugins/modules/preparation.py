#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: preparation
short_description: Record what is ready before the upgrade of a site
version_added: 0.1.0
description:
  - Verifies the package files that a person downloaded, and records in the journal what is ready before the maintenance window, what is
    left for it, and what a person has to do.
  - Used by the role P(bomgar.appliance.prepare#role). It asks no appliance.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: Nothing is recorded.}
  diff_mode: {support: none}
  idempotent: {support: partial, details: Each preparation is recorded. Recording it counts as no change.}
options:
  journal: {description: Journal of the site., type: path, required: true}
  parts:
    description: "What was prepared, in this order. A part with O(parts[].why) failed."
    type: list
    elements: dict
    default: []
    suboptions:
      do:
        description: What, as C(do) of RV(bomgar.appliance.upgrade_plan#module:next).
        type: str
        required: true
      node: {description: Name of the node., type: str, default: ""}
      why: {description: Why it failed. Empty if it did not., type: str, default: ""}
      instructions:
        description: What a person has to do first. Empty if nothing.
        type: list
        elements: str
        default: []
  nodes:
    description: "The nodes of the site, C(nodes) of C(site) of M(bomgar.appliance.site_info)."
    type: list
    elements: dict
    default: []
  plan:
    description: The plan, RV(bomgar.appliance.upgrade_plan#module:document). Empty if none could be made.
    type: dict
    default: {}
  files:
    description: Package files that a person downloaded, a path for each name of a package. Those of the plan are verified.
    type: dict
    default: {}
  backup_max_age:
    description: Seconds, V(0) to V(43200), for which a backup counts.
    type: int
    default: 43200
  command: {description: The command that upgrades the site., type: str, default: ""}
seealso:
  - module: bomgar.appliance.upgrade_plan
  - module: bomgar.appliance.upgrade_run
"""

EXAMPLES = r"""
- name: Record what is ready
  bomgar.appliance.preparation:
    journal: /srv/upgrades/support.example.com/journal.jsonl
    nodes: "{{ read.site.nodes }}"
    plan: "{{ planned.document }}"
    parts:
      - {do: backup, node: support.example.com}
"""

RETURN = r"""
state:
  description: V(prepared), V(manual) if a person has to act, or V(failed) if something is not ready.
  returned: success
  type: str
  sample: prepared
preparation:
  description: "C(ready), C(left), C(person) and C(failed), sentences; C(until), when the first backup does not count any more, ISO 8601
    in UTC by the appliance's clock; C(plan), the hash of the plan; C(seconds), how long the steps that cut somebody off take at most."
  returned: success
  type: dict
  sample: {ready: ["the backup of a: /srv/a.nsb"], left: [], person: [], failed: [], until: "", plan: "sha256:6f1e...", seconds: 3600}
command:
  description: The command that upgrades, with the approval of the plan unless it is approved. Empty without a plan.
  returned: success
  type: str
  sample: "ansible-playbook bomgar.appliance.upgrade -e upgrade_approved_plan=sha256:6f1e..."
reason: {description: Why something is not ready. Empty if all is., returned: success, type: str, sample: ""}
lines: {description: The preparation for people., returned: success, type: list, elements: str, sample: ["Ready:"]}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations.preparation import record_preparation
from ..module_utils.storage.fresh_files import MAX_AGE_LIMIT

_PART = {
    "do": {"type": "str", "required": True},
    "node": {"type": "str", "default": ""},
    "why": {"type": "str", "default": ""},
    "instructions": {"type": "list", "elements": "str", "default": []},
}
OPTIONS = {
    "journal": {"type": "path", "required": True},
    "parts": {"type": "list", "elements": "dict", "default": [], "options": _PART},
    "nodes": {"type": "list", "elements": "dict", "default": []},
    "plan": {"type": "dict", "default": {}},
    "files": {"type": "dict", "default": {}},
    "backup_max_age": {"type": "int", "default": MAX_AGE_LIMIT, "range": (0, MAX_AGE_LIMIT)},
    "command": {"type": "str", "default": ""},
}


def record(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return record_preparation(params, check_mode=check_mode)


OPERATION = Operation(record, OPTIONS, appliance=False)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
