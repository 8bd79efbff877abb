#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: client_wait
short_description: Pass the gate after a site package, when its time is over and the clients have followed
version_added: 0.1.0
description:
  - "The vendor asks for at least 24 hours after each site package, so that the clients can fetch it. This gate opens when that time
    is over on the appliance's own clock and the share of Jump Clients that have upgraded has reached a threshold."
  - "Lost, disabled and uninstalled Jump Clients do not count: they would need an update for ever."
  - A count that cannot be read never opens the gate.
  - Where the product has no Configuration API, the number of connected Jump Clients is compared with O(online_before), since a Jump
    Client that is connected has upgraded.
author: The bomgar.appliance authors (@bomgar-appliance)
extends_documentation_fragment: [bomgar.appliance.connection, bomgar.appliance.web, bomgar.appliance.attributes]
attributes:
  check_mode: {support: full, details: "Measures and reports, and never waits."}
  diff_mode: {support: full}
  idempotent: {support: full}
options:
  since:
    description:
      - The appliance's clock when it was proved to run the new site package, UNIX seconds in UTC.
      - Taken from O(journal) when not given.
    type: float
  journal:
    description: Journal of the site's upgrade. Without an open gate in it and without O(since) there is nothing to wait for.
    type: path
  mode:
    description:
      - V(stop) measures once. A closed gate ends green with RV(state=waiting) and RV(next_run_at).
      - V(hold) waits in the foreground and shows progress, at most O(hold_timeout).
    type: str
    choices: [stop, hold]
    default: stop
  min_wait:
    description: Seconds that must pass, by the appliance's clock. C(soak_hours) of the package's manifest can only make it longer.
    type: int
    default: 86400
  threshold:
    description: Percent of the Jump Clients that count which must have upgraded.
    type: float
    default: 95.0
  client_filter:
    description: JMESPath expression that narrows the Jump Clients that count, as for M(bomgar.appliance.client_info).
    type: str
  online_before:
    description: Number of Jump Clients that were connected before the site package.
    type: int
  hold_timeout:
    description: Seconds that V(hold) waits before it ends like V(stop).
    type: int
    default: 129600
  poll_interval:
    description: Seconds between two measurements while holding.
    type: int
    default: 300
requirements: [jmespath]
"""

EXAMPLES = r"""
- name: Let the clients follow
  bomgar.appliance.client_wait:
    journal: /srv/upgrades/support.example.com/journal.jsonl
  register: gate

- name: Say when to come back
  ansible.builtin.debug:
    msg: "Run this again at {{ gate.next_run_at }}"
  when: gate.state == 'waiting'
"""

RETURN = r"""
state:
  description: V(open) when the upgrade may go on; V(waiting) otherwise.
  returned: success
  type: str
  sample: waiting
next_run_at:
  description: When to run again, ISO 8601 in UTC by the appliance's clock; empty when open.
  returned: success
  type: str
  sample: "2026-03-03T20:41:00+00:00"
remaining_seconds: {description: Seconds of O(min_wait) that are left., returned: success, type: float, sample: 81240.0}
caught_up_percent:
  description: Share of the Jump Clients that count which have upgraded; null when it cannot be told.
  returned: success
  type: float
  sample: 71.4
reasons: {description: Why it is closed., returned: success, type: list, elements: str, sample: ["22:34:00 of 24:00:00 are left"]}
jump_clients:
  description: The counts, as of M(bomgar.appliance.client_info).
  returned: success
  type: dict
  sample: {relevant: 40, updated: 28}
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

from ..module_utils.errors import Unavailable, Unreachable, WaitTimeout
from ..module_utils.journal import Journal
from ..module_utils.model.filter import client_filter
from ..module_utils.module import Operation, run
from ..module_utils.policy.gate import check_terms, decide_gate
from ..module_utils.wait import NotYet

