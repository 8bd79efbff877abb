#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_plan
short_description: Decide the next step of a failover pair on the way to a version
version_added: 0.1.0
description:
  - Computes what is left to do for a pair, from what both nodes say and are offered. It talks to nobody; same input, same plan.
  - "Make it anew after every step. From each state that a fault, an abort or a person leaves it leads on, or it tells what blocks
    (RV(blockers)); with a blocker there is no next step."
  - "B(synchronous): the primary first, which stays primary. B(asynchronous): the backup first, which then takes over. Both hop by hop,
    so that clients miss no site version. A node that has a package of the hop already is not touched."
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  pair:
    description: What M(bomgar.appliance.failover_info) returned as C(pair).
    type: dict
    required: true
  updates:
    description: For the name of each node, what M(bomgar.appliance.update_info) returned for it.
    type: dict
    required: true
  mode:
    description: Which node first.
    type: str
    choices: [synchronous, asynchronous]
    required: true
  target_version:
    description: The product version to reach, as V(24.3.1). The highest one offered when not given.
    type: str
  target_base:
    description: The Base version to reach, and the highest that may be installed. Only what the site packages need when not given.
    type: str
  manifest:
    description: Facts about packages, as for M(bomgar.appliance.upgrade_plan).
    type: dict
  other:
    description: What happens to licence add-ons and hotfixes that are offered and that nothing requires.
    type: str
    choices: [install, skip]
    default: install
  policies:
    description: What the vendor's public text leaves open, or a person has to decide.
    type: dict
    default: {}
    suboptions:
      failover_relation_during_upgrade:
        description: Whether the relation is broken for a hop.
        type: str
        choices: [break, keep]
        default: break
      base_while_related:
        description: Whether a hop without a site package is installed while the relation stands, with a role swap in asynchronous mode.
        type: bool
        default: false
      interim:
        description: The time between the two nodes.
        type: dict
        default: {}
        suboptions:
          min_seconds: {description: Seconds that must pass., type: float, default: 0}
          max_seconds: {description: "Seconds after which waiting is an error; 0, no limit.", type: float, default: 0}
          acknowledge: {description: Whether a person must acknowledge., type: bool, default: false}
      data_gap:
        description: Whether it was accepted that what is recorded between the last sync and the take-over is lost.
        type: str
        choices: [refuse, accept]
        default: refuse
      restore_roles: {description: Whether the roles are swapped back at the end., type: bool, default: false}
      sync_max_age: {description: Seconds that the last data sync may be old at the break., type: float, default: 3600}
      acknowledged: {description: "What a person acknowledges: V(interim).", type: list, elements: str, default: []}
  memory:
    description: What M(bomgar.appliance.journal) returned as C(memory).
    type: dict
    default: {}
seealso:
  - module: bomgar.appliance.failover_info
  - module: bomgar.appliance.upgrade_plan
"""

EXAMPLES = r"""
- name: Decide what to do now
  bomgar.appliance.failover_plan:
    pair: "{{ seen.pair }}"
    updates: {a.example.com: "{{ offered_to_a }}", b.example.com: "{{ offered_to_b }}"}
    mode: asynchronous
    target_version: 24.3.1
    policies: {data_gap: accept}
  register: way
"""

RETURN = r"""
plan:
  description: "The plan as data: C(target), C(steps) of the present hop, C(later) (versions of the hops after it), C(hash)."
  returned: success
  type: dict
  sample: {mode: asynchronous, target: 24.3.1, steps: [], later: []}
next:
  description: "The step to do now: C(action), C(node), C(peer) and more; null when nothing is left, or something blocks."
  returned: success
  type: dict
  sample: {action: sync, node: a.example.com, peer: b.example.com}
reached: {description: Whether nothing is left to do., returned: success, type: bool, sample: false}
blockers:
  description: "What forbids every step: C(blocker), C(sentence), C(remedy), C(evidence)."
  returned: success
  type: list
  elements: dict
  sample: []
blocked: {description: The same for people., returned: success, type: list, elements: str, sample: []}
lines: {description: The plan for people., returned: success, type: list, elements: str, sample: ["To 24.3.1, asynchronous: ..."]}
wish:
  description: What was asked for, with a digest of each package of the manifest; M(bomgar.appliance.journal) holds the next run to it.
  returned: success
  type: dict
  sample: {mode: asynchronous, target_version: 24.3.1, target_base: the newest that is offered, other: install}
