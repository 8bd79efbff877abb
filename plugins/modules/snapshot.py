#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: snapshot
short_description: Record what one appliance is like before or after an upgrade
version_added: 0.1.0
description:
  - Reads one appliance through its APIs and pages and stores what it found as C(snapshots/NODE-before.json) or C(snapshots/NODE-after.json)
    in O(state_dir). Nothing is written on the appliance.
  - "The areas are C(version), C(base), C(health), C(failover_role), C(certificates) and C(certificate_list), C(permissions), C(data_sync),
    C(relation_settings), C(clients_connected), C(jump_clients), C(jump_groups), C(jumpoints), C(installers), C(jump_settings), C(users),
    C(teams) and C(api_accounts)."
  - An area that the appliance does not offer (an older version, a missing permission, a page that is not readable, no account for the
    pages) is recorded as unknown with its reason, and the task does not fail. It fails if the appliance does not tell which one it is.
  - The backup node of a pair records what is its own. The primary records what the site has.
  - A snapshot from before the upgrade that the journal of the site recorded is kept from the beginning of that upgrade until it has reached
    its target. Before that it is kept for O(max_age).
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.attributes
attributes:
  check_mode: {support: full, details: The appliance is read and nothing is stored.}
  diff_mode: {support: none}
  idempotent: {support: partial, details: "Each call takes another snapshot, unless a recorded one counts (O(max_age))."}
options:
  when:
    description: Whether it is taken before the upgrade or after it.
    type: str
    choices: [before, after]
    required: true
  state_dir:
    description: State folder of the site, for its owner alone.
    type: path
    required: true
  node:
    description: Name of the appliance in the name of the file; its address if not set.
    type: str
  public_name:
    description:
      - The public name of a pair, as V(support.example.com), or its address. The certificate that the node serves for it is recorded too.
    type: str
  client_limit:
    description: >-
      Number of Jump Clients, V(0) to V(1000000), up to which the list is read one by one, 100 a request. A longer list is unknown, and
      only counted.
    type: int
    default: 200000
  journal:
    description: Journal of the site in which the snapshot is recorded. In none if not set.
    type: path
  max_age:
    description:
      - Seconds, V(0) to V(604800), for which a recorded snapshot from before an upgrade counts that has not begun, by the appliance's
        clock. While it counts, it is kept. It does not count if version, build or failover role of the appliance changed.
      - The snapshot from before an upgrade that is under way is always kept.
    type: int
    default: 86400
requirements: [beautifulsoup4, cryptography]
seealso:
  - module: bomgar.appliance.snapshot_compare
"""

EXAMPLES = r"""
- name: Record the appliance before the upgrade
  bomgar.appliance.snapshot:
    when: before
    state_dir: /srv/upgrades/support.example.com
  register: before
"""

RETURN = r"""
path:
  description: Path of the file.
  returned: success
  type: str
  sample: /srv/upgrades/support.example.com/snapshots/support.example.com-before.json
sha256:
  description: SHA-256 of the file. Empty in check mode.
  returned: success
  type: str
  sample: 3f0c5b0d6a1f
moment:
  description: When it was taken, in UTC by the clock of this machine.
  returned: success
  type: str
  sample: "2026-03-06T19:00:00+00:00"
kept: {description: Whether an earlier snapshot from before the upgrade was kept., returned: success, type: bool, sample: false}
read: {description: The areas that were read., returned: success, type: list, elements: str, sample: [version, health]}
unknown:
  description: The areas that could not be read, with the reason.
  returned: success
  type: dict
  sample: {base: No account for the pages of /appliance was given.}
gaps:
  description: Areas that were read in part, with what is missing.
  returned: success
  type: dict
  sample: {}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: done
"""

import time
from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations.port import Appliance
from ..module_utils.operations.snapshot import take

OPTIONS = {
    "when": {"type": "str", "choices": ["before", "after"], "required": True},
    "state_dir": {"type": "path", "required": True},
    "node": {"type": "str"},
    "public_name": {"type": "str"},
    "client_limit": {"type": "int", "default": 200000, "range": (0, 1000000)},
    "journal": {"type": "path"},
    "max_age": {"type": "int", "default": 86400, "range": (0, 604800)},
}


def snapshot(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    return take(appliance, params, now=time.time(), check_mode=check_mode)


OPERATION = Operation(snapshot, OPTIONS, libraries=["bs4", "cryptography"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
