#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: catch_up
short_description: Wait until the clients have upgraded after a site package
version_added: 0.1.0
description:
  - The vendor recommends to wait at least 24 hours after each site package so that clients can upgrade. This wait is the catch-up. It is
    open when O(min_wait) has passed on the appliance's clock and the share of Jump Clients that have upgraded has reached O(threshold).
    Otherwise it is closed.
  - Lost, disabled and uninstalled Jump Clients are not eligible, because they never upgrade. Jump Clients that were last seen before
    O(seen_within) are not eligible either.
  - The module first reads which version the serving node runs and records it in O(journal). A new version or build starts a catch-up,
    regardless of who installed it.
  - If nobody observed when the present version was installed (the journal is new, was lost, or is an old copy), the wait starts when the
    version was first read. It ends after O(min_wait). It ends at once if a person declares the start with O(running_since). It also ends
    if the complete list of Jump Clients shows that O(threshold) percent run the version and that each of the others was offline for at
    least O(min_wait).
  - A count that cannot be read never opens the catch-up. Jump Clients that disappeared from the list since the upgrade count as not
    upgraded. So do those that are missed because the list changes while it is read.
  - While only the time decides, a call needs three requests (version, clock, connected clients). Each further measurement of O(mode=hold)
    needs two. A request for a token and one for the generation of the Command API are added if they are not cached.
  - The list of Jump Clients is read only if the decision needs it, and only as many pages as needed. With O(mode=hold), reading it takes at
    most a tenth of the requests that an account has per hour.
  - If the product has no Configuration API, the number of connected Jump Clients is compared with O(online_before). A Jump Client that is
    connected has upgraded.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: Measures once and does not wait.}
  diff_mode: {support: full}
  idempotent: {support: full}
