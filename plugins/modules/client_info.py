#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_info
short_description: Count the clients of an appliance and see who still has to upgrade
version_added: 0.1.0
description:
  - Pages through the Jump Clients of the Configuration API (shared Jump Groups only; personal ones are not listed by it), and reads
    the Jumpoints and the number of clients that are connected now.
  - Where the product has no Configuration API (before 21.1), only the connected clients are counted.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  client_filter:
    description:
      - JMESPath expression that narrows the Jump Clients that count; it sees one Jump Client as the Configuration API
        describes it and keeps those for which it is true, for example V(jump_group_id==`3` && !starts_with(name, 'test-')).
    type: str
  stragglers:
    description: How many Jump Clients that have not upgraded yet to name.
    type: int
    default: 20
requirements: [jmespath]
"""

EXAMPLES = r"""
- name: Count the clients
  bomgar.appliance.client_info:
    client_filter: "jump_group_id==`3`"
  register: clients
"""

RETURN = r"""
jump_clients:
  description: Counts of Jump Clients; null where the product has no Configuration API.
  returned: success
  type: dict
  contains:
    total: {description: All that the API lists and the filter keeps., type: int, sample: 1187}
    relevant: {description: "Those that can upgrade: not lost, not disabled, not uninstalled.", type: int, sample: 1102}
    updated: {description: Relevant ones that run the present version., type: int, sample: 1090}
    pending: {description: Relevant ones that need an update., type: int, sample: 12}
jumpoints:
  description: Jumpoints; null where the product has no Configuration API.
  returned: success
  type: list
  elements: dict
  sample: [{id: 1, name: branch, enabled: true, connected: true, platform: windows-x86}]
connected:
  description: Clients that are connected now by type, as far as the product counts them (C(pinned_client) are Jump Clients).
  returned: success
  type: dict
  sample: {representative: 4, support_customer: 2, pinned_client: 1187}
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

OPTIONS = {"client_filter": {"type": "str"}, "stragglers": {"type": "int", "default": 20}}


def count(appliance, params, *, check_mode):
    return {
        "changed": False,
        "jump_clients": appliance.jump_client_counts(params["client_filter"], names=params["stragglers"]),
        "jumpoints": appliance.jumpoints(),
        "connected": appliance.client_counts(),
    }


OPERATION = Operation(count, OPTIONS, libraries=["jmespath"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
