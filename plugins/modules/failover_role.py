#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_role
short_description: Give one node of a failover pair its role, and verify it from both
version_added: 0.1.0
description:
  - Swaps the roles of a pair as the vendor describes for planned maintenance. A data sync comes first, then the roles change. The module
    changes nothing if both nodes have their roles already.
  - With a data sync, all users of the present primary are disconnected until the swap has ended. Both nodes may be backup for a moment, and
    the module waits. If a read shows two primaries, the task fails at once.
  - The task fails before the request unless the nodes are related and healthy, one is primary, and the other is backup.
  - The request is sent once. If its response is lost, the module reads the nodes and does not repeat the request.
  - The module does not move the public name. Only a shared IP follows the primary by itself.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.peer
  - bomgar.appliance.windows
  - bomgar.appliance.attributes
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  window_seconds:
    description: Seconds that must be left of a window of O(windows) right before the request. V(0) to V(31622400).
    type: float
    default: 0
  role:
    description: Role that this node gets.
    type: str
    choices: [primary, backup]
    required: true
  data_sync_first:
    description: Whether to synchronize the data first. Both nodes must run the same version and build.
    type: bool
    default: true
  force:
    description: >-
      Whether the primary becomes backup although its peer cannot be reached. No node is primary then. It requires O(force_reason),
      O(role=backup) and O(data_sync_first=false). Only this node is verified.
    type: bool
    default: false
  force_reason:
    description: Why O(force) is used. RV(force_reason) returns it.
    type: str
  journal:
    description:
      - Path of the journal of the site. The start of the swap is recorded before the request, unless the roles are as wanted or an earlier
        start is not verified yet.
      - M(bomgar.appliance.public_name) records the verification when clients reach the new primary. If not set, nothing is recorded. With
        O(force), nothing is recorded either.
    type: path
  action:
    description: Action of the step in the journal. V(take_over) is a step of an upgrade.
    type: str
    choices: [swap, take_over]
    default: swap
  reason:
    description: Why the roles are swapped. It is recorded in the journal.
    type: str
  method:
    description: How the roles are swapped. V(api) is documented. V(web) drives the page. V(manual) returns instructions for a person.
    type: str
    choices: [api, web, manual]
    default: api
seealso:
  - module: bomgar.appliance.failover_info
  - module: bomgar.appliance.public_name
"""

EXAMPLES = r"""
- name: Make b primary, with a data sync first
  bomgar.appliance.failover_role:
    role: primary
    peer: "{{ hostvars['a.example.com'] | bomgar.appliance.connection(named=true) }}"
"""

RETURN = r"""
state:
  description: V(done), V(manual) when a person has to act first, or V(waiting) when no maintenance window has the time of the step.
  returned: success
  type: str
  sample: done
next_run_at:
  description: When the step may start, ISO 8601 in UTC by the appliance's clock.
  returned: "when RV(state=waiting)"
  type: str
  sample: "2026-03-07T21:00:00+00:00"
roles: {description: Roles that both nodes report., returned: success, type: dict, sample: {a.example.com: backup}}
message:
  description: Response of the appliance to the request, or why the step waits for its maintenance window.
  returned: "when changed, or RV(state=waiting)"
  type: str
  sample: Successfully changed role.
force_reason: {description: The reason that was given., returned: when forced, type: str, sample: The other one burnt down}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.errors import InvalidInput, Refused
from ..module_utils.model import manual_steps
from ..module_utils.model.pair import BACKUP, PRESENT, PRIMARY
from ..module_utils.module import Operation, run
from ..module_utils.operations.action_entries import ActionEntries
from ..module_utils.operations.pair import OPTIONS as PAIR_OPTIONS
from ..module_utils.operations.pair import Nodes, failed_sync
from ..module_utils.operations.port import Appliance
from ..module_utils.options import WINDOW_OPTIONS
from ..module_utils.policy.pair.blockers import Blocker, Problem
from ..module_utils.policy.pair.describe import describe_nodes
from ..module_utils.policy.pair.invariants import Expect, find_problems
from ..module_utils.wait import NotYet

OPTIONS = dict(
    PAIR_OPTIONS,
    role={"type": "str", "choices": ["primary", "backup"], "required": True},
    data_sync_first={"type": "bool", "default": True},
    force={"type": "bool", "default": False},
    force_reason={"type": "str"},
    journal={"type": "path"},
    **WINDOW_OPTIONS,
    action={"type": "str", "choices": ["swap", "take_over"], "default": "swap"},
    reason={"type": "str"},
    method={"type": "str", "choices": ["api", "web", "manual"], "default": "api"},
)
OTHER = {PRIMARY: BACKUP, BACKUP: PRIMARY}
_TITLES = {"swap": "swap the roles", "take_over": "take over"}  # of the step, for its maintenance window