options:
  since:
    description:
      - The time on the appliance's clock when the new site package was verified, in UNIX seconds.
      - If not set, the time in O(journal).
    type: float
  journal:
    description:
      - Path of the journal of the site. If the catch-up of the present version was open before, the module does not wait.
      - A journal that does not exist, is empty, or belongs to another appliance is refused. In check mode it need not exist.
      - Required unless O(since) or O(strategy=reinstall) is set.
    type: path
  running_since:
    description:
      - Since when the appliance runs its present version, if O(journal) does not contain it. It is recorded in O(journal).
      - A version later than the present one and a time in the future are refused. An earlier version is ignored and reported in
        RV(reasons).
    type: dict
    suboptions:
      version: {description: "The present version, in quotes.", type: str, required: true}
      since: {description: "Date or time of its installation, in ISO 8601. Without a time zone it is UTC.", type: str, required: true}
      by: {description: Name of the person who declares it., type: str, required: true}
      why: {description: How the person knows it., type: str, required: true}
  mode:
    description:
      - V(stop) measures once. If the catch-up is closed, the module succeeds and returns RV(state=waiting) and RV(next_run_at).
      - V(hold) measures again until the catch-up is open or O(hold_timeout) has passed. It shows the progress.
    type: str
    choices: [stop, hold]
    default: stop
  min_wait:
    description:
      - Seconds to wait at least, on the appliance's clock, V(0) to V(31622400).
      - C(soak_hours) in the manifest of the package can only make it longer.
    type: int
    default: 86400
  threshold:
    description: Required percentage of eligible Jump Clients that run the new version, V(0) to V(100).
    type: float
    default: 95.0
  client_filter:
    description: >-
      JMESPath expression that selects the eligible Jump Clients, in the format of O(bomgar.appliance.client_info#module:client_filter).
    type: str
  online_before:
    description: Number of Jump Clients that were connected before the site package, V(0) to V(10000000).
    type: int
  listed_before:
    description:
      - Number of Jump Clients that the Configuration API listed before the site package, V(0) to V(10000000). If not set, the number in
        O(journal).
      - Set it after you removed Jump Clients on purpose.
    type: int
  seen_within:
    description: >-
      Jump Clients that were last seen before this number of seconds are not eligible. V(0) means no limit. V(0) to V(316224000).
    type: int
    default: 2592000
  early_open_threshold:
    description:
      - Percentage of eligible Jump Clients that opens the catch-up before O(min_wait) has passed, V(0) to V(100). At least O(threshold).
      - If not set, the catch-up never opens early, because the vendor recommends at least 24 hours. The number of connected clients never
        opens it early.
    type: float
  max_wait:
    description: >-
      Seconds after O(since) when O(at_max_wait) applies, V(0) to V(31622400). At least O(min_wait). If not set, there is no limit.
    type: int
  at_max_wait:
    description:
      - V(stop) fails and names the stragglers.
      - V(open_with_list) opens the catch-up. RV(stragglers) and O(journal) name the stragglers. If the clients could not be counted, it
        fails like V(stop).
    type: str
    choices: [stop, open_with_list]
    default: stop
  stragglers:
    description:
      - Maximum number of stragglers to name, V(0) to V(1000). Those that were seen last are first.
      - After O(max_wait) up to 1000 are named.
    type: int
    default: 20
  console_export:
    description:
      - CSV file with the list of Jump Clients, exported from the representative console by an administrator who may modify all of them.
        Unlike the Configuration API it contains personal Jump Groups. It is used instead of the API. O(client_filter), O(seen_within) and
        O(listed_before) do not apply to it.
      - A Jump Client has upgraded if the date in its status details is later than O(since). An export from before O(since) keeps the
        catch-up closed.
    type: path
  export_columns:
    description: >-
      Column headers for C(name), C(status_details), C(group) and C(hostname) in O(console_export), if they differ in this version.
    type: dict
  export_date_format:
    description:
      - Format of the dates in the status details for C(strptime), for example V(%m/%d/%Y %I:%M %p).
      - It is not needed for ISO 8601 and C(dd.mm.yyyy). An ambiguous date is refused.
    type: str
  export_timezone:
    description: IANA name of the time zone of times without a time zone.
    type: str
    default: UTC
  strategy:
    description:
      - V(wait) waits until the clients have upgraded.
      - V(reinstall) opens the catch-up at once, because all client software was uninstalled before. The module verifies that no client is
        connected. Otherwise it returns RV(state=manual). If no catch-up is pending, it does only this check.
    type: str
    choices: [wait, reinstall]
    default: wait
  basis:
    description:
      - V(list) counts the Jump Clients that need an update, if the product lists them.
      - V(online_count) compares the number of connected Jump Clients with O(online_before). It needs one request. It shows that the Jump
        Clients are connected again, but not that each of them is.
    type: str
    choices: [list, online_count]
    default: list
  hold_timeout:
    description: Maximum number of seconds that O(mode=hold) waits. It then ends like O(mode=stop). V(1) to V(31622400).
    type: int
    default: 129600
  poll_interval:
    description: Seconds between two measurements of O(mode=hold), V(1) to V(86400).
    type: int
    default: 300
requirements: [jmespath]
"""

EXAMPLES = r"""
- name: Check whether the clients have upgraded
  bomgar.appliance.catch_up:
    journal: /srv/upgrades/support.example.com/journal.jsonl
  register: catch_up

- name: Show when to run again
  ansible.builtin.debug:
    msg: "Run this again at {{ catch_up.next_run_at }}"
  when: catch_up.state == 'waiting'
"""

RETURN = r"""
state:
  description:
    - V(open) if the upgrade may continue, V(waiting) if the catch-up is closed. V(manual) with O(strategy=reinstall) if clients are
      connected.
    - After O(max_wait), O(at_max_wait=stop) fails. The failure contains RV(reasons), RV(stragglers) and RV(caught_up_percent).
  returned: success
  type: str
  sample: waiting
next_run_at:
  description: When to run again, as ISO 8601 in UTC on the appliance's clock. Empty if the catch-up is open.
  returned: success
  type: str
  sample: "2026-03-03T20:41:00+00:00"
remaining_seconds: {description: Remaining seconds of O(min_wait)., returned: success, type: float, sample: 81240.0}
caught_up_percent:
  description:
    - Percentage of eligible Jump Clients that have upgraded. If RV(complete) is false, it refers to those that were read. It is null if
      it is not known.
  returned: success
  type: float
  sample: 71.4
progress:
  description: One line for people that tells why the catch-up is closed, how many Jump Clients have upgraded, and how fast they upgrade.
  returned: success
  type: str
  sample: "22:34:00 of the waiting time remain; 900 Jump Clients online, 1180 before; 410.5 an hour"
reasons:
  description: Why the catch-up is closed or open.
  returned: success
  type: list
  elements: str
  sample: ["22:34:00 of the waiting time remain"]
basis:
  description:
    - The source of the decision. V(needs_update) is the list of Jump Clients, V(online_count) the number of connected Jump Clients,
      V(console_export) the file O(console_export), V(reinstall) the check that no client is connected, V(none) only the time.
  returned: success
  type: str
  sample: needs_update
complete:
  description: Whether all clients were counted. Otherwise only as many as the decision needed.
  returned: success
  type: bool
  sample: true
kinds:
  description: RV(jump_clients) by kind, in the format of RV(bomgar.appliance.client_info#module:kinds). Empty if the list was not read.
  returned: success
  type: dict
  sample: {jump_client_active: {total: 30, done: 26, pending: 2, offline: 2, lost: 2, disabled: 0}}
rate_per_hour:
  description: >-
    Number of Jump Clients that upgrade per hour, computed from the measurements in the journal. If only the connected ones are known, the
    number that connects again per hour. It is null if it is not known.
  returned: success
  type: float
  sample: 412.5
estimated_end:
  description: When the catch-up may open at that rate, as ISO 8601 in UTC on the appliance's clock. It is null if it is not known.
  returned: success
  type: str
  sample: "2026-03-03T22:05:00+00:00"
stragglers:
  description: >-
    Eligible Jump Clients that have not upgraded, at most O(stragglers). Those that were seen last are first. C(last_seen) is in UTC or
    empty.
  returned: success
  type: list
  elements: dict
  sample: [{id: 7, name: Till 7, hostname: till7, kind: passive, group: 1, last_seen: "2026-03-02T08:11:40+00:00"}]
stragglers_total:
  description: Number of all stragglers. It is null if not all clients were counted.
  returned: success
  type: int
  sample: 12
jump_clients:
  description: The counts, in the format of RV(bomgar.appliance.client_info#module:jump_clients). It is null if the list was not read.
  returned: success
  type: dict
  sample: {listed: 42, unread: 0, relevant: 40, updated: 28, pending: 12}
connected:
  description: Number of connected clients by type.
  returned: success
  type: dict
  sample: {representative: 4, pinned_client: 1187}
still_connected:
  description: Number of connected clients by type. It is null for a type that cannot be counted.
  returned: "when O(strategy=reinstall)"
  type: dict
  sample: {representative: 0, support_customer: 0, push_agent: 0, pinned_client: 3}
instructions: {description: What a person must do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.model.bounds import PERCENT, SECONDS_BETWEEN, YEAR
from ..module_utils.model.journal.decisions import not_default
from ..module_utils.module import Operation, run
from ..module_utils.operations import wait_for_catch_up
from ..module_utils.operations.port import Appliance
from ..module_utils.policy.catch_up.declared_start import OPTION

OPTIONS = {
    "since": {"type": "float"},
    "journal": {"type": "path"},
    "running_since": {"type": "dict", "options": OPTION},
    "mode": {"type": "str", "choices": ["stop", "hold"], "default": "stop"},
    "strategy": {"type": "str", "choices": ["wait", "reinstall"], "default": "wait"},
    "basis": {"type": "str", "choices": ["list", "online_count"], "default": "list"},
    "min_wait": {"type": "int", "default": 86400, "range": (0, YEAR)},
    "threshold": {**PERCENT, "default": 95.0},
    "early_open_threshold": PERCENT,
    "max_wait": {"type": "int", "range": (0, YEAR)},
    "at_max_wait": {"type": "str", "choices": ["stop", "open_with_list"], "default": "stop"},
    "client_filter": {"type": "str"},
    "seen_within": {"type": "int", "default": 2592000, "range": (0, 10 * YEAR)},
    "stragglers": {"type": "int", "default": 20, "range": (0, 1000)},
    "online_before": {"type": "int", "range": (0, 10000000)},
    "listed_before": {"type": "int", "range": (0, 10000000)},
    "console_export": {"type": "path"},
    "export_columns": {"type": "dict"},
    "export_date_format": {"type": "str"},
    "export_timezone": {"type": "str", "default": "UTC"},
    "hold_timeout": {"type": "int", "default": 129600, "range": (1, YEAR)},
    "poll_interval": {**SECONDS_BETWEEN, "default": 300},
}
# Options that open the catch-up earlier or later than the defaults. They are recorded when it opens.
CONDITIONS = (
    "since",
    "basis",
    "min_wait",
    "threshold",
    "early_open_threshold",
    "max_wait",
    "at_max_wait",
    "client_filter",
    "seen_within",
    "online_before",
    "listed_before",
    "console_export",
)


def pass_catch_up(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    return wait_for_catch_up.pass_catch_up(appliance, params, decisions=not_default(params, OPTIONS, CONDITIONS), check_mode=check_mode)


OPERATION = Operation(pass_catch_up, OPTIONS, libraries=["jmespath"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
