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
    type: str
    choices: [read, open, closed, released, begun, done, acknowledged]
    default: read
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
    description: The node's clock when it was proved, UNIX seconds in UTC, needed where it takes over.
    type: float
  data:
    description: What else is worth keeping, for example the failover settings before a break.
    type: dict
    default: {}
  what:
    description: What was acknowledged, with O(state=acknowledged).
    type: str
  outcome:
    description: How the run ended, with O(state=closed).
    type: str
  reason:
    description: Who settled the step and how, with O(state=released). Why the run ended as it did, with O(state=closed).
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
settings:
  description: The failover settings that were recorded before the last break; empty if none were.
  returned: success
  type: dict
  sample: {automatic_failover: false}
"""

from ..module_utils.errors import InvalidInput
from ..module_utils.journal import Journal
from ..module_utils.model.report import report
from ..module_utils.module import Operation, run

OPTIONS = {
    "path": {"type": "path", "required": True},
    "state": {"type": "str", "choices": ["read", "open", "closed", "released", "begun", "done", "acknowledged"], "default": "read"},
    "guids": {"type": "list", "elements": "str", "default": []},
    "origin": {"type": "str", "default": ""},
    "action": {"type": "str", "choices": ["sync", "break", "take_over", "interim", "establish", "swap"]},
    "node": {"type": "str"},
    "guid": {"type": "str"},
    "appliance_time": {"type": "float"},
    "data": {"type": "dict", "default": {}},
    "what": {"type": "str"},
    "outcome": {"type": "str"},
    "reason": {"type": "str"},
}
RULES = {"required_if": [["state", "begun", ["action", "node"]], ["state", "done", ["action", "node"]],
                         ["state", "acknowledged", ["what"]]]}


_ACTION = {name: name for name in ("action", "node", "guid", "appliance_time", "data")}
# For each state the event, and which option says which of its data.
EVENTS = {
    "open": ("run_opened", {"guids": "guids", "origin": "origin"}),
    "closed": ("run_ended", {"outcome": "outcome", "why": "reason"}),
    "begun": ("action_begun", _ACTION),
    "done": ("action_done", _ACTION),
    "acknowledged": ("acknowledged", {"what": "what"}),
}


def keep(params, *, check_mode, say):
    journal = Journal(params["path"])
    if params["state"] == "released":
        return _release(journal, params, check_mode)
    if params["state"] != "read" and not check_mode:
        event, names = EVENTS[params["state"]]
        journal.append(event, **{ours: params[name] for ours, name in names.items()})
    return _told(journal)


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
