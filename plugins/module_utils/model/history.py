# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the entries of a journal say: where an upgrade stands. Pure."""

from __future__ import annotations

import math

from ..errors import InvalidInput
from .package import SITE

# Each event and the data it cannot do without; more may be added to any of them.
EVENTS = {
    "run_opened": (),
    "run_ended": (),
    "step_begun": ("package", "kind"),
    "step_done": ("package", "kind"),
    "step_unproved": ("package",),
    "step_withdrawn": ("package",),
    "step_released": ("package",),
    "gate_set": ("package", "version", "since", "not_before"),
    "gate_waiting": ("package",),
    "gate_passed": ("package",),
    "backup_taken": ("path", "sha256"),
    "certificate_saved": ("path", "sha256"),
    "note": ("text",),
}
DONE, UNPROVED, WITHDRAWN, RELEASED, CUT_OFF, OPEN = "done", "unproved", "withdrawn", "released", "cut off", "open"


def check_event(event, data):
    """InvalidInput for an event that nobody could read later.

    A site package that is done must say since when on the appliance's clock: its gate is counted from there.
    """
    if event not in EVENTS:
        raise InvalidInput(f"{event!r} is no event of the journal.", remedy="Events: " + ", ".join(EVENTS) + ".")
    needed = EVENTS[event] + (("version", "appliance_time") if event == "step_done" and data.get("kind") == SITE else ())
    missing = [name for name in needed if data.get(name) is None]
    if missing:
        raise InvalidInput(f"The event {event} lacks {', '.join(missing)}.")
    for name in ("since", "not_before", "appliance_time"):
        if data.get(name) is not None and not _is_time(data[name]):
            raise InvalidInput(f"The event {event} has {name}={data[name]!r}, which is no time.")


def _is_time(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def state_of(entries):
    """Where the upgrade stands, from entries of a journal:

    guid:         of the appliance it is about, '' before anything told it
    runs:         how many were opened
    open_step:    the data of the step that was begun and is neither done, withdrawn nor released, with `begun`
                  (controller's time), `unproved` (bool) and `why`; or None
    gate:         the gate that is not passed: {package, version, since, not_before, online_before, soak_hours,
                  waited}, times in seconds on the appliance's clock, waited: how many looks met it closed; or None.
                  A site package that is done owes a gate even if nobody had the time to set one; what it needs
                  (online_before, soak_hours) may be told by the event that began the step, or by the one that ended it.
    plan_hash:    the last one that was noted, or None
    last_version, last_base: the last ones that a step proved, or None
    backups, certificates: data of what was saved, the oldest first
    history:      steps, the oldest first: {package, kind, version, begun, ended, outcome, why, proof, run}
    gates:        all of them, as above and with `passed` (controller's time), the oldest first
    """
    state = {
        "guid": "", "runs": 0, "open_step": None, "gate": None, "plan_hash": None, "last_version": None,
        "last_base": None, "backups": [], "certificates": [], "history": [], "gates": [],
    }  # fmt: skip
    for entry in entries:
        data = entry["data"]
        state["guid"] = state["guid"] or data.get("guid") or ""
        state["plan_hash"] = data.get("plan_hash") or state["plan_hash"]
        _READERS.get(entry["event"], _nothing)(state, entry, data)
    return state


def _nothing(state, entry, data):
    """Events that change nothing in the state."""


def _run_opened(state, entry, data):
    state["runs"] += 1


def _begun(state, entry, data):
    if state["open_step"]:
        _end(state, entry, CUT_OFF, {})
    state["open_step"] = dict(data, begun=entry["time"], unproved=False, why="")
    state["history"].append(_step(entry, data))


def _step(entry, data):
    return {
        "package": data["package"], "kind": data["kind"], "version": data.get("version"), "begun": entry["time"],
        "ended": None, "outcome": OPEN, "why": "", "proof": {}, "run": entry["run"],
    }  # fmt: skip


def _done(state, entry, data):
    begun = state["open_step"] if _is_open(state, data) else {}
    if begun:
        _end(state, entry, DONE, data)
    else:  # done without a beginning: somebody else began it, or a journal that was lost
        state["history"].append(dict(_step(entry, data), begun=None, ended=entry["time"], outcome=DONE,
                                     proof=data.get("proof") or {}))  # fmt: skip
    version = data.get("version")
    if data["kind"] == "base" and version:
        state["last_base"] = version
    if data["kind"] == SITE:
        state["last_version"] = version
        told = {**begun, **{name: value for name, value in data.items() if value is not None}}
        _new_gate(state, dict(told, since=data["appliance_time"], not_before=None))


def _unproved(state, entry, data):
    """It stays open: nobody knows how it ended."""
    if _is_open(state, data):
        state["open_step"].update(unproved=True, why=str(data.get("why") or ""))
        _last_begun(state).update(outcome=UNPROVED, why=str(data.get("why") or ""))


def _withdrawn(state, entry, data):
    if _is_open(state, data):
        _end(state, entry, WITHDRAWN, data)


def _released(state, entry, data):
    if _is_open(state, data):
        _end(state, entry, RELEASED, dict(data, why=data.get("why") or data.get("reason")))


def _is_open(state, data):
    return state["open_step"] is not None and state["open_step"]["package"] == data["package"]


def _end(state, entry, outcome, data):
    _last_begun(state).update(
        ended=entry["time"], outcome=outcome, why=str(data.get("why") or ""), proof=data.get("proof") or {}
    )
    state["open_step"] = None


def _last_begun(state):
    """The row in the history of the step that is open."""
    return next(step for step in reversed(state["history"]) if step["ended"] is None)


def _gate_set(state, entry, data):
    gate = state["gate"]
    if gate and gate["package"] == data["package"]:
        gate.update(since=data["since"], not_before=data["not_before"], version=data["version"])
    else:
        _new_gate(state, data)


def _new_gate(state, data):
    state["gate"] = {
        "package": data["package"], "version": data["version"], "since": data["since"],
        "not_before": data["not_before"], "online_before": data.get("online_before"),
        "soak_hours": data.get("soak_hours"), "waited": 0, "passed": None,
    }  # fmt: skip
    state["gates"].append(state["gate"])


def _gate_waiting(state, entry, data):
    if state["gate"] and state["gate"]["package"] == data["package"]:
        state["gate"]["waited"] += 1


def _gate_passed(state, entry, data):
    if state["gate"] and state["gate"]["package"] == data["package"]:
        state["gate"]["passed"] = entry["time"]
        state["gate"] = None


def _backup_taken(state, entry, data):
    state["backups"].append(data)


def _certificate_saved(state, entry, data):
    state["certificates"].append(data)


_READERS = {
    "run_opened": _run_opened, "step_begun": _begun, "step_done": _done, "step_unproved": _unproved,
    "step_withdrawn": _withdrawn, "step_released": _released, "gate_set": _gate_set, "gate_waiting": _gate_waiting,
    "gate_passed": _gate_passed, "backup_taken": _backup_taken, "certificate_saved": _certificate_saved,
}  # fmt: skip
