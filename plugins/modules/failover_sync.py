#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_sync
short_description: Synchronize the data of a failover pair, and verify that it was
version_added: 0.1.0
description:
  - Presses C(Sync Now) on the page C(/login > Management > Failover), because the vendor documents no API for it. It waits until the
    documented API reports a newer data sync. It changes nothing if the last data sync is younger than O(max_age).
  - A data sync that is under way may have begun before the last change of data. The module waits until it ends, and then presses C(Sync
    Now), unless O(max_age) allows the one that ended.
  - The task fails if the nodes run different versions or builds, because the appliance refuses a data sync between them.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.peer
  - bomgar.appliance.attributes
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  max_age:
    description: Maximum age of the last data sync in seconds, by the primary's clock. V(0) to V(31622400).
    type: float
    default: 0
  since:
    description:
      - With O(method=manual), a data sync that ended at or after this time is enough, regardless of O(max_age). In UNIX seconds by the
        primary's clock.
      - With O(method=web), the module always presses C(Sync Now), because a data sync that ended after this time may have begun before it.
    type: float
  journal:
    description:
      - Path of the journal of the site. The start of the data sync is recorded before the request, and its verification after it.
      - The recorded start is O(since) if set, and the primary's clock otherwise. If O(journal) is not set, nothing is recorded.
    type: path
  method:
    description: >-
      How it is performed. V(web) drives the page. V(manual) returns instructions for a person, and the next run verifies that they were
      followed.
    type: str
    choices: [web, manual]
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
state: {description: "V(done), or V(manual) when a person has to act first.", returned: success, type: str, sample: done}
last_data_sync:
  description: The last data sync, UNIX seconds in UTC by the primary's clock.
  returned: success
  type: float
  sample: 1772481600.0
status: {description: What the appliance reports of it., returned: success, type: str, sample: Success}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

import math
from typing import Any, cast

from ..module_utils.errors import Refused
from ..module_utils.model import manual_steps
from ..module_utils.model.bounds import YEAR
from ..module_utils.model.pair import Node
from ..module_utils.module import Operation, run
from ..module_utils.operations.action_entries import ActionEntries
from ..module_utils.operations.pair import OPTIONS as PAIR_OPTIONS
from ..module_utils.operations.pair import Nodes, failed_sync
from ..module_utils.operations.port import Appliance
from ..module_utils.policy.pair.blockers import Blocker
from ..module_utils.policy.pair.describe import brief_nodes, describe_nodes
from ..module_utils.policy.pair.invariants import Expect, find_problems, sync_failed
from ..module_utils.wait import NotYet

OPTIONS = dict(
    PAIR_OPTIONS,
    max_age={"type": "float", "default": 0, "range": (0, YEAR)},
    since={"type": "float"},
    journal={"type": "path"},
    method={"type": "str", "choices": ["web", "manual"], "default": "web"},
)
_SETTLED = 120  # seconds: longer than JSON health may be old, and than a sync needs to be shown as running


