# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the entries of a journal say: where an upgrade stands. Pure."""

from __future__ import annotations

import math

from ..errors import InvalidInput
from . import client_history
from .package import SITE

# Each event and the data it cannot do without; more may be added to any of them.
EVENTS = {
    "run_opened": (),
    "run_ended": (),
    "memory_lost": (),
    "plan_noted": ("wish", "lines"),
    "step_begun": ("package", "kind"),
    "step_asked": ("package",),
    "step_done": ("package", "kind"),
    "step_unproved": ("package",),
    "step_withdrawn": ("package",),
    "step_released": ("package",),
    "action_begun": ("action", "node"),
    "action_done": ("action", "node"),
    "acknowledged": ("what",),
    "gate_set": ("package", "version", "since"),
    "gate_waiting": ("package",),
    "gate_passed": ("package",),
    "backup_taken": ("path", "sha256"),
    "certificate_saved": ("path", "sha256"),
    "note": ("text",),
    **client_history.EVENTS,
}
_TYPES = {
    **client_history.TYPES,
    **dict.fromkeys(("package", "kind", "version", "host", "guid", "action", "node", "what", "origin", "outcome", "text", "path", "sha256",
                     "why", "reason", "next_run_at"), str),
    **dict.fromkeys(("soak_hours", "online_before", "since", "not_before", "appliance_time", "bytes", "caught_up_percent"), (int, float)),
    **dict.fromkeys(("proof", "data", "wish"), dict),
    **dict.fromkeys(("guids", "lines", "reasons"), list),
}  # fmt: skip
_MEASURED = ("at", "online", "listed", "done", "of")  # of a look at a closed gate
_BEGINNINGS = ("step_begun", "action_begun", "acknowledged")  # people begin something too: they uninstall clients
MOVES = ("take_over", "swap")  # the actions after which another node serves the clients
DONE, UNPROVED, WITHDRAWN, RELEASED, CUT_OFF, OPEN = "done", "unproved", "withdrawn", "released", "cut off", "open"


def check_event(event, data):
    """InvalidInput for an event that nobody could read later.

    A site package that is done must say since when on the appliance's clock: its gate is counted from there. So must a
    take-over, with which the clients meet what the other node runs.
    """
    if not isinstance(event, str) or event not in EVENTS or not isinstance(data, dict):
        raise InvalidInput(f"{event!r} is no event of the journal.", remedy="Events: " + ", ".join(EVENTS) + ".")
    needed = EVENTS[event] + (("version", "appliance_time") if event == "step_done" and data.get("kind") == SITE else ())
    needed += ("appliance_time", "guid") if event == "action_done" and data.get("action") in MOVES else ()
    missing = [name for name in needed if data.get(name) is None]
    if missing:
        raise InvalidInput(f"The event {event} lacks {', '.join(missing)}.")
    for name, value in data.items():
        if value is not None and name in _TYPES and not isinstance(value, _TYPES[name]):
            raise InvalidInput(f"The event {event} has {name}={value!r}, which is of a wrong type.")
    if not all(isinstance(one, str) for name in ("guids", "lines") for one in data.get(name) or ()):
        raise InvalidInput(f"The event {event} has a list of something else than texts.")
    for name in ("since", "not_before", "appliance_time"):
        if data.get(name) is not None and not _is_time(data[name]):
            raise InvalidInput(f"The event {event} has {name}={data[name]!r}, which is no time.")


