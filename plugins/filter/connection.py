# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: connection
short_description: Return the connection options of a host from its variables
version_added: 0.1.0
description:
  - Takes the variables of a host (C(hostvars[name])). Returns each connection option and web option of the modules for which the host has a
    variable.
  - The variable of the option C(client_id) is C(bomgar_client_id), and likewise for the other options. Without the variable C(bomgar_url),
    C(url) is the inventory name. An empty text and null mean the default.
  - The variables must be in the inventory or be extra variables. C(hostvars) does not contain the variables of a play or a role.
author: The bomgar.appliance authors (!UNKNOWN)
options:
  _input:
    description: The variables of the host.
    type: dict
    required: true
  decided:
    description:
      - Whether to return only the options that make the connection less safe or accept an agreement, if they differ from their defaults.
        These are C(validate_certs), C(tls_minimum), C(tls_ciphers) and C(accept_login_agreement). The result contains no secret and can
        be recorded.
    type: bool
    default: false
  named:
    description: Whether to also return the inventory name as C(name).
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Read the appliance of the host
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

from collections.abc import Mapping
from typing import Any

from ..module_utils.model.journal.decisions import not_default
from ..module_utils.model.roles.options import is_empty
from ..module_utils.options import CONNECTION_OPTIONS, WEB_OPTIONS

OPTIONS = {**CONNECTION_OPTIONS, **WEB_OPTIONS}
DECISIONS = ("validate_certs", "tls_minimum", "tls_ciphers", "accept_login_agreement")


def connection(host: Mapping[str, Any], named: bool = False, decided: bool = False) -> Any:
    """{option: value} from the variables of a host. named: with the inventory name, for options that list several appliances."""
    if decided:
        given = {option: host.get(f"bomgar_{option}", OPTIONS[option].get("default")) for option in DECISIONS}
        return not_default(given, OPTIONS, DECISIONS)
    given = {option: host[f"bomgar_{option}"] for option in OPTIONS if f"bomgar_{option}" in host}
    options = {option: value for option, value in given.items() if not is_empty(value)}
    options.setdefault("url", host["inventory_hostname"])
    return dict(options, name=host["inventory_hostname"]) if named else options


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"connection": connection}
