#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: upgrade_run
short_description: Open and close a run of a site's upgrade
version_added: 0.1.0
description:
  - "V(opened) locks the site, so that a second run fails and names the owner, and notes in the journal that a run begins and what people
    decided for it. V(closed) notes how the run ended, and releases the lock."
  - The tasks of the run carry RV(lock) as C(BOMGAR_APPLIANCE_RUN) in their environment. Each of them is a heartbeat of the lock.
  - It talks to no appliance.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: none}
  idempotent: {support: partial, details: Each run is recorded. Opening and closing a run count as no change.}
options:
  path:
    description: The journal. It is created, with its folder, when a run is opened.
    type: path
    required: true
  state:
    description:
      - V(opened) begins a run, V(closed) ends it. A run whose journal was damaged meanwhile is closed too, without an entry.
      - In check mode V(opened) fails while another run holds the lock, and nothing is written.
    type: str
    choices: [opened, closed]
    required: true
  expiry:
    description:
      - Seconds without a heartbeat after which another run may take over the lock, with O(state=opened); V(60) to V(86400). Each task of
        the run is a heartbeat, and so is each reading during a wait, and each request that may change an appliance. On the controller's own
        machine a run that was killed is seen at once.
    type: int
    default: 3600
  decisions:
    description:
      - What was decided for this run, by name, with O(state=opened). What differs from O(defaults) and is not recorded yet is recorded as
        decided.
    type: dict
    default: {}
  defaults:
    description: The values of the same names where nobody decides anything.
    type: dict
    default: {}
  by:
    description:
      - Name of the person who decided all O(decisions).
      - Without it the variable C(bomgar_person) is taken, then the user that AWX names, then the account that runs this.
    type: str
  guids:
    description: The nodes of a pair that the journal is about, with O(state=opened). Empty for an appliance that stands alone.
    type: list
    elements: str
    default: []
  origin:
    description: The node that is primary when the run begins, with O(state=opened). The first one of an upgrade is remembered.
    type: str
    default: ""
  serving:
    description:
      - Name of the node of a pair that serves clients, with O(state=opened). Empty when that is not known.
      - If another node served before, and no action of this collection changed that, the change is recorded.
    type: str
    default: ""
  variables:
    description:
      - Checksum of the variables that decide about the upgrade, with O(state=opened), by M(bomgar.appliance.rehearsal_variables).
      - The report compares it with that of the rehearsal. Empty without a rehearsal.
    type: str
    default: ""
  purpose:
    description: What the run is for, with O(state=opened). V(prepare) takes no step of the upgrade, so the upgrade does not begin with it.
    type: str
    choices: [upgrade, prepare]
    default: upgrade
  run_state:
    description:
      - How the run ended, with O(state=closed); V(reached), V(waiting), V(manual), V(planned), V(stopped), V(failed), or V(prepared) with
        O(purpose=prepare).
    type: str
  reason:
    description: Why the run ended as it did, with O(state=closed).
    type: str
  lines:
    description: The state that the run leaves the site in for people, with O(state=closed), as M(bomgar.appliance.site_info) returns it.
    type: list
    elements: str
    default: []
  site:
    description: The site as it was read last, C(site) of M(bomgar.appliance.site_info), with O(state=closed). RV(summary) is made of it.
    type: dict
    default: {}
  command:
    description: The command that continues, with O(state=closed), for RV(summary).
    type: str
    default: the same command again
  report:
    description:
      - How the report is written at the end, with O(state=closed), options of M(bomgar.appliance.report). There is no report without
        C(state_dir).
      - A report that cannot be written is a warning.
    type: dict
    default: {}
    suboptions:
      state_dir: {description: "State folder of the site, with O(path) in it.", type: path}
      dest: {description: "As O(bomgar.appliance.report#module:dest).", type: path}
      site: {description: "As O(bomgar.appliance.report#module:site).", type: str}
      language: {description: "As O(bomgar.appliance.report#module:language).", type: str, choices: [en, de], default: en}
      zone: {description: "As O(bomgar.appliance.report#module:zone).", type: str}
seealso:
  - module: bomgar.appliance.report
  - module: bomgar.appliance.journal_info
  - module: bomgar.appliance.journal
"""

EXAMPLES = r"""
- name: Open a run
  bomgar.appliance.upgrade_run:
    path: /srv/upgrades/support.example.com/journal.jsonl
    state: opened
  register: this_run

- name: Close it
  bomgar.appliance.upgrade_run:
    path: /srv/upgrades/support.example.com/journal.jsonl
    state: closed
    run_state: waiting
  environment:
    BOMGAR_APPLIANCE_RUN: "{{ this_run.lock }}"
"""

RETURN = r"""
report: {description: What happened so far for people., returned: success, type: list, elements: str, sample: ["2026-03-02 20:00 ..."]}
chain:
  description:
    - "Whether the entries are as they were written. C(state) is V(intact) or V(broken); C(faults), what is wrong, a sentence each;
      C(entries), their number; C(head), the checksum of the last one, which verifies all before it if it is stored elsewhere."
  returned: success
  type: dict
  sample: {state: intact, entries: 57, head: "0f3a...", faults: []}
