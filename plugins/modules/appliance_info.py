#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_info
short_description: Read version, health and roles of one appliance
version_added: 0.1.0
description:
  - Reads version, health, roles, clock and the permissions of the account through the documented Command API. Uses JSON if the product
    supports it, and XML otherwise. Both return the same values.
  - Sends at most four requests, including the one for a token. The options need more.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  members:
    description: Whether to list all members of the failover relation or cluster. This needs one more request.
    type: bool
    default: false
  read_base:
    description: Whether to read the Base version too, on the page C(/appliance > Status > Basics). No API returns it.
    type: bool
    default: false
requirements: ["beautifulsoup4, with O(read_base=true)"]
seealso:
  - module: bomgar.appliance.update_info
"""

EXAMPLES = r"""
- name: Read the appliance
  bomgar.appliance.appliance_info:
    url: support.example.com
    client_id: "{{ vault_bomgar_client_id }}"
    client_secret: "{{ vault_bomgar_client_secret }}"
  register: read

- name: Show the version that it runs
  ansible.builtin.debug:
    msg: "{{ read.appliance.hostname }} runs {{ read.appliance.version }}"
"""

RETURN = r"""
appliance:
  description: The facts that the appliance reports.
  returned: success
  type: dict
  contains:
    host: {description: The address that was read., type: str, sample: support.example.com}
    hostname: {description: The host name that the appliance reports., type: str, sample: a.support.example.com}
    guid: {description: "The identity of the appliance, 32 hexadecimal digits.", type: str, sample: 0123456789abcdef0123456789abcdef}
    product: {description: "V(rs) or V(pra). Empty if the product does not report it.", type: str, sample: rs}
    version: {description: The product version., type: str, sample: 23.2.1}
    build: {description: The product build., type: str, sample: 51234-00112233445566778899aabbccddeeff00112233}
    healthy: {description: Whether the appliance reports that it is healthy., type: bool, sample: true}
    message: {description: The reason that it reports if it is not healthy., type: str, sample: ""}
    failover_role: {description: "V(none), V(primary) or V(backup).", type: str, sample: none}
    cluster_role: {description: "V(single), V(primary) or V(traffic). Empty if the product does not report it.", type: str, sample: single}
    shared_ips: {description: Enabled shared IP addresses., type: list, elements: str, sample: []}
    last_data_sync: {description: "Time of the last data sync in UNIX seconds, or null.", type: float, sample: null}
    last_data_sync_status: {description: "Status of the last data sync, in the vendor's words.", type: str, sample: ""}
    clock: {description: "The clock of the appliance in UNIX seconds.", type: float, sample: 1700000000.0}
    clock_iso: {description: "The same time in ISO 8601, in UTC.", type: str, sample: "2023-11-14T22:13:20+00:00"}
    api: {description: "The generation of the Command API, V(json) or V(xml).", type: str, sample: xml}
    api_version: {description: The version of the Command API., type: str, sample: 1.22.2}
    permissions: {description: The permissions of the account., type: dict, sample: {perm_command: read_only}}
    members: {description: "The members. Only with O(members=true).", type: list, elements: dict, sample: []}
base_version: {description: The Base version., returned: "with O(read_base=true)", type: str, sample: 6.2.0}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations.port import Appliance

OPTIONS = {"members": {"type": "bool", "default": False}, "read_base": {"type": "bool", "default": False}}


def read(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    base = {"base_version": appliance.pages.basics().base_version} if params["read_base"] else {}
    return {"changed": False, "appliance": appliance.observe(members=params["members"]), **base}


OPERATION = Operation(read, OPTIONS)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
