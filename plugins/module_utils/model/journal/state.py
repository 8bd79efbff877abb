# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the entries of a journal into the state of its upgrade. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from . import actions, decisions, snapshots, steps, version_history
from . import client_state as client_history
from .parts import Building, Data, Entry, State

_BEGINNINGS = ("step_begun", "action_begun", "acknowledged")  # people begin something too: they uninstall clients
_STEPS_DONE = ("step_done", "catch_up_passed")


def state_of(entries: Sequence[Entry]) -> State:
    """The State (parts.py) of entries of a journal."""
    state = Building()
    for entry in entries:
        data = entry["data"]
        state.guid = state.guid or data.get("guid") or ""
        state.under_way = state.under_way or (entry["event"] in _BEGINNINGS and data.get("action") != "swap")
        _READERS.get(entry["event"], _nothing)(state, entry, data)
        _count(state, entry["event"], data)
    return state.built()


def _count(state: Building, event: str, data: Data) -> None:
    """Count what is done of the upgrade; a swap of the roles before it began is none of its steps."""
    if event in _STEPS_DONE or event == "action_done" and state.under_way or event == "acknowledged" and data["what"] == "interim":
        state.done += 1
    if event in ("jump_settings_changed", "jump_settings_restored"):
        state.restored = event == "jump_settings_restored"


def _nothing(state: Building, entry: Entry, data: Data) -> None:
    """Events that change nothing in the state."""


def _run_opened(state: Building, entry: Entry, data: Data) -> None:
    state.runs += 1
    state.guids = state.guids or sorted(data.get("guids") or [])
    state.origin = state.origin or data.get("origin") or ""
    if not state.split:
        state.served_by = data.get("origin") or state.served_by


def _site_seen(state: Building, entry: Entry, data: Data) -> None:
    """What a run could not tell when it was opened: it had read nothing yet."""
    state.guids = state.guids or sorted(data.get("guids") or [])
    state.origin = state.origin or data.get("origin") or ""
    if not state.split:
        state.served_by = state.served_by or data.get("origin") or ""


def _run_ended(state: Building, entry: Entry, data: Data) -> None:
    """An upgrade that reached its target is over: the next one has an origin of its own."""
    if data.get("state") == "reached":
        state.set(origin="", plan=None, under_way=False, decisions={}, done=0, restored=False, snapshots={})


def _settings_restored(state: Building, entry: Entry, data: Data) -> None:
    """The peer has them as they were during the upgrade, from the sync that the relation was established with."""
    client_history.READERS["jump_settings_restored"](state, entry, data)
    state.set(unsynced=True, sync_since=None)


def _plan_recorded(state: Building, entry: Entry, data: Data) -> None:
    state.plan = {"request": data["request"], "lines": data["lines"], "time": entry["time"]}


def _backup_taken(state: Building, entry: Entry, data: Data) -> None:
    state.backups.append(data)


def _certificate_saved(state: Building, entry: Entry, data: Data) -> None:
    state.certificates.append(data)


_READERS = {
    "run_opened": _run_opened,
    "run_ended": _run_ended,
    "site_seen": _site_seen,
    "plan_recorded": _plan_recorded,
    "backup_taken": _backup_taken,
    "certificate_saved": _certificate_saved,
    **steps.READERS,
    **actions.READERS,
    **version_history.READERS,
    **client_history.READERS,
    **decisions.READERS,
    **snapshots.READERS,
    "jump_settings_restored": _settings_restored,
}
