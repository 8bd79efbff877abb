#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: aftercare
short_description: List the work that is left for people after an upgrade
version_added: 0.1.0
description:
  - An upgrade is complete when its clients work again. This module lists the work that no API can do, with owner, reason and steps.
  - It uses the journal of the site and the result of M(bomgar.appliance.client_info). It sends no request to an appliance. The same input
    returns the same list.
  - An item is V(open) until the clients show that it is done or a person confirms it. The list also contains V(automatic) items so that
    nobody does them by hand.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: none}
  idempotent: {support: full, details: An entry in the journal does not count as a change.}
options:
  journal:
    description: Path of the journal of the site. If not set, the list is made from O(clients) alone.
    type: path
  clients:
    description: >-
      The result of M(bomgar.appliance.client_info) after the upgrade. If empty, the items report that the clients could not be read.
    type: dict
    default: {}
  clients_problem:
    description: Why O(clients) could not be read. The list contains this text.
    type: str
    default: ""
  installers_problem:
    description: Why M(bomgar.appliance.client_installers) did not renew all installers. The list contains this text.
    type: str
    default: ""
  manifest:
    description: >-
      Facts about packages, in the format of O(bomgar.appliance.upgrade_plan#module:manifest). C(companions) of the installed packages name
      integration clients.
    type: dict
  platforms:
    description: Platforms for which each new Jump Client installer must have been downloaded.
    type: list
    elements: str
    default: []
  strategy:
    description:
      - V(wait) if the clients upgraded by themselves.
      - V(reinstall) if all client software was uninstalled before. The list then names the clients to install again, by kind.
    type: str
    choices: [wait, reinstall]
    default: wait
  owners:
    description: Owners of the items, as a dictionary of item id and name. Other items have the default owner.
    type: dict
    default: {}
  confirmed:
    description: Ids of items that people confirmed as done. They are recorded in O(journal).
    type: list
    elements: str
    default: []
  stragglers_list:
    description: Path of the file that lists all stragglers. The list names it.
    type: str
    default: ""
  uninstall_list:
    description: Path of the file that lists the uninstalled clients. The list names it.
    type: str
    default: ""
  dest:
    description: >-
      Folder for C(aftercare.json) and C(aftercare.md). It is created with mode 0700 if absent. If not set, the files are not written.
    type: path
"""

EXAMPLES = r"""
- name: Count the clients
  bomgar.appliance.client_info:
  register: clients

- name: List the work that is left
  bomgar.appliance.aftercare:
    journal: /srv/upgrades/support.example.com/journal.jsonl
    clients: "{{ clients }}"
    owners: {integration_clients: the ticket system team}
    confirmed: [console_installers_regenerate]
  register: care

- name: Show the list
  ansible.builtin.debug:
    msg: "{{ care.lines }}"
"""

RETURN = r"""
work_list:
  description: The items of the list.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Id of the item., type: str, sample: integration_clients}
    title: {description: The work., type: str, sample: Install the integration clients again}
    state: {description: "V(open), V(done), V(automatic) or V(not_applicable).", type: str, sample: open}
    reason: {description: Why it has this state., type: str, sample: They never upgrade by themselves.}
    owner: {description: Who does the work., type: str, sample: the owners of the integrations}
    action: {description: The steps., type: list, elements: str, sample: ["Log in at https://help.bomgar.com and open the Downloads page."]}
    link: {description: Address or page of the appliance. It may be empty., type: str, sample: "/login > My Account"}
    count: {description: Number of clients that are left. It is null if they cannot be counted., type: int, sample: 3}
open: {description: Ids of the open items., returned: success, type: list, elements: str, sample: [integration_clients]}
lines: {description: "The list as text for people, by state.", returned: success, type: list, elements: str, sample: ["Open (1)"]}
counts:
  description: Numbers of clients before and after the upgrade, and their differences. A number is null if it was not counted.
  returned: success
  type: dict
  contains:
    before:
      description: C(kinds), C(jump_clients) and C(connected) before the upgrade.
      type: dict
      sample: {kinds: {}, connected: {pinned_client: 118}}
    after: {description: The same after the upgrade., type: dict, sample: {kinds: {}, connected: {pinned_client: 115}}}
    difference: {description: RV(counts.after) minus RV(counts.before)., type: dict, sample: {kinds: {}, connected: {pinned_client: -3}}}
files: {description: Paths of the files., returned: "when O(dest) is set", type: list, elements: str, sample: [/srv/.../aftercare.json]}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations import aftercare

OPTIONS = {
    "journal": {"type": "path"},
    "clients": {"type": "dict", "default": {}},
    "clients_problem": {"type": "str", "default": ""},
    "installers_problem": {"type": "str", "default": ""},
    "manifest": {"type": "dict"},
    "platforms": {"type": "list", "elements": "str", "default": []},
    "strategy": {"type": "str", "choices": ["wait", "reinstall"], "default": "wait"},
    "owners": {"type": "dict", "default": {}},
    "confirmed": {"type": "list", "elements": "str", "default": []},
    "stragglers_list": {"type": "str", "default": ""},
    "uninstall_list": {"type": "str", "default": ""},
    "dest": {"type": "path"},
}


def care(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    return aftercare.care(params, check_mode=check_mode)


OPERATION = Operation(care, OPTIONS, appliance=False)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