decisions:
  description:
    - "What was decided for the upgrade that is under way and differs from its default, by name: C(value), C(default), C(by) and C(time)."
  returned: success
  type: dict
  sample: {catch_up_threshold: {value: 50, default: 95, by: Ada Example}}
steps: {description: The installations so far as data., returned: success, type: list, elements: dict, sample: [{package: Base 6.2.0}]}
memory:
  description: What is remembered of the upgrade, as C(memory) of M(bomgar.appliance.journal_info).
  returned: success
  type: dict
  sample: {guids: [], origin: "", catch_up: {}, open_step: {}, first_done_at: null, acknowledged: [], done: 6}
lock:
  description: Token of the run, which its tasks carry as C(BOMGAR_APPLIANCE_RUN) in their environment; empty when it is closed.
  returned: success
  type: str
  sample: "0f3a:/srv/upgrades/support.example.com/journal.jsonl.lock"
summary:
  description: How the run left the site. The journal records it at the end of the run.
  returned: with O(state=closed)
  type: dict
  contains:
    state: {description: "How the run ended, as O(run_state).", type: str, sample: waiting}
    verdict: {description: The same as one sentence., type: str, sample: The upgrade is finished. Both nodes run 23.2.1.}
    nodes:
      description: "Each node as it was read last: C(name), C(guid), C(role), C(version), C(base), C(reachable), C(serves)."
      type: list
      elements: dict
      sample: [{name: a.example.com, guid: 0a1b, role: primary, version: 23.2.1, base: 7.0.0, reachable: true, serves: true}]
    public: {description: "The name that clients use, empty if none is known.", type: str, sample: support.example.com}
    open: {description: "What was begun and is not finished, a sentence each.", type: list, elements: str, sample: []}
    next:
      description: "What to do next. C(first), what a person does first, a sentence each; C(command), empty after the target was reached;
        C(not_before), the moment until which the command only waits, by the appliance's clock in UTC, empty without one."
      type: dict
      sample: {first: [], command: ansible-playbook bomgar.appliance.upgrade, not_before: "2026-03-03T20:00:00+00:00"}
files: {description: "Paths of the report, with O(report).", returned: with O(state=closed), type: list, elements: str, sample: []}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import time
from typing import Any

from ..module_utils.model.moments import iso
from ..module_utils.module import Operation, run
from ..module_utils.operations.journal_report import describe_journal
from ..module_utils.operations.report import report_on
from ..module_utils.operations.upgrade_run import close_run, default_folder_warnings, open_run, summary_of
from ..module_utils.storage.journal import Journal
from ..module_utils.storage.lock import EXPIRY, check_expiry
from ..module_utils.storage.who import actor_name, current_actor

REPORT = {
    "state_dir": {"type": "path"},
    "dest": {"type": "path"},
    "site": {"type": "str"},
    "language": {"type": "str", "choices": ["en", "de"], "default": "en"},
    "zone": {"type": "str"},
}
OPTIONS = {
    "path": {"type": "path", "required": True},
    "state": {"type": "str", "required": True, "choices": ["opened", "closed"]},
    "expiry": {"type": "int", "default": EXPIRY},
    "decisions": {"type": "dict", "default": {}},
    "defaults": {"type": "dict", "default": {}},
    "by": {"type": "str"},
    "guids": {"type": "list", "elements": "str", "default": []},
    "origin": {"type": "str", "default": ""},
    "serving": {"type": "str", "default": ""},
    "variables": {"type": "str", "default": ""},
    "purpose": {"type": "str", "choices": ["upgrade", "prepare"], "default": "upgrade"},
    "run_state": {"type": "str"},
    "reason": {"type": "str"},
    "lines": {"type": "list", "elements": "str", "default": []},
    "site": {"type": "dict", "default": {}},
    "command": {"type": "str", "default": "the same command again"},
    "report": {"type": "dict", "default": {}, "options": REPORT},
}
OPENING = ("expiry", "guids", "origin", "serving", "decisions", "defaults", "variables", "purpose")
SUMMARY = ("run_state", "reason", "site", "command")


def keep_run(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    journal, summary = Journal(params["path"]), {name: params[name] for name in SUMMARY}
    more: dict[str, Any] = {}
    if check_mode:
        check_expiry(params["expiry"])
        journal.lock.verify_free()
    elif params["state"] == "opened":
        open_run(journal, by=params["by"] or actor_name(current_actor()), **{name: params[name] for name in OPENING})
        more = {"warnings": default_folder_warnings(params["path"])}
    else:
        more = close_run(journal, lines=params["lines"], **summary)
    if check_mode and params["state"] == "closed":
        more = {"summary": summary_of(journal, **summary)}
    if "summary" in more and params["report"].get("state_dir"):
        written = report_on({**params["report"], "required": False}, now=iso(time.time()), check_mode=check_mode)
        more.update(files=written["files"], warnings=more.get("warnings", []) + written["warnings"])
    return {**describe_journal(journal), **more}


OPERATION = Operation(keep_run, OPTIONS, appliance=False)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
