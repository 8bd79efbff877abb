#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: upgrade_plan
short_description: Plan the numbered steps that bring a site to a version
version_added: 0.1.0
description:
  - Plans every step that is left of the upgrade of a site, which is one appliance or a failover pair. It asks no appliance; the same input
    gives the same plan.
  - "A hop is the Base packages that are due, one site package, and the time in which clients catch up with it. Licence add-ons and
    hotfixes come after the last site package, or earlier where a package needs them."
  - "O(mode=synchronous): the primary node first, which stays primary. O(mode=asynchronous): the backup node first, which then takes over.
    Both go hop by hop, so that clients meet every site version. A node that has a package already is not touched."
  - "The steps are numbered over all hops and runs: step 7 of 23 stays step 7 of 23. The steps of later hops are a prediction. The list of
    the appliance is the authority, so plan again after each step."
  - "From each state that a fault, an abort or a person leaves, the plan leads on or names what blocks it (RV(blockers)). There is no next
    step while something blocks."
  - "A step that cuts somebody off starts inside one of the O(windows), with its margin. So does the break of a failover relation, with all
    that follows in its hop until the last such step, if a window is ever long enough. A step that never fits is an error."
  - Fails with one sentence on a target that is older than what is installed, not offered, blocked forever, or required in a circle.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.windows, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: The request is compared with the journal and not written to it.}
  diff_mode: {support: full}
  idempotent: {support: full}
