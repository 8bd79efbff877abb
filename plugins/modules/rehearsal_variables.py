#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: rehearsal_variables
short_description: Read the variables that decide about the upgrade of a site
version_added: 0.1.0
description:
  - Used by the role P(bomgar.appliance.rehearse#role), and by the role P(bomgar.appliance.upgrade#role), whose report says whether the run
    had the variables of its rehearsal.
  - Reads the variables of the inventory and extra variables. Variables of a play are not among them, but for C(upgrade_mode).
  - A secret and an account are not returned, but whether there is one.
author: The bomgar.appliance authors (!UNKNOWN)
options:
  nodes:
    description: Inventory names of the nodes of the site.
    type: list
    elements: str
    required: true
attributes:
  check_mode: {support: full, description: It changes nothing.}
  diff_mode: {support: none, description: It changes nothing.}
notes:
  - It runs on the controller, whatever the connection is.
"""

EXAMPLES = r"""
- name: Read what decides about the upgrade
  bomgar.appliance.rehearsal_variables:
    nodes: "{{ groups['support_example_com'] }}"
  register: variables
"""

RETURN = r"""
nodes:
  description: For each node C(inventory_hostname) and its variables, in their types.
  returned: success
  type: list
  elements: dict
  sample: [{inventory_hostname: a.example.com, upgrade_mode: asynchronous}]
checksum:
  description: Checksum of them. Two runs with the same one have the same variables, but for accounts, secrets, addresses and paths.
  returned: success
  type: str
  sample: "sha256:0f3a..."
left_out: {description: "Reasons by the names of the variables that a rehearsal does not have.", returned: success, type: dict, sample: {}}
"""
