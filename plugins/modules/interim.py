#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: interim
short_description: Wait between the two nodes of a pair, after the first one took over
version_added: 0.1.0
description:
  - The first node of a pair serves with the new version. The second node is not touched until the planned time is over or a person has
    acknowledged the first node. This module records the start of this time and the acknowledgement, and returns whether the run may
    continue.
  - The next step that M(bomgar.appliance.upgrade_plan) returns has the values for O(node), O(done), O(next_run_at) and O(reason).
  - It talks to no appliance.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  journal:
    description: Path of the journal of the site. If not set, nothing is recorded.
    type: path
  node:
    description: The node that serves with the new version.
    type: str
    required: true
  appliance_time:
    description: Clock of that node in UNIX seconds. The time counts from it. Only the first one is recorded.
    type: float
    required: true
  acknowledged:
    description: Whether a person acknowledged the first node. It is recorded once.
    type: bool
    default: false
  done:
    description: Whether the planned time is over.
    type: bool
    default: false
  next_run_at:
    description: When to run again, ISO 8601 in UTC by the appliance's clock.
    type: str
    default: ""
  reason:
    description: Why the run waits.
    type: str
    default: ""
  by:
    description:
      - Name of the person who acknowledged it.
      - If not set, the variable C(bomgar_person), the user that AWX names, or the account of the controller.
    type: str
seealso:
  - module: bomgar.appliance.upgrade_plan
"""

EXAMPLES = r"""
- name: Wait until the first node is acknowledged
  bomgar.appliance.interim:
    journal: /srv/upgrades/support_example_com/journal.jsonl
    node: b.example.com
    appliance_time: "{{ clock_of_b }}"
    acknowledged: false
  register: interim
"""

RETURN = r"""
state: {description: V(open) if the second node may be touched. Otherwise V(waiting)., returned: success, type: str, sample: waiting}
next_run_at: {description: When to run again; empty when open., returned: success, type: str, sample: "2026-03-03T20:41:00+00:00"}
reason:
  description: Why the run waits. Empty if it does not.
  returned: success
  type: str
  sample: a.example.com waits at least 3600 seconds
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations.interim import record_interim
from ..module_utils.storage.journal import Journal
from ..module_utils.storage.who import actor_name, current_actor

OPTIONS = {
    "journal": {"type": "path"},
    "node": {"type": "str", "required": True},
    "appliance_time": {"type": "float", "required": True},
    "acknowledged": {"type": "bool", "default": False},
    "done": {"type": "bool", "default": False},
    "next_run_at": {"type": "str", "default": ""},
    "reason": {"type": "str", "default": ""},
    "by": {"type": "str"},
}


def wait_between(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    if params["journal"]:
        record_interim(
            Journal(params["journal"]),
            params["node"],
            appliance_time=params["appliance_time"],
            acknowledged=params["acknowledged"],
            by=params["by"] or actor_name(current_actor()),
            write=not check_mode,
        )
    if params["done"]:
        return {"changed": False, "state": "open", "next_run_at": "", "reason": ""}
    return {"changed": False, "state": "waiting", "next_run_at": params["next_run_at"], "reason": params["reason"]}


OPERATION = Operation(wait_between, OPTIONS, appliance=False)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