outcome:
  description:
    - How it ended, in one word. V(done), changed and proved by reading again; V(unchanged); V(waiting), a gate is closed; V(operator), a
      person has to act first; V(not_started), asked for and proved not to have begun; V(nothing_done), failed before anything was asked
      for; V(failed), the appliance says so; V(unknown), asked for and not proved, so that it may have happened or still happen.
    - V(nothing_done), V(failed) and V(unknown) come with a failed task.
  returned: always
  type: str
  sample: unchanged
"""

from ..module_utils.model.manifest import read_manifest
from ..module_utils.model.package import Package
from ..module_utils.model.pair import Pair
from ..module_utils.module import Operation, run
from ..module_utils.policy.pair_plan import Memory, Policies, plan_pair
from ..module_utils.policy.wish import wish_of

_INTERIM = {"min_seconds": {"type": "float", "default": 0}, "max_seconds": {"type": "float", "default": 0},
            "acknowledge": {"type": "bool", "default": False}}
_POLICIES = {
    "failover_relation_during_upgrade": {"type": "str", "choices": ["break", "keep"], "default": "break"},
    "base_while_related": {"type": "bool", "default": False},
    "interim": {"type": "dict", "default": {}, "options": _INTERIM, "apply_defaults": True},
    "data_gap": {"type": "str", "choices": ["refuse", "accept"], "default": "refuse"},
    "restore_roles": {"type": "bool", "default": False},
    "sync_max_age": {"type": "float", "default": 3600},
    "acknowledged": {"type": "list", "elements": "str", "default": []},
}
OPTIONS = {
    "pair": {"type": "dict", "required": True},
    "updates": {"type": "dict", "required": True},
    "mode": {"type": "str", "choices": ["synchronous", "asynchronous"], "required": True},
    "target_version": {"type": "str"},
    "target_base": {"type": "str"},
    "manifest": {"type": "dict"},
    "other": {"type": "str", "choices": ["install", "skip"], "default": "install"},
    "policies": {"type": "dict", "default": {}, "options": _POLICIES, "apply_defaults": True},
    "memory": {"type": "dict", "default": {}},
}


def decide(params, *, check_mode, say):
    manifest = read_manifest(params["manifest"]) if params["manifest"] is not None else None
    wanted = {"mode": params["mode"], "target": params["target_version"], "target_base": params["target_base"], "other": params["other"],
              "manifest": manifest}  # fmt: skip
    plan = plan_pair(
        Pair.from_dict(params["pair"]), {name: _offer(one) for name, one in params["updates"].items()}, **wanted,
        policies=_policies(params["policies"]), memory=_memory(params["memory"]),
    )  # fmt: skip
    return {
        "changed": False, "plan": plan.as_dict(), "next": plan.next.as_dict() if plan.next else None, "reached": plan.reached,
        "blockers": [one.as_dict() for one in plan.blockers], "blocked": [one.line() for one in plan.blockers], "lines": _lines(plan),
        "wish": wish_of(**wanted),
    }  # fmt: skip


def _offer(updates):
    rows = [Package(**{**row, "waits_for": tuple(row["waits_for"])}) for row in updates["packages"]]
    return updates["base_version"], rows


def _policies(given):
    interim = given["interim"]
    return Policies(
        interim_min=interim["min_seconds"], interim_max=interim["max_seconds"], interim_acknowledge=interim["acknowledge"],
        **{name: value for name, value in given.items() if name not in ("interim", "acknowledged")},
        acknowledged=tuple(given["acknowledged"]),
    )  # fmt: skip


def _memory(told):
    return Memory(
        guids=tuple(told.get("guids") or ()), origin=told.get("origin") or "", gate=bool(told.get("gate")),
        first_done_at=told.get("first_done_at"), acknowledged=tuple(told.get("acknowledged") or ()),
        broken=bool(told.get("broken")), moving=told.get("moving") or "",
    )  # fmt: skip


def _lines(plan):
    """For people: what is left of this hop, which hops follow, what it means for users and the network."""
    if plan.blockers:
        return ["Nothing is done:"] + [one.line() for one in plan.blockers]
    if plan.reached:
        return [f"Both nodes run {plan.target}: nothing to do."]
    lines = [f"To {plan.target}, {plan.mode}: {len(plan.steps)} steps are left of this hop, then {len(plan.later)} more hops."]
    lines += [f"  {number}. {step.line()}" for number, step in enumerate(plan.steps, 1)]
    lines += [f"  then the same to {version}" for version in plan.later]
    if plan.mode == "synchronous":
        lines.append("Downtime: each installation on the primary, usually 15 to 60 minutes; the network need not follow.")
    else:
        lines.append("Downtime: the moment in which the public name moves; users are logged out then, and the network has to follow.")
    return lines + [f"Note: {note}" for note in plan.notes]


OPERATION = Operation(decide, OPTIONS, appliance=False)


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
