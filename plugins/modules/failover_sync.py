#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_sync
short_description: Synchronize the data of a failover pair, and prove that it was
version_added: 0.1.0
description:
  - Presses C(Sync Now) on C(/login > Management > Failover), for which the vendor documents no API, and waits until the documented API
    tells a newer data sync. Does nothing if the last one is younger than O(max_age).
  - "A sync that runs already is waited for. It is refused between nodes of different version or build, as the appliance refuses it."
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.peer
  - bomgar.appliance.attributes
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  max_age:
    description: Seconds that the last data sync may be old, by the primary's clock.
    type: float
    default: 0
  actuator:
    description: V(web) presses the button, V(operator) says what a person has to press and proves on the next run that they did.
    type: str
    choices: [web, operator]
    default: web
requirements: [beautifulsoup4]
"""

EXAMPLES = r"""
- name: Bring the backup up to date
  bomgar.appliance.failover_sync:
    peer: "{{ hostvars['b.example.com'] | bomgar.appliance.connection(named=true) }}"
    max_age: 3600
"""

RETURN = r"""
state: {description: "V(done), or V(operator) when a person has to act first.", returned: success, type: str, sample: done}
last_data_sync:
  description: The last data sync, UNIX seconds in UTC by the primary's clock.
  returned: success
  type: float
  sample: 1772481600.0
status: {description: What the appliance says of it., returned: success, type: str, sample: Success}
instructions: {description: What the person has to do., returned: "when RV(state=operator)", type: list, elements: str}
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

import math

from ..module_utils import operator_steps
from ..module_utils.errors import Refused
from ..module_utils.module import Operation, run
from ..module_utils.pairing import OPTIONS as PAIR_OPTIONS
from ..module_utils.pairing import Nodes, failed_sync
from ..module_utils.policy.blockers import Blocker
from ..module_utils.policy.invariants import Expect, judge, sync_failed, told
from ..module_utils.wait import NotYet

OPTIONS = dict(
    PAIR_OPTIONS,
    max_age={"type": "float", "default": 0},
    actuator={"type": "str", "choices": ["web", "operator"], "default": "web"},
)
_SETTLED = 120  # seconds: longer than JSON health may be old, and than a sync needs to be shown as running


def synchronize(appliance, params, *, check_mode):
    nodes = Nodes(appliance, params)
    before = nodes.read()
    problems = judge(before, Expect(relation="present", same_software=True))
    nodes.refuse(before, [one for one in problems if one.blocker is not Blocker.SYNC_FAILED])  # a failed one is what this mends
    primary = before.primary
    if _is_fresh(primary, params["max_age"]):
        return _result(primary, primary)
    if params["actuator"] == "operator":
        return operator_steps.wanted(operator_steps.sync_now(primary.host), last_data_sync=primary.last_data_sync,
                                     status=primary.last_data_sync_status)  # fmt: skip
    runs = appliance.pages.failover().syncing
    if check_mode:
        return dict(_result(primary, primary), changed=True, diff={"before": _text(primary), "after": "a new data sync\n"})
    if not runs:
        nodes.send(appliance.pages.press_sync, "Sync Now")
    after = nodes.watch(lambda seen: _probe(nodes, before, seen, runs), what="a data sync",
                        remedy="See /login > Management > Failover on the primary; the sync goes on when the page is closed.")  # fmt: skip
    return dict(_result(primary, after), changed=True)


def _is_fresh(primary, max_age):
    known = primary.last_data_sync is not None and not sync_failed(primary.last_data_sync_status)
    return known and primary.clock - primary.last_data_sync <= max_age


def _probe(nodes, before, pair, runs):
    """The primary, once it tells the sync that was begun (or ran already); Refused when that one failed."""
    now = pair.primary
    if now is None:
        return None
    failed = failed_sync(before, pair) or _failed_alike(nodes, before.primary, now)
    if failed:
        raise Refused(f"The data sync failed. {told(pair)}.", host=now.host, evidence=repr(failed),
                      facts={"outcome": "failed", "pair": pair.as_dict()},
                      remedy="Mend what it names, then run the same command again.")  # fmt: skip
    done = _is_newer(before.primary, now, runs) and not sync_failed(now.last_data_sync_status)
    return now if done else NotYet(f"last data sync: {_text(now).strip()}; {told(pair)}")


def _is_newer(before, now, runs):
    """One that was begun here is not older than the moment before it, by the appliance's own clock."""
    if now.last_data_sync is None:
        return False
    if runs:
        return before.last_data_sync is None or now.last_data_sync > before.last_data_sync
    return now.last_data_sync >= math.floor(before.clock)


def _failed_alike(nodes, before, now):
    """A failure in the same words as the one before it, told by the page: nothing runs any more, and nothing moved."""
    if not sync_failed(now.last_data_sync_status) or now.clock - before.clock < _SETTLED:
        return ""
    return "" if nodes.appliance.pages.failover().syncing else f"{now.name}: {now.last_data_sync_status}"


def _text(primary):
    when = "none" if primary.last_data_sync is None else f"{primary.clock - primary.last_data_sync:.0f} seconds ago"
    return f"{when} {primary.last_data_sync_status}".strip() + "\n"


def _result(before, after):
    return {
        "changed": False, "state": "done", "last_data_sync": after.last_data_sync, "status": after.last_data_sync_status,
        "diff": {"before": _text(before), "after": _text(after)},
    }  # fmt: skip


OPERATION = Operation(synchronize, OPTIONS, libraries=["bs4"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
