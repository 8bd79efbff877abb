# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Makes the list of work that is left after an upgrade, and writes it into files."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import InvalidInput
from ..model.journal.last_upgrade import last_upgrade
from ..model.manifest import Manifest
from ..model.read_manifest import read_manifest
from ..policy.aftercare.catalogue import OPEN, check_ids
from ..policy.aftercare.lines import lines, markdown
from ..policy.aftercare.work_list import Known, companions_of, work_list
from ..policy.catch_up.client_counts import compare
from ..storage.files import write_private
from ..storage.folder import check_private_folder, make_private_folder
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.regular_file import read_file
from ..storage.who import actor_name, current_actor

_CLIENTS = ("kinds", "jump_clients", "connected", "stragglers", "jumpoints")


def care(params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module."""
    check_ids(params["confirmed"], "confirmed")
    check_ids(params["owners"], "owners")
    journal = Journal(params["journal"]) if params["journal"] else None
    entries = journal.content().entries if journal else []  # also of a damaged journal
    last = last_upgrade(entries)
    known = _known(params, last)
    items, counts = work_list(known), compare(known.before, known.clients)
    if journal:
        _confirm(journal, [one for one in dict.fromkeys(params["confirmed"]) if one not in last["clients"].confirmed], check_mode)
    result = {
        "work_list": items,
        "open": [one["id"] for one in items if one["state"] == OPEN],
        "counts": {name: counts[name] for name in ("before", "after", "difference")},
    }
    files, changed = _write(params["dest"], result, markdown(items, counts), check_mode)
    return {"changed": changed, **result, "lines": lines(items, counts), "files": files}


def _known(params: Mapping[str, Any], last: dict[str, Any]) -> Known:
    manifest = read_manifest(params["manifest"]) if params["manifest"] else Manifest()
    clients = {name: params["clients"][name] for name in _CLIENTS if name in params["clients"]}
    return Known(
        last=last,
        clients=clients,
        companions=companions_of(manifest, last["packages"]),
        platforms=tuple(params["platforms"]),
        confirmed=(*last["clients"].confirmed, *params["confirmed"]),
        **{
            name: params[name]
            for name in ("clients_problem", "installers_problem", "strategy", "owners", "stragglers_list", "uninstall_list")
        },
    )


def _confirm(journal: Journal, new: Sequence[str], check_mode: bool) -> None:
    if check_mode:
        journal.lock.verify_free()
        return
    for one in new:
        journal.append("confirmed", what=one, by=actor_name(current_actor()))


def _write(dest: str | None, result: Mapping[str, Any], text: str, check_mode: bool) -> tuple[list[str], bool]:
    """(paths, whether one of them changed or would change)."""
    if not dest:
        return [], False
    (check_private_folder if check_mode else make_private_folder)(dest)
    wanted = {"aftercare.json": json.dumps(result, indent=2, sort_keys=True) + "\n", "aftercare.md": text}
    changed = False
    for name, content in wanted.items():
        path = os.path.join(os.path.abspath(dest), name)
        if _content(path) != content.encode():
            changed = True
            if not check_mode:
                write_private(path, content.encode())
    return [os.path.join(os.path.abspath(dest), name) for name in wanted], changed


def _content(path: str) -> bytes | None:
    """The bytes of the file; None if there is no file. InvalidInput for a folder."""
    if not os.path.lexists(path):
        return None
    if os.path.isdir(path):
        raise InvalidInput(f"{path} is a folder.", remedy="Move it away, or set dest to another folder.")
    with explain_os_errors(path):
        return read_file(path)
