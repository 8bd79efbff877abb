# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: connection
short_description: The connection options of a host, from its variables
version_added: 0.1.0
description:
  - Takes the variables of a host (C(hostvars[name])) and returns, for every connection and web option of the modules that the host has a
    variable for, the option with its value. The variable of the option C(client_id) is C(bomgar_client_id), and so on; C(url) is the
    inventory name when there is no C(bomgar_url).
  - The variables must stand in the inventory or be given as extra variables; those of a play or a role are not part of C(hostvars).
author: The bomgar.appliance authors (@bomgar-appliance)
options:
  _input:
    description: The variables of the host.
    type: dict
    required: true
  named:
    description: Whether the inventory name is returned as C(name) too.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Talk to whatever appliance the host is
  bomgar.appliance.appliance_info:
  module_defaults:
    group/bomgar.appliance.appliance: "{{ hostvars[inventory_hostname] | bomgar.appliance.connection }}"

- name: Read both nodes of a pair
  bomgar.appliance.failover_info:
    nodes: "{{ groups['support_example_com'] | map('extract', hostvars) | map('bomgar.appliance.connection', named=true) }}"
    public_url: support.example.com
"""

RETURN = r"""
_value:
  description: Options for the modules of the action group.
  type: dict
"""

from ..module_utils.module import CONNECTION_OPTIONS, WEB_OPTIONS


def connection(host, named=False):
    """{option: value} of a host's variables; named: with its inventory name, as options that list several appliances want it."""
    options = {option: host[f"bomgar_{option}"] for option in (*CONNECTION_OPTIONS, *WEB_OPTIONS) if f"bomgar_{option}" in host}
    options.setdefault("url", host["inventory_hostname"])
    return dict(options, name=host["inventory_hostname"]) if named else options


class FilterModule:
    def filters(self):
        return {"connection": connection}