options:
  site:
    description:
      - What M(bomgar.appliance.site_info) returned as C(site), with the offers of each node
        (O(bomgar.appliance.site_info#module:read_offers)).
    type: dict
    required: true
  memory:
    description: What M(bomgar.appliance.site_info) or M(bomgar.appliance.journal_info) returned as C(memory).
    type: dict
    default: {}
  mode:
    description: How the site is upgraded. V(standalone) for one appliance.
    type: str
    choices: [standalone, synchronous, asynchronous]
    required: true
  target_version:
    description: The product version to reach, as V(24.3.1). V(newest), or none, is the highest one that is offered.
    type: str
  target_base:
    description: The Base version to reach, and the highest that may be installed. Only what the site packages need when not given.
    type: str
  manifest:
    description:
      - Facts about packages that the appliance's list does not tell, as a dictionary with the key C(packages), a list of
        C(name), C(kind), C(version), C(requires), C(requires_base), C(supports_upgrade_from), C(sha256), C(file),
        C(companions), C(release_notes), C(soak_hours), C(rebuilt) (whether it was rebuilt for the appliance's certificates).
    type: dict
  optional_packages:
    description: What to do with license add-ons and hotfixes that are offered and that nothing requires.
    type: str
    choices: [install, skip]
    default: install
  policies:
    description: What people decide about the upgrade.
    type: dict
    default: {}
    suboptions:
      failover_relation_during_upgrade:
        description: Whether the failover relation is broken for a hop.
        type: str
        choices: [break, keep]
        default: break
      base_while_related:
        description: Whether a hop without a site package is installed while the relation exists, with a role swap in asynchronous mode.
        type: bool
        default: false
      interim:
        description: The time between the two nodes.
        type: dict
        default: {}
        suboptions:
          min_seconds: {description: "Seconds that must pass, V(0) to V(31622400).", type: float, default: 0}
          max_seconds: {description: "Seconds to wait at most, V(0) to V(31622400); V(0) is no limit.", type: float, default: 0}
          acknowledge: {description: Whether a person must acknowledge., type: bool, default: false}
      data_gap:
        description: Whether it was accepted that what is recorded between the last data sync and the take-over is lost.
        type: str
        choices: [refuse, accept]
        default: refuse
      restore_roles: {description: Whether the roles are swapped back at the end., type: bool, default: false}
      sync_max_age:
        description: Seconds that the last data sync may be old at the break, V(0) to V(31622400).
        type: float
        default: 3600
      acknowledged: {description: "What a person acknowledges: V(interim).", type: list, elements: str, default: []}
      client_strategy:
        description: Whether clients upgrade after each site package, or are all reinstalled after the upgrade.
        type: str
        choices: [wait, reinstall]
        default: wait
      drain: {description: Whether people are drained from the serving node before a step that cuts them off., type: bool, default: false}
      online_floor:
        description:
          - Percent of the Jump Clients that must be connected to the serving node again before the other node is touched, V(0) to V(100).
            V(0) is none.
        type: float
        default: 0
      jump_client_settings:
        description: Whether the upgrade changes settings of the Jump Clients' upgrades, which are restored at the end.
        type: bool
        default: false
      min_wait:
        description:
          - Seconds that clients have at least after a site package, as O(bomgar.appliance.catch_up#module:min_wait), V(0) to V(31622400).
            The vendor's 24 hours if not given.
        type: float
      running_since:
        description: Since when the present version runs, in the format of O(bomgar.appliance.catch_up#module:running_since).
        type: dict
      estimates:
        description:
          - Seconds that a step takes, as a person declares it, by its C(action), as V(take_over), or by the C(kind) of its package, as
            V(site). Without it an estimate is the longest of the last three times that the journal measured, else the vendor's 15 to 60
            minutes for an installation.
        type: dict
        default: {}
      first:
        description: Whether this is the first plan of a run. Only then O(journal) is compared with the request.
        type: bool
        default: true
  prepared:
    description: What this run has done before earlier steps.
    type: dict
    default: {}
    suboptions:
      checked: {description: Names of the nodes that were checked., type: list, elements: str, default: []}
      saved:
        description: "For the name of each node that was saved: C(version) that it ran, and C(clock) of the node then."
        type: dict
        default: {}
      clients: {description: Whether the clients were prepared., type: bool, default: false}
      restored:
        description: Whether this run tried to restore the settings of the Jump Clients' upgrades. It does not try twice.
        type: bool
        default: false
  journal:
    description:
      - Journal of the site. The request is written to it once. Another request during the upgrade is refused, unless a O(replan_reason) is
        given.
    type: path
  approved_plan:
    description:
      - The plan that a person approved, as its RV(hash), or the path of its file. The module fails, and names what differs, if the plan
        that is made now is another one, or if the file was edited.
      - The hash covers target, mode, request, package files and the order of the steps. It covers no times,
        no data syncs and no settings that are restored.
    type: str
  purpose:
    description: What the plan is for. With V(prepare) no step is taken after it, so the screen shows none at work.
    type: str
    choices: [upgrade, prepare]
    default: upgrade
  replan_reason:
    description: Why the request differs from the one with which the present upgrade began. It is recorded in O(journal).
    type: str
seealso:
  - module: bomgar.appliance.site_info
  - module: bomgar.appliance.update_install
"""

EXAMPLES = r"""
- name: Read the site and what each node offers
  bomgar.appliance.site_info:
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    read_offers: true
  register: read

- name: Plan the way to 24.3.1
  bomgar.appliance.upgrade_plan:
    site: "{{ read.site }}"
    memory: "{{ read.memory }}"
    mode: asynchronous
    target_version: 24.3.1
    policies: {data_gap: accept}
  register: upgrade

- name: Show the plan
  ansible.builtin.debug:
    var: upgrade.lines

- name: Plan for one appliance
  bomgar.appliance.upgrade_plan:
    site: "{{ read_alone.site }}"
    mode: standalone
    target_version: newest
"""

RETURN = r"""
steps:
  description:
    - "Every step that is left, the next one first. C(number) of C(total) over the whole upgrade; C(hop), 1 for the present one; C(action),
      which is V(install), V(sync), V(break), V(take_over), V(establish), V(swap), V(catch_up), V(interim) or V(restore); C(node) and
      C(peer); C(package), C(kind) and C(version) of an installation; C(title), a few words for people; C(disturbs), whom it cuts off from
      the site, empty for nobody; C(estimate); C(window), with the C(seconds) that a maintenance window must have left when it starts, or
      null if it needs none; C(starts_at), when it is expected to start by the appliance's clock; C(reason) and more."
    - "C(estimate) has C(seconds), at most; C(least), at least; and C(basis), how they are known. V(measured) is by the journal of this
      site, V(vendor) by the vendor's page, V(declared) by a variable, V(assumed) by this collection, where the vendor tells no time."
  returned: success
  type: list
  elements: dict
  sample:
    - {number: 7, total: 23, hop: 1, action: install, node: a.example.com, package: Base 6.2.0, kind: base, title: install Base 6.2.0,
       disturbs: users and clients, estimate: {seconds: 3600, least: 900, basis: vendor}}
not_needed:
  description: >-
    Steps of an earlier plan of this upgrade that are neither done nor left, as a data sync that turned out not to be due. They keep their
    numbers. The format is that of RV(steps), with C(needed) false.
  returned: success
  type: list
  elements: dict
  sample: [{number: 9, total: 23, action: sync, node: b.example.com, title: synchronize the data, needed: false}]
next:
  description:
    - "The first of RV(steps), with C(before): what comes before it, in this order, a list of C(do) and C(node). C(do) is V(window) (with
      C(seconds); it comes again after all else, which may take its time), V(preflight), V(backup), V(snapshot) (of each node, once before
      an upgrade), V(clients) (record the clients), V(clients_uninstalled) (verify that no client is left), V(client_limits) (limit their
      upgrades), V(clients_back) (wait until clients are back at C(node), before C(peer) is touched) or V(drain) (with C(what) it is for)."
    - Null when nothing is left, or something blocks.
  returned: success
  type: dict
  sample: {number: 7, total: 23, action: sync, node: a.example.com, before: [{do: preflight, node: a.example.com}]}
reached: {description: Whether nothing is left to do., returned: success, type: bool, sample: false}
blockers:
  description: "What forbids every step: C(blocker), C(sentence), C(remedy), C(evidence)."
  returned: success
  type: list
  elements: dict
  sample: []
blocked: {description: The same for people., returned: success, type: list, elements: str, sample: []}
lines:
  description: The plan for people, with a table of its steps.
  returned: success
  type: list
  elements: str
  sample: ["From 23.2.1 (Base 7.0.0) to 24.3.1, standalone: ..."]
plan:
  description:
    - "The plan as data: C(mode), C(target), C(steps), C(hops) (their number), C(nodes) (the path of each node by itself), C(notes) and
      C(hash)."
    - C(certain) is false where the list of an appliance does not tell the whole path. There are at least as many steps then.
  returned: success
  type: dict
  sample: {mode: asynchronous, target: 24.3.1, certain: true, hops: 2, steps: []}
document:
  description:
    - The plan of the whole upgrade as C(plan.json) in the folder of O(journal) has it, with the steps that are done. C(docs/schemas) has
      its schema.
  returned: success
  type: dict
  sample: {schema: 1, mode: standalone, target: 24.3.1, hash: "sha256:6f1e...", steps: []}
hash:
  description: The hash of RV(document), which a person approves.
  returned: success
  type: str
  sample: "sha256:6f1e..."
purpose: {description: As O(purpose)., returned: success, type: str, sample: upgrade}
request:
  description: The upgrade request, with a digest of each package of the manifest.
  returned: success
  type: dict
  sample: {mode: standalone, target_version: 24.3.1, target_base: the newest that is offered, optional_packages: install}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from ..module_utils.model.bounds import PERCENT, YEAR
from ..module_utils.model.handed_on import HandedOn
from ..module_utils.module import Operation, run
from ..module_utils.operations.site_plan import decide
from ..module_utils.options import WINDOWS

_INTERIM_SECONDS = {"type": "float", "default": 0, "range": (0, YEAR)}
_INTERIM = {"min_seconds": _INTERIM_SECONDS, "max_seconds": _INTERIM_SECONDS, "acknowledge": {"type": "bool", "default": False}}
_POLICIES = {
    "failover_relation_during_upgrade": {"type": "str", "choices": ["break", "keep"], "default": "break"},
    "base_while_related": {"type": "bool", "default": False},
    "interim": {"type": "dict", "default": {}, "options": _INTERIM, "apply_defaults": True},
    "data_gap": {"type": "str", "choices": ["refuse", "accept"], "default": "refuse"},
    "restore_roles": {"type": "bool", "default": False},
    "sync_max_age": {"type": "float", "default": 3600, "range": (0, YEAR)},
    "acknowledged": {"type": "list", "elements": "str", "default": []},
    "client_strategy": {"type": "str", "choices": ["wait", "reinstall"], "default": "wait"},
    "drain": {"type": "bool", "default": False},
    "online_floor": {**PERCENT, "default": 0},
    "jump_client_settings": {"type": "bool", "default": False},
    "min_wait": {"type": "float", "range": (0, YEAR)},
    "running_since": {"type": "dict"},
    "estimates": {"type": "dict", "default": {}},
    "first": {"type": "bool", "default": True},
}
_PREPARED = {
    "checked": {"type": "list", "elements": "str", "default": []},
    "saved": {"type": "dict", "default": {}},
    "clients": {"type": "bool", "default": False},
    "restored": {"type": "bool", "default": False},
}
OPTIONS = {
    "site": {"type": "dict", "required": True},
    "memory": {"type": "dict", "default": {}},
    "mode": {"type": "str", "choices": ["standalone", "synchronous", "asynchronous"], "required": True},
    "target_version": {"type": "str"},
    "target_base": {"type": "str"},
    "manifest": {"type": "dict"},
    "optional_packages": {"type": "str", "choices": ["install", "skip"], "default": "install"},
    "windows": WINDOWS,
    "policies": {"type": "dict", "default": {}, "options": _POLICIES, "apply_defaults": True},
    "prepared": {"type": "dict", "default": {}, "options": _PREPARED, "apply_defaults": True},
    "journal": {"type": "path"},
    "approved_plan": {"type": "str"},
    "purpose": {"type": "str", "choices": ["upgrade", "prepare"], "default": "upgrade"},
    "replan_reason": {"type": "str"},
}

OPERATION = Operation(decide, OPTIONS, appliance=False, handed_on={"site": HandedOn("the module site_info", ("nodes",))})


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
