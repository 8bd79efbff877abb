#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: session_drain
short_description: Wait until nobody works at an appliance, within a limit
version_added: 0.1.0
description:
  - Reads who is logged in and which sessions run, waits until it is quiet, and at a limit does what the policy says. An upgrade cuts all
    of them off.
  - Sessions are counted by what people hold and by the customers that are connected; the larger number counts. An answer that cannot be
    read is never quiet.
  - "While it waits it reads the counts of connected clients, and the list of people only at the start, at the limit and when the counts
    say that it is quiet: the vendor asks not to list people again and again on a busy site."
  - A node that is the backup of a pair shows nobody, and so is quiet.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: "Reads and says what would happen, and never waits."}
  diff_mode: {support: full}
  idempotent: {support: full}
options:
  policy:
    description:
      - What happens at O(limit) when it is not quiet. V(wait) ends green with RV(state=waiting) and RV(next_run_at); V(stop) fails.
      - V(terminate) ends each session by the API, once, and proves by reading that it is gone. It needs C(perm_command) (full_access).
        Before the JSON Command API it also needs C(perm_reporting_support) (PRA C(perm_reporting_session)), because only the report of
        sessions tells their ids, here of those that began within 24 hours.
    type: str
    choices: [wait, stop, terminate]
    default: stop
  limit:
    description: Seconds to wait until it is quiet; V(0) looks once.
    type: int
    default: 1800
  max_sessions:
    description: Running sessions up to which it is quiet. V(terminate) ends all of them where more run.
    type: int
    default: 0
  max_people:
    description: People logged in up to which it is quiet. When not given, who holds no session does not matter.
    type: int
  log_out:
    description:
      - With O(policy=terminate), also log each person out whom it finds at the limit; it has no effect with another policy.
      - "The log-out by XML (C(logout_rep)) is known from a public client, not from the vendor's documentation."
    type: bool
    default: false
  reason:
    description: Why people are cut off; kept in O(journal). Required with O(policy=terminate).
    type: str
  poll_interval:
    description: Seconds between two looks at the counts.
    type: int
    default: 60
  retry_after:
    description: Seconds until RV(next_run_at), with O(policy=wait).
    type: int
    default: 3600
  journal:
    description: Journal of the site's upgrade, in which it is noted how this ended.
    type: path
"""

EXAMPLES = r"""
- name: Give people half an hour, then leave the upgrade for another day
  bomgar.appliance.session_drain:

- name: Wait two hours for people, then cut them off
  bomgar.appliance.session_drain:
    policy: terminate
    reason: security update of tonight, announced on Monday
    limit: 7200
    log_out: true
    journal: /srv/upgrades/support.example.com/journal.jsonl

- name: Only see who is there
  bomgar.appliance.session_drain:
    policy: wait
    limit: 0
  register: there
"""

RETURN = r"""
state: {description: "V(quiet), or V(waiting) when people are still at work.", returned: success, type: str, sample: quiet}
people:
  description: Who was logged in at the last look.
  returned: always, once it was read
  type: list
  elements: dict
  contains:
    name: {description: The name that customers see., type: str, sample: Ada}
    sessions: {description: Sessions that this person holds., type: int, sample: 2}
    since: {description: "Logged in since, UNIX seconds in UTC; null where it is not told.", type: float, sample: 1772481600.0}
sessions: {description: Running sessions at the last look., returned: "always, once they were read", type: int, sample: 2}
terminated: {description: "Sessions that were ended and are gone, or would be in check mode.", returned: success, type: int, sample: 0}
logged_out: {description: "People who were logged out and are gone, or would be.", returned: success, type: int, sample: 0}
waited_seconds: {description: How long it waited for people., returned: success, type: float, sample: 420.0}
limit_reached: {description: Whether people were at work at the limit., returned: "always, once it was read", type: bool, sample: false}
next_run_at:
  description: When to run again, ISO 8601 in UTC by the appliance's clock; empty when it is quiet.
  returned: success
  type: str
  sample: "2026-03-02T21:41:00+00:00"
message: {description: The same in a sentence., returned: success, type: str, sample: "quiet: 1 person is logged in, no session runs: Ada"}
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

from ..module_utils.draining import Ending, Watch
from ..module_utils.errors import ApplianceError, Refused
from ..module_utils.journal import Journal
from ..module_utils.module import Operation, run
from ..module_utils.policy.drain import POLICIES, QUIET, STOP, TERMINATE, WAIT, WAITING, again_at, check_terms, refusal, told

