#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: appliance_info
short_description: Read what one appliance says about itself
version_added: 0.1.0
description:
  - Reads version, health, roles, clock and the account's permissions through the documented Command API, in JSON where the
    product has it, in XML otherwise. Both give the same values.
  - Sends at most four requests, the one for a token included.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  members:
    description: Whether to list all members of the failover relation or cluster, which costs one more request.
    type: bool
    default: false
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

- name: Say what it runs
  ansible.builtin.debug:
    msg: "{{ read.appliance.hostname }} runs {{ read.appliance.version }}"
"""

RETURN = r"""
appliance:
  description: What the appliance says about itself.
  returned: success
  type: dict
  contains:
    host: {description: The address that was asked., type: str, sample: support.example.com}
    hostname: {description: The host name that the appliance gives itself., type: str, sample: a.support.example.com}
    guid: {description: "Its identity, 32 hex digits.", type: str, sample: 0123456789abcdef0123456789abcdef}
    product: {description: "V(rs) or V(pra), empty where the product does not tell.", type: str, sample: rs}
    version: {description: The product version., type: str, sample: 23.2.1}
    build: {description: The product build., type: str, sample: 51234-00112233445566778899aabbccddeeff00112233}
    healthy: {description: Whether the appliance calls itself healthy., type: bool, sample: true}
    message: {description: What it says when it is not., type: str, sample: ""}
    failover_role: {description: "V(none), V(primary) or V(backup).", type: str, sample: none}
    cluster_role: {description: "V(single), V(primary) or V(traffic); empty where the product does not tell.", type: str, sample: single}
    shared_ips: {description: Enabled shared IP addresses., type: list, elements: str, sample: []}
    last_data_sync: {description: "Time of the last data sync, UNIX seconds in UTC, or null.", type: float, sample: null}
    last_data_sync_status: {description: "What was said of it, the vendor's words.", type: str, sample: ""}
    clock: {description: "The appliance's own clock, UNIX seconds in UTC.", type: float, sample: 1700000000.0}
    clock_iso: {description: The same as ISO 8601., type: str, sample: "2023-11-14T22:13:20+00:00"}
    api: {description: "The generation of the Command API: V(json) or V(xml).", type: str, sample: xml}
    api_version: {description: Its version., type: str, sample: 1.22.2}
    permissions: {description: The permissions of the account that asked., type: dict, sample: {perm_command: read_only}}
    members: {description: "The members, with O(members=true) only.", type: list, elements: dict, sample: []}
outcome:
  description:
    - How it ended, in one word. V(done), changed and proved by reading again; V(unchanged); V(waiting), a gate is closed; V(operator), a
      person has to act first; V(not_started), asked for and proved not to have begun; V(nothing_done), failed before anything was asked
      for; V(failed), the appliance says so; V(unknown), asked for and not proved, so that it may have happened or still happen.
    - V(nothing_done), V(failed) and V(unknown) come with a failed task.
  returned: always
  type: str
  sample: unchanged
"""

from ..module_utils.module import Operation, run

OPTIONS = {"members": {"type": "bool", "default": False}}


def read(appliance, params, *, check_mode):
    return {"changed": False, "appliance": appliance.observe(members=params["members"])}


OPERATION = Operation(read, OPTIONS)


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
