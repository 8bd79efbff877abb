#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: journal_info
short_description: Read the journal of a site's upgrade
version_added: 0.1.0
description:
  - "Reads the journal of one site, an appliance or a failover pair: what happened so far, what is open, and whether the entries are as they
    were written. An absent file is an empty journal."
  - It talks to no appliance and changes nothing. A damaged journal is read as far as possible; RV(chain) tells what is wrong.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  path:
    description: The journal.
    type: path
    required: true
  head:
    description:
      - "C(head) of an earlier RV(chain), from a place that nobody can change who can change the journal. The task fails when the journal
        does not hold that entry any more: its end was cut off, or the whole file was written again."
    type: str
  expiry:
    description:
      - Seconds without a heartbeat after which another run may take over the lock, as a later task gives it to
        M(bomgar.appliance.upgrade_run). A number that is not within V(60) to V(86400) is refused before anything else is read.
    type: int
seealso:
  - module: bomgar.appliance.journal
  - module: bomgar.appliance.upgrade_run
"""

EXAMPLES = r"""
- name: Read what happened so far
  bomgar.appliance.journal_info:
    path: /srv/upgrades/support.example.com/journal.jsonl
  register: history

- name: Verify that nothing was cut off since the last report
  bomgar.appliance.journal_info:
    path: /srv/upgrades/support.example.com/journal.jsonl
    head: "{{ head_of_the_last_report }}"
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
  description:
    - "What M(bomgar.appliance.upgrade_plan) and the roles must remember."
    - "C(guid) and C(guids), the identity of the appliance, of both nodes of a pair; C(origin), the node that was primary when the upgrade
      began; C(runs), their number; C(under_way), whether anything was begun since the last upgrade reached its target; C(done), how
      many steps of that upgrade are done."
    - "C(catch_up), what clients have to catch up with; C(open_step), the installation that has begun and is not verified. Both are empty
      if there is none. C(first_done_at), the clock when the first node was done and served; C(acknowledged), what people acknowledged
      since the pair was last whole."
    - "C(broken), whether the relation was broken and nothing installed since; C(moving), the node that was to take over, which is not
      verified; C(unsynced), whether something was installed or a client setting restored since the last data sync; C(sync_since), the
      primary's clock when that began; C(settings), the failover settings that were recorded before the last break, empty if none were."
    - "C(clients), what is remembered of the clients of the present upgrade: C(counted), counts before and after; C(installers), those of
      Jump Clients that were valid before; C(made) and C(downloads), those made in their place and their files; C(consoles), saved console
      installers; C(confirmed), what people confirmed of the aftercare; C(stragglers), Jump Clients that had not caught up; C(drains);
      C(jump_settings), settings that are changed and not restored yet, null if none are."
  returned: success
  type: dict
  sample: {guids: [], origin: "", catch_up: {}, open_step: {}, first_done_at: null, acknowledged: [], done: 6}
lock:
  description: Token of the run that this task belongs to; empty for none.
  returned: success
  type: str
  sample: ""
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.module import Operation, run
from ..module_utils.operations.journal_report import describe_journal
from ..module_utils.storage.journal import Journal
from ..module_utils.storage.lock import check_expiry

OPTIONS = {"path": {"type": "path", "required": True}, "head": {"type": "str"}, "expiry": {"type": "int"}}


def read(params: dict[str, Any], *, check_mode: bool, say: Any) -> dict[str, Any]:
    if params["expiry"] is not None:
        check_expiry(params["expiry"])
    return describe_journal(Journal(params["path"]), params["head"])


OPERATION = Operation(read, OPTIONS, appliance=False)


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
