#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_list
short_description: Write the clients of an appliance to a CSV file
version_added: 0.1.0
description:
  - Writes one CSV file for people who uninstall, reinstall or contact clients. It contains the Jump Clients and Jumpoints of the
    Configuration API and the people who are logged in at a console. The file is written page by page, so that 100,000 Jump Clients are no
    problem.
  - "The file does not contain what no API lists: Jump Clients of personal Jump Groups, Buttons, agents, integration clients, and consoles
    of people who are not logged in."
  - If the product has no Configuration API (before 21.1), only the consoles are listed, and RV(rows) is null for the other kinds.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  dest:
    description:
      - Path of the file. It has mode 0600 in a folder of mode 0700. It is replaced if its content differs. An incomplete file is never
        left.
      - "Columns: C(kind), C(id), C(name), C(hostname), C(group), C(connection_type), C(last_seen) (the last connect or disconnect, UTC),
        C(online), C(needs_update), C(state) (C(done), C(pending), C(lost), C(disabled), C(uninstalled))."
      - A cell that a spreadsheet would read as a formula begins with an apostrophe.
    type: path
    required: true
  which:
    description:
      - V(all) lists all clients. V(relevant) lists only clients that can upgrade. V(pending) lists only clients that have not upgraded. For
        Jumpoints, these are the ones that are not connected.
    type: str
    choices: [all, relevant, pending]
    default: all
  client_filter:
    description: JMESPath expression that selects Jump Clients, in the format of O(bomgar.appliance.client_info#module:client_filter).
    type: str
requirements: [jmespath]
"""

EXAMPLES = r"""
- name: List all clients
  bomgar.appliance.client_list:
    dest: /srv/upgrades/support.example.com/clients.csv

- name: List the clients that have not upgraded
  bomgar.appliance.client_list:
    dest: /srv/upgrades/support.example.com/stragglers.csv
    which: pending
"""

RETURN = r"""
path: {description: Path of the file., returned: success, type: str, sample: /srv/upgrades/support.example.com/clients.csv}
sha256: {description: SHA-256 of the file., returned: success, type: str, sample: 0e5751c026e543b2e8ab2eb06099daa1d1e5df47}
rows:
  description: Number of rows by kind. It is null for a kind that this product does not list.
  returned: success
  type: dict
  sample: {jump_client: 1187, jumpoint: 3, representative_console: 4}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import csv
import hashlib
import os
from collections.abc import Iterator
from typing import Any

from ..module_utils.errors import NotFound
from ..module_utils.mask.secrets import SECRETS
from ..module_utils.model.clients import table
from ..module_utils.module import Operation, run
from ..module_utils.operations.port import Appliance
from ..module_utils.storage.download import PrivateDownload
from ..module_utils.storage.folder import check_private_folder, make_private_folder
from ..module_utils.storage.os_errors import explain_os_errors
from ..module_utils.storage.saved_files import sha256_of

OPTIONS = {
    "dest": {"type": "path", "required": True},
    "which": {"type": "str", "choices": [table.ALL, table.RELEVANT, table.PENDING], "default": table.ALL},
    "client_filter": {"type": "str"},
}


def write(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    path, folder = os.path.abspath(params["dest"]), os.path.dirname(os.path.abspath(params["dest"]))
    rows = {table.JUMP_CLIENT: 0, table.JUMPOINT: 0, table.CONSOLE: 0}
    if check_mode:
        check_private_folder(folder)
        digest = hashlib.sha256()
        _fill(appliance, params, digest.update, rows)
        return _result(path, digest.hexdigest(), rows, changed=_differs(path, digest.hexdigest()))
    make_private_folder(folder)
    with PrivateDownload(path, replace=True) as file:
        _fill(appliance, params, file.write, rows)
        changed = _differs(path, file.sha256)
        if changed:
            file.commit()
    return _result(path, file.sha256, rows, changed=changed)


def _fill(appliance: Appliance, params: dict[str, Any], put: Any, rows: Any) -> None:
    """Write each line with put(bytes) and count the lines by kind."""
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


def _lines(appliance: Appliance, params: dict[str, Any]) -> Any:
    """{kind: selected lines}; reading them raises NotFound if the product has no such list."""
    which = params["which"]
    clients = (
        table.jump_client_row(row, which, appliance.host) for row in _listed(appliance.clients.jump_client_rows, params["client_filter"])
    )
    jumpoints = (table.jumpoint_row(one, which) for one in _listed(appliance.clients.jumpoints))
    people = (table.person_row(one, which) for one in _listed(appliance.logged_in))
    return {
        kind: filter(None, lines) for kind, lines in ((table.JUMP_CLIENT, clients), (table.JUMPOINT, jumpoints), (table.CONSOLE, people))
    }


def _listed(read: Any, *arguments: Any) -> Iterator[Any]:
    """The rows, requested when they are needed; NotFound for None."""
    rows = read(*arguments)
    if rows is None:
        raise NotFound("There is no such list.")
    yield from rows


class _Bytes:
    """The file to which csv writes texts."""

    def __init__(self, put: Any) -> None:
        self._put = put

    def write(self, text: str) -> None:
        self._put(SECRETS.hide(text).encode())


def _differs(path: str, sha256: Any) -> Any:
    if not os.path.lexists(path):
        return True
    with explain_os_errors(path):
        return sha256_of(path) != sha256


def _result(path: str, sha256: Any, rows: Any, *, changed: Any) -> dict[str, Any]:
    return {"changed": changed, "path": path, "sha256": sha256, "rows": rows}


OPERATION = Operation(write, OPTIONS, libraries=["jmespath"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
