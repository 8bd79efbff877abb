#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: session_drain
short_description: Wait until no session runs on an appliance
version_added: 0.1.0
description:
  - An upgrade ends all sessions. This module reads who is logged in and which sessions run, and waits until the appliance is quiet. If it
    is not quiet after O(wait_timeout), O(policy) decides.
  - The appliance is quiet if no more than O(max_sessions) sessions run and no more than O(max_people) people are logged in. The number of
    sessions is the larger one of the sessions of people and the connected customers. A response that cannot be read never counts as quiet.
  - While it waits, the module reads the number of connected clients. It lists people only at the start, when the time is over, and when the
    numbers show that the appliance is quiet. The vendor asks not to list people frequently on a busy site.
  - The backup node of a pair lists nobody, so it is quiet.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: Reads once and returns what would happen. It does not wait.}
  diff_mode: {support: full}
  idempotent: {support: full}
options:
  policy:
    description:
      - What happens if the appliance is not quiet after O(wait_timeout).
      - V(wait) succeeds and returns RV(state=waiting) and RV(next_run_at). V(stop) fails.
      - V(terminate) ends each session once through the API and verifies that it is gone. It requires the permission C(perm_command)
        (full_access). Products without the JSON Command API also require C(perm_reporting_support) (PRA C(perm_reporting_session)), because
        only the report of sessions contains their ids. The module reads the report of the last 24 hours.
    type: str
    choices: [wait, stop, terminate]
    default: stop
  wait_timeout:
    description: Seconds to wait until the appliance is quiet, V(0) to V(604800). With V(0) it is read once.
    type: int
    default: 1800
  max_sessions:
    description: >-
      Number of sessions that may still run, V(0) to V(1000000). If more run after O(wait_timeout), O(policy=terminate) ends all of them.
    type: int
    default: 0
  max_people:
    description: >-
      Number of people who may still be logged in, V(0) to V(1000000). If not set, people without a session are ignored.
    type: int
  log_out:
    description:
      - Whether O(policy=terminate) also logs out the people who are logged in then. Other policies ignore it.
      - The logout through the XML API (C(logout_rep)) is known from a public client and not from the vendor's documentation.
    type: bool
    default: false
  reason:
    description: Why sessions are ended. The reason is recorded in O(journal). Required with O(policy=terminate).
    type: str
  poll_interval:
    description: Seconds between two reads of the numbers, V(1) to V(86400).
    type: int
    default: 60
  retry_after:
    description: With O(policy=wait), seconds from now until RV(next_run_at), V(1) to V(604800).
    type: int
    default: 3600
  journal:
    description: Path of the journal that records how the drain ended. If not set, nothing is recorded.
    type: path
"""

EXAMPLES = r"""
- name: Wait half an hour, and fail if sessions still run
  bomgar.appliance.session_drain:

- name: Wait two hours, and then end the sessions
  bomgar.appliance.session_drain:
    policy: terminate
    reason: security update of tonight, announced on Monday
    wait_timeout: 7200
    log_out: true
    journal: /srv/upgrades/support.example.com/journal.jsonl

- name: Read who is logged in
  bomgar.appliance.session_drain:
    policy: wait
    wait_timeout: 0
  register: drain
"""

RETURN = r"""
state: {description: "V(quiet), or V(waiting) if sessions still run.", returned: success, type: str, sample: quiet}
people:
  description: The people who were logged in at the last read.
  returned: always, after the first read
  type: list
  elements: dict
  contains:
    name: {description: Name of the person as customers see it., type: str, sample: Ada}
    sessions: {description: Number of sessions of this person., type: int, sample: 2}
    since:
      description: Time of the login in UNIX seconds. It is null if the appliance does not report it.
      type: float
      sample: 1772481600.0
sessions: {description: Number of sessions at the last read., returned: "always, after the first read", type: int, sample: 2}
terminated:
  description: Number of sessions that were ended and are verified to be gone. In check mode, the number that would be ended.
  returned: success
  type: int
  sample: 0
logged_out:
  description: Number of people who were logged out and are verified to be gone. In check mode, the number that would be logged out.
  returned: success
  type: int
  sample: 0
waited_seconds: {description: How long the module waited., returned: success, type: float, sample: 420.0}
timed_out:
  description: Whether the appliance was not quiet after O(wait_timeout).
  returned: always, after the first read
  type: bool
  sample: false
next_run_at:
  description: When to run again, as ISO 8601 in UTC on the appliance's clock. Empty if the appliance is quiet.
  returned: success
  type: str
  sample: "2026-03-02T21:41:00+00:00"
message:
  description: The result as a sentence for people.
  returned: success
  type: str
  sample: "quiet: 1 person is logged in, no session runs: Ada"
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.model.bounds import SECONDS_BETWEEN, SECONDS_TO_WAIT, WEEK
from ..module_utils.model.journal.decisions import not_default
from ..module_utils.module import Operation, run
from ..module_utils.operations import session_drain
from ..module_utils.operations.port import Appliance
from ..module_utils.policy.drain import POLICIES, STOP, TERMINATE

OPTIONS = {
    "policy": {"type": "str", "choices": list(POLICIES), "default": STOP},
    "wait_timeout": {"type": "int", "default": 1800, "range": (0, WEEK)},
    "max_sessions": {"type": "int", "default": 0, "range": (0, 1000000)},
    "max_people": {"type": "int", "range": (0, 1000000)},
    "log_out": {"type": "bool", "default": False},
    "reason": {"type": "str"},
    "poll_interval": {**SECONDS_BETWEEN, "default": 60},
    "retry_after": {**SECONDS_TO_WAIT, "default": 3600},
    "journal": {"type": "path"},
}


def drain(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    decisions = not_default(params, OPTIONS, ("policy", "wait_timeout", "max_sessions", "log_out"))
    return session_drain.drain(appliance, params, decisions=decisions, check_mode=check_mode)


OPERATION = Operation(drain, OPTIONS, required_if=[("policy", TERMINATE, ["reason"])])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
