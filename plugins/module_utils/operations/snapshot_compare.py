# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Compares the stored snapshots of a site and stores the comparison: STATE/comparison.json. No appliance is asked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from ..errors import ApplianceError, InvalidInput
from ..model.plain_text import plain_line, plain_values
from ..model.snapshot.document import AFTER, BEFORE, Snapshot
from ..model.strict_json import read_json
from ..policy.comparison.finding import BAD
from ..policy.comparison.limits import THRESHOLDS, Thresholds, read_filters
from ..policy.comparison.rules import Terms
from ..policy.comparison.site import compare_site
from ..storage.files import write_private
from ..storage.folder import check_private_folder, make_private_folder
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.regular_file import read_file
from ..storage.who import COLLECTION
from .snapshot import FOLDER, load, snapshot_path

FILE = "comparison.json"
_REMEDY = "Repair it. If the difference is wanted, name it in `snapshot_filters` with a reason. Then run the same command again."
_BEFORE_FILE = re.compile(rf"(?P<node>.+)-{BEFORE}\.json")


def compare(params: Mapping[str, Any], *, now: str, check_mode: bool) -> dict[str, Any]:
    """The result of the module snapshot_compare. now: ISO 8601 in UTC."""
    thresholds = Thresholds(**{name: params[name] for name in THRESHOLDS})
    terms = Terms(params["mode"], thresholds, read_filters(params["filters"]), params["examples"])
    found = dict(plain_values(compare_site(_sides(params), terms, made_at=now, collection=COLLECTION), plain_line))
    folder = os.path.abspath(params["dest"] or params["state_dir"])
    path = os.path.join(folder, FILE)
    (check_private_folder if check_mode else make_private_folder)(folder)
    changed = not _is_same(found, path)
    if not check_mode:
        write_private(path, json.dumps(found, indent=2, ensure_ascii=False).encode() + b"\n")
        if params["journal"]:
            bad = [row["area"] for row in found["areas"] if row["verdict"] == BAD]
            Journal(params["journal"]).append("snapshots_compared", verdict=found["verdict"], sentence=found["summary"], path=path, bad=bad)
    result = {"path": path, "verdict": found["verdict"], "summary": found["summary"], "comparison": found}
    if found["verdict"] == BAD and params["fail_on_bad"]:
        raise ApplianceError(found["summary"], remedy=f"{_REMEDY} The whole comparison: {path}.", facts={**result, "outcome": "failed"})
    return {"changed": changed, **result}


def _sides(params: Mapping[str, Any]) -> dict[str, tuple[Snapshot, Snapshot]]:
    """{node: (before, after)} of the two files, or of the nodes of the state folder."""
    if params["before"]:
        before, after = load(params["before"]), load(params["after"])
        return {before.node: (before, after)}
    nodes = params["nodes"] or _nodes(params["state_dir"])
    if not nodes:
        raise InvalidInput(
            f"There is no snapshot from before an upgrade in {os.path.join(os.path.abspath(params['state_dir']), FOLDER)}.",
            remedy="Take one before the upgrade: the playbook upgrade does, and so does the playbook snapshot.",
        )
    places = {node: [snapshot_path(params["state_dir"], node, when) for when in (BEFORE, AFTER)] for node in nodes}
    return {node: (load(before), load(after)) for node, (before, after) in places.items()}


def _nodes(state_dir: str) -> list[str]:
    folder = os.path.join(os.path.abspath(state_dir), FOLDER)
    with explain_os_errors(folder):
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [match["node"] for match in map(_BEFORE_FILE.fullmatch, names) if match]


def _is_same(found: Mapping[str, Any], path: str) -> bool:
    """Whether the file has this already, but for the moment at which it was made."""
    if not os.path.lexists(path):
        return False
    with explain_os_errors(path):
        content = read_file(path)
    try:
        known = read_json(content)
    except ValueError:
        return False
    return isinstance(known, dict) and {**known, "made": None} == {**json.loads(json.dumps(found)), "made": None}
