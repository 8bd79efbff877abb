#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: journal
short_description: The memory of a site's upgrade between runs, and the report of what happened
version_added: 0.1.0
description:
  - "Reads and writes the journal of one site, an appliance or a failover pair: an append-only file of JSON lines with steps, proofs,
    gates, backups and runs. Its folder is 0700, the file 0600. A line that a crash cut off is set aside; any other damage is
    refused with the way out."
  - It talks to no appliance. The other modules write to the same file when they are given its path.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: none}
  idempotent: {support: full, details: Opening and closing a run are noted and count as no change.}
options:
  path:
    description: The journal. Created, with its folder, when a run is opened.
    type: path
    required: true
  state:
    description:
      - V(read) reads it; an absent file is an empty journal.
      - V(open) notes the begin of a run and V(closed) its end with O(outcome).
      - V(released) declares, with a O(reason), that a person has settled the step that did not prove itself. The next run then decides
        anew from what it reads. Only after technical support said so.
      - V(begun) and V(done) note that O(action) begins on the O(node) of a pair, and that it is proved.
      - V(acknowledged) notes that a person acknowledged O(what).
      - V(counted) keeps the counts of the clients O(data) of the O(moment); V(confirmed) that a person confirmed O(what) of the aftercare.
      - V(planned) holds the upgrade that is under way to what it was begun for. Another O(wish) is refused, unless a O(reason) is given.
      - V(gate) begins the clients' gate of O(version) anew at O(appliance_time), after a journal was lost.
      - V(unlocked) takes the lock from a run that is dead, with a O(reason). Only when it is certain that it is dead.
    type: str
    choices: [read, open, closed, released, begun, done, acknowledged, planned, gate, unlocked, counted, confirmed]
    default: read
  expiry:
    description:
      - "Seconds without a heartbeat after which another run may take the site over, with O(state=open). A heartbeat is given by each
        task of the run and by each look while one waits. On the controller's own machine a run that was killed is seen at once."
    type: int
    default: 3600
  wish:
    description: What the upgrade is for, as the plan modules return it, with O(state=planned).
    type: dict
  lines:
    description: The plan for people, with O(state=planned).
    type: list
    elements: str
    default: []
  version:
    description: The site version that runs, with O(state=gate).
    type: str
  guids:
    description: The appliances that the journal is about, of a pair both, with O(state=open).
    type: list
    elements: str
    default: []
  origin:
    description: The node that is primary when a run begins, with O(state=open). The first one of an upgrade is remembered.
    type: str
    default: ""
  action:
    description: What is done to a pair, with O(state=begun) and O(state=done).
    type: str
    choices: [sync, break, take_over, interim, establish, swap]
  node:
    description: The node that it is done to.
    type: str
  guid:
    description: Identity of that node, needed where it takes over.
    type: str
  appliance_time:
    description: The node's clock when it was proved, UNIX seconds in UTC, needed where it takes over and with O(state=gate).
    type: float
  data:
    description: What else is worth keeping, for example the failover settings before a break.
    type: dict
    default: {}
  what:
    description: What was acknowledged, with O(state=acknowledged), or confirmed, with O(state=confirmed).
    type: str
  moment:
    description: When the clients were counted, with O(state=counted).
    type: str
    choices: [before, after]
  outcome:
    description: How the run ended, with O(state=closed).
    type: str
  reason:
    description:
      - Who settled the step and how, with O(state=released). Why the run ended as it did, with O(state=closed).
      - Why the plan may change, with O(state=planned). How it is known that the other run is dead, with O(state=unlocked).
    type: str
"""

EXAMPLES = r"""
- name: Show what happened so far
  bomgar.appliance.journal:
    path: /srv/upgrades/support.example.com/journal.jsonl
  register: history

- name: Go on after technical support has mended a Base update
  bomgar.appliance.journal:
    path: /srv/upgrades/support.example.com/journal.jsonl
    state: released
    reason: Support case 1234, Ada Example
"""

RETURN = r"""
report: {description: What happened so far for people., returned: success, type: list, elements: str, sample: ["2026-03-02 20:00 ..."]}
steps: {description: What happened so far as data., returned: success, type: list, elements: dict, sample: [{package: Base 6.2.0}]}
guid:
  description: Identity of the appliance whose backups it holds; empty before the first.
  returned: success
  type: str
  sample: ""
gate:
  description: The gate that is not passed yet; empty if there is none.
  returned: success
  type: dict
  sample: {package: Bomgar 20.2.1}
