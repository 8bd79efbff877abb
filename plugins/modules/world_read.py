#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: world_read
short_description: Read a site and write it as worlds of the simulator
version_added: 0.1.0
description:
  - Reads what decides about an upgrade from each node of a site, and writes it as world files for the simulator of this collection. It
    sends reads only. The role P(bomgar.appliance.rehearse#role) upgrades these worlds.
  - Names of nodes, people, clients, Jump Groups and certificates, addresses, identities and accounts are replaced by invented ones, which
    are the same each time. No secret is in a world file.
  - Fails if a node, its packages or the failover relation cannot be read. Anything else that is not known is assumed, see RV(facts).
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.peer.nodes, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: The files are not written.}
  diff_mode: {support: none}
  idempotent: {support: partial, details: "The clock, the clients and the sessions of a site change."}
options:
  dest:
    description: Folder for the world files, for its owner alone. It is created if it does not exist.
    type: path
    required: true
  public_url:
    description: The public name of a pair, as V(support.example.com). It is read with the account of the first node.
    type: str
  method:
    description: Who reads what the nodes offer, as O(bomgar.appliance.site_info#module:method).
    type: str
    choices: [web, manual]
    default: web
  manifest:
    description:
      - Facts about packages, as for M(bomgar.appliance.upgrade_plan). The ones that no list shows yet are offered in the world as soon as
        what they require is installed.
    type: dict
  base_versions:
    description: For the name of each node, the Base version as a person states it, with O(method=manual).
    type: dict
    default: {}
  installed:
    description: For the name of each node, a list of packages that are installed, as a person states it, with O(method=manual).
    type: dict
    default: {}
  client_filter:
    description: JMESPath expression that narrows the Jump Clients of the world, as O(bomgar.appliance.client_info#module:client_filter).
    type: str
  journal:
    description: Journal of the site. The times that it measured are those of the installations in the world.
    type: path
  estimates:
    description: Seconds of an installation by the kind of its package (V(base), V(site), V(hotfix), V(licence)), instead of measured ones.
    type: dict
    default: {}
  declared:
    description:
      - Parts of the world file that a person knows better, as C(simulator/README.md) describes them. They are merged over what was read.
      - "For example V({clients: {jump_clients: {passive: 40}}}) for a product without a Configuration API."
    type: dict
    default: {}
  variants:
    description:
      - For which unknown facts another world is written, in which the fact is otherwise. V(relation_kept), the nodes keep their roles
        after a break; V(slow_installation), each installation takes an hour; V(base_stuck), a Base update never ends;
        V(clients_stay_away), a quarter of the Jump Clients do not come back; V(sessions_stay), the sessions that run do not end;
        V(agreement_asked), site packages ask for an agreement.
      - A variant that changes nothing at this site is left out.
    type: list
    elements: str
    default: [relation_kept, slow_installation, base_stuck, clients_stay_away, sessions_stay, agreement_asked]
requirements: [requests, defusedxml, beautifulsoup4, cryptography, jmespath, PyYAML]
seealso:
  - module: bomgar.appliance.site_info
"""

EXAMPLES = r"""
- name: Write the worlds of a pair
  bomgar.appliance.world_read:
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
    dest: /srv/upgrades/support_example_com/rehearsal/worlds
    journal: /srv/upgrades/support_example_com/journal.jsonl
  register: read
"""

RETURN = r"""
world: {description: The world as it is expected., returned: success, type: dict, sample: {schema: 1, name: rehearsal}}
worlds:
  description: "The world files, the expected one first: C(id), C(title), C(why), C(path)."
  returned: success
  type: list
  elements: dict
  sample: [{id: expected, title: as expected, why: Each assumption holds., path: /srv/upgrades/site/rehearsal/worlds/expected.yml}]
facts:
  description:
    - "What the worlds assume: C(fact), C(basis) (V(assumed), V(declared), V(measured) or V(cannot_be_known)), C(value), C(why)."
  returned: success
  type: list
  elements: dict
  sample: [{fact: installation_site, basis: assumed, value: 31 minutes, why: Nothing measured it.}]
node_names: {description: "The name of each node in the world, by its name.", returned: success, type: dict, sample: {a.example.com: a}}
package_names:
  description: The name of each package in the world, by its name in lower case.
  returned: success
  type: dict
  sample: {base 6.2.0: Base 6.2.0}
lengths:
  description: "Known times of installations by the kind of package: C(seconds), C(basis)."
  returned: success
  type: dict
  sample: {site: {seconds: 1800, basis: measured}}
lines: {description: What is assumed for people., returned: success, type: list, elements: str, sample: [No package asks for an agreement.]}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.appliance import connect
from ..module_utils.model.world.variants import VARIANTS
from ..module_utils.module import Operation, run
from ..module_utils.operations.nodes import connect_nodes
from ..module_utils.operations.world_read import read_world
from ..module_utils.options import NODES

OPTIONS = {
    "nodes": NODES,
    "dest": {"type": "path", "required": True},
    "public_url": {"type": "str"},
    "method": {"type": "str", "choices": ["web", "manual"], "default": "web"},
    "manifest": {"type": "dict"},
    "base_versions": {"type": "dict", "default": {}},
    "installed": {"type": "dict", "default": {}},
    "client_filter": {"type": "str"},
    "journal": {"type": "path"},
    "estimates": {"type": "dict", "default": {}},
    "declared": {"type": "dict", "default": {}},
    "variants": {"type": "list", "elements": "str", "default": list(VARIANTS)},
}


def read(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    appliances, public = connect_nodes(params, connect, say)
    return read_world(appliances, public, params, check_mode=check_mode)


LIBRARIES = ["requests", "defusedxml", "bs4", "cryptography", "jmespath", "yaml"]
OPERATION = Operation(read, OPTIONS, appliance=False, libraries=LIBRARIES)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
