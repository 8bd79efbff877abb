#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_role
short_description: Give one node of a failover pair its role, and prove it from both
version_added: 0.1.0
description:
  - "The vendor's planned maintenance role swap: pulls a data sync first, then the roles change. Does nothing where both nodes tell so."
  - "With a sync first all users of the present primary are cut off until the swap has ended. Both nodes may be backup for a moment,
    which is waited for; two primaries at any look end the task at once."
  - The request is sent once. If its answer is lost the nodes are watched instead of asked again.
  - The public name is not moved by it, except a shared IP, which follows the primary by itself.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.peer
  - bomgar.appliance.attributes
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  role:
    description: The role that this node shall have.
    type: str
    choices: [primary, backup]
    required: true
  data_sync_first:
    description: Whether the data is synchronized before the roles change. Needs the same version and build on both nodes.
    type: bool
    default: true
  force:
    description:
      - Let the primary become backup although its peer cannot be reached, so that nobody is primary. Needs O(force_reason),
        O(role=backup) and O(data_sync_first=false).
    type: bool
    default: false
  force_reason:
    description: Why; it is part of the result.
    type: str
  actuator:
    description: V(api) is documented. V(web) presses the button on the page, V(operator) says what a person has to press.
    type: str
    choices: [api, web, operator]
    default: api
seealso:
  - module: bomgar.appliance.failover_info
"""

EXAMPLES = r"""
- name: Make b primary, with a data sync first
  bomgar.appliance.failover_role:
    role: primary
    peer: "{{ hostvars['a.example.com'] | bomgar.appliance.connection(named=true) }}"
"""

RETURN = r"""
state: {description: "V(done), or V(operator) when a person has to act first.", returned: success, type: str, sample: done}
roles: {description: The roles that both nodes tell., returned: success, type: dict, sample: {a.example.com: backup}}
message: {description: What the appliance answered to the request., returned: when changed, type: str, sample: Successfully changed role.}
force_reason: {description: The reason that was given., returned: when forced, type: str, sample: The other one burnt down}
instructions: {description: What the person has to do., returned: "when RV(state=operator)", type: list, elements: str}
outcome: {description: "V(unknown) or V(failed) when the task failed after the request.", returned: on some failures, type: str}
"""

from ..module_utils import operator_steps
from ..module_utils.errors import InvalidInput
from ..module_utils.module import Operation, run
from ..module_utils.pairing import OPTIONS as PAIR_OPTIONS
from ..module_utils.pairing import Nodes, two_primaries
from ..module_utils.wait import NotYet

OPTIONS = dict(
    PAIR_OPTIONS,
    role={"type": "str", "choices": ["primary", "backup"], "required": True},
    data_sync_first={"type": "bool", "default": True},
    force={"type": "bool", "default": False},
    force_reason={"type": "str"},
    actuator={"type": "str", "choices": ["api", "web", "operator"], "default": "api"},
)
OTHER = {"primary": "backup", "backup": "primary"}


def set_role(appliance, params, *, check_mode):
    _check(params, appliance.host)
    nodes, wanted = Nodes(appliance, params), params["role"]
    if params["force"]:
        return _forced(nodes, params, check_mode)
    pair = nodes.read()
    if _is_so(pair, wanted):
        return _result(pair, pair)
    pair = nodes.judged(relation="present", same_software=params["data_sync_first"])
    if check_mode:
        return dict(_result(pair, pair), changed=True, diff=_diff(pair, _after(pair, wanted)))
    if params["actuator"] == "operator":
        return operator_steps.wanted(operator_steps.become(appliance.host, wanted, params["data_sync_first"]), roles=_roles(pair))
    message = nodes.send(lambda: _act(appliance, params), f"role {wanted}")
    after = nodes.watch(lambda seen: _probe(seen, wanted), what=f"{nodes.name} {wanted} and {nodes.peer_name} {OTHER[wanted]}",
                        remedy=_way_out(nodes, wanted))  # fmt: skip
    return dict(_result(pair, after), changed=True, message=message)


def _check(params, host):
    if params["force"] and (not params["force_reason"] or params["role"] != "backup" or params["data_sync_first"]):
        raise InvalidInput("`force` was given without what it needs.", host=host,
                           remedy="It needs `force_reason`, `role: backup` and `data_sync_first: false`; nothing was done.")  # fmt: skip


def _act(appliance, params):
    if params["actuator"] == "web":
        return " ".join(appliance.pages.press_become(params["role"], pull_sync=params["data_sync_first"], force=params["force"]))
    return appliance.set_failover_role(params["role"], data_sync_first=params["data_sync_first"], force=params["force"])


def _probe(pair, wanted):
    two_primaries(pair)
    return pair if _is_so(pair, wanted) else NotYet(", ".join(f"{name} is {role}" for name, role in _roles(pair).items()))


def _is_so(pair, wanted):
    return [node.role for node in pair.nodes] == [wanted, OTHER[wanted]]


def _forced(nodes, params, check_mode):
    """The primary becomes backup alone: its peer cannot be reached, and nobody is primary afterwards."""
    before = nodes.appliance.health()
    result = {"changed": before.failover_role != "backup", "state": "done", "force_reason": params["force_reason"]}
    if before.failover_role == "primary" and not check_mode:
        result["message"] = nodes.send(lambda: _act(nodes.appliance, params), "role backup by force")
        nodes.appliance.wait_until(lambda: nodes.appliance.health().failover_role == "backup", what=f"{nodes.name} backup",
                                   timeout=params["wait_timeout"], interval=params["poll_interval"])  # fmt: skip
    diff = {"before": {nodes.name: before.failover_role}, "after": {nodes.name: "backup"}}
    return dict(result, roles={nodes.name: "backup"}, diff=diff)


def _way_out(nodes, wanted):
    first = nodes.name if wanted == "primary" else nodes.peer_name
    return (
        f"See both nodes under /login > Management > Failover. If both stay backup, press Become Primary on {first}; "
        "if both are primary, leave the one with the newer data and make the other one backup. Then run the same command again."
    )


def _result(before, after):
    return {"changed": False, "state": "done", "roles": _roles(after), "diff": _diff(before, _roles(after))}


def _diff(before, after):
    return {"before": _roles(before), "after": after}


def _after(pair, wanted):
    return {pair.nodes[0].name: wanted, pair.nodes[1].name: OTHER[wanted]}


def _roles(pair):
    return {node.name: node.role or "not told" for node in pair.nodes}


OPERATION = Operation(set_role, OPTIONS)


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
