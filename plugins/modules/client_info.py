#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_info
short_description: Count the clients of an appliance and see who still has to upgrade
version_added: 0.1.0
description:
  - Reads the Jump Clients page by page from the Configuration API, which lists shared Jump Groups only. It also reads the Jumpoints, the
    people who are logged in, and the number of connected clients.
  - If the product has no Configuration API (before 21.1), only the connected clients and the people who are logged in are counted.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes: {check_mode: {support: full}, diff_mode: {support: none}, idempotent: {support: full}}
options:
  client_filter:
    description: >-
      JMESPath expression that selects the eligible Jump Clients. It is evaluated for each Jump Client as the Configuration API describes
      it, for example V(jump_group_id==`3` && !starts_with(name, 'test-')).
    type: str
  full:
    description:
      - Whether to read the list of Jump Clients, 100 per request. Otherwise only its length is read, in total and by connection type. Each
        number then needs one small request, the state of the single Jump Clients is null, and O(client_filter) has no effect.
      - The list is also read if nothing else counts the connected Jump Clients (JSON generation of the Command API).
    type: bool
    default: true
  stragglers:
    description: Maximum number of Jump Clients that have not upgraded to name, V(0) to V(1000). Those that were seen last are first.
    type: int
    default: 20
  seen_within:
    description: Jump Clients that were last seen before this number of seconds are not eligible. V(0) means no limit. V(0) to V(316224000).
    type: int
    default: 2592000
  since:
    description:
      - Time on the appliance's clock when the new site package was verified, in UNIX seconds. Representative consoles of people who logged
        in later have upgraded.
      - If not set, the start of the present catch-up in O(journal).
    type: float
  journal:
    description: >-
      Path of the journal of the site. It contains the present catch-up, earlier measurements and the counts before the upgrade. It is
      written only with O(count).
    type: path
  count:
    description:
      - The time of this count. With it, the counts are recorded in O(journal), which is required.
      - With V(before), nothing is read from the journal. Only the first count of an upgrade is recorded.
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
  description: The counts as text, one line for each kind.
  returned: success
  type: list
  elements: str
  sample: ["Jump Clients, active: 28 of 30 done, 2 pending"]
kinds:
  description:
    - What is known by kind. C(done) have upgraded, C(pending) have not, of which C(offline) are known to be offline; C(lost) and
      C(disabled) cannot. Jump Clients that were not seen for long are among these too, whether they are eligible or not.
    - Of Jumpoints, C(done) are connected and C(disabled) are switched off. Of representative consoles, which upgrade when they are started,
      C(done) are those of people who logged in since O(since); C(total) is as many as were logged in before, or are now, if more.
    - Jump Clients and Jumpoints are missing if there is no Configuration API. Without O(full), only C(total) of Jump Clients is returned.
  returned: success
  type: dict
  sample:
    jump_client_active: {total: 900, done: 860, pending: 30, offline: 28, lost: 8, disabled: 2}
    jumpoint: {total: 3, done: 2, pending: 1, offline: 1, lost: 0, disabled: 0}
    representative_console: {total: 12, done: 9, pending: 3, offline: 3, lost: 0, disabled: 0}
jump_clients:
  description: Counts of Jump Clients. It is null if the product has no Configuration API.
  returned: success
  type: dict
  contains:
    listed: {description: "All that the API lists, regardless of the filter; null if unknown.", type: int, sample: 1190}
    unread: {description: "Listed, but not read: the list changed while it was paged, or a row is not understood.", type: int, sample: 0}
    not_understood: {description: "Those among C(unread) that lack a field that is needed.", type: int, sample: 0}
    complete: {description: Whether the list was read to its end., type: bool, sample: true}
    requests: {description: How many pages that took., type: int, sample: 12}
    total: {description: All that the API returned and the filter selects., type: int, sample: 1187}
    relevant: {description: "Eligible ones: not lost, disabled, uninstalled or unseen.", type: int, sample: 1102}
    updated: {description: Eligible ones that run the present version., type: int, sample: 1090}
    pending: {description: Eligible ones that need an update., type: int, sample: 12}
    online: {description: "Eligible ones that are online, by their last connect and disconnect.", type: int, sample: 1055}
    excluded:
      description: Those that are not eligible. C(unseen) were not seen within O(seen_within).
      type: dict
      sample: {lost: 60, disabled: 5, uninstalled: 15, unseen: 5}
stragglers:
  description: >-
    Eligible Jump Clients that have not upgraded, at most O(stragglers). Those that were seen last are first. C(last_seen) is in UTC or
    empty.
  returned: success
  type: list
  elements: dict
  sample: [{id: 7, name: Till 7, hostname: till7, kind: passive, group: 1, last_seen: "2026-03-02T08:11:40+00:00"}]
stragglers_total: {description: Number of all stragglers. It is null if the list was not read., returned: success, type: int, sample: 12}
rate_per_hour:
  description: >-
    Number of Jump Clients that upgrade per hour, computed from the measurements in the journal. If only the connected ones are known, the
    number that connects again per hour. It is null if it is not known.
  returned: success
  type: float
  sample: 412.5
estimated_end:
  description: >-
    When all eligible Jump Clients have upgraded at that rate, as ISO 8601 in UTC on the appliance's clock. It is null if it is not known.
  returned: success
  type: str
  sample: "2026-03-03T22:05:00+00:00"
jumpoints:
  description: The Jumpoints. It is null if the product has no Configuration API.
  returned: success
  type: list
  elements: dict
  sample: [{id: 1, name: branch, enabled: true, connected: true, platform: windows-x86}]
representatives:
  description: >-
    People who are logged in at a console, with the number of their sessions. It is null if the start of the site package is not known
    (O(since), O(journal)).
  returned: success
  type: list
  elements: dict
  sample: [{name: Ada Example, sessions: 1}]
connected:
  description: Number of connected clients by type, as far as the product counts them. C(pinned_client) are Jump Clients.
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
