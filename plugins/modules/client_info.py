#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_info
short_description: Count the clients of an appliance and see who still has to upgrade
version_added: 0.1.0
description:
  - Pages through the Jump Clients of the Configuration API (shared Jump Groups only; personal ones are not listed by it), and reads
    the Jumpoints, the people who are logged in and the number of clients that are connected now.
  - Where the product has no Configuration API (before 21.1), only who is connected and logged in is counted.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  client_filter:
    description:
      - JMESPath expression that narrows the Jump Clients that count; it sees one Jump Client as the Configuration API
        describes it and keeps those for which it is true, for example V(jump_group_id==`3` && !starts_with(name, 'test-')).
    type: str
  full:
    description:
      - Whether the list of Jump Clients is read, one request for a hundred of them. Otherwise only how long it is, in all and by connection
        type, by a small request each; what each of them needs is null then, and O(client_filter) has no effect.
      - It is read all the same where nothing else counts the connected Jump Clients (the JSON generation of the Command API).
    type: bool
    default: true
  stragglers:
    description: How many Jump Clients that have not upgraded yet to name, those seen last first, V(0) to V(1000).
    type: int
    default: 20
  seen_within:
    description: Jump Clients that were last seen longer ago than so many seconds do not count; V(0) counts all. V(0) to V(316224000).
    type: int
    default: 2592000
  since:
    description:
      - The appliance's clock when it was verified to run the new site package, UNIX seconds in UTC. Representative consoles of people who
        logged in later have upgraded.
      - The default is the start of the catch-up that O(journal) waits for.
    type: float
  journal:
    description:
      - Journal of the site's upgrade. It holds the catch-up that is pending, earlier readings and the counts before the upgrade,
        and written with O(count).
    type: path
  count:
    description:
      - When the clients are counted. The counts are written to O(journal) then, which must be given.
      - With V(before) nothing is read from the journal, as nothing was upgraded yet. Only the first count of an upgrade is recorded.
    type: str
    choices: [before, after]
requirements: [jmespath]
"""

EXAMPLES = r"""
- name: Count the clients
  bomgar.appliance.client_info:
    client_filter: "jump_group_id==`3`"
  register: clients
"""

RETURN = r"""
lines:
  description: The same for people, a line for each kind.
  returned: success
  type: list
  elements: str
  sample: ["Jump Clients, active: 28 of 30 done, 2 pending"]
kinds:
  description:
    - What is known by kind. C(done) have upgraded, C(pending) have not, of which C(offline) are known to be offline; C(lost) and
      C(disabled) cannot. Jump Clients that were not seen for long are among these too, whether they count or not.
    - Of Jumpoints, C(done) are connected and C(disabled) are switched off. Of representative consoles, which upgrade when they are started,
      C(done) are those of people who logged in since O(since); C(total) is as many as were logged in before, or are now, if more.
    - Jump Clients and Jumpoints are missing where there is no Configuration API; without O(full) only C(total) of Jump Clients is returned.
  returned: success
  type: dict
  sample:
    jump_client_active: {total: 900, done: 860, pending: 30, offline: 28, lost: 8, disabled: 2}
    jumpoint: {total: 3, done: 2, pending: 1, offline: 1, lost: 0, disabled: 0}
    representative_console: {total: 12, done: 9, pending: 3, offline: 3, lost: 0, disabled: 0}
jump_clients:
  description: Counts of Jump Clients; null where the product has no Configuration API.
  returned: success
  type: dict
  contains:
    listed: {description: "All that the API lists, regardless of the filter; null if unknown.", type: int, sample: 1190}
    unread: {description: "Listed, but not read: the list changed while it was paged, or a row is not understood.", type: int, sample: 0}
    not_understood: {description: "Those among C(unread) whose row lacks what decides.", type: int, sample: 0}
    complete: {description: Whether the list was read to its end., type: bool, sample: true}
    requests: {description: How many pages that took., type: int, sample: 12}
    total: {description: All that the API returned and the filter selects., type: int, sample: 1187}
    relevant: {description: "Those that count: not lost, disabled, uninstalled or unseen.", type: int, sample: 1102}
    updated: {description: Relevant ones that run the present version., type: int, sample: 1090}
    pending: {description: Relevant ones that need an update., type: int, sample: 12}
    online: {description: "Relevant ones that are online, as their last connect and disconnect tell.", type: int, sample: 1055}
    excluded:
      description: Those that do not count; C(unseen) were not seen within O(seen_within).
      type: dict
      sample: {lost: 60, disabled: 5, uninstalled: 15, unseen: 5}
stragglers:
  description: Jump Clients that have not upgraded yet, at most O(stragglers), those seen last first; C(last_seen) is in UTC or empty.
  returned: success
  type: list
  elements: dict
  sample: [{id: 7, name: Till 7, hostname: till7, kind: passive, group: 1, last_seen: "2026-03-02T08:11:40+00:00"}]
stragglers_total: {description: How many there are of them; null without a list., returned: success, type: int, sample: 12}
rate_per_hour:
  description: How many Jump Clients upgrade in an hour (or come back, where only that is known), by the readings in the journal; else null.
  returned: success
  type: float
  sample: 412.5
estimated_end:
  description: When all that count have upgraded at that rate, ISO 8601 in UTC by the appliance's clock; null if unknown.
  returned: success
  type: str
  sample: "2026-03-03T22:05:00+00:00"
jumpoints:
  description: Jumpoints; null where the product has no Configuration API.
  returned: success
  type: list
  elements: dict
  sample: [{id: 1, name: branch, enabled: true, connected: true, platform: windows-x86}]
representatives:
  description:
    - Who is logged in at a console, with the number of their sessions, where it is known since when the site package runs (O(since),
      O(journal)); null where it is not, since their number tells as much then (M(bomgar.appliance.session_drain) names them).
  returned: success
  type: list
  elements: dict
  sample: [{name: Ada Example, sessions: 1}]
connected:
  description: Clients that are connected now by type, as far as the product counts them (C(pinned_client) are Jump Clients).
  returned: success
  type: dict
  sample: {representative: 4, support_customer: 2, pinned_client: 1187}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.model.bounds import YEAR
from ..module_utils.model.journal.state import state_of
from ..module_utils.module import Operation, run
from ..module_utils.operations.client_counts import NAMES, SEEN_WITHIN, count_clients, counts_to_record
from ..module_utils.operations.port import Appliance
from ..module_utils.policy.catch_up.conditions import check_seen_within
from ..module_utils.storage.journal import Journal

OPTIONS = {
    "client_filter": {"type": "str"},
    "full": {"type": "bool", "default": True},
    "stragglers": {"type": "int", "default": NAMES, "range": (0, 1000)},
    "seen_within": {"type": "int", "default": SEEN_WITHIN, "range": (0, 10 * YEAR)},
    "since": {"type": "float"},
    "journal": {"type": "path"},
    "count": {"type": "str", "choices": ["before", "after"]},
}
COUNTING = ("client_filter", "full", "stragglers", "seen_within", "since")


def count(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    check_seen_within(params["seen_within"])
    journal = Journal(params["journal"]) if params["journal"] else None
    known = state_of(journal.content().entries) if journal and params["count"] != "before" else None
    result = count_clients(appliance, known=known, **{name: params[name] for name in COUNTING})
    if journal and params["count"] and not check_mode:
        journal.append("clients_counted", moment=params["count"], counts=counts_to_record(result))
    return result


OPERATION = Operation(count, OPTIONS, libraries=["jmespath"], required_by={"count": ["journal"]})


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
