#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_list
short_description: Write the clients of an appliance into a CSV file
version_added: 0.1.0
description:
  - Writes the Jump Clients and Jumpoints of the Configuration API and the people who are logged in at a console into one CSV file, for
    people who have to uninstall, reinstall or reach them. Works with 100,000 Jump Clients too; the file is written as the pages come.
  - "What no API lists is missing: Jump Clients of personal Jump Groups, Buttons, agents, integration clients, and consoles of people who
    are not logged in."
  - Where the product has no Configuration API (before 21.1), only the consoles are listed, and RV(rows) says null for the others.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  dest:
    description:
      - Path of the file. It becomes 0600 in a folder for its owner only, is complete or not there at all, and is replaced where its content
        differs.
      - "Columns: C(kind), C(id), C(name), C(hostname), C(group), C(connection_type), C(last_seen) (the last connect or disconnect, UTC),
        C(online), C(needs_update), C(state) (C(done), C(pending), C(lost), C(disabled), C(uninstalled))."
      - A cell that a spreadsheet would take for a formula begins with an apostrophe.
    type: path
    required: true
  which:
    description:
      - V(all) lists everything, V(relevant) only what can upgrade, V(pending) only what has not upgraded (of Jumpoints, what is not
        connected again).
    type: str
    choices: [all, relevant, pending]
    default: all
  client_filter:
    description: JMESPath expression that narrows the Jump Clients, as for M(bomgar.appliance.client_info).
    type: str
requirements: [jmespath]
"""

EXAMPLES = r"""
- name: Write down who has to be uninstalled, and installed again
  bomgar.appliance.client_list:
    dest: /srv/upgrades/support.example.com/clients.csv

- name: Write down who has not upgraded yet
  bomgar.appliance.client_list:
    dest: /srv/upgrades/support.example.com/stragglers.csv
    which: pending
"""

RETURN = r"""
path: {description: The file., returned: success, type: str, sample: /srv/upgrades/support.example.com/clients.csv}
sha256: {description: SHA-256 of its content., returned: success, type: str, sample: 0e5751c026e543b2e8ab2eb06099daa1d1e5df47}
rows:
  description: How many rows it has by kind; null for a kind that this product does not list.
  returned: success
  type: dict
  sample: {jump_client: 1187, jumpoint: 3, representative_console: 4}
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

import csv
import hashlib
import os

from ..module_utils.errors import NotFound
from ..module_utils.files import PrivateDownload, check_folder, plainly, private_folder
from ..module_utils.model import client_table as table
from ..module_utils.module import Operation, run
from ..module_utils.saving import sha256_of

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "which": {"type": "str", "choices": [table.ALL, table.RELEVANT, table.PENDING], "default": table.ALL},
    "client_filter": {"type": "str"},
}


def write(appliance, params, *, check_mode):
    path, folder = os.path.abspath(params["dest"]), os.path.dirname(os.path.abspath(params["dest"]))
    rows = {table.JUMP_CLIENT: 0, table.JUMPOINT: 0, table.CONSOLE: 0}
    if check_mode:
        check_folder(folder)
        digest = hashlib.sha256()
        _fill(appliance, params, digest.update, rows)
        return _result(path, digest.hexdigest(), rows, changed=_differs(path, digest.hexdigest()))
    private_folder(folder)
    with PrivateDownload(path, replace=True) as file:
        _fill(appliance, params, file.write, rows)
        changed = _differs(path, file.sha256)
        if changed:
            file.commit()
    return _result(path, file.sha256, rows, changed=changed)


def _fill(appliance, params, put, rows):
    """Give each line to put(bytes), and count them by kind."""
    file = csv.writer(_Bytes(put), lineterminator="\n")
    file.writerow(table.COLUMNS)
    for kind, lines in _lines(appliance, params).items():
        try:
            for line in lines:
                file.writerow([table.cell(value) for value in line])
                rows[kind] += 1
        except NotFound:
            if rows[kind]:
                raise
            rows[kind] = None


def _lines(appliance, params):
    """{kind: lines that are wanted}; what is read raises NotFound where the product has no such list."""
    which = params["which"]
    clients = (table.of_jump_client(row, which, appliance.host) for row in _listed(appliance.jump_client_rows, params["client_filter"]))
    jumpoints = (table.of_jumpoint(one, which) for one in _listed(appliance.jumpoints))
    people = (table.of_person(one, which) for one in _listed(appliance.logged_in))
    return {kind: filter(None, lines) for kind, lines in (
        (table.JUMP_CLIENT, clients), (table.JUMPOINT, jumpoints), (table.CONSOLE, people))}


def _listed(read, *arguments):
    """Its rows, asked for when they are needed; NotFound for None."""
    rows = read(*arguments)
    if rows is None:
        raise NotFound("There is no such list.")
    yield from rows


class _Bytes:
    """What csv writes texts to."""

    def __init__(self, put):
        self._put = put

    def write(self, text):
        self._put(text.encode())


def _differs(path, sha256):
    if not os.path.lexists(path):
        return True
    with plainly(path):
        return sha256_of(path) != sha256


def _result(path, sha256, rows, *, changed):
    return {"changed": changed, "path": path, "sha256": sha256, "rows": rows}


OPERATION = Operation(write, OPTIONS, libraries=["jmespath"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
