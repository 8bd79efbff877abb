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
outcome: {description: "V(unknown) or V(failed) when the task failed after the request.", returned: on some failures, type: str}
"""

from ..module_utils import operator_steps
from ..module_utils.errors import Refused
from ..module_utils.module import Operation, run
from ..module_utils.pairing import OPTIONS as PAIR_OPTIONS
from ..module_utils.pairing import Nodes, two_primaries
from ..module_utils.policy.blockers import Blocker
from ..module_utils.policy.invariants import Expect, judge, sync_failed
from ..module_utils.wait import NotYet

OPTIONS = dict(
    PAIR_OPTIONS,
    max_age={"type": "float", "default": 0},
    actuator={"type": "str", "choices": ["web", "operator"], "default": "web"},
)


def synchronize(appliance, params, *, check_mode):
    nodes = Nodes(appliance, params)
    pair = nodes.read()
    problems = judge(pair, Expect(relation="present", same_software=True))
    nodes.refuse(pair, [one for one in problems if one.blocker is not Blocker.SYNC_FAILED])  # a failed one is what this mends
    before = pair.primary
    if _is_fresh(before, params["max_age"]):
        return _result(before, before)
    if params["actuator"] == "operator":
        return operator_steps.wanted(operator_steps.sync_now(before.host), last_data_sync=before.last_data_sync,
                                     status=before.last_data_sync_status)  # fmt: skip
    if check_mode:
        return dict(_result(before, before), changed=True, diff={"before": _text(before), "after": "a new data sync\n"})
    runs = appliance.pages.failover().syncing
    if not runs:
        nodes.send(appliance.pages.press_sync, "Sync Now")
    after = nodes.watch(lambda seen: _probe(seen, before), what="a data sync",
                        remedy="See /login > Management > Failover on the primary; the sync goes on when the page is closed.")  # fmt: skip
    return dict(_result(before, after), changed=True)


def _is_fresh(primary, max_age):
    known = primary.last_data_sync is not None and not sync_failed(primary.last_data_sync_status)
    return known and primary.clock - primary.last_data_sync <= max_age


def _probe(pair, before):
    """The primary, once it tells a newer sync than before; Refused when it says that this one failed."""
    two_primaries(pair)
    now = pair.primary
    if now is None:
        return None
    if sync_failed(now.last_data_sync_status) and _said(now) != _said(before):
        raise Refused("The data sync failed.", host=now.host, evidence=f"{now.last_data_sync_status!r}.", facts={"outcome": "failed"},
                      remedy="Mend what it names, then run the same command again.")  # fmt: skip
    newer = now.last_data_sync is not None and (before.last_data_sync is None or now.last_data_sync > before.last_data_sync)
    return now if newer and not sync_failed(now.last_data_sync_status) else NotYet(f"last data sync: {_text(now).strip()}")


def _said(primary):
    return primary.last_data_sync, primary.last_data_sync_status


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
