# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Takes the snapshot of one appliance and stores it: STATE/snapshots/NODE-before.json and NODE-after.json. The appliance is only read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ..errors import ApplianceError, Unsafe
from ..model.health import Health
from ..model.journal.state import state_of
from ..model.moments import iso
from ..model.snapshot.document import BEFORE, Snapshot, read_snapshot, write_snapshot
from ..storage.files import safe_name, write_private
from ..storage.folder import check_private_folder, make_private_folder
from ..storage.journal import Journal
from ..storage.regular_file import read_file
from ..storage.who import COLLECTION
from .port import Appliance
from .read_pair import host_of
from .snapshot_areas import read_areas

FOLDER = "snapshots"


def snapshot_path(state_dir: str, node: str, when: str) -> str:
    """Where the snapshot of a node is stored."""
    return os.path.join(os.path.abspath(state_dir), FOLDER, f"{safe_name(node)}-{when}.json")


def take(appliance: Appliance, params: Mapping[str, Any], *, now: float, check_mode: bool) -> dict[str, Any]:
    """The result of the module snapshot. now: seconds since 1970 on this machine.

    A snapshot from before the upgrade that is under way is kept: it cannot be taken again. So is one from before an upgrade that has not
    begun, for `max_age` seconds by the appliance's clock, while the node runs the same version in the same failover role.
    """
    node, when = params["node"] or appliance.host, params["when"]
    path = snapshot_path(params["state_dir"], node, when)
    kept = _kept(params["state_dir"], path, appliance, params["max_age"]) if when == BEFORE else None
    if kept:
        return _result(kept, path, changed=False, kept=True)
    names = dict.fromkeys(["", *([host_of(params["public_name"])] if params["public_name"] else [])])
    health, clock, areas = read_areas(appliance, names=list(names), client_limit=params["client_limit"])
    taken = Snapshot(node, health.guid, health.hostname, health.failover_role, when, iso(now), clock, areas, COLLECTION)
    folder = os.path.dirname(path)
    if params["journal"]:
        Journal(params["journal"]).check(health.guid, appliance.host)
    if check_mode:
        check_private_folder(folder)
        return _result(taken, path, changed=True, kept=False)
    make_private_folder(os.path.dirname(folder))
    make_private_folder(folder)
    content = write_snapshot(taken)
    write_private(path, content)
    taken = read_snapshot(content, path)
    if params["journal"]:
        about = {"node": node, "guid": health.guid, "host": appliance.host, "when": when}
        Journal(params["journal"]).append("snapshot_taken", path=path, sha256=taken.digest, bytes=len(content), **about)
    return _result(taken, path, changed=True, kept=False)


def _kept(state_dir: str, path: str, appliance: Appliance, max_age: float) -> Snapshot | None:
    """The snapshot that the journal of the site recorded for the upgrade that is under way or about to begin; None if none counts.

    Unsafe if its file is of another appliance, or was changed.
    """
    journal = Journal(os.path.join(os.path.abspath(state_dir), "journal.jsonl"))
    if not os.path.lexists(journal.path) or not os.path.lexists(path):
        return None
    state = state_of(journal.content().entries)
    known = [one for one in state.snapshots.values() if one["path"] == path]
    if not known:
        return None
    found, health = read_snapshot(read_file(path), path), appliance.health()
    if found.digest != known[-1]["sha256"] or found.guid != health.guid:
        raise Unsafe(
            f"{path} is not the snapshot that the journal recorded before this upgrade.",
            remedy="Put the original back, or move the file away: then the comparison after the upgrade is not possible.",
        )
    return found if state.under_way or _counts(found, health, appliance, max_age) else None


def _counts(found: Snapshot, health: Health, appliance: Appliance, max_age: float) -> bool:
    """Whether a snapshot from before an upgrade that has not begun is new enough, and the node is what it was then."""
    was = found.area("version").values
    same = (was.get("version"), was.get("build"), found.role) == (health.version, health.build, health.failover_role)
    return same and abs(appliance.info().clock - found.clock) <= max_age


def _result(taken: Snapshot, path: str, *, changed: bool, kept: bool) -> dict[str, Any]:
    unread = {name: area.reason for name, area in taken.areas.items() if not area.is_read}
    gaps = {name: list(area.gaps) for name, area in taken.areas.items() if area.gaps}
    return {
        "changed": changed,
        "path": path,
        "sha256": taken.digest,
        "moment": taken.moment,
        "kept": kept,
        "read": [name for name, area in taken.areas.items() if area.is_read],
        "unknown": unread,
        "gaps": gaps,
    }


def load(path: str) -> Snapshot:
    """The Snapshot of a file. ApplianceError for a file that is not there or is none."""
    if not os.path.lexists(path):
        raise ApplianceError(f"There is no snapshot at {path}.", remedy="Take it with the playbook or the module snapshot.")
    return read_snapshot(read_file(path), path)