OPTIONS = {
    "since": {"type": "float"},
    "journal": {"type": "path"},
    "mode": {"type": "str", "choices": ["stop", "hold"], "default": "stop"},
    "min_wait": {"type": "int", "default": 86400},
    "threshold": {"type": "float", "default": 95.0},
    "client_filter": {"type": "str"},
    "online_before": {"type": "int"},
    "hold_timeout": {"type": "int", "default": 129600},
    "poll_interval": {"type": "int", "default": 300},
}


def pass_gate(appliance, params, *, check_mode):
    # mistakes are told now, not once there is a gate or its wait is over
    check_terms(params["min_wait"], params["threshold"])
    client_filter(params["client_filter"])
    journal = Journal(params["journal"]) if params["journal"] else None
    pending = journal.open_gate() if journal else None
    since = params["since"] if params["since"] is not None else (pending or {}).get("since")
    if since is None:
        return {"changed": False, "state": "open", "next_run_at": "", "remaining_seconds": 0.0, "reasons": [],
                "caught_up_percent": None, "jump_clients": None}
    if pending:
        journal.check(appliance.health().guid, appliance.host)
    params = dict(params, **_from_journal(params, pending or {}), since=since)

    gate, counts = _measure(appliance, params)
    if gate.state != "open" and params["mode"] == "hold" and not check_mode:
        gate, counts = _hold(appliance, params)
    opened = gate.state == "open"
    if journal and pending and not check_mode:
        journal.append("gate_passed" if opened else "gate_waiting", host=appliance.host, package=pending.get("package"),
                       caught_up_percent=gate.caught_up_percent, next_run_at=gate.next_run_at, reasons=list(gate.reasons))
    return {
        "changed": False, "state": "open" if opened else "waiting", "next_run_at": "" if opened else gate.next_run_at,
        "remaining_seconds": gate.remaining_seconds, "caught_up_percent": gate.caught_up_percent,
        "reasons": list(gate.reasons), "jump_clients": counts,
        "diff": {"before": {"gate": "closed"}, "after": {"gate": "open" if opened else "closed"}},
    }


def _from_journal(params, pending):
    """What the journal knows better: the count before the upgrade, and a longer wait that the package's manifest asked for."""
    return {
        "online_before": pending.get("online_before") if params["online_before"] is None else params["online_before"],
        "min_wait": max(params["min_wait"], (pending.get("soak_hours") or 0) * 3600),
    }


def _measure(appliance, params):
    """One measurement: (Gate, counts). The client list is read only once the time is over."""
    now = appliance.info().clock
    late = now - params["since"] >= params["min_wait"]
    counts, online = _counts(appliance, params) if late or params["mode"] == "stop" else (None, None)
    gate = decide_gate(now=now, since=params["since"], counts=counts, online=online,
                       online_before=params["online_before"], min_wait=params["min_wait"], threshold=params["threshold"])
    return gate, counts


def _counts(appliance, params):
    """(counts, online): counts by needs_update, or, where the product has no such API, the connected Jump Clients."""
    counts = appliance.jump_client_counts(params["client_filter"])
    if counts is not None:
        return counts, None
    return None, appliance.client_counts().get("pinned_client")


def _hold(appliance, params):
    """Measure until the gate opens or the patience of `hold` ends; the last measurement."""
    last = []

    def probe():
        last[:] = [_measure(appliance, params)]
        gate, _counts_now = last[0]
        if gate.state == "open":
            return True
        return NotYet("; ".join(gate.reasons))

    try:
        appliance.wait_until(probe, what="the gate after the site package", timeout=params["hold_timeout"],
                             interval=params["poll_interval"], not_yet=(Unreachable, Unavailable), say_every=0)
    except WaitTimeout:
        if not last:  # not one look succeeded: nothing is known of the gate
            raise
        appliance.say("gate: still closed; ending here, run again later")
    return last[0]


OPERATION = Operation(pass_gate, OPTIONS, libraries=["jmespath"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
