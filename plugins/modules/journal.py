#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: journal
short_description: Declare something in the journal of a site's upgrade
version_added: 0.1.0
description:
  - Writes to the journal of a site what only a person can know or decide. This is an acknowledgement, a confirmation, the release of a
    step, the removal of the lock of a dead run, or the acceptance of a damaged journal.
  - The journal is a file of JSON lines that is only appended. It has mode 0600 in a folder of mode 0700. A last line that a crash cut off
    is set aside. Any other damage is refused, and the message names the ways out.
  - It talks to no appliance. M(bomgar.appliance.journal_info) reads the journal, and M(bomgar.appliance.upgrade_run) opens and closes a
    run. The modules that change an appliance write their own entries if their option C(journal) is set.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes:
  check_mode: {support: full}
  diff_mode: {support: none}
  idempotent: {support: partial, details: An acknowledgement and a confirmation are written each time and count as no change.}
options:
  path:
    description: Path of the journal. The file and its folder are created if absent.
    type: path
    required: true
  state:
    description:
      - V(acknowledged) records that a person acknowledged O(what). V(confirmed) records that a person has done the item O(what) of the
        aftercare.
      - V(released) records that a person has settled an installation that is not verified. It requires O(reason). The next run decides
        again from what it reads. Use it only on the advice of the vendor's support.
      - V(unlocked) removes the lock of another run. It requires O(reason). Use it only if the run is dead for certain.
      - V(accepted) accepts a damaged journal as it is (see C(chain) of M(bomgar.appliance.journal_info)). It requires O(reason) and O(by).
        Nobody knows what the lost lines contained, so the catch-up starts again.
    type: str
    choices: [acknowledged, confirmed, released, unlocked, accepted]
    required: true
  by:
    description:
      - Name of the person who declares it.
      - If not set, the variable C(bomgar_person), the user that AWX names, or the account of the controller.
    type: str
  what:
    description: With O(state=acknowledged) what a person acknowledged, with O(state=confirmed) the id of an item of the aftercare.
    type: str
  reason:
    description:
      - With O(state=released), who settled the step and how. With O(state=unlocked), how it is known that the other run is dead.
      - With O(state=accepted), how the journal was damaged, and what was found out about the lost lines.
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
