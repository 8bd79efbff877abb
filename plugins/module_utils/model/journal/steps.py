# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How the events of an installation change the state of a journal. Pure."""

from __future__ import annotations

from typing import Any

from ..pair_step import INSTALL
from . import version_history
from .measured import measured
from .parts import Building, Data, Entry

DONE, UNVERIFIED, WITHDRAWN, RELEASED, CUT_OFF, OPEN = "done", "unverified", "withdrawn", "released", "cut off", "open"


def _begun(state: Building, entry: Entry, data: Data) -> None:
    if state.open_step:
        _end(state, entry, CUT_OFF, {})
    state.open_step = dict(data, begun=entry["time"], sent=False, unverified=False, why="")
    state.history.append(_step(entry, data))
    version_history.begins(state, data)


def _step(entry: Entry, data: Data) -> dict[str, Any]:
    return {
        "package": data["package"],
        "kind": data["kind"],
        "version": data.get("version"),
        "host": data.get("host", ""),
        "begun": entry["time"],
        "ended": None,
        "state": OPEN,
        "why": "",
        "evidence": {},
        "run": entry["run"],
    }


def _done(state: Building, entry: Entry, data: Data) -> None:
    begun = state.open_step if _is_open(state, data) else {}
    if begun:
        state.measure(measured(_last_begun(state), entry, INSTALL, data["kind"]))
        _end(state, entry, DONE, data)
    else:  # done without a beginning: somebody else began it, or a journal that was lost
        state.history.append(dict(_step(entry, data), begun=None, ended=entry["time"], state=DONE, evidence=data.get("evidence") or {}))
    state.set(broken=False, unsynced=True, sync_since=None)
    facts = {**begun, **{name: value for name, value in data.items() if value is not None}}
    version_history.installed(state, facts)
    if state.guids and facts.get("serves"):
        state.first_done_at = data.get("appliance_time")


def _unverified(state: Building, entry: Entry, data: Data) -> None:
    """It stays open: nobody knows how it ended."""
    if _is_open(state, data):
        state.open_step.update(unverified=True, why=str(data.get("why") or ""))
        _last_begun(state).update(state=UNVERIFIED, why=str(data.get("why") or ""))


def _sent(state: Building, entry: Entry, data: Data) -> None:
    if _is_open(state, data):
        state.open_step["sent"] = True


def _withdrawn(state: Building, entry: Entry, data: Data) -> None:
    if _is_open(state, data):
        _end(state, entry, WITHDRAWN, data)


def _released(state: Building, entry: Entry, data: Data) -> None:
    if _is_open(state, data):
        _end(state, entry, RELEASED, dict(data, why=data.get("why") or data.get("reason")))


def _is_open(state: Building, data: Data) -> bool:
    return state.open_step is not None and same_step(state.open_step, data, pair=bool(state.guids))


def same_step(one: Data, other: Data, *, pair: bool) -> bool:
    """Whether two entries are about the same package, and in a pair about the same node: by its GUID, or else by its address.

    The address of a standalone appliance may have changed since.
    """
    for name in ("guid", "host"):
        if pair and one.get(name) and other.get(name):
            return one["package"] == other["package"] and one[name] == other[name]
    return one["package"] == other["package"]


def _end(state: Building, entry: Entry, ended_as: str, data: Data) -> None:
    _last_begun(state).update(ended=entry["time"], state=ended_as, why=str(data.get("why") or ""), evidence=data.get("evidence") or {})
    state.open_step = None


def _last_begun(state: Building) -> dict[str, Any]:
    """The row in the history of the step that is open."""
    return next(step for step in reversed(state.history) if step["ended"] is None)


READERS = {
    "step_begun": _begun,
    "step_done": _done,
    "step_sent": _sent,
    "step_unverified": _unverified,
    "step_withdrawn": _withdrawn,
    "step_released": _released,
}
