#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: fleet
short_description: Decide which sites of a fleet need a run now
version_added: 0.1.0
description:
  - Divides the sites of O(hosts) into waves and decides, by their journals and locks, which of them need a run of the role
    P(bomgar.appliance.upgrade#role) now. It asks no appliance and changes nothing.
  - A wave may begin when each site of the waves before it is done, and verified in this pass. A site that waits until a known time is not
    asked before that time, and holds the waves after its own.
  - The nodes of a pair are one site. Their group is the variable C(upgrade_site) of its hosts.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  hosts:
    description: Inventory names of the hosts of the fleet. The variables of each site are those of its first host.
    type: list
    elements: str
    required: true
  sites:
    description: >-
      The sites of these hosts, with C(site), C(host), C(nodes), C(mode), C(state_dir) and C(target_version). If not set, by the variables
      of the hosts.
    type: list
    elements: dict
    default: []
  groups:
    description: Hosts of the inventory groups that O(canary) and O(batches) name. If not set, those of the inventory.
    type: dict
    default: {}
  canary:
    description: The sites of the first wave, by the names of sites, hosts or inventory groups.
    type: list
    elements: str
    default: []
  batches:
    description:
      - The waves after the canaries. An item is a number of sites, a percentage of all sites that are no canaries as V(10%), or the name of
        a site, a host or an inventory group.
      - The last number or percentage is repeated until no site is left. Without one, all sites that are left are the last wave.
    type: list
    elements: raw
    default: []
  max_fail_percentage:
    description: >-
      Percentage of the sites of a wave that may fail. If it is exceeded, the other sites of the wave stop between two steps, and later
      waves do not begin. V(0) to V(100).
    type: float
    default: 0
  limit:
    description: The hosts that may have a run. If not set, all of O(hosts). The sites of other hosts only hold the waves after theirs.
    type: list
    elements: str
  ask_waiting:
    description: Whether to ask also the sites that wait until a known time, for example after a variable of theirs was changed.
    type: bool
    default: false
  read:
    description: What was read in this pass, RV(bomgar.appliance.fleet_check#module:read).
    type: dict
    default: {}
  ended:
    description: >-
      How the runs of this pass ended: for the first host of each site C(state), which is C(upgrade_state) of the role, C(until) if it waits
      (a journal on a bastion is not read here), and for a failure C(error) and C(msg).
    type: dict
    default: {}
notes:
  - It runs on the controller, whatever the connection is, because it needs the variables of all hosts.
seealso:
  - module: bomgar.appliance.fleet_check
  - module: bomgar.appliance.fleet_report
"""

EXAMPLES = r"""
- name: Decide which sites need a run
  bomgar.appliance.fleet:
    hosts: "{{ groups['appliances'] }}"
    canary: [support_example_com]
    batches: [10%, 50%]
  register: fleet
"""

RETURN = r"""
state:
  description:
    - V(done) if all sites are done. Else the first of V(failed), V(stopped), V(manual), V(waiting), V(not_started), V(due) and V(planned)
      that is true of a site.
  returned: success
  type: str
  sample: waiting
next_run_at:
  description: When the first wait ends, ISO 8601 in UTC. Empty if no site waits until a known time.
  returned: success
  type: str
  sample: "2026-03-03T20:41:00+00:00"
waves:
  description:
    - "The waves in order: C(number), C(name), C(sites), C(state) and C(why)."
    - C(state) is V(complete), V(open), V(halted) (too many of its sites failed) or V(held) (by a wave before it, which C(why) names).
  returned: success
  type: list
  elements: dict
  sample: [{number: 1, name: canary, state: open, why: "", sites: [support_example_com]}]
sites:
  description:
    - "For each site C(site), C(host) (the one that upgrades it), C(nodes), C(mode), C(state_dir), C(wave), C(wave_number), C(verdict),
      C(until), C(why) and C(version)."
    - "C(verdict) is V(done), V(waiting) (until C(until)), V(manual) (a person has to act), V(planned) (in check mode), V(stopped) (between
      two steps, because another site of the wave failed), V(failed), V(locked) (another run is at work), V(unreachable), V(not_started)
      (its wave is halted or held) or V(due) (needs a run)."
  returned: success
  type: list
  elements: dict
  sample: [{site: support_example_com, host: a.example.com, wave: canary, verdict: waiting, until: "2026-03-03T20:41:00+00:00"}]
check:
  description: Names of the sites that are done by their journals and have to be verified with M(bomgar.appliance.fleet_check).
  returned: success
  type: list
  elements: str
  sample: []
go: {description: First hosts of the sites that need a run now., returned: success, type: list, elements: str, sample: [a.example.com]}
hosts:
  description: First hosts of the sites that need a run in this pass, if each wave before theirs gets done, in the order of the waves.
  returned: success
  type: list
  elements: str
  sample: [a.example.com, c.example.com]
sizes: {description: Number of RV(hosts) in each of these waves., returned: success, type: list, elements: int, sample: [1, 1]}
tolerated:
  description: For the first host of each site, how many other sites of its wave may still fail.
  returned: success
  type: dict
  sample: {a.example.com: 0}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import time
from typing import Any

from ..module_utils.model.bounds import PERCENT
from ..module_utils.model.moments import iso
from ..module_utils.module import Operation, run
from ..module_utils.operations.fleet import decide

OPTIONS = {
    "hosts": {"type": "list", "elements": "str", "required": True},
    "sites": {"type": "list", "elements": "dict", "default": []},
    "groups": {"type": "dict", "default": {}},
    "canary": {"type": "list", "elements": "str", "default": []},
    "batches": {"type": "list", "elements": "raw", "default": []},
    "max_fail_percentage": {**PERCENT, "default": 0},
    "limit": {"type": "list", "elements": "str"},
    "ask_waiting": {"type": "bool", "default": False},
    "read": {"type": "dict", "default": {}},
    "ended": {"type": "dict", "default": {}},
}


def fleet(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    now = time.time()
    return decide(params, now=now, at=iso(now))


OPERATION = Operation(fleet, OPTIONS, appliance=False)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
