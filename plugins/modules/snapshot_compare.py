#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: snapshot_compare
short_description: Compare the snapshots of a site from before and after an upgrade
version_added: 0.1.0
description:
  - Compares files that M(bomgar.appliance.snapshot) wrote and stores the result as C(comparison.json), which
    C(docs/schemas/comparison.schema.json) describes. It asks no appliance.
  - "Each area has a verdict. V(same); V(changed_as_expected), as a higher version, other roles of a pair in asynchronous mode, or something
    new; V(bad), as a Jump Group that is gone or another certificate; V(unknown) for what was not read before or after, which is never
    V(same)."
  - What each node has is compared node by node. What the site has is compared between the nodes that were primary before and after.
  - A file of another appliance, of another format, and one that was cut or edited is refused.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  state_dir:
    description: State folder of the site. The snapshots are in C(snapshots) in it.
    type: path
  nodes:
    description: Names of the appliances. All with a snapshot from before the upgrade if not set.
    type: list
    elements: str
    default: []
  before:
    description: The first of two files that are compared instead of those in O(state_dir).
    type: path
  after:
    description: The second of these two files.
    type: path
  dest:
    description: Folder for C(comparison.json), for its owner alone. O(state_dir) if not set.
    type: path
  mode:
    description: Mode of the upgrade. In V(asynchronous) the roles of a pair may be exchanged.
    type: str
    choices: [standalone, synchronous, asynchronous]
    default: standalone
  clients_offline:
    description: >-
      Percentage of the Jump Clients that were online (or passive) that may be offline, lost, disabled or uninstalled now, V(0) to V(100).
    type: float
    default: 20.0
  clients_lost:
    description: Percentage of the Jump Clients that may be gone from the list, V(0) to V(100).
    type: float
    default: 1.0
  jumpoints_offline:
    description: Percentage of the connected Jumpoints that may be disconnected or disabled now, V(0) to V(100).
    type: float
    default: 0.0
  sync_hours:
    description: Age of the last data sync that is allowed, in hours, V(0) to V(8784).
    type: float
    default: 26.0
  certificate_days:
    description: Days for which a certificate must still be valid, V(0) to V(3660).
    type: float
    default: 0.0
  filters:
    description: Differences that are ignored, each with a reason, which the result repeats.
    type: list
    elements: dict
    default: []
    suboptions:
      area: {description: The area., type: str, required: true}
      name:
        description:
          - Names that are ignored in it, of Jump Clients, users, settings and the like; a pattern with C(*) and C(?).
          - The whole area is left out if not set.
        type: str
      reason: {description: Why., type: str, required: true}
  examples:
    description: How many names are listed as examples, V(0) to V(1000).
    type: int
    default: 5
  fail_on_bad:
    description: Whether the task fails if a difference is bad. The file is stored first.
    type: bool
    default: false
  journal:
    description: Journal of the site in which the verdict is recorded. In none if not set.
    type: path
seealso:
  - module: bomgar.appliance.snapshot
"""

EXAMPLES = r"""
- name: Compare the site with what it was before the upgrade
  bomgar.appliance.snapshot_compare:
    state_dir: /srv/upgrades/support.example.com
    mode: asynchronous
    filters:
      - {area: jump_clients, name: "kiosk-*", reason: The kiosks are switched off at night.}
      - {area: users, reason: Human resources delete users meanwhile (ticket 4711).}
  register: comparison
"""

RETURN = r"""
path: {description: Path of the file., returned: success, type: str, sample: /srv/upgrades/support.example.com/comparison.json}
verdict:
  description: "V(bad) if a difference is bad, else V(unknown) if something is not known, else V(changed_as_expected) or V(same)."
  returned: always
  type: str
  sample: changed_as_expected
summary:
  description: The counts of the verdicts, and what is bad, in one text.
  returned: always
  type: str
  sample: "Compared with the snapshots before the upgrade: 3 changed as expected, 15 the same."
comparison:
  description: The comparison as it is stored.
  returned: always
  type: dict
  sample: {verdict: same, areas: [{area: teams, verdict: same, sentence: The same 4 teams.}]}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: done
"""

import time
from typing import Any

from ..module_utils.model.moments import iso
from ..module_utils.module import Operation, run
from ..module_utils.operations.snapshot_compare import compare
from ..module_utils.policy.comparison.limits import FILTER, THRESHOLDS

OPTIONS = {
    "state_dir": {"type": "path"},
    "nodes": {"type": "list", "elements": "str", "default": []},
    "before": {"type": "path"},
    "after": {"type": "path"},
    "dest": {"type": "path"},
    "mode": {"type": "str", "choices": ["standalone", "synchronous", "asynchronous"], "default": "standalone"},
    **THRESHOLDS,
    "filters": {"type": "list", "elements": "dict", "options": FILTER, "default": []},
    "examples": {"type": "int", "default": 5, "range": (0, 1000)},
    "fail_on_bad": {"type": "bool", "default": False},
    "journal": {"type": "path"},
}


def snapshot_compare(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return compare(params, now=iso(time.time()), check_mode=check_mode)


OPERATION = Operation(
    snapshot_compare,
    OPTIONS,
    appliance=False,
    required_together=[("before", "after")],
    required_one_of=[("state_dir", "before"), ("state_dir", "dest")],
)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
