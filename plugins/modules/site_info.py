#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: site_info
short_description: Read the state of a site of one appliance or of a failover pair
version_added: 0.1.0
description:
  - Reads each node by its own address, the public name, what each node offers, and the journal of the site. It changes nothing on an
    appliance.
  - The node that serves clients is the one that answers under the public name, whatever its role is.
  - Everything that speaks against the site is returned at once (RV(site)). With O(refuse) the task fails then.
  - Without O(read_offers) and O(refuse), what cannot be read is part of the description and does not make the task fail. So the roles
    P(bomgar.appliance.upgrade#role) and P(bomgar.appliance.failover#role) show it at the end of each run that failed or waits.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.peer.nodes, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: Nothing is written to the journal. RV(memory) is what it would be.}
  diff_mode: {support: none}
  idempotent: {support: full}
options:
  public_url:
    description: The public name of a pair, as V(support.example.com). It is read with the account of the first node.
    type: str
  mode:
    description: Mode of the upgrade. If not set, V(standalone) for one node and V(asynchronous) for two.
    type: str
    choices: [standalone, synchronous, asynchronous]
  method:
    description: >-
      How the offers are read. V(web) reads the list of updates on the pages. V(manual) uses O(manifest), O(base_versions) and O(installed).
    type: str
    choices: [web, manual]
    default: web
  manifest:
    description: Facts about packages, as for M(bomgar.appliance.upgrade_plan). Required with O(method=manual) to read offers.
    type: dict
  base_versions:
    description: With O(method=manual), the Base version of each node as a person read it, as a dictionary of name and version.
    type: dict
    default: {}
  installed:
    description: With O(method=manual), the add-ons and hotfixes that a person installed, as a dictionary of name and list of packages.
    type: dict
    default: {}
  journal:
    description:
      - Journal of the site. Nothing is known of what was begun without one. The journal of another appliance is refused.
      - With O(read_offers), a run that owns the lock of the site writes to it what each node runs and which node serves, where that is
        news. Another version or build at the serving node starts the time in which clients catch up.
    type: path
  command:
    description: The command that continues the upgrade. RV(lines) ends with it.
    type: str
    default: the same command again
  read_offers:
    description: Whether to read what the nodes offer. If it cannot be read, the task fails.
    type: bool
    default: false
  known_offers:
    description: For the name of a node, its offer as RV(site) returned it before. It is not read again.
    type: dict
    default: {}
  refuse:
    description:
      - Whether the task fails if there is a problem. It does not fail while the journal contains a step that was begun and is not verified,
        because a node may be down meanwhile.
      - A single appliance is refused only if it cannot be read, or if the journal belongs to another appliance.
    type: bool
    default: false
requirements: [requests, defusedxml, beautifulsoup4, cryptography]
seealso:
  - module: bomgar.appliance.upgrade_plan
  - module: bomgar.appliance.failover_info
  - module: bomgar.appliance.journal_info
"""

EXAMPLES = r"""
- name: Read what state the site is in
  bomgar.appliance.site_info:
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    journal: /srv/upgrades/support_example_com/journal.jsonl
  register: read

- name: Show it
  ansible.builtin.debug:
    var: read.lines

- name: Read what the next step of an upgrade is decided on, the offer of the first node as it was
  bomgar.appliance.site_info:
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    mode: asynchronous
    journal: /srv/upgrades/support_example_com/journal.jsonl
    read_offers: true
    known_offers: {a.example.com: "{{ read.site.offers['a.example.com'] }}"}
"""

RETURN = r"""
site:
  description: What was read, as data.
  returned: success
  type: dict
  contains:
    nodes:
      description:
        - "Each node: C(name), C(host), C(reachable), C(why), C(guid), C(version), C(build), C(healthy), C(role), C(members), C(clock)
          and more."
      type: list
      elements: dict
      sample: [{name: a.example.com, version: 22.1.4, role: primary}]
    public:
      description: "The public name: C(url), C(reachable), C(guid). Null without one."
      type: dict
      sample: {url: support.example.com}
    relation:
      description:
        - V(present), V(absent), V(one_sided) (the nodes do not agree), V(unknown) (one could not be read), or V(none) for one appliance.
      type: str
      sample: present
    primary: {description: "Name of the one node that is primary, empty without one.", type: str, sample: a.example.com}
    serving: {description: "Name of the node that serves clients, empty when none does.", type: str, sample: a.example.com}
    problems:
      description: "Why nothing may be done to the site: C(blocker), C(sentence), C(remedy), C(evidence)."
      type: list
      elements: dict
      sample: []
    offers:
      description: "For the name of each node, what it offers: C(base_version) and C(packages). Empty without O(read_offers)."
      type: dict
      sample: {a.example.com: {base_version: 6.2.0, packages: []}}
    bases:
      description: For the name of each node, its Base version, empty if it was not read.
      type: dict
      sample: {a.example.com: 6.2.0}
    description:
      description: "RV(lines) in parts: C(nodes), C(open) and C(next) are lists of sentences, C(relation) and C(serving) are sentences."
      type: dict
      sample: {nodes: [], relation: The failover relation exists., serving: "", open: [], next: []}
lines:
  description: The state for people, one sentence or two a line.
  returned: success
  type: list
  elements: str
  sample: [a.example.com runs version 22.1.4 on Base 6.2.0; failover role primary.]
state:
  description: V(read), or V(manual) when a person has to state something before it is known what a node offers.
  returned: success
  type: str
  sample: read
instructions: {description: What a person has to do with RV(state=manual)., returned: success, type: list, elements: str, sample: []}
memory:
  description: What the journal remembers, as M(bomgar.appliance.journal_info) returns it. Empty without O(journal).
  returned: success
  type: dict
  sample: {guids: [], origin: "", catch_up: {}, open_step: {}, done: 0}
problems:
  description: The same as in RV(site), when O(refuse) made the task fail.
  returned: failure
  type: list
  elements: dict
  sample: []
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.appliance import connect
from ..module_utils.module import Operation, run
from ..module_utils.operations.nodes import connect_nodes
from ..module_utils.operations.site import read_site
from ..module_utils.options import NODES

OPTIONS = {
    "nodes": NODES,
    "public_url": {"type": "str"},
    "mode": {"type": "str", "choices": ["standalone", "synchronous", "asynchronous"]},
    "method": {"type": "str", "choices": ["web", "manual"], "default": "web"},
    "manifest": {"type": "dict"},
    "base_versions": {"type": "dict", "default": {}},
    "installed": {"type": "dict", "default": {}},
    "journal": {"type": "path"},
    "command": {"type": "str", "default": "the same command again"},
    "read_offers": {"type": "bool", "default": False},
    "known_offers": {"type": "dict", "default": {}},
    "refuse": {"type": "bool", "default": False},
}


def describe(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    appliances, public = connect_nodes(params, connect, say)
    return read_site(appliances, public, params, check_mode=check_mode)


OPERATION = Operation(describe, OPTIONS, appliance=False, libraries=["requests", "defusedxml", "bs4", "cryptography"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
