# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What happened, from the entries of a journal: lines for people, values for programs. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from . import client_state as client_history
from .entry_texts import describe_entry, on_node
from .parts import Entry, State
from .state import state_of


def report(entries: Sequence[Entry], chain: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """{lines, steps, catch_ups, runs, backups, certificates, open_step, catch_up, guid, duration_seconds}

    lines: one per event, with the controller's time in UTC, repeated readings of one closed catch-up as one line, and
    at the end what is still open. steps: as in history, with `seconds`. runs: {run, begun, ended, state}; a run
    without an end was cut off, or is still at work. duration_seconds: from the first entry to the last.
    chain: of the journal that the entries are from (model.journal_lines.Content.chain); it is shown first, with what is wrong with it.
    """
    state = state_of(entries)
    lines = [f"{_moment(entry['time'])}  {describe_entry(entry)}" for entry in _drawn_together(entries)]
    return {
        "lines": _head(chain) + (lines or ["Nothing has happened yet."]) + _still_open(state) + _left(entries),
        "steps": [dict(step, seconds=_seconds(step["begun"], step["ended"])) for step in state.history],
        "catch_ups": state.versions.catch_ups,
        "runs": _runs(entries),
        "backups": state.backups,
        "certificates": state.certificates,
        "open_step": state.open_step,
        "catch_up": state.versions.catch_up,
        "guid": state.guid,
        "duration_seconds": _seconds(entries[0]["time"], entries[-1]["time"]) if entries else 0.0,
    }


def _head(chain: Mapping[str, Any] | None) -> list[str]:
    """This line verifies the whole report if it is stored where the journal's user cannot change it."""
    if not chain or not chain["entries"]:
        return []
    damage = [f"THE JOURNAL IS DAMAGED, what follows may be incomplete or changed: {fault}." for fault in chain["faults"]]
    return [f"Journal: {chain['entries']} entries, chain {chain['state']}, head {chain['head']}", *damage]


def _drawn_together(entries: Sequence[Entry]) -> list[Entry]:
    """Of consecutive readings of one closed catch-up (with the runs that only read it) the last one, with their number."""
    drawn: list[Entry] = []
    pending: list[Entry] = []
    readings = 0
    for entry in entries:
        if entry["event"] == "catch_up_waiting" and readings:
            pending, readings = [], readings + 1
            drawn[-1] = dict(entry, readings=readings)
        elif entry["event"] == "catch_up_waiting":
            drawn, pending, readings = [*drawn, *pending, dict(entry, readings=1)], [], 1
        elif entry["event"] in ("run_opened", "run_ended"):
            pending.append(entry)
        else:
            drawn, pending, readings = [*drawn, *pending, entry], [], 0
    return drawn + pending


def _still_open(state: State) -> list[str]:
    lines = []
    if state.open_step:
        step = state.open_step
        lines.append(f"Open: {step['package']} was begun{on_node(step)} at {_moment(step['begun'])} and is not verified.")
    if state.versions.catch_up:
        lines.append(f"Open: clients have not caught up with {state.versions.catch_up['package']}.")
    return lines + client_history.still_open(state.clients)


def _left(entries: Sequence[Entry]) -> list[str]:
    """What state the last run left the site in, as it was read at its end."""
    last = next((entry for entry in reversed(entries) if entry["event"] in ("run_opened", "run_ended")), None)
    lines = (last["data"].get("site") or []) if last and last["event"] == "run_ended" else []
    return [f"Run {last['run']} left: {line}" for line in lines] if last else []


def _runs(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    runs = []
    for entry in entries:
        if entry["event"] == "run_opened":
            runs.append({"run": entry["run"], "begun": entry["time"], "ended": None, "state": None})
        elif entry["event"] == "run_ended" and runs:
            runs[-1].update(ended=entry["time"], state=entry["data"].get("state"))
    return runs


def _moment(text: str) -> str:
    """'2026-03-02T12:00:00+00:00' as '2026-03-02 12:00:00'."""
    return text[:19].replace("T", " ")


def _seconds(begun: str | None, ended: str | None) -> float | None:
    if not begun or not ended:
        return None
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds()
