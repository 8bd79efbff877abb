# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writes what a rehearsal found, from the folders that the upgrades of its worlds left. No appliance is asked."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import partial
from typing import Any

from ..errors import InvalidInput
from ..model.strict_json import read_json
from ..model.window import read_windows
from ..model.world.rehearsal import Played, build_rehearsal, lines_of
from ..policy.window import span_at
from ..storage.files import write_private
from ..storage.folder import make_private_folder
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.regular_file import read_file
from ..storage.who import COLLECTION

FILE = "rehearsal.json"
_LINES = 6  # of the output of a run that wrote no report


def write_rehearsal(params: Mapping[str, Any], *, now: str, check_mode: bool) -> dict[str, Any]:
    """The result of the module rehearsal. now: ISO 8601 in UTC."""
    folder = os.path.abspath(params["dest"])
    played = [_played(folder, one) for one in params["worlds"]]
    rehearsal = build_rehearsal(
        played,
        site=params["site"],
        made_at=now,
        collection=COLLECTION,
        facts=params["facts"],
        node_names=params["node_names"],
        variables=params["variables"],
        left_out=params["left_out"],
        window_at=partial(span_at, read_windows(params["windows"])),
    )
    path = os.path.join(folder, FILE)
    if not check_mode:
        make_private_folder(folder)
        write_private(path, json.dumps(rehearsal, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    expected = rehearsal["worlds"][0]
    return {
        "changed": True,
        "rehearsal": rehearsal,
        "lines": lines_of(rehearsal),
        "files": [path],
        "state": expected["state"],
        "ends": expected["ends"] or "",
    }


def _played(folder: str, world: Mapping[str, Any]) -> Played:
    run = os.path.join(folder, "runs", world["id"])
    journal = os.path.join(run, "state", "journal.jsonl")
    report = os.path.join(run, "state", "report.json")
    return Played(
        id=world["id"],
        title=world["title"],
        why=world["why"],
        world=_world(world["path"]),
        state=_json(os.path.join(run, "simulator.json")),
        report=_json(report) if os.path.lexists(report) else {},
        entries=Journal(journal).content().entries if os.path.lexists(journal) else (),
        output=_end_of(os.path.join(run, "output.txt")),
    )


def _json(path: str) -> dict[str, Any]:
    with explain_os_errors(path):
        content = read_file(path)
    try:
        return dict(read_json(content))
    except (ValueError, TypeError) as exc:
        raise InvalidInput(f"{path} is not JSON ({exc}).", remedy="Rehearse again.") from exc


def _world(path: str) -> dict[str, Any]:
    import yaml

    with explain_os_errors(path):
        content = read_file(path)
    return dict(yaml.safe_load(content))


def _end_of(path: str) -> str:
    if not os.path.lexists(path):
        return ""
    with explain_os_errors(path):
        lines = read_file(path).decode("utf-8", "replace").split("\n")
    shown = [line.strip() for line in lines if line.strip()]
    return " ".join(shown[-_LINES:])
