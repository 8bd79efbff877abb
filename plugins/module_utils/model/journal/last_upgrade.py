# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the entries of a journal say of the last upgrade that installed anything, for the aftercare of its clients. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .parts import Entry
from .state import state_of


def last_upgrade(entries: Sequence[Entry]) -> dict[str, Any]:
    """{packages, basis, recorded, settings_changed, clients}

    packages: [{package, kind, version}] that were verified to be installed, each once. basis: what its last catch-up opened on, ''.
    recorded: whether the valid installers were recorded. settings_changed: whether Jump Client settings were changed for it.
    clients: what is remembered of the clients (parts.ClientState).
    """
    since = entries[_beginning(entries) :]
    packages, basis = {}, ""
    for entry in since:
        data = entry["data"]
        if entry["event"] == "step_done":
            packages[data["package"]] = {name: data.get(name) for name in ("package", "kind", "version")}
        if entry["event"] == "catch_up_passed":
            basis = data.get("basis") or ""
    events = {entry["event"] for entry in since}
    return {
        "packages": list(packages.values()),
        "basis": basis,
        "recorded": "installers_recorded" in events,
        "settings_changed": "jump_settings_changed" in events,
        "clients": state_of(entries).clients,
    }


def _beginning(entries: Sequence[Entry]) -> int:
    """Where the last upgrade begins that has installed something: after the end of the one before it."""
    ends = [0] + [
        number + 1 for number, entry in enumerate(entries) if entry["event"] == "run_ended" and entry["data"].get("state") == "reached"
    ]
    for begin in reversed(ends):
        if any(entry["event"] == "step_done" for entry in entries[begin:]):
            return begin
    return 0