open_step: {description: The step that has begun and is not proved; empty if there is none., returned: success, type: dict, sample: {}}
runs: {description: Number of runs., returned: success, type: int, sample: 2}
memory:
  description:
    - What M(bomgar.appliance.failover_plan) must remember of a pair. C(guids), C(origin), C(gate) and C(open_step) as above;
      C(first_done_at), the clock when the first node was done and served; C(acknowledged), what people acknowledged since; C(broken),
      whether the relation was broken and nothing installed since; C(moving), the node whose take-over is not proved.
  returned: success
  type: dict
  sample: {guids: [], origin: "", gate: {}, open_step: {}, first_done_at: null, acknowledged: []}
under_way:
  description: Whether anything was begun since the last upgrade reached its target.
  returned: success
  type: bool
  sample: true
clients:
  description:
    - What is remembered of the clients of the present upgrade. C(counted), counts before and after; C(installers), those of Jump Clients
      that were valid before; C(made) and C(downloads), those made in their place and their files; C(consoles), saved console installers;
      C(confirmed), what people confirmed of the aftercare; C(stragglers), Jump Clients that a gate was opened without; C(drains);
      C(jump_settings), settings that are changed and not put back yet, null if none are.
  returned: success
  type: dict
  sample: {counted: {before: null, after: null}, jump_settings: null}
lost:
  description: Whether an earlier journal vanished and the clients' gate of what runs has not begun anew yet.
  returned: success
  type: bool
  sample: false
lock:
  description: Token of the run, with O(state=open); its tasks carry it as C(BOMGAR_APPLIANCE_RUN) in their environment.
  returned: success
  type: str
  sample: "0f3a:/srv/upgrades/support.example.com/journal.jsonl.lock"
settings:
  description: The failover settings that were recorded before the last break; empty if none were.
  returned: success
  type: dict
  sample: {automatic_failover: false}
outcome:
  description:
    - How it ended, in one word. V(done), changed and proved by reading again; V(unchanged); V(waiting), a gate is closed; V(operator), a
      person has to act first; V(not_started), asked for and proved not to have begun; V(nothing_done), failed before anything was asked
      for; V(failed), the appliance says so; V(unknown), asked for and not proved, so that it may have happened or still happen.
    - V(nothing_done), V(failed) and V(unknown) come with a failed task.
  returned: always
  type: str
  sample: unchanged
