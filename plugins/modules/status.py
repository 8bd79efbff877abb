#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: status
short_description: Read the status of a site
version_added: 0.1.0
description:
  - Reads what the nodes of a site report now, and what its state folder says of its upgrade, and returns both as one row. The playbook
    C(status) shows the rows of all sites as a table, see M(bomgar.appliance.status_table).
  - It reads only, also while another run owns the lock of the site. Each fact is read once from each node. The Base version is read from
    the pages, if there is an account for them. While clients catch up, their number is read from the serving node.
  - What cannot be read is part of the row and does not make the task fail.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.peer.nodes, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  site:
    description: Name of the site in the row.
    type: str
    required: true
  public_url:
    description: The public name of a pair, as V(support.example.com). It is read with the account of the first node.
    type: str
  mode:
    description: Mode of the upgrade. If not set, V(standalone) for one node and V(asynchronous) for two.
    type: str
    choices: [standalone, synchronous, asynchronous]
  state_dir:
    description: State folder of the site, with the journal of its upgrade as C(journal.jsonl). The folder need not exist.
    type: path
    required: true
  threshold:
    description: Required percentage of the clients that run the new version, V(0) to V(100). The estimated end of a catch-up depends on it.
    type: float
    default: 95
requirements: [requests, defusedxml, beautifulsoup4, cryptography]
seealso:
  - module: bomgar.appliance.status_table
  - module: bomgar.appliance.site_info
"""

EXAMPLES = r"""
- name: Read the status of a pair
  bomgar.appliance.status:
    site: support_example_com
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    mode: asynchronous
    state_dir: /srv/upgrades/support_example_com
  register: status
"""

RETURN = r"""
row:
  description:
    - The status of the site as data, as C(docs/schemas/status.schema.json) describes it.
    - "C(state) is V(new) (no run is recorded), V(running) (a run owns the lock), or how the last run ended: V(reached), V(waiting),
      V(manual), V(planned), V(stopped), V(failed), V(prepared), V(unfinished)."
    - "C(nodes), C(step), C(catch_up), C(waiting_until), C(lock), C(last_run), C(open) and C(findings) are the rest of the table."
  returned: success
  type: dict
  sample: {site: support_example_com, state: waiting, waiting_until: "2026-03-07T20:00:00+00:00"}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import time
from typing import Any

from ..module_utils.appliance import connect
from ..module_utils.model.bounds import PERCENT
from ..module_utils.module import Operation, run
from ..module_utils.operations.nodes import connect_nodes
from ..module_utils.operations.status import read_status
from ..module_utils.options import NODES

OPTIONS = {
    "nodes": NODES,
    "site": {"type": "str", "required": True},
    "public_url": {"type": "str"},
    "mode": {"type": "str", "choices": ["standalone", "synchronous", "asynchronous"]},
    "state_dir": {"type": "path", "required": True},
    "threshold": {**PERCENT, "default": 95},
}


def status(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    appliances, public = connect_nodes(params, connect, say)
    return read_status(appliances, public, params, now=time.time())


OPERATION = Operation(status, OPTIONS, appliance=False, libraries=["requests", "defusedxml", "bs4", "cryptography"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
