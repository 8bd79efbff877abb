# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a person must know who interrupts a run: what goes on at the appliances, what not to do, and how to go on. Pure."""

from __future__ import annotations

from .parts import State

_ACTIONS = {
    "sync": "a data sync of {node} was begun",
    "break": "the break of the failover relation was begun on {node}",
    "establish": "the failover relation was begun from {node}",
    "swap": "a role swap to {node} was begun",
    "take_over": "the take-over by {node} was begun",
}


def sentences(state: State, task: str, command: str) -> list[str]:
    """Lines for a terminal. state: of the journal (model.journal.parts.State). task: what was at work, '' for nothing that writes."""
    going_on = _going_on(state)
    clients = _clients(state)
    open_work = [f"  - {line}" for line in [*(going_on or ([task] if task else [])), *clients] or ["No request of this run is open."]]
    careful = "Do not restart or switch off an appliance, and press nothing on its pages." if going_on or task else ""
    resume = "To go on, run the same command again: it reads the appliances first, and no request but that for a data sync is sent twice."
    return ["Interrupted. What goes on:", *open_work, *([careful] if careful else []), resume, f"    {command}"]


def _going_on(state: State) -> list[str]:
    lines, step = [], state.open_step
    if step:
        where = f" on {step['host']}" if step.get("host") else ""
        sent = "Its request was sent: it goes on without this run" if step["sent"] else "Its request was not sent yet"
        lines.append(f"{step['package']} is being installed{where} since {_clock(step['begun'])}. {sent}.")
    last = state.pair.actions[-1] if state.pair.actions else None
    if last and not last["ended"] and last["action"] in _ACTIONS:
        what = _ACTIONS[last["action"]].format(node=last["node"])
        lines.append(f"{what[0].upper()}{what[1:]} at {_clock(last['begun'])} and is not verified. It goes on without this run.")
    if state.pair.split:
        lines.append("The failover relation is broken for this upgrade: neither node takes over for the other one.")
    if state.clients.jump_settings:
        lines.append(f"The Jump Client settings of {state.clients.jump_settings['host']} are changed. The next run puts them back.")
    return lines


def _clients(state: State) -> list[str]:
    """Clients upgrade without any run, and an interrupted wait loses nothing."""
    waiting = state.versions.catch_up
    if not waiting:
        return []
    return [f"Clients go on upgrading to {waiting['version']} by themselves, and their waiting time counts on without this run."]


def _clock(moment: str) -> str:
    """'2026-03-02T02:13:00+00:00' as '02:13 UTC'."""
    return f"{moment[11:16]} UTC"