"""

from ..module_utils.errors import InvalidInput, Unsafe
from ..module_utils.journal import Journal
from ..module_utils.lock import EXPIRY
from ..module_utils.model.client_history import nothing_known
from ..module_utils.model.report import report
from ..module_utils.module import Operation, run
from ..module_utils.policy.wish import differences, digest

OPTIONS = {
    "path": {"type": "path", "required": True},
    "state": {"type": "str", "default": "read", "choices": [
        "read", "open", "closed", "released", "begun", "done", "acknowledged", "planned", "gate", "unlocked", "counted", "confirmed"]},
    "expiry": {"type": "int", "default": EXPIRY},
    "wish": {"type": "dict"},
    "lines": {"type": "list", "elements": "str", "default": []},
    "version": {"type": "str"},
    "guids": {"type": "list", "elements": "str", "default": []},
    "origin": {"type": "str", "default": ""},
    "action": {"type": "str", "choices": ["sync", "break", "take_over", "interim", "establish", "swap"]},
    "node": {"type": "str"},
    "guid": {"type": "str"},
    "appliance_time": {"type": "float"},
    "data": {"type": "dict", "default": {}},
    "what": {"type": "str"},
    "moment": {"type": "str", "choices": ["before", "after"]},
    "outcome": {"type": "str"},
    "reason": {"type": "str"},
}
RULES = {"required_if": [["state", "begun", ["action", "node"]], ["state", "done", ["action", "node"]],
                         ["state", "acknowledged", ["what"]], ["state", "planned", ["wish"]], ["state", "unlocked", ["reason"]],
                         ["state", "gate", ["version", "appliance_time"]], ["state", "counted", ["moment"]],
                         ["state", "confirmed", ["what"]]]}


_ACTION = {name: name for name in ("action", "node", "guid", "appliance_time", "data")}
# For each state the event, and which option says which of its data.
EVENTS = {
    "open": ("run_opened", {"guids": "guids", "origin": "origin"}),
    "closed": ("run_ended", {"outcome": "outcome", "why": "reason"}),
    "begun": ("action_begun", _ACTION),
    "done": ("action_done", _ACTION),
    "acknowledged": ("acknowledged", {"what": "what"}),
    "counted": ("clients_counted", {"moment": "moment", "counts": "data"}),
    "confirmed": ("confirmed", {"what": "what"}),
}


def keep(params, *, check_mode, say):
    journal = Journal(params["path"])
    if check_mode and params["state"] not in ("read", "unlocked"):
        journal.lock.refuse()
    act = {"released": _release, "planned": _plan, "gate": _begin_gate, "unlocked": _unlock}.get(params["state"])
    if act:
        return act(journal, params, check_mode)
    if params["state"] != "read" and not check_mode:
        _note(journal, params)
    return _told(journal)


def _note(journal, params):
    event, names = EVENTS[params["state"]]
    data = {ours: params[name] for ours, name in names.items()}
    if params["state"] != "open":
        journal.append(event, **data)
    else:
        _open(journal, params["expiry"], data)
    if params["state"] == "closed":
        journal.lock.release()


def _open(journal, expiry, data):
    lost = journal.is_lost()
    dead = journal.lock.take(expiry)
    if dead:
        journal.append("run_opened", **data, took_over=dead.told())
    else:
        journal.append("run_opened", **data)
    if lost:
        journal.append("memory_lost")


def _plan(journal, params, check_mode):
    """Hold the upgrade to the wish that it was begun with."""
    state = journal.state()
    known = state["plan"]
    changed = differences(known["wish"], params["wish"]) if known else []
    if known and not changed:
        return _told(journal)
    if changed and state["under_way"] and not params["reason"]:
        raise Unsafe(
            f"The plan changed while its upgrade is under way: {'; '.join(changed)}.",
            evidence=f"Begun {known['time']} (plan {digest(known['wish'])[:12]}): {_shown(known['lines'])} "
                     f"Now (plan {digest(params['wish'])[:12]}): {_shown(params['lines'])}",
            remedy="Finish it as it was begun; or give a reason for the change, which is kept (upgrade_replan_reason).",
            facts={"plans": {"begun": known, "now": {"wish": params["wish"], "lines": params["lines"]}}})
    if not check_mode:
        journal.append("plan_noted", wish=params["wish"], lines=params["lines"], reason=params["reason"])
    return _told(journal)


def _shown(lines):
    return " / ".join(line.strip() for line in lines)


def _begin_gate(journal, params, check_mode):
    if not check_mode:
        journal.append("gate_set", package=f"site version {params['version']}", version=params["version"], since=params["appliance_time"])
    return _told(journal)


def _unlock(journal, params, check_mode):
    holder = journal.lock.holder()
    if holder is None:
        return _told(journal)
    if not check_mode:
        journal.lock.remove()
        journal.append("note", text=f"The lock of {holder.told()} was taken away: {params['reason']}")
    return dict(_told(journal), changed=True)


def _release(journal, params, check_mode):
    pending = journal.state()["open_step"]
    if not pending:
        return _told(journal)
    if not params["reason"]:
        raise InvalidInput(f"The step {pending['package']!r} is released only with a reason.", remedy="Give `reason`: who, how, case.")
    if not check_mode:
        journal.append("step_released", reason=params["reason"],
                       **{name: pending.get(name) for name in ("package", "kind", "host", "guid")})
    return dict(_told(journal), changed=True)


def _told(journal):
    entries, state = journal.read(), journal.state()
    told = report(entries)
    return {
        "changed": False,
        "report": told["lines"],
        "steps": told["steps"],
        "guid": state["guid"],
        "gate": state["gate"] or {},
        "open_step": state["open_step"] or {},
        "runs": state["runs"],
        "memory": {"guids": state["guids"], "origin": state["origin"], "gate": state["gate"] or {},
                   "open_step": state["open_step"] or {},
                   **{name: state[name] for name in ("first_done_at", "acknowledged", "broken", "moving")}},
        "clients": {name: state[name] for name in nothing_known()},
        "under_way": state["under_way"],
        "lost": state["lost"] or journal.is_lost(),
        "lock": journal.lock.token if journal.lock.held else "",
        "settings": _settings(state),
    }


def _settings(state):
    breaks = [one["data"]["settings"] for one in state["actions"] if one["action"] == "break" and "settings" in one["data"]]
    return breaks[-1] if breaks else {}


OPERATION = Operation(keep, OPTIONS, appliance=False, **RULES)


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
