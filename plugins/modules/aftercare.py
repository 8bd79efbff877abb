#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: aftercare
short_description: Say what is left to do after an upgrade, with owner and reason
version_added: 0.1.0
description:
  - "The upgrade is done when the clients are: this makes the work list for what no API can do, and proves what one can. It reads the
    journal of the site's upgrade and takes what M(bomgar.appliance.client_info) told. It talks to no appliance; same input, same list."
  - "An item is V(open) until it is measured or confirmed to be done; V(automatic) ones are told so that nobody does them by hand."
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: none}
  idempotent: {support: full, details: Confirmations in the journal count as no change; the same list written again is none.}
options:
  journal:
    description: Journal of the site's upgrade. Without one only what O(clients) tells is known.
    type: path
  clients:
    description: What M(bomgar.appliance.client_info) returned after the upgrade. When empty, the items say that it could not be read.
    type: dict
    default: {}
  clients_problem:
    description: Why O(clients) could not be read, for people.
    type: str
    default: ""
  installers_problem:
    description: Why M(bomgar.appliance.client_installers) did not make all installers again, for people.
    type: str
    default: ""
  manifest:
    description: Facts about packages, as for M(bomgar.appliance.upgrade_plan). C(companions) of those on the path name integration clients.
    type: dict
  platforms:
    description: Platforms for which each new Jump Client installer must have been downloaded.
    type: list
    elements: str
    default: []
  strategy:
    description:
      - V(wait) when the clients upgraded by themselves.
      - V(reinstall) when all client software was uninstalled before; then the list names what is to be installed again, by kind.
    type: str
    choices: [wait, reinstall]
    default: wait
  owners:
    description: "Who does what: the id of an item to a name. Others have the usual owner."
    type: dict
    default: {}
  confirmed:
    description: Ids of items that people confirmed to be done. They are kept in the journal.
    type: list
    elements: str
    default: []
  stragglers_list:
    description: File with all Jump Clients that have not upgraded, to be named in the list.
    type: str
    default: ""
  uninstall_list:
    description: File with what was uninstalled before the upgrade, to be named in the list.
    type: str
    default: ""
  dest:
    description: Folder for C(aftercare.json) and C(aftercare.md), created with mode 0700. They are not written when not given.
    type: path
"""

EXAMPLES = r"""
- name: Count the clients
  bomgar.appliance.client_info:
  register: clients

- name: Say what is left
  bomgar.appliance.aftercare:
    journal: /srv/upgrades/support.example.com/journal.jsonl
    clients: "{{ clients }}"
    owners: {integration_clients: the ticket system team}
    confirmed: [console_installers_regenerate]
  register: care

- name: Show it
  ansible.builtin.debug:
    msg: "{{ care.lines }}"
"""

RETURN = r"""
work_list:
  description: The work list.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Its id., type: str, sample: integration_clients}
    title: {description: What is to be done., type: str, sample: Install the integration clients again}
    state: {description: "V(open), V(done), V(automatic) or V(not_applicable).", type: str, sample: open}
    reason: {description: Why it is so., type: str, sample: They never upgrade by themselves.}
    owner: {description: Who does it., type: str, sample: the owners of the integrations}
    action: {description: The steps., type: list, elements: str, sample: ["Log in at https://help.bomgar.com and open the Downloads page."]}
    link: {description: "Where: an address, or a page of the appliance; may be empty.", type: str, sample: "/login > My Account"}
    count: {description: How many are left; null where nobody counts them., type: int, sample: 3}
open: {description: Ids of the open items., returned: success, type: list, elements: str, sample: [integration_clients]}
lines: {description: The list for people by state., returned: success, type: list, elements: str, sample: ["Open (1)"]}
counts:
  description: Clients before and after as they were counted, null where they were not, and the difference of each number told in both.
  returned: success
  type: dict
  contains:
    before:
      description: C(kinds), C(jump_clients) and C(connected) before the upgrade.
      type: dict
      sample: {kinds: {}, connected: {pinned_client: 118}}
    after: {description: The same now., type: dict, sample: {kinds: {}, connected: {pinned_client: 115}}}
    difference: {description: Now less before., type: dict, sample: {kinds: {}, connected: {pinned_client: -3}}}
files: {description: "The files, with O(dest).", returned: success, type: list, elements: str, sample: [/srv/.../aftercare.json]}
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

import json
import os

from ..module_utils.errors import InvalidInput
from ..module_utils.files import check_folder, plainly, private_folder, write_private
from ..module_utils.journal import Journal
from ..module_utils.model.last_upgrade import last_upgrade
from ..module_utils.model.manifest import Manifest, read_manifest
from ..module_utils.module import Operation, run
from ..module_utils.policy.aftercare import Known, companions_of, work_list
from ..module_utils.policy.aftercare_catalogue import OPEN, check_ids
from ..module_utils.policy.aftercare_lines import lines, markdown
from ..module_utils.policy.client_counts import compare

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
_CLIENTS = ("kinds", "jump_clients", "connected", "stragglers", "jumpoints")


def care(params, *, check_mode, say):
    check_ids(params["confirmed"], "confirmed")
    check_ids(params["owners"], "owners")
    journal = Journal(params["journal"]) if params["journal"] else None
    entries = journal.read() if journal else []
    last = last_upgrade(entries)
    known = _known(params, last)
    items, counts = work_list(known), compare(known.before, known.clients)
    if journal:
        _confirm(journal, [one for one in dict.fromkeys(params["confirmed"]) if one not in last["clients"]["confirmed"]], check_mode)
    told = {
        "work_list": items, "open": [one["id"] for one in items if one["state"] == OPEN],
        "counts": {name: counts[name] for name in ("before", "after", "difference")},
    }  # fmt: skip
    files, changed = _files(params["dest"], told, markdown(items, counts), check_mode)
    return {"changed": changed, **told, "lines": lines(items, counts), "files": files}


def _known(params, last):
    manifest = read_manifest(params["manifest"]) if params["manifest"] else Manifest()
    clients = {name: params["clients"][name] for name in _CLIENTS if name in params["clients"]}
    return Known(
        last=last, clients=clients, companions=companions_of(manifest, last["packages"]), platforms=tuple(params["platforms"]),
        confirmed=(*last["clients"]["confirmed"], *params["confirmed"]),
        **{name: params[name] for name in ("clients_problem", "installers_problem", "strategy", "owners", "stragglers_list",
                                           "uninstall_list")},
    )  # fmt: skip


def _confirm(journal, new, check_mode):
    if check_mode:
        journal.lock.refuse()
        return
    for one in new:
        journal.append("confirmed", what=one)


def _files(dest, told, text, check_mode):
    """(paths, whether one of them changed or would)."""
    if not dest:
        return [], False
    (check_folder if check_mode else private_folder)(dest)
    wanted = {"aftercare.json": json.dumps(told, indent=2, sort_keys=True) + "\n", "aftercare.md": text}
    changed = False
    for name, content in wanted.items():
        path = os.path.join(os.path.abspath(dest), name)
        if _content(path) != content.encode():
            changed = True
            if not check_mode:
                write_private(path, content.encode())
    return [os.path.join(os.path.abspath(dest), name) for name in wanted], changed


def _content(path):
    """None where it is not there."""
    if not os.path.lexists(path):
        return None
    if os.path.isdir(path):
        raise InvalidInput(f"{path} is a folder.", remedy="Move it away, or name another dest.")
    with plainly(path), open(path, "rb") as stream:
        return stream.read()


OPERATION = Operation(care, OPTIONS, appliance=False)


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
