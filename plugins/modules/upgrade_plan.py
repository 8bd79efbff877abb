#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: upgrade_plan
short_description: Decide the path from what is installed to the version that is wanted
version_added: 0.1.0
description:
  - Computes hops from what was read of an appliance. It talks to nobody and remembers nothing; the same input gives the same plan.
  - "A hop is the Base packages that are due, one site package, and a gate that gives the clients their time. Licence add-ons and
    hotfixes come after the last site package, or earlier where a package needs them."
  - "The appliance's own list is the authority: make the plan again after each installation, since that unlocks others."
  - Fails with one sentence on a target that is older than what is installed, not offered, blocked for ever, or required in a circle.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  appliance:
    description: What M(bomgar.appliance.appliance_info) returned as C(appliance).
    type: dict
    required: true
  updates:
    description: What M(bomgar.appliance.update_info) returned.
    type: dict
    required: true
  target_version:
    description: The product version to reach, as V(24.3.1). The highest one offered when not given.
    type: str
  target_base:
    description: The Base version to reach, and the highest that may be installed. Only what the site packages need when not given.
    type: str
  manifest:
    description:
      - Facts about packages that the appliance's list does not tell, as a dictionary with the key C(packages), a list of
        C(name), C(kind), C(version), C(requires), C(requires_base), C(supports_upgrade_from), C(sha256), C(file),
        C(companions), C(release_notes), C(soak_hours), C(rebuilt) (whether it was built anew for the appliance's certificates).
    type: dict
  other:
    description: What to do with licence add-ons and hotfixes that are offered and that nothing requires.
    type: str
    choices: [install, skip]
    default: install
seealso:
  - module: bomgar.appliance.update_install
"""

EXAMPLES = r"""
- name: Plan the way to 24.3.1
  bomgar.appliance.upgrade_plan:
    appliance: "{{ read.appliance }}"
    updates: "{{ offered }}"
    target_version: 24.3.1
  register: way

- name: Show it
  ansible.builtin.debug:
    var: way.lines
"""

RETURN = r"""
plan:
  description: The plan as data.
  returned: success
  type: dict
  sample: {target: 24.3.1, reached: false, certain: true, hops: [{steps: [{action: install, package: Base 6.2.0, kind: base}]}]}
next:
  description: The step to do now, null when nothing is left.
  returned: success
  type: dict
  sample: {action: install, package: Base 6.2.0, kind: base, version: 6.2.0, reason: ..., available: true}
reached: {description: Whether nothing is left to do., returned: success, type: bool, sample: false}
lines: {description: The plan for people., returned: success, type: list, elements: str, sample: ["Hop 1: ..."]}
hash: {description: SHA-256 of the plan., returned: success, type: str, sample: 6f1e...}
wish:
  description: What was asked for, with a digest of each package of the manifest; M(bomgar.appliance.journal) holds the next run to it.
  returned: success
  type: dict
  sample: {mode: standalone, target_version: 24.3.1, target_base: the newest that is offered, other: install}
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

from ..module_utils.errors import ApplianceError
from ..module_utils.model.manifest import read_manifest
from ..module_utils.model.package import Package
from ..module_utils.module import Operation, run
from ..module_utils.policy.plan import make_plan
from ..module_utils.policy.wish import wish_of

OPTIONS = {
    "appliance": {"type": "dict", "required": True},
    "updates": {"type": "dict", "required": True},
    "target_version": {"type": "str"},
    "target_base": {"type": "str"},
    "manifest": {"type": "dict"},
    "other": {"type": "str", "choices": ["install", "skip"], "default": "install"},
}


def decide(params, *, check_mode, say):
    try:
        return _decided(params)
    except ApplianceError as exc:
        exc.at(params["appliance"].get("host", ""))
        raise


def _decided(params):
    appliance, updates = params["appliance"], params["updates"]
    packages = [Package(**dict(row, waits_for=tuple(row["waits_for"]))) for row in updates["packages"]]
    manifest = read_manifest(params["manifest"]) if params["manifest"] is not None else None
    wanted = {"target": params["target_version"], "target_base": params["target_base"], "other": params["other"], "manifest": manifest}
    plan = make_plan(
        site_version=appliance["version"],
        base_version=updates["base_version"],
        packages=packages,
        **wanted,
    )
    now = {"version": appliance["version"], "base": updates["base_version"]}
    return {
        "changed": False,
        "plan": plan.as_dict(),
        "next": plan.next.as_dict() if plan.next else None,
        "reached": plan.next is None,
        "lines": plan.lines(),
        "hash": plan.hash,
        "wish": wish_of(mode="standalone", **wanted),
        "diff": {"before": _text(now, []), "after": _text(_end(now, plan), plan.lines())},
    }


def _end(now, plan):
    """The versions after the plan's last step."""
    end = dict(now)
    for step in (step for hop in plan.hops for step in hop.steps if step.action == "install"):
        if step.kind in ("base", "site"):
            end["base" if step.kind == "base" else "version"] = step.version
    return end


def _text(versions, lines):
    return "\n".join([f"Base {versions['base']}", f"version {versions['version']}", *lines]) + "\n"


OPERATION = Operation(decide, OPTIONS, appliance=False)


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
