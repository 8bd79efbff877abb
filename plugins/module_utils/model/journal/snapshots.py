# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The entries of snapshots and their comparison. Pure."""

from __future__ import annotations

from typing import Any

from .parts import Building, Data, Entry

EVENTS: dict[str, tuple[str, ...]] = {
    "snapshot_taken": ("node", "when", "path", "sha256"),
    "snapshots_compared": ("verdict", "sentence"),
}
TYPES: dict[str, Any] = {"when": str, "verdict": str, "sentence": str, "bad": list}


def _taken(state: Building, entry: Entry, data: Data) -> None:
    """The one from before the upgrade counts until the upgrade has reached its target."""
    if data["when"] == "before":
        state.snapshots = {**state.snapshots, data["node"]: {name: data[name] for name in ("path", "sha256")}}


READERS = {"snapshot_taken": _taken}
TEXTS = {
    "snapshot_taken": lambda entry, data: (
        f"snapshot {data['when']} the upgrade of {data['node']}: {data['path']}, SHA-256 {data['sha256']}"
    ),
    "snapshots_compared": lambda entry, data: f"comparison, {data['verdict'].replace('_', ' ')}: {data['sentence']}",
}
