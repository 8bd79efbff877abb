#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: fleet_check
short_description: Verify that sites of a fleet are done
version_added: 0.1.0
description:
  - Reads many sites in one process, several at a time, and plans what is left of their upgrades. It changes and records nothing.
  - Used by the role P(bomgar.appliance.fleet#role) for sites whose journal says that they are done.
  - The connections and the variables of the role P(bomgar.appliance.upgrade#role) are those of the hosts in the inventory. A site is
    C(due) without being read if its variables are not complete, because its run says what is wrong with them, or if a bastion reaches a
    node (C(ansible_connection) other than C(local)), because its run reads it from there.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.peer.nodes, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  sites:
    description: The sites, with C(site), C(host), C(nodes) and C(state_dir), as RV(bomgar.appliance.fleet#module:sites) has them.
    type: list
    elements: dict
    required: true
  nodes:
    description: >-
      The nodes of all sites, with their connection options and C(name). If not set, those of the hosts in the inventory.
requirements: [requests, defusedxml, beautifulsoup4, cryptography]
notes:
  - It runs on the controller, whatever the connection is, because it needs the variables of all hosts.
seealso:
  - module: bomgar.appliance.fleet
"""

EXAMPLES = r"""
- name: Verify the sites that are done by their journals
  bomgar.appliance.fleet_check:
    sites: "{{ fleet.sites | selectattr('site', 'in', fleet.check) }}"
  register: checked
"""

RETURN = r"""
read:
  description:
    - "For each site C(verdict), C(why) and C(version). C(verdict) is V(done) if nothing is left to do, V(due) if it needs a run,
      V(unreachable) or V(failed) if it could not be read, with the reason in C(why)."
  returned: success
  type: dict
  sample: {support.example.com: {verdict: done, why: "", version: 24.3.1}}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils.appliance import connect
from ..module_utils.module import Operation, run
from ..module_utils.operations.fleet_check import Connected, check_sites
from ..module_utils.operations.nodes import connect_nodes
from ..module_utils.options import NODE, NODE_RULES

OPTIONS = {
    "sites": {"type": "list", "elements": "dict", "required": True},
    "nodes": {"type": "list", "elements": "dict", "required": True, "options": NODE, **NODE_RULES},
}


def check(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    nodes = {one["name"]: one for one in params["nodes"]}

    def connected(site: Mapping[str, Any]) -> Connected:
        given = {"nodes": [nodes[name] for name in site["nodes"]], "public_url": site["options"].get("public_url")}
        return connect_nodes(given, connect, say)

    return {"changed": False, "read": check_sites(params["sites"], connected)}


OPERATION = Operation(check, OPTIONS, appliance=False, libraries=["requests", "defusedxml", "bs4", "cryptography"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
