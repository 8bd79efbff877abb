#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: public_name
short_description: Let a node take over the public name of a pair, and verify that it serves
version_added: 0.1.0
description:
  - The owner of the public name moves it (DNS, NAT or a shared IP), not this module. Call it with O(state=begun) before the move and with
    O(state=verified) after it.
  - The serving node is identified by the GUID of the appliance that answers under the public name, not by a role.
  - The catch-up counts from the clock of the serving node when O(state=verified) reads it.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.peer.nodes, bomgar.appliance.windows, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  window_seconds:
    description: With O(state=begun), the seconds that must be left of a window of O(windows). V(0) to V(31622400).
    type: float
    default: 0
  state:
    description:
      - V(begun) reads both nodes and the public name. If O(node) does not serve yet, it counts the clients of the serving node and records
        the start of the move.
      - V(verified) waits until the public name leads to O(node), and records that it serves. The journal must contain the start of the
        move, from V(begun) or from M(bomgar.appliance.failover_role).
      - V(verified) fails if the public name does not move in time although somebody moves it (O(moved), or a shared IP that follows the
        primary), or if no node serves. Otherwise RV(state) is V(manual) until a person has moved it.
    type: str
    choices: [begun, verified]
    required: true
  node:
    description: Name of the node that takes over, one of O(nodes).
    type: str
    required: true
  public_url:
    description: The public name, as V(support.example.com). It is read with the account of the first node.
    type: str
    required: true
  action:
    description: Action of the step in the journal. V(take_over) is a step of an upgrade.
    type: str
    choices: [take_over, swap]
    default: take_over
  moved:
    description: Whether a person or a task moves the name now. The module then waits for it.
    type: bool
    default: false
  reason:
    description: Why it moves. It is recorded in the journal.
    type: str
  journal:
    description: Path of the journal of the site. If not set, nothing is recorded.
    type: path
  wait_timeout:
    description: Maximum number of seconds until the name has moved, V(1) to V(604800).
    type: int
    default: 300
  poll_interval:
    description: Seconds between two reads, V(1) to V(86400).
    type: int
    default: 15
requirements: [requests, defusedxml, cryptography]
seealso:
  - module: bomgar.appliance.failover_role
  - module: bomgar.appliance.failover_info
"""

EXAMPLES = r"""
- name: Note that b takes over
  bomgar.appliance.public_name:
    state: begun
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    node: b.example.com
    journal: /srv/upgrades/support_example_com/journal.jsonl

- name: Move the name
  ansible.builtin.include_tasks: move_the_name.yml

- name: Verify that b serves
  bomgar.appliance.public_name:
    state: verified
    moved: true
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    node: b.example.com
    journal: /srv/upgrades/support_example_com/journal.jsonl
"""

RETURN = r"""
state:
  description:
    - V(done) when O(node) serves. V(begun) when it does not yet, with O(state=begun).
    - V(manual) when a person has to move the name, with O(state=verified).
    - V(waiting) when no maintenance window has the time of the move, with O(state=begun).
  returned: success
  type: str
  sample: done
next_run_at:
  description: When the step may start, ISO 8601 in UTC by the appliance's clock.
  returned: "when RV(state=waiting)"
  type: str
  sample: "2026-03-07T21:00:00+00:00"
message:
  description: Why the step waits for its maintenance window.
  returned: "when RV(state=waiting)"
  type: str
  sample: take over the public name waits. No maintenance window is open.
serving:
  description: Name of the node to which the public name leads. Empty if it leads to none.
  returned: success
  type: str
  sample: b.example.com
relation:
  description: V(present), V(absent), V(one_sided) (the nodes do not agree), or V(unknown) (one could not be read).
  returned: success
  type: str
  sample: absent
pair:
  description: What was read last, as M(bomgar.appliance.failover_info) returns it.
  returned: success
  type: dict
  sample: {nodes: []}
lines: {description: The same for people., returned: success, type: list, elements: str, sample: ["a.example.com: role primary ..."]}
online_before:
  description: How many Jump Clients were connected to the node that serves; null where the product does not tell.
  returned: "when RV(state=begun)"
  type: int
  sample: 1187
listed_before:
  description: How many Jump Clients it listed; null where the product does not tell.
  returned: "when RV(state=begun)"
  type: int
  sample: 1190
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.appliance import connect
from ..module_utils.model.bounds import SECONDS_BETWEEN, SECONDS_TO_WAIT
from ..module_utils.module import Operation, run
from ..module_utils.operations.action_entries import ActionEntries
from ..module_utils.operations.nodes import connect_nodes
from ..module_utils.operations.public_name import PublicName
from ..module_utils.operations.window import StepWindow
from ..module_utils.options import NODES, WINDOW_OPTIONS

OPTIONS = {
    "nodes": NODES,
    "state": {"type": "str", "required": True, "choices": ["begun", "verified"]},
    "node": {"type": "str", "required": True},
    "public_url": {"type": "str", "required": True},
    "action": {"type": "str", "choices": ["take_over", "swap"], "default": "take_over"},
    "moved": {"type": "bool", "default": False},
    "reason": {"type": "str"},
    "journal": {"type": "path"},
    "wait_timeout": {**SECONDS_TO_WAIT, "default": 300},
    "poll_interval": {**SECONDS_BETWEEN, "default": 15},
    **WINDOW_OPTIONS,
}


def move(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    appliances, public = connect_nodes(params, connect, say, public_from=1)
    name = PublicName(appliances, public, params["public_url"], params["node"])
    entries = ActionEntries(params["journal"], params["action"], params["node"], write=not check_mode)
    if params["state"] == "begun":
        window = StepWindow(params["windows"], params["window_seconds"], "take over the public name")
        return name.begin(entries, window, reason=params["reason"])
    return name.verify(
        entries,
        moved=params["moved"],
        timeout=params["wait_timeout"],
        interval=params["poll_interval"],
        check_mode=check_mode,
    )


OPERATION = Operation(move, OPTIONS, appliance=False, libraries=["requests", "defusedxml", "cryptography"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
