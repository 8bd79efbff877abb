# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How the events of an action on a pair change the state of a journal. Pure."""

from __future__ import annotations

from . import version_history
from .events import MOVES
from .measured import measured
from .parts import Building, Data, Entry

_CHANGED_BY_BEGUN = ("broken", "moving", "split", "sync_since", "first_done_at")


def _action_begun(state: Building, entry: Entry, data: Data) -> None:
    state.before_action = {name: getattr(state, name) for name in _CHANGED_BY_BEGUN}
    if data["action"] == "break":
        state.set(broken=True, moving="", split=True)
    if data["action"] == "sync":
        state.sync_since = data.get("appliance_time") if state.sync_since is None else state.sync_since
    if data["action"] in MOVES:
        state.moving = data["node"]
    if data["action"] == "interim":
        state.first_done_at = state.first_done_at or data.get("appliance_time")
    state.actions.append(
        {
            "action": data["action"],
            "node": data["node"],
            "begun": entry["time"],
            "ended": None,
            "appliance_time": None,
            "run": entry["run"],
            "data": data.get("data") or {},
        }
    )


def _action_done(state: Building, entry: Entry, data: Data) -> None:
    last = next((one for one in reversed(state.actions) if (one["action"], one["node"]) == (data["action"], data["node"])), None)
    if last is None or last["ended"]:
        _action_begun(state, dict(entry, time=None), data)
        last = state.actions[-1]
    state.measure(measured(last, entry, data["action"]))
    last.update(ended=entry["time"], appliance_time=data.get("appliance_time"), data={**last["data"], **(data.get("data") or {})})
    if data["action"] in (*MOVES, "establish"):
        state.set(served_by=data["node"], split=state.split and data["action"] != "establish")
    if data["action"] in MOVES:
        state.set(moving="", first_done_at=data["appliance_time"])
        version_history.moved(state, data, last["data"])
    if data["action"] in ("establish", "sync"):
        state.set(first_done_at=None, acknowledged=[], unserved={}, broken=False, unsynced=False, sync_since=None)


def _action_withdrawn(state: Building, entry: Entry, data: Data) -> None:
    """Nothing was sent: the state is as it was before the action began."""
    last = state.actions[-1] if state.actions else {}
    if (last.get("action"), last.get("node"), last.get("ended")) == (data["action"], data["node"], None):
        state.actions = state.actions[:-1]
        state.set(**state.before_action)


def _acknowledged(state: Building, entry: Entry, data: Data) -> None:
    state.acknowledged.append(data["what"])


READERS = {"action_begun": _action_begun, "action_done": _action_done, "action_withdrawn": _action_withdrawn, "acknowledged": _acknowledged}
