#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: preflight
short_description: Find everything that speaks against upgrading one appliance now
version_added: 0.1.0
description:
  - Reads the appliance through its APIs and pages and makes checks. Nothing is written, neither there nor here.
  - Succeeds whatever it finds; RV(passed) tells whether an upgrade may start. What could not be read is a finding of its own.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  target_version:
    description: The product version to reach; the highest one offered when not given.
    type: str
  target_base:
    description: The Base version to reach; what the site packages need when not given.
    type: str
  manifest:
    description: Facts about packages, as for M(bomgar.appliance.upgrade_plan).
    type: dict
  other:
    description: What happens to licence add-ons and hotfixes that nothing requires.
    type: str
    choices: [install, skip]
    default: install
  checks:
    description:
      - "Which checks to make: V(all), V(name), V(!name) to leave one out, or a dictionary of a name and its options, as
        V({certificate: {min_days: 60}})."
      - V(identity), V(cluster_role) and V(failover_role) cannot be left out.
      - There are V(identity), V(pages), V(healthy), V(permissions), V(cluster_role), V(failover_role), V(clock) (O(checks) option
        C(max_seconds)), V(jump_client_upgrades), V(clients_followed), V(people_logged_in) (C(max_sessions)),
        V(jump_client_load) (C(few), C(minutes_each), C(mib_each)), V(console_msi), V(rebuilt_package_certificates),
        V(target_path), V(no_installation), V(certificate) (C(min_days)), V(storage) (C(max_percent)), V(base7_tls) and
        V(state_folder) (C(min_free_mib)).
    type: list
    elements: raw
    default: [all]
  confirmed:
    description: Ids of checks with the result V(manual) that a person has looked at; they block no more.
    type: list
    elements: str
    default: []
  client_filter:
    description: JMESPath expression that narrows the Jump Clients that count, as for M(bomgar.appliance.client_info).
    type: str
  client_threshold:
    description: Percent of the Jump Clients that count which must run the present version.
    type: float
    default: 95.0
  base_version:
    description: The Base version as a person states it, where no account for the pages of C(/appliance) is given.
    type: str
  installed:
    description: Names of add-ons and hotfixes that a person installed, likewise.
    type: list
    elements: str
    default: []
  mode:
    description: "How it is to be upgraded: V(standalone) refuses a node of a failover pair, the other two expect one."
    type: str
    choices: [standalone, synchronous, asynchronous]
    default: standalone
  state_dir:
    description: Folder that the upgrade will write to; not checked when not given.
    type: path
requirements: [beautifulsoup4, cryptography, jmespath]
"""

EXAMPLES = r"""
- name: Look for obstacles
  bomgar.appliance.preflight:
    target_version: 24.3.1
    checks: [all, "!clock", {certificate: {min_days: 60}}]
  register: findings

- name: Stop if there are any
  ansible.builtin.assert:
    that: findings.passed
    fail_msg: "{{ findings.blocking }}"
"""

RETURN = r"""
passed: {description: Whether nothing blocks., returned: success, type: bool, sample: true}
summary: {description: How many checks had which result., returned: success, type: str, sample: "14 pass, 1 post"}
blocking: {description: The findings that block., returned: success, type: list, elements: str, sample: []}
results:
  description: One entry per check.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Name of the check., type: str, sample: storage}
    title: {description: What it asks., type: str, sample: "Is there room on the disks?"}
    result:
      description:
        - V(pass), V(post) (to be looked at after the upgrade) and V(not_applicable) do not block.
        - V(fail_upgrade) (the installation would not succeed), V(fail_outage) (users would lose more than planned), V(error) (could not
          be looked at) and V(manual) (a person must look, until it is in O(confirmed)) do.
      type: str
      sample: pass
    evidence: {description: What was seen., type: str, sample: 54 % of the disk are in use.}
    remedy: {description: What to do., type: str, sample: ""}
    link: {description: Where the vendor says it., type: str, sample: "https://docs.beyondtrust.com/rs/docs/atlas"}
confirmed: {description: The value of O(confirmed)., returned: success, type: list, elements: str, sample: []}
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

from ..module_utils.gathering import gather
from ..module_utils.model.manifest import read_manifest
from ..module_utils.module import Operation, run
from ..module_utils.policy.preflight import run_preflight

OPTIONS = {
    "target_version": {"type": "str"},
    "target_base": {"type": "str"},
    "manifest": {"type": "dict"},
    "other": {"type": "str", "choices": ["install", "skip"], "default": "install"},
    "checks": {"type": "list", "elements": "raw", "default": ["all"]},
    "confirmed": {"type": "list", "elements": "str", "default": []},
    "client_filter": {"type": "str"},
    "client_threshold": {"type": "float", "default": 95.0},
    "base_version": {"type": "str"},
    "installed": {"type": "list", "elements": "str", "default": []},
    "mode": {"type": "str", "choices": ["standalone", "synchronous", "asynchronous"], "default": "standalone"},
    "state_dir": {"type": "path"},
}


def look(appliance, params, *, check_mode):
    manifest = read_manifest(params["manifest"]) if params["manifest"] is not None else None
    facts = gather(appliance, target=params["target_version"], target_base=params["target_base"], manifest=manifest,
                   other=params["other"], state_dir=params["state_dir"], client_filter=params["client_filter"],
                   client_threshold=params["client_threshold"], base_version=params["base_version"],
                   installed=params["installed"])
    facts["mode"] = params["mode"]
    return dict(run_preflight(facts, params["checks"], params["confirmed"]).as_dict(), changed=False)


OPERATION = Operation(look, OPTIONS, libraries=["bs4", "cryptography", "jmespath"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