OPTIONS = {
    "policy": {"type": "str", "choices": list(POLICIES), "default": STOP},
    "limit": {"type": "int", "default": 1800},
    "max_sessions": {"type": "int", "default": 0},
    "max_people": {"type": "int"},
    "log_out": {"type": "bool", "default": False},
    "reason": {"type": "str"},
    "poll_interval": {"type": "int", "default": 60},
    "retry_after": {"type": "int", "default": 3600},
    "journal": {"type": "path"},
}


def drain(appliance, params, *, check_mode):
    watch = Watch(appliance, check_terms(params))
    ending = Ending(appliance, watch, params["log_out"]) if params["policy"] == TERMINATE else None
    note = _note(params, appliance.host) if not check_mode else lambda *_nothing: None
    before = watch.look()
    if watch.is_quiet():
        return _quiet(appliance, watch, before, note)
    planned = ending.rehearse() if ending else (0, 0)
    if check_mode:
        return _predicted(appliance, watch, params, planned)
    began = appliance.clock()
    if params["limit"] and watch.wait(params["limit"], params["poll_interval"]):
        return _quiet(appliance, watch, before, note, waited=appliance.clock() - began)
    return _at_limit(appliance, watch, ending, params, note, appliance.clock() - began)


def _at_limit(appliance, watch, ending, params, note, waited):
    before = watch.seen
    if params["policy"] == WAIT:
        note(WAITING, before)
        return _waiting(appliance, watch, params, waited)
    if params["policy"] == STOP:
        note("stopped", before)
        raise refusal(before, watch.terms, host=appliance.host, waited=waited)
    try:
        ending.run(waited)
    except ApplianceError:
        note("not ended", before, ending)
        raise
    return _quiet(appliance, watch, before, note, waited=waited, ending=ending)


def _note(params, host):
    """Writes into the journal how it ended, with who was there before anybody was cut off."""
    journal = Journal(params["journal"]) if params["journal"] else None

    def note(state, before, ending=None):
        if journal:
            cut = {"terminated": ending.terminated, "logged_out": ending.logged_out, "reason": params["reason"]} if ending else \
                {"terminated": 0, "logged_out": 0}  # fmt: skip
            journal.append("drained", host=host, state=state, people=len(before.people), sessions=before.sessions, **cut)

    return note


def _quiet(appliance, watch, before, note, *, waited=0.0, ending=None):
    note(QUIET, before, ending)
    result = _result(watch, before, state=QUIET, waited=waited, limit_reached=ending is not None)
    if ending:
        result.update(changed=bool(ending.terminated or ending.logged_out), terminated=ending.terminated, logged_out=ending.logged_out)
    return dict(result, message=f"quiet: {told(watch.seen)}{_backup(appliance, watch)}")


def _waiting(appliance, watch, params, waited, message=""):
    again = again_at(appliance.info().clock, params["retry_after"])
    result = _result(watch, watch.seen, state=WAITING, waited=waited, limit_reached=True)
    return dict(result, next_run_at=again, message=message or f"not quiet: {told(watch.seen)}; run again at {again}")


def _predicted(appliance, watch, params, planned):
    """What the same task would do without check mode, as far as it can be told: people may leave before the limit."""
    ended, policy = {"terminated": planned[0], "logged_out": planned[1]}, params["policy"]
    if policy == TERMINATE:
        result = _result(watch, watch.seen, state=QUIET, waited=0.0, limit_reached=True)
        told_of = f"{planned[0]} sessions would be ended and {planned[1]} people logged out"
        return dict(result, **ended, changed=any(planned), message=f"{told(watch.seen)}; after {params['limit']} seconds {told_of}")
    if policy == STOP and not params["limit"]:
        raise refusal(watch.seen, watch.terms, host=appliance.host, waited=0)
    then = "it would fail" if policy == STOP else "it would end green with the state waiting"
    return _waiting(appliance, watch, params, 0.0, f"not quiet: {told(watch.seen)}; after {params['limit']} seconds {then}")


def _backup(appliance, watch):
    """A word on a node at which nobody can be; nobody there is quiet, whether or not it can be read."""
    if watch.seen.people or watch.seen.sessions:
        return ""
    try:
        role = appliance.health().failover_role
    except Refused:  # before 16.1 health is for administrators
        return ""
    return " (it is the backup, which shows nobody: people are at the primary)" if role == "backup" else ""


def _result(watch, before, *, state, waited, limit_reached):
    seen = watch.seen
    return {
        "changed": False, "state": state, "people": seen.rows(), "sessions": seen.sessions, "terminated": 0, "logged_out": 0,
        "waited_seconds": round(waited, 1), "limit_reached": limit_reached, "next_run_at": "",
        "diff": {"before": f"{told(before)}\n", "after": f"{told(seen)}\n"},
    }  # fmt: skip


OPERATION = Operation(drain, OPTIONS, required_if=[("policy", TERMINATE, ["reason"])])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
