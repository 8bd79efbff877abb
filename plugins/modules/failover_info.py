#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_info
short_description: What both nodes of a failover pair say, and which one serves
version_added: 0.1.0
description:
  - Reads each node by its own address, and the public name, and checks whether the nodes are a sound pair. It changes nothing.
  - The serving node is identified by the GUID of the appliance that answers under the public name, not by a role.
  - RV(problems) lists all problems at once. With O(refuse), the task fails if there is one.
  - Nodes of an Atlas cluster have the problem V(cluster), because the vendor's order for upgrading clusters is in no public text.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.peer.nodes, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  public_url:
    description: The public name, as V(support.example.com). It is read with the account of the first node.
    type: str
  mode:
    description: Mode of the upgrade. If set, it is a problem if it does not fit the nodes.
    type: str
    choices: [standalone, synchronous, asynchronous]
  relation:
    description: Required failover relation.
    type: str
    choices: [any, present, absent]
    default: any
  versions_may_differ:
    description: Whether version and build may differ between the nodes, as in the middle of an upgrade.
    type: bool
    default: true
  sync_max_age:
    description: Maximum age of the last data sync in seconds, by the primary's clock. If not set, there is no limit. V(0) to V(31622400).
    type: float
  sync_may_have_failed:
    description: Whether a failed data sync is allowed, because the next step begins another one.
    type: bool
    default: false
  certificates:
    description: Whether to read and compare the certificates that the nodes serve for the public name.
    type: bool
    default: false
  refuse:
    description: Whether the task fails if there are problems.
    type: bool
    default: false
requirements: [requests, defusedxml, cryptography]
seealso:
  - module: bomgar.appliance.site_info
"""

EXAMPLES = r"""
- name: Look at the pair
  bomgar.appliance.failover_info:
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    certificates: true
  register: pair

- name: Show it
  ansible.builtin.debug:
    var: pair.lines
"""

RETURN = r"""
pair:
  description:
    - "What was read: C(nodes) (a list, each with name, host, guid, version, build, role, members, clock), C(public), and as below."
  returned: success
  type: dict
  sample: {nodes: [], public: {}, relation: present, primary: a.example.com, serving: a.example.com}
relation:
  description: V(present), V(absent), V(one_sided) (the nodes do not agree), or V(unknown) (one could not be read).
  returned: success
  type: str
  sample: present
primary: {description: "Name of the one node that is primary, empty without one.", returned: success, type: str, sample: a.example.com}
serving:
  description: Name of the node to which the public name leads. Empty if it leads to none.
  returned: success
  type: str
  sample: a.example.com
problems:
  description: The problems of this pair, each with C(blocker), C(sentence), C(remedy) and C(evidence).
  returned: always
  type: list
  elements: dict
  sample: []
lines: {description: The same for people., returned: success, type: list, elements: str, sample: ["a.example.com: role primary ..."]}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.appliance import connect
from ..module_utils.model.bounds import YEAR
from ..module_utils.module import Operation, run
from ..module_utils.operations.nodes import connect_nodes, problems_of, refusal
from ..module_utils.operations.read_pair import read_pair
from ..module_utils.options import NODES
from ..module_utils.policy.pair.describe import describe_pair
from ..module_utils.policy.pair.invariants import Expect

OPTIONS = {
    "nodes": NODES,
    "public_url": {"type": "str"},
    "mode": {"type": "str", "choices": ["standalone", "synchronous", "asynchronous"]},
    "relation": {"type": "str", "choices": ["any", "present", "absent"], "default": "any"},
    "versions_may_differ": {"type": "bool", "default": True},
    "sync_max_age": {"type": "float", "range": (0, YEAR)},
    "sync_may_have_failed": {"type": "bool", "default": False},
    "certificates": {"type": "bool", "default": False},
    "refuse": {"type": "bool", "default": False},
}


def read(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    appliances, public = connect_nodes(params, connect, say, public_from=1)
    pair = read_pair(appliances, public, params["public_url"] or "", certificates=params["certificates"])
    expect = Expect(
        mode=params["mode"] or "",
        relation=params["relation"],
        same_software=not params["versions_may_differ"],
        sync_max_age=params["sync_max_age"],
        public=params["mode"] in ("synchronous", "asynchronous"),
    )
    found = problems_of(pair, expect, sync_may_have_failed=params["sync_may_have_failed"])
    if found and params["refuse"]:
        raise refusal(pair, found)
    shown = pair.as_dict()
    return {
        "changed": False,
        "pair": shown,
        "relation": shown["relation"],
        "primary": shown["primary"],
        "serving": shown["serving"],
        "problems": [one.as_dict() for one in found],
        "lines": describe_pair(pair, found),
    }


OPERATION = Operation(read, OPTIONS, appliance=False, libraries=["requests", "defusedxml", "cryptography"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
