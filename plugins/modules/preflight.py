#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: preflight
short_description: Check whether one appliance can be upgraded now
version_added: 0.1.0
description:
  - Reads the appliance through its APIs and pages and runs checks. Nothing is written on the appliance.
  - With O(state_dir), the results are stored on this machine as C(preflight/NODE.json) and C(preflight/NODE.junit.xml).
  - The module succeeds if a check finds something. RV(passed) tells whether an upgrade may start. A fact that cannot be read is a finding.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.windows
  - bomgar.appliance.attributes
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  target_version:
    description: The product version to reach. V(newest) is the highest offered version, and so is an unset option.
    type: str
  target_base:
    description: The Base version to reach. If not set, the Base version that the site packages require.
    type: str
  manifest:
    description: Facts about packages, in the format of O(bomgar.appliance.upgrade_plan#module:manifest).
    type: dict
  optional_packages:
    description: Whether license add-ons and hotfixes that nothing requires are installed.
    type: str
    choices: [install, skip]
    default: install
  checks:
    description:
      - "The checks to run: V(all), V(name), V(!name) to skip one, or a dictionary of a name and its options, for example
        V({certificate: {min_days: 60}})."
      - V(identity), V(cluster_role), V(failover_role) and V(half_of_pair) cannot be skipped.
      - Of the appliance V(identity), V(pages), V(healthy), V(permissions), V(cluster_role), V(failover_role), V(clock) (with the option
        C(max_seconds)) and V(half_of_pair).
      - Of a pair V(pair_reachable), V(pair_roles), V(pair_public_name), V(pair_versions), V(pair_sync) (C(max_hours)) and
        V(pair_certificates) (C(min_days)).
      - Of the network V(dns), V(certificate) (C(min_days)), V(certificate_chain) and V(tls).
      - Of people and clients V(jump_client_upgrades), V(clients_followed), V(version_start), V(people_logged_in) (C(max_sessions)),
        V(jump_client_load) (C(few), C(minutes_each), C(mib_each)), V(console_msi) and V(rebuilt_package_certificates).
      - Of the software V(update_list), V(maintenance), V(automatic_updates), V(target_path), V(window), V(no_installation), V(storage)
        (C(max_percent)) and V(base7_tls).
      - Of the state folder V(state_folder) (C(min_free_mib)) and V(state_durable).
    type: list
    elements: raw
    default: [all]
  confirmed:
    description: Ids of checks with the result V(manual) that a person has performed. They no longer block.
    type: list
    elements: str
    default: []
  waivers:
    description:
      - Findings with which a person allows the upgrade all the same. A waiver is for one check and one target version, and expires.
      - A waiver of an unknown check, of a check that cannot be waived, for another target version, or of a past date fails the module.
      - Checks of the identity, of the roles and the health of the nodes, of permissions, of the path and of a running installation
        cannot be waived.
    type: list
    elements: dict
    default: []
    suboptions:
      check: {description: Name of the check., type: str, required: true}
      target_version: {description: "The version that the upgrade reaches, in quotes.", type: str, required: true}
      reason: {description: Why the upgrade may start., type: str, required: true}
      by: {description: Name of the person who decides it., type: str, required: true}
      expires: {description: "The last day on which it is valid, in UTC, as V(2026-05-31).", type: str, required: true}
  node:
    description: Name of the appliance in the stored results; its address if not set.
    type: str
  journal:
    description: Journal that records the used waivers. If not set, they are only in the results.
    type: path
  window_seconds:
    description:
      - Seconds of a maintenance window that the longest step of the upgrade needs, V(0) to V(31622400).
      - If not set, those of the longest step that cuts somebody off, as the module plans it. O(window_estimates) counts, then the longest
        of the last three times in the journal of O(state_dir), then the vendor's hour for an installation.
    type: float
  window_estimates:
    description: Seconds that a step takes, by its action or the kind of its package, as for the role P(bomgar.appliance.window#role).
    type: dict
    default: {}
  client_filter:
    description: >-
      JMESPath expression that selects the eligible Jump Clients, in the format of O(bomgar.appliance.client_info#module:client_filter).
    type: str
  client_threshold:
    description: Required percentage of eligible Jump Clients that run the present version, V(0) to V(100).
    type: float
    default: 95.0
  base_version:
    description: The Base version of the appliance, if there is no account for the C(/appliance) pages.
    type: str
  installed:
    description: Names of license add-ons and hotfixes that a person installed, if there is no account for the C(/appliance) pages.
    type: list
    elements: str
    default: []
  mode:
    description: The mode of the upgrade. With V(standalone), a node of a failover pair is refused. The other two modes require one.
    type: str
    choices: [standalone, synchronous, asynchronous]
    default: standalone
  pair:
    description: >-
      RV(bomgar.appliance.failover_info#module:pair), for the checks that compare the nodes. If not set, these checks are skipped.
    type: dict
  standalone_reason:
    description:
      - Why this appliance is upgraded alone although there are signs that it is, or was, a node of a failover pair (a data sync, a peer
        on its page, a journal of a pair). If empty, the check C(half_of_pair) fails on such signs.
    type: str
    default: ""
  running_since:
    description: Since when the appliance runs its present version, in the format of O(bomgar.appliance.catch_up#module:running_since).
    type: dict
    suboptions:
      version: {description: "The present version, in quotes.", type: str, required: true}
      since: {description: "Date or time of its installation, in ISO 8601. Without a time zone it is UTC.", type: str, required: true}
      by: {description: Name of the person who declares it., type: str, required: true}
      why: {description: How the person knows it., type: str, required: true}
  show:
    description: Which checks are shown as progress, one line each. V(findings) leaves out V(pass) and V(not_applicable).
    type: str
    choices: [all, findings, none]
    default: all
  state_dir:
    description: Folder that the upgrade writes to, and that gets the results. If not set, it is not checked and nothing is stored.
    type: path
requirements: [beautifulsoup4, cryptography, jmespath]
"""

EXAMPLES = r"""
- name: Run the checks
  bomgar.appliance.preflight:
    target_version: 24.3.1
    checks: [all, "!clock", {certificate: {min_days: 60}}]
    waivers:
      - check: clients_followed
        target_version: 24.3.1
        reason: The remaining clients are switched off laptops (ticket 4711).
        by: Ada Example
        expires: "2026-05-31"
  register: findings

- name: Fail if a check found something
  ansible.builtin.assert:
    that: findings.passed
    fail_msg: "{{ findings.blocking }}"
"""

RETURN = r"""
passed: {description: Whether no finding blocks the upgrade., returned: success, type: bool, sample: true}
summary: {description: Number of checks by result., returned: success, type: str, sample: "14 pass, 1 post"}
blocking: {description: The findings that block., returned: success, type: list, elements: str, sample: []}
results:
  description: One entry per check.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Name of the check., type: str, sample: storage}
    title: {description: The question that the check answers., type: str, sample: "Is there room on the disks?"}
    kind:
      description:
        - V(pass), V(not_applicable) and V(post) (a person must act after the upgrade) do not block.
        - V(fail_upgrade) (the installation would fail), V(fail_outage) (the outage would be worse than planned), V(error) (the check
          cannot be completed) and V(manual) (a person must check it, until O(confirmed) contains it) block.
      type: str
      sample: pass
    message: {description: What the check found., type: str, sample: 54 % of the disk are in use.}
    evidence: {description: The first values that the check read., type: str, sample: storage.percent_used=54.0}
    remedy: {description: The action to take., type: str, sample: ""}
    link: {description: Address of the vendor's documentation., type: str, sample: "https://docs.beyondtrust.com/rs/docs/atlas"}
waivers:
  description: The waivers, with C(used) for whether a check found what it allows.
  returned: success
  type: list
  elements: dict
  sample: [{check: certificate, target_version: "24.3.1", reason: ticket 4711, by: Ada Example, expires: "2026-05-31", used: true}]
files: {description: The stored results., returned: success, type: list, elements: str, sample: []}
confirmed: {description: The value of O(confirmed)., returned: success, type: list, elements: str, sample: []}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import time
from typing import Any

from ..module_utils.model.bounds import PERCENT, YEAR
from ..module_utils.model.read_manifest import read_manifest
from ..module_utils.model.window import read_windows
from ..module_utils.module import Operation, run
from ..module_utils.operations.pair_signs import pair_signs
from ..module_utils.operations.port import Appliance
from ..module_utils.operations.preflight import gather
from ..module_utils.operations.preflight_machine import measured_times, resolve
from ..module_utils.operations.preflight_results import record_waivers, store
from ..module_utils.options import WINDOWS
from ..module_utils.policy.catch_up.declared_start import OPTION, declared_start
from ..module_utils.policy.plan.estimates import Known
from ..module_utils.policy.plan.request import target_of
from ..module_utils.policy.preflight.longest_step import longest_step
from ..module_utils.policy.preflight.run import CHECKS, run_preflight
from ..module_utils.policy.preflight.waivers import OPTION as WAIVER
from ..module_utils.policy.preflight.waivers import read_waivers
from ..module_utils.storage.journal import Journal

OPTIONS = {
    "target_version": {"type": "str"},
    "target_base": {"type": "str"},
    "manifest": {"type": "dict"},
    "optional_packages": {"type": "str", "choices": ["install", "skip"], "default": "install"},
    "checks": {"type": "list", "elements": "raw", "default": ["all"]},
    "confirmed": {"type": "list", "elements": "str", "default": []},
    "waivers": {"type": "list", "elements": "dict", "options": WAIVER, "default": []},
    "node": {"type": "str"},
    "journal": {"type": "path"},
    "windows": WINDOWS,
    "window_seconds": {"type": "float", "range": (0, YEAR)},
    "window_estimates": {"type": "dict", "default": {}},
    "client_filter": {"type": "str"},
    "client_threshold": {**PERCENT, "default": 95.0},
    "base_version": {"type": "str"},
    "installed": {"type": "list", "elements": "str", "default": []},
    "pair": {"type": "dict"},
    "standalone_reason": {"type": "str", "default": ""},
    "mode": {"type": "str", "choices": ["standalone", "synchronous", "asynchronous"], "default": "standalone"},
    "running_since": {"type": "dict", "options": OPTION},
    "show": {"type": "str", "choices": ["all", "findings", "none"], "default": "all"},
    "state_dir": {"type": "path"},
}


def check(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    waivers = read_waivers(params["waivers"], CHECKS, now=time.time())  # before the first request
    manifest = read_manifest(params["manifest"]) if params["manifest"] is not None else None
    facts = gather(
        appliance,
        target=target_of(params["target_version"]),
        target_base=params["target_base"],
        manifest=manifest,
        optional_packages=params["optional_packages"],
        state_dir=params["state_dir"],
        client_filter=params["client_filter"],
        client_threshold=params["client_threshold"],
        base_version=params["base_version"],
        installed=params["installed"],
        declared=declared_start(params["running_since"]),
    )
    facts.update(
        target_version=target_of(params["target_version"]) or "", mode=params["mode"], standalone_reason=params["standalone_reason"]
    )
    if params["pair"]:
        facts["pair"] = params["pair"]
    if read_windows(params["windows"]).limited:
        facts["window"] = {"windows": params["windows"], **_longest(params, facts.get("plan"))}
    facts["names"] = resolve([params["url"], *_addresses(params["pair"])])
    if params["mode"] == "standalone":
        facts["pair_signs"] = pair_signs(appliance, facts.get("health"), params["state_dir"])
    found = run_preflight(facts, params["checks"], params["confirmed"], waivers)
    for line in found.describe(params["show"]):
        appliance.say(line)
    node = params["node"] or appliance.host
    if params["journal"] and not check_mode:
        record_waivers(found, node, Journal(params["journal"]))
    stored = {} if check_mode else store(found, facts, node, params["state_dir"])
    return {"files": [], **found.as_dict(), **stored, "changed": False}


def _longest(params: dict[str, Any], plan: Any) -> Any:
    """{step, seconds, basis} of the longest step; {} where there is no plan."""
    if params["window_seconds"] is not None:
        return {"step": "by the plan of the site", "seconds": params["window_seconds"], "basis": "planned"}
    known = Known(measured_times(params["state_dir"]), {name: float(one) for name, one in params["window_estimates"].items()})
    return longest_step(plan, params["mode"], known) if plan else {}


def _addresses(pair: Any) -> Any:
    """The addresses of the nodes and of the public name, as far as the pair has them."""
    nodes = [one.get("host") for one in (pair or {}).get("nodes") or ()]
    public = ((pair or {}).get("public") or {}).get("url")
    return [one for one in (*nodes, public) if isinstance(one, str) and one]


OPERATION = Operation(check, OPTIONS, libraries=["bs4", "cryptography", "jmespath"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