def _is_time(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def state_of(entries):
    """Where the upgrade stands, from entries of a journal:

    guid:         of the appliance it is about, '' before anything told it; of a pair, that of the first entry
    guids:        of the pair it is about; empty for an appliance that stands alone
    origin:       the node that was primary when the present upgrade began, '' if nobody noted it
    runs:         how many were opened
    open_step:    the data of the step that was begun and is neither done, withdrawn nor released, with `begun`
                  (controller's time), `asked` (whether the request was sent), `unproved` (bool) and `why`; or None
    gate:         the gate that is not passed: {package, version, since, not_before, online_before, listed_before, soak_hours,
                  waited, looks}, times in seconds on the appliance's clock, waited: how many looks met it closed, looks: what
                  they measured [{at, online, listed, done, of}], as far as they did; or None.
                  A site package that is done owes a gate even if nobody had the time to set one, in a pair as soon as
                  the node serves the clients; what it needs
                  (online_before, soak_hours) may be told by the event that began the step, or by the one that ended it.
    plan:         the upgrade that is under way: {wish (policy.wish), lines, time}; None before one, and after its end
    under_way:    whether anything was begun since the last upgrade reached its target
    lost:         whether an earlier journal vanished and no gate was set since for what runs
    last_version, last_base: the last ones that a step proved, or None
    backups, certificates: data of what was saved, the oldest first
    history:      steps, the oldest first: {package, kind, version, host, begun, ended, outcome, why, proof, run}
    actions:      what was done to a pair, the oldest first: {action, node, begun, ended, appliance_time, run, data}
    first_done_at: the clock when the first node of a pair had the present hop and served with it; None before and after
    broken:       whether the relation was broken for the present hop and nothing was installed since
    moving:       the node whose take-over or swap has begun and is not proved, '' for none
    acknowledged: what people acknowledged since the pair was last whole
    gates:        all of them, as above and with `passed` (controller's time), the oldest first
    and of the clients what client_history.nothing_known names
    """
    state = {
        "guid": "", "guids": [], "origin": "", "runs": 0, "open_step": None, "gate": None, "plan": None, "last_version": None,
        "under_way": False, "lost": False,
        "last_base": None, "backups": [], "certificates": [], "history": [], "gates": [],
        "actions": [], "first_done_at": None, "acknowledged": [], "broken": False, "moving": "", "unserved": {}, "served_version": None,
        **client_history.nothing_known(),
    }  # fmt: skip
    for entry in entries:
        data = entry["data"]
        state["guid"] = state["guid"] or data.get("guid") or ""
        state["under_way"] = state["under_way"] or entry["event"] in _BEGINNINGS
        _READERS.get(entry["event"], _nothing)(state, entry, data)
    del state["unserved"], state["served_version"]
    return state


def _nothing(state, entry, data):
    """Events that change nothing in the state."""


def _run_opened(state, entry, data):
    state["runs"] += 1
    state["guids"] = state["guids"] or sorted(data.get("guids") or [])
    state["origin"] = state["origin"] or data.get("origin") or ""


def _run_ended(state, entry, data):
    """An upgrade that reached its target is over: the next one has an origin of its own."""
    if data.get("outcome") == "reached":
        state.update(origin="", plan=None, under_way=False)


def _memory_lost(state, entry, data):
    state["lost"] = True


def _plan_noted(state, entry, data):
    state["plan"] = {"wish": data["wish"], "lines": data["lines"], "time": entry["time"]}


def _begun(state, entry, data):
    if state["open_step"]:
        _end(state, entry, CUT_OFF, {})
    state["open_step"] = dict(data, begun=entry["time"], asked=False, unproved=False, why="")
    state["history"].append(_step(entry, data))


def _step(entry, data):
    return {
        "package": data["package"], "kind": data["kind"], "version": data.get("version"), "host": data.get("host", ""),
        "begun": entry["time"], "ended": None, "outcome": OPEN, "why": "", "proof": {}, "run": entry["run"],
    }  # fmt: skip


def _done(state, entry, data):
    begun = state["open_step"] if _is_open(state, data) else {}
    if begun:
        _end(state, entry, DONE, data)
    else:  # done without a beginning: somebody else began it, or a journal that was lost
        state["history"].append(dict(_step(entry, data), begun=None, ended=entry["time"], outcome=DONE,
                                     proof=data.get("proof") or {}))  # fmt: skip
    version, state["broken"] = data.get("version"), False
    if data["kind"] == "base" and version:
        state["last_base"] = version
    told = {**begun, **{name: value for name, value in data.items() if value is not None}}
    if data["kind"] == SITE:
        state["last_version"] = version
        if told.get("serves", True):
            _serve(state, told, data["appliance_time"])
        else:
            state["unserved"][told.get("guid")] = told
    if state["guids"] and told.get("serves"):
        state["first_done_at"] = data.get("appliance_time")


def _serve(state, told, since):
    """From now on the clients meet this site package: its gate begins."""
    state["served_version"] = told["version"]
    _new_gate(state, dict(told, since=since))


def _action_begun(state, entry, data):
    if data["action"] == "break":
        state.update(broken=True, moving="")
    if data["action"] in MOVES:
        state["moving"] = data["node"]
    if data["action"] == "interim":
        state["first_done_at"] = state["first_done_at"] or data.get("appliance_time")
    state["actions"].append({"action": data["action"], "node": data["node"], "begun": entry["time"], "ended": None,
                             "appliance_time": None, "run": entry["run"], "data": data.get("data") or {}})  # fmt: skip


def _action_done(state, entry, data):
    last = next((one for one in reversed(state["actions"]) if (one["action"], one["node"]) == (data["action"], data["node"])), None)
    if last is None or last["ended"]:
        _action_begun(state, dict(entry, time=None), data)
        last = state["actions"][-1]
    last.update(ended=entry["time"], appliance_time=data.get("appliance_time"), data={**last["data"], **(data.get("data") or {})})
    if data["action"] in MOVES:
        state["moving"] = ""
        _moved(state, data, last["data"])
    if data["action"] in ("establish", "sync"):
        state.update(first_done_at=None, acknowledged=[], unserved={}, broken=False)


def _moved(state, data, more):
    """Another node serves: with a version that the clients did not meet before their gate begins now."""
    state["first_done_at"] = data["appliance_time"]
    told = state["unserved"].pop(data["guid"], None)
    if told and told["version"] != state["served_version"]:
        counts = {name: more.get(name) for name in ("online_before", "listed_before")}
        _serve(state, dict(told, **counts), data["appliance_time"])


def _acknowledged(state, entry, data):
    state["acknowledged"].append(data["what"])


def _unproved(state, entry, data):
    """It stays open: nobody knows how it ended."""
    if _is_open(state, data):
        state["open_step"].update(unproved=True, why=str(data.get("why") or ""))
        _last_begun(state).update(outcome=UNPROVED, why=str(data.get("why") or ""))


def _asked(state, entry, data):
    if _is_open(state, data):
        state["open_step"]["asked"] = True


def _withdrawn(state, entry, data):
    if _is_open(state, data):
        _end(state, entry, WITHDRAWN, data)


def _released(state, entry, data):
    if _is_open(state, data):
        _end(state, entry, RELEASED, dict(data, why=data.get("why") or data.get("reason")))


def _is_open(state, data):
    return state["open_step"] is not None and same_step(state["open_step"], data, pair=bool(state["guids"]))


def same_step(one, other, *, pair):
    """Whether two entries are about the same package, and in a pair about the same node: by its GUID, or else by its address.

    An appliance that stands alone may have got another address since.
    """
    for name in ("guid", "host"):
        if pair and one.get(name) and other.get(name):
            return one["package"] == other["package"] and one[name] == other[name]
    return one["package"] == other["package"]


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
        gate.update(since=data["since"], not_before=data.get("not_before"), version=data["version"])
    else:
        _new_gate(state, data)


def _new_gate(state, data):
    state["lost"] = False
    state["gate"] = {
        "package": data["package"], "version": data["version"], "since": data["since"],
        "not_before": data.get("not_before"), "online_before": data.get("online_before"),
        "listed_before": data.get("listed_before"), "soak_hours": data.get("soak_hours"), "waited": 0, "looks": [], "passed": None,
    }  # fmt: skip
    state["gates"].append(state["gate"])


def _gate_waiting(state, entry, data):
    if state["gate"] and state["gate"]["package"] == data["package"]:
        state["gate"]["waited"] += 1
        state["gate"]["looks"].append({name: data[name] for name in _MEASURED if data.get(name) is not None})


def _gate_passed(state, entry, data):
    if state["gate"] and state["gate"]["package"] == data["package"]:
        state["gate"]["passed"] = entry["time"]
        state["gate"], state["stragglers"] = None, data.get("stragglers") or []


def _backup_taken(state, entry, data):
    state["backups"].append(data)


def _certificate_saved(state, entry, data):
    state["certificates"].append(data)


_READERS = {
    "run_opened": _run_opened, "run_ended": _run_ended, "memory_lost": _memory_lost, "plan_noted": _plan_noted,
    "action_begun": _action_begun, "action_done": _action_done,
    "acknowledged": _acknowledged, "step_begun": _begun, "step_done": _done, "step_asked": _asked, "step_unproved": _unproved,
    "step_withdrawn": _withdrawn, "step_released": _released, "gate_set": _gate_set, "gate_waiting": _gate_waiting,
    "gate_passed": _gate_passed, "backup_taken": _backup_taken, "certificate_saved": _certificate_saved,
    **client_history.READERS,
}  # fmt: skip