def synchronize(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    nodes = Nodes(appliance, params)
    before = nodes.read()
    _refuse(nodes, before)
    entries = ActionEntries(params["journal"], "sync", nodes.name, write=not check_mode)
    entries.begin(appliance_time=params["since"] or cast(Node, before.primary).clock)
    return entries.end(_synchronize(appliance, params, nodes, before, check_mode))


def _synchronize(appliance: Appliance, params: dict[str, Any], nodes: Any, before: Any, check_mode: bool) -> dict[str, Any]:
    if _is_enough(before.primary, params):
        return _result(before.primary, before.primary)
    if params["method"] == "manual":
        primary = before.primary
        return manual_steps.manual_result(
            manual_steps.sync_now(primary.host), last_data_sync=primary.last_data_sync, status=primary.last_data_sync_status
        )
    if check_mode:
        return dict(
            _result(before.primary, before.primary), changed=True, diff={"before": _text(before.primary), "after": "a new data sync\n"}
        )
    if appliance.pages.failover().syncing:
        _watch(nodes, before, _is_another, "the data sync that was running already")
        before = nodes.read()
        _refuse(nodes, before)
    if params["max_age"] and _is_enough(before.primary, params):
        return dict(_result(before.primary, before.primary), changed=True)
    nodes.send(appliance.pages.start_sync, "Sync Now", before, lambda pair: _refuse(nodes, pair))
    after = _watch(nodes, before, _is_newer, "a data sync")
    return dict(_result(before.primary, after), changed=True)


def _watch(nodes: Any, before: Any, ended: Any, what: Any) -> Any:
    """The primary after the data sync that runs; `ended` compares the last data sync before it with the present one."""
    return nodes.watch(
        lambda seen: _probe(nodes, before, seen, ended),
        what=what,
        remedy="See /login > Management > Failover on the primary; the sync goes on when the page is closed.",
    )


def _refuse(nodes: Any, pair: Any) -> None:
    problems = find_problems(pair, Expect(relation="present", same_software=True))
    nodes.refuse(pair, [one for one in problems if one.blocker is not Blocker.SYNC_FAILED])  # a failed one is what this repairs


def _is_enough(primary: Any, params: dict[str, Any]) -> Any:
    """Whether the last data sync is recent enough; with method=manual, also one that ended after `since`."""
    if primary.last_data_sync is None or sync_failed(primary.last_data_sync_status):
        return False
    since = params["since"] if params["method"] == "manual" else None
    late = since is not None and primary.last_data_sync >= math.floor(since)
    return late or primary.clock - primary.last_data_sync <= params["max_age"]


def _probe(nodes: Any, before: Any, pair: Any, ended: Any) -> Any:
    """The primary, once it reports the end of the data sync; Refused when that one failed."""
    now = pair.primary
    if now is None:
        return None
    failed = failed_sync(before, pair) or _failed_alike(nodes, before.primary, now)
    if failed:
        raise Refused(
            f"The data sync failed. {describe_nodes(pair)}.",
            host=now.host,
            evidence=repr(failed),
            facts={"outcome": "failed", "pair": pair.as_dict()},
            remedy="Repair what it names, then run the same command again.",
        )
    done = ended(before.primary, now) and not sync_failed(now.last_data_sync_status)
    return now if done else NotYet(f"last data sync: {_text(now).strip()}; {brief_nodes(pair)}")


def _is_another(before: Any, now: Any) -> Any:
    """Whether the last data sync is another one than before."""
    return now.last_data_sync is not None and (before.last_data_sync is None or now.last_data_sync > before.last_data_sync)


def _is_newer(before: Any, now: Any) -> Any:
    """Whether it also ended after the reading before the request, by the primary's clock."""
    return _is_another(before, now) and now.last_data_sync >= math.floor(before.clock)


def _failed_alike(nodes: Any, before: Any, now: Any) -> Any:
    """A failure with the same text as the one before it, found on the page: no sync runs, and the time of the last one is unchanged."""
    if not sync_failed(now.last_data_sync_status) or now.clock - before.clock < _SETTLED:
        return ""
    return "" if nodes.appliance.pages.failover().syncing else f"{now.name}: {now.last_data_sync_status}"


def _text(primary: Any) -> Any:
    when = "none" if primary.last_data_sync is None else f"{primary.clock - primary.last_data_sync:.0f} seconds ago"
    return f"{when} {primary.last_data_sync_status}".strip() + "\n"


def _result(before: Any, after: Any) -> dict[str, Any]:
    return {
        "changed": False,
        "state": "done",
        "last_data_sync": after.last_data_sync,
        "status": after.last_data_sync_status,
        "diff": {"before": _text(before), "after": _text(after)},
    }


OPERATION = Operation(synchronize, OPTIONS, libraries=["bs4"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
