#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: journal
short_description: Declare something in the journal of a site's upgrade
version_added: 0.1.0
description:
  - "Writes to the journal of one site what only a person can know or decide: an acknowledgement, a confirmation, that a step is settled,
    that another run is dead, that a damaged journal is accepted."
  - The journal is an append-only file of JSON lines with steps, their verification, catch-ups, backups and runs. Its folder is 0700, the
    file 0600. A line that a crash cut off is set aside; any other damage is refused with the way out.
  - It talks to no appliance. M(bomgar.appliance.journal_info) reads the journal, M(bomgar.appliance.upgrade_run) opens and closes a run.
    The modules that change an appliance write their own entries when they are given its path.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: none}
  idempotent: {support: partial, details: An acknowledgement and a confirmation are written each time and count as no change.}
options:
  path:
    description: The journal. It is created, with its folder, when it does not exist.
    type: path
    required: true
  state:
    description:
      - V(acknowledged) notes that a person acknowledged O(what), V(confirmed) that a person confirmed O(what) of the aftercare.
      - V(released) declares, with a O(reason), that a person has settled the installation that is not verified. The next run then decides
        again from what it reads. Only on the advice of technical support.
      - V(unlocked) removes the lock of a run that is dead, with a O(reason). Only when it is certain that it is dead.
      - V(accepted) accepts a damaged journal as it is (see C(chain) of M(bomgar.appliance.journal_info)), with a O(reason)
        and a name in O(by). What the lost lines contained is not known any more, so the clients' waiting time starts again.
    type: str
    choices: [acknowledged, confirmed, released, unlocked, accepted]
    required: true
  by:
    description:
      - Name of the person who declares it.
      - Without it the variable C(bomgar_person) is taken, then the user that AWX names, then the account that runs this.
    type: str
  what:
    description: What was acknowledged, with O(state=acknowledged), or confirmed, with O(state=confirmed).
    type: str
  reason:
    description:
      - Who settled the step and how, with O(state=released). How it is known that the other run is dead, with O(state=unlocked).
      - How the journal came to be damaged, and what was found out instead of what is lost, with O(state=accepted).
    type: str
seealso:
  - module: bomgar.appliance.journal_info
  - module: bomgar.appliance.upgrade_run
"""

EXAMPLES = r"""
- name: Go on after technical support has repaired a Base update
  bomgar.appliance.journal:
    path: /srv/upgrades/support.example.com/journal.jsonl
    state: released
    reason: Support case 1234
    by: Ada Example

- name: Remove the lock of a run whose controller was switched off
  bomgar.appliance.journal:
    path: /srv/upgrades/support.example.com/journal.jsonl
    state: unlocked
    reason: The controller was reinstalled
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
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations import declarations
from ..module_utils.operations.journal_report import describe_journal
from ..module_utils.storage.journal import Journal
from ..module_utils.storage.who import actor_name, current_actor

OPTIONS = {
    "path": {"type": "path", "required": True},
    "state": {"type": "str", "required": True, "choices": ["acknowledged", "confirmed", "released", "unlocked", "accepted"]},
    "by": {"type": "str"},
    "what": {"type": "str"},
    "reason": {"type": "str"},
}
RULES: dict[str, Any] = {
    "required_if": [
        ["state", "acknowledged", ["what"]],
        ["state", "confirmed", ["what"]],
        ["state", "unlocked", ["reason"]],
        ["state", "accepted", ["reason", "by"]],
    ]
}
# For each state the operation, and the option that it takes besides the name.
DECLARE = {
    "acknowledged": (declarations.acknowledge, "what"),
    "confirmed": (declarations.confirm, "what"),
    "released": (declarations.release, "reason"),
    "unlocked": (declarations.unlock, "reason"),
    "accepted": (declarations.accept, "reason"),
}


def declare(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    journal = Journal(params["path"])
    operation, option = DECLARE[params["state"]]
    changed = operation(journal, params[option], by=params["by"] or actor_name(current_actor()), write=not check_mode)
    described = describe_journal(journal)
    return {"changed": changed, "report": described["report"], "chain": described["chain"]}


OPERATION = Operation(declare, OPTIONS, appliance=False, **RULES)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