def set_role(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    _check(params, appliance.host)
    nodes = Nodes(appliance, params, what=_TITLES[params["action"]])
    before = nodes.read()
    if _is_so(before, params):
        return _result(before, before, params)
    nodes.refuse(before, _problems(before, params))
    entries = _entries(nodes, params, check_mode)
    shown = _result(before, before, params)
    return entries.or_wait(lambda: _set(appliance, nodes, entries, before, params, check_mode), shown, appliance.host)


def _set(appliance: Appliance, nodes: Any, entries: Any, before: Any, params: dict[str, Any], check_mode: bool) -> dict[str, Any]:
    if not params["force"]:
        nodes.enter_window(before)
    _note(entries, params)
    wanted, sync, force = params["role"], params["data_sync_first"], params["force"]
    if params["method"] == "manual":
        return manual_steps.manual_result(manual_steps.become(nodes.host, wanted, sync, force), roles=_roles(before))
    if check_mode:
        return dict(_result(before, before, params), changed=True, diff=_diff(before, _predicted(before, params)))
    message = nodes.send(
        lambda ready: _act(appliance, params, ready), f"role {wanted}", before, lambda pair: nodes.refuse(pair, _problems(pair, params))
    )
    after = nodes.watch(lambda seen: _probe(before, seen, params), alone=force, what=_goal(nodes, params), remedy=_way_out(nodes, params))
    return dict(_result(before, after, params), changed=True, message=message)


def _check(params: dict[str, Any], host: str) -> None:
    if params["force"] and (not params["force_reason"] or params["role"] != BACKUP or params["data_sync_first"]):
        raise InvalidInput(
            "`force` was given without what it needs.",
            host=host,
            remedy="It needs `force_reason`, `role: backup` and `data_sync_first: false`; nothing was done.",
        )


def _entries(nodes: Nodes, params: dict[str, Any], check_mode: bool) -> ActionEntries:
    """The entries of the change; by force nobody becomes primary, and nothing is written."""
    primary = nodes.name if params["role"] == PRIMARY else nodes.peer_name
    return ActionEntries(params["journal"], params["action"], primary, write=not check_mode and not params["force"])


def _note(entries: Any, params: dict[str, Any]) -> None:
    """Write to the journal that the roles begin to change, before anything is sent."""
    if not entries.is_begun():
        entries.begin(data={"reason": params["reason"]} if params["reason"] else {})


def _is_so(pair: Any, params: dict[str, Any]) -> Any:
    """By force only this node is given a role; otherwise both have one, and by the relation, not as what is left of it."""
    roles = [node.role for node in pair.nodes]
    if params["force"]:
        return roles[0] == BACKUP
    return pair.relation == PRESENT and roles == [params["role"], OTHER[params["role"]]]


def _problems(pair: Any, params: dict[str, Any]) -> Any:
    """What speaks against it; by force the peer alone may be away, and this node must be the primary."""
    found = list(find_problems(pair, Expect(relation=PRESENT, same_software=params["data_sync_first"])))
    if not params["force"] or len(pair.nodes) != 2:
        return found
    mine, peer = pair.nodes
    if mine.reachable and mine.role != PRIMARY:
        found = [*found, Problem(Blocker.NO_PRIMARY, f"{mine.name} is not primary, so there is nothing to force.", describe_nodes(pair))]
    away = f"{peer.name} could not be read."
    return [one for one in found if peer.reachable or (one.blocker, one.sentence) != (Blocker.NODE_UNREACHABLE, away)]


def _act(appliance: Appliance, params: dict[str, Any], ready: Any) -> Any:
    if params["method"] == "web":
        messages = appliance.pages.change_role(params["role"], pull_sync=params["data_sync_first"], force=params["force"], ready=ready)
        return " ".join(messages)
    ready()
    return appliance.set_failover_role(params["role"], data_sync_first=params["data_sync_first"], force=params["force"])


def _probe(before: Any, seen: Any, params: dict[str, Any]) -> Any:
    if _is_so(seen, params):
        return seen
    failed = params["data_sync_first"] and failed_sync(before, seen)
    if failed:
        raise Refused(
            f"The data sync failed, so the roles were not changed. {describe_nodes(seen)}.",
            host=seen.nodes[0].host,
            evidence=repr(failed),
            remedy="Repair what it names, then run the same command again.",
            facts={"outcome": "failed", "pair": seen.as_dict()},
        )
    return NotYet(", ".join(f"{name} is {role}" for name, role in _roles(seen).items()))


def _goal(nodes: Any, params: dict[str, Any]) -> Any:
    wanted = params["role"]
    return f"{nodes.name} {wanted}" + ("" if params["force"] else f" and {nodes.peer_name} {OTHER[wanted]}")


def _way_out(nodes: Any, params: dict[str, Any]) -> Any:
    first = nodes.name if params["role"] == PRIMARY else nodes.peer_name
    return (
        f"See both nodes under /login > Management > Failover. If both stay backup, press Become Primary on {first}; "
        "if both are primary, leave the one with the newer data and make the other one backup. Then run the same command again."
    )


def _result(before: Any, after: Any, params: dict[str, Any]) -> Any:
    result = {"changed": False, "state": "done", "roles": _roles(after), "diff": _diff(before, _roles(after))}
    return dict(result, force_reason=params["force_reason"]) if params["force"] else result


def _diff(before: Any, after: Any) -> dict[str, Any]:
    return {"before": _roles(before), "after": after}


def _predicted(pair: Any, params: dict[str, Any]) -> dict[str, Any]:
    """The roles as they will be; with force the peer's role does not change."""
    mine, peer = pair.nodes
    return dict(_roles(pair), **{mine.name: params["role"]}, **({} if params["force"] else {peer.name: OTHER[params["role"]]}))


def _roles(pair: Any) -> Any:
    return {node.name: node.role or "unknown" for node in pair.nodes}


OPERATION = Operation(set_role, OPTIONS)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
