# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What happened, from the entries of a journal: lines for people, values for programs. Pure."""

from __future__ import annotations

from datetime import datetime

from . import client_history
from .history import state_of


def report(entries):
    """{lines, steps, gates, runs, backups, certificates, open_step, gate, guid, duration_seconds}

    lines: one per event, with the controller's time in UTC, repeated looks at one closed gate drawn together, and
    at the end what is still open. steps: as in history, with `seconds`. runs: {run, begun, ended, outcome}; a run
    without an end was cut off, or is still at work. duration_seconds: from the first entry to the last.
    """
    state = state_of(entries)
    lines = [f"{_moment(entry['time'])}  {_told(entry)}" for entry in _drawn_together(entries)]
    return {
        "lines": (lines or ["Nothing has happened yet."]) + _still_open(state),
        "steps": [dict(step, seconds=_seconds(step["begun"], step["ended"])) for step in state["history"]],
        "gates": state["gates"],
        "runs": _runs(entries),
        "backups": state["backups"],
        "certificates": state["certificates"],
        "open_step": state["open_step"],
        "gate": state["gate"],
        "guid": state["guid"],
        "duration_seconds": _seconds(entries[0]["time"], entries[-1]["time"]) if entries else 0.0,
    }


def _drawn_together(entries):
    """Of looks at the same closed gate in a row (whole runs that only looked included) the last one, with their number."""
    kept, looks, pending = [], 0, []
    for entry in entries:
        if entry["event"] == "gate_waiting" and looks:
            pending, looks = [], looks + 1
            kept[-1] = dict(entry, looks=looks)
        elif entry["event"] == "gate_waiting":
            kept, pending, looks = [*kept, *pending, dict(entry, looks=1)], [], 1
        elif entry["event"] in ("run_opened", "run_ended"):
            pending.append(entry)
        else:
            kept, pending, looks = [*kept, *pending, entry], [], 0
    return kept + pending


def _told(entry):
    data = entry["data"]
    teller = _TELLERS.get(entry["event"])
    text = teller(entry, data) if teller else f"{entry['event']}: {data}"
    return " ".join(text.split())


def _gate(entry, data):
    looks = f" ({entry['looks']} looks)" if entry.get("looks", 1) > 1 else ""
    why = "; ".join(map(str, data.get("reasons") or [])) or "closed"
    again = f"; run again at {data['next_run_at']} (the appliance's clock)" if data.get("next_run_at") else ""
    return f"{data['package']}: gate closed{looks}: {why}{again}"


def _passed(entry, data):
    percent = data.get("caught_up_percent")
    return f"{data['package']}: gate passed" + (f", {percent:g} % of the clients have followed" if _number(percent) else "")


def _done(entry, data):
    proof = ", ".join(f"{name} {value}" for name, value in (data.get("proof") or {}).items())
    return f"{data['package']}: installed" + (f", proved by {proof}" if proof else "")


def _saved(what):
    def told(entry, data):
        size = f", {data['bytes']} bytes" if data.get("bytes") is not None else ""
        name = f" {data['name']}" if data.get("name") else ""
        return f"{what}{name} saved: {data['path']}{size}, SHA-256 {data['sha256']}"

    return told


def _with_reason(words):
    def told(entry, data):
        why = data.get("why") or data.get("reason")
        return f"{data['package']}: {words}" + (f": {why}" if why else "")

    return told


def _ended(entry, data):
    outcome = f": {data['outcome']}" if data.get("outcome") else ""
    return f"run {entry['run']} ended{outcome}" + (f". {data['why']}" if data.get("why") else "")


def _planned(entry, data):
    wish = data["wish"]
    why = f"; changed because: {data['reason']}" if data.get("reason") else ""
    return f"plan: to {wish.get('target_version')}, {wish.get('mode')}{why}"


_ACTIONS = {
    "sync": "data sync", "break": "break of the failover relation", "establish": "failover relation", "swap": "role swap",
    "take_over": "take-over", "interim": "interim",
}  # fmt: skip


def _action(words):
    def told(entry, data):
        why = (data.get("data") or {}).get("reason")
        return f"{data['node']}: {_ACTIONS.get(data['action'], data['action'])} {words}" + (f": {why}" if why else "")

    return told


_TELLERS = {
    "run_opened": lambda entry, data: f"run {entry['run']} began",
    "run_ended": _ended,
    "memory_lost": lambda entry, data: "an earlier journal is gone: what runs is read anew, and the clients' gate begins anew",
    "plan_noted": _planned,
    "action_begun": _action("begun"),
    "action_done": _action("proved"),
    "acknowledged": lambda entry, data: f"acknowledged: {data['what']}",
    "step_begun": lambda entry, data: f"{data['package']}: installation begun{_on(data)}",
    "step_asked": lambda entry, data: f"{data['package']}: asked for",
    "step_done": _done,
    "step_unproved": _with_reason("NOT PROVED to be installed"),
    "step_withdrawn": _with_reason("not asked for after all"),
    "step_released": _with_reason("settled by a person"),
    "gate_set": lambda entry, data: f"{data['package']}: gate set",
    "gate_waiting": _gate,
    "gate_passed": _passed,
    "backup_taken": _saved("backup"),
    "certificate_saved": _saved("certificate"),
    "note": lambda entry, data: str(data["text"]),
    **client_history.TELLERS,
}


def _still_open(state):
    lines = []
    if state["open_step"]:
        step = state["open_step"]
        lines.append(f"Open: {step['package']} was begun{_on(step)} at {_moment(step['begun'])} and is not proved.")
    if state["gate"]:
        lines.append(f"Open: the gate after {state['gate']['package']} is not passed.")
    return lines + client_history.still_open(state)


def _on(step):
    return f" on {step['host']}" if step.get("host") else ""


def _runs(entries):
    runs = []
    for entry in entries:
        if entry["event"] == "run_opened":
            runs.append({"run": entry["run"], "begun": entry["time"], "ended": None, "outcome": None})
        elif entry["event"] == "run_ended" and runs:
            runs[-1].update(ended=entry["time"], outcome=entry["data"].get("outcome"))
    return runs


def _moment(text):
    """'2026-03-02T12:00:00+00:00' as '2026-03-02 12:00:00'."""
    return text[:19].replace("T", " ")


def _seconds(begun, ended):
    if not begun or not ended:
        return None
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds()


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
