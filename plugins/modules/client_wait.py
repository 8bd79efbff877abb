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
  - "Lost, disabled and uninstalled Jump Clients do not count: they would need an update for ever. Neither do those that were not seen
    for longer than O(seen_within)."
  - A count that cannot be read never opens the gate. Clients that were listed before the upgrade and are gone from the list, and those
    that a list which changes while it is paged lets slip, count as not followed.
  - While only the time decides, a look costs two requests, however many clients there are (besides a token and the choice of the Command
    API's generation, where neither is remembered). The list is paged only when the decision needs it and only as far as it needs it;
    held gates take at most a tenth of the requests that an account has in an hour for it.
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
  listed_before:
    description:
      - Number of Jump Clients that the Configuration API listed before the site package. Taken from O(journal) when not given; say it when
        Jump Clients were removed on purpose.
    type: int
  seen_within:
    description: Jump Clients that were last seen longer ago than so many seconds do not count; V(0) counts all.
    type: int
    default: 2592000
  early_open_threshold:
    description:
      - Percent of the clients from which on the gate opens before O(min_wait) is over; at least O(threshold). Off when not given, as the
        vendor recommends at least 24 hours. The number of connected clients never opens it early.
    type: float
  max_wait:
    description: Seconds after O(since) at which O(at_max_wait) is done; at least O(min_wait). No limit when not given.
    type: int
  at_max_wait:
    description:
      - V(stop) fails, with those that are missing.
      - V(open_with_list) opens the gate and leaves them behind, by name in RV(stragglers) and in O(journal). Clients that could not be
        counted are not left behind; it stops then too.
    type: str
    choices: [stop, open_with_list]
    default: stop
  stragglers:
    description: How many Jump Clients that have not upgraded yet to name, those seen last first. At the end of O(max_wait) up to 1000.
    type: int
    default: 20
  console_export:
    description:
      - CSV file with the list of Jump Clients, exported from the representative console by an administrator who may modify all of them. It
        holds the personal Jump Groups too, which the Configuration API does not list, and decides instead of it; O(client_filter),
        O(seen_within) and O(listed_before) do not apply to it.
      - A row has followed when the date in its status details is later than O(since). An export from before that keeps the gate closed.
    type: path
  export_columns:
    description: Headers of the columns, where this version calls them otherwise; any of C(name), C(status_details), C(group), C(hostname).
    type: dict
  export_date_format:
    description:
      - How dates are written in the status details, as for C(strptime), for example V(%m/%d/%Y %I:%M %p).
      - ISO 8601 and C(dd.mm.yyyy) are read without it; what could be read in two ways is refused.
    type: str
  export_timezone:
    description: IANA name of the time zone of times that tell none.
    type: str
    default: UTC
  strategy:
    description:
      - V(wait) waits for the clients.
      - V(reinstall) opens at once, but only if it is proved that no client is connected any more, so that all of them were uninstalled
        before. Ends with RV(state=operator) otherwise. Without an open gate it is the check alone.
    type: str
    choices: [wait, reinstall]
    default: wait
  basis:
    description:
      - V(list) counts the Jump Clients that need an update, where the product lists them.
      - V(online_count) compares the connected Jump Clients with O(online_before), by one request and whatever is listed. It tells whether
        they came back at all, not whether each of them did.
    type: str
    choices: [list, online_count]
    default: list
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
  description:
    - V(open) when the upgrade may go on; V(waiting) otherwise; V(operator) with O(strategy=reinstall) while clients are connected.
    - The end of O(max_wait) with O(at_max_wait=stop) is a failure; RV(reasons), RV(stragglers) and RV(caught_up_percent) come with it.
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
  description:
    - Share of the Jump Clients that count which have upgraded, of those read where RV(complete) is false; null when it cannot be told.
  returned: success
  type: float
  sample: 71.4
progress:
  description: Why it is closed, how many have followed and are online, how fast it goes, in a line for people.
  returned: success
  type: str
  sample: "22:34:00 of the waiting time are left; 900 Jump Clients online, 1180 before; 410.5 an hour"
reasons: {description: Why it is closed., returned: success, type: list, elements: str, sample: ["22:34:00 of 24:00:00 are left"]}
basis:
  description:
    - What told it. V(needs_update), the list; V(online_count), the connected Jump Clients; V(console_export); V(reinstall); V(none), the
      time alone.
  returned: success
  type: str
  sample: needs_update
complete: {description: Whether all clients were counted; else only as many as the decision needed., returned: success, type: bool}
kinds:
  description: RV(jump_clients) by kind, as of M(bomgar.appliance.client_info), as far as the list was read; empty when it was not.
  returned: success
  type: dict
  sample: {jump_client_active: {total: 30, done: 26, pending: 2, offline: 2, lost: 2, disabled: 0}}
rate_per_hour:
  description: How many Jump Clients upgrade in an hour (or come back, where only that is known), by the looks of the journal; else null.
  returned: success
  type: float
  sample: 412.5
estimated_end:
  description: When the gate may open at that rate, ISO 8601 in UTC by the appliance's clock; null when it cannot be told.
  returned: success
  type: str
  sample: "2026-03-03T22:05:00+00:00"
stragglers:
  description: Jump Clients that have not upgraded yet, at most O(stragglers), those seen last first; C(last_seen) is in UTC or empty.
  returned: success
  type: list
  elements: dict
  sample: [{id: 7, name: Till 7, hostname: till7, kind: passive, group: 1, last_seen: "2026-03-02T08:11:40+00:00"}]
stragglers_total:
  description: How many there are of them; null when not all clients were counted.
  returned: success
  type: int
  sample: 12
jump_clients:
  description: The counts, as of M(bomgar.appliance.client_info); null when the list was not read.
  returned: success
  type: dict
  sample: {listed: 42, unread: 0, relevant: 40, updated: 28, pending: 12}
connected:
  description: Clients that are connected now, by type.
  returned: success
  type: dict
  sample: {representative: 4, pinned_client: 1187}
still_connected:
  description: With O(strategy=reinstall), what is connected by type; null for what cannot be told.
  returned: "when O(strategy=reinstall)"
  type: dict
  sample: {representative: 0, support_customer: 0, push_agent: 0, pinned_client: 3}
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

from dataclasses import replace

from ..module_utils import operator_steps
from ..module_utils.catching_up import Looks, jump_clients, progress
from ..module_utils.errors import Unavailable, Unreachable, Unsafe, WaitTimeout
from ..module_utils.journal import Journal
from ..module_utils.model.console_export import check_columns
from ..module_utils.model.export_dates import DateReader
from ..module_utils.model.filter import client_filter
from ..module_utils.module import Operation, run
from ..module_utils.policy.absence import instructions, is_absent, reasons, still_connected
from ..module_utils.policy.terms import Terms, check_seen_within
from ..module_utils.wait import NotYet

OPTIONS = {
    "since": {"type": "float"},
    "journal": {"type": "path"},
    "mode": {"type": "str", "choices": ["stop", "hold"], "default": "stop"},
    "strategy": {"type": "str", "choices": ["wait", "reinstall"], "default": "wait"},
    "basis": {"type": "str", "choices": ["list", "online_count"], "default": "list"},
    "min_wait": {"type": "int", "default": 86400},
    "threshold": {"type": "float", "default": 95.0},
    "early_open_threshold": {"type": "float"},
    "max_wait": {"type": "int"},
    "at_max_wait": {"type": "str", "choices": ["stop", "open_with_list"], "default": "stop"},
    "client_filter": {"type": "str"},
    "seen_within": {"type": "int", "default": 2592000},
    "stragglers": {"type": "int", "default": 20},
    "online_before": {"type": "int"},
    "listed_before": {"type": "int"},
    "console_export": {"type": "path"},
    "export_columns": {"type": "dict"},
    "export_date_format": {"type": "str"},
    "export_timezone": {"type": "str", "default": "UTC"},
    "hold_timeout": {"type": "int", "default": 129600},
    "poll_interval": {"type": "int", "default": 300},
}
_NOTHING = {
    "changed": False, "state": "open", "next_run_at": "", "remaining_seconds": 0.0, "reasons": [], "caught_up_percent": None,
    "basis": "none", "complete": False, "kinds": {}, "rate_per_hour": None, "estimated_end": None, "stragglers": [],
    "stragglers_total": None, "jump_clients": None, "connected": {}, "progress": "",
}  # fmt: skip


def pass_gate(appliance, params, *, check_mode):
    terms = _checked(params)
    journal = Journal(params["journal"]) if params["journal"] else None
    pending = journal.open_gate() if journal else None
    if params["strategy"] == "reinstall":
        return _without_clients(appliance, journal, pending, check_mode)
    since = params["since"] if params["since"] is not None else (pending or {}).get("since")
    if since is None:
        return dict(_NOTHING)
    gate = dict(_before(params, pending or {}), since=since)
    looks = Looks(appliance, params, gate, _longer(terms, pending or {}), (pending or {}).get("looks") or (),
                  _Identity(appliance, journal if pending else None).check)  # fmt: skip
    look = looks.take()
    if look.gate.state in ("waiting", "unknown") and params["mode"] == "hold" and not check_mode:
        look = _hold(appliance, params, looks, look)
    return _ended(appliance, looks, look, journal if not check_mode else None, pending)


def _checked(params):
    """The Terms. Mistakes are told now, not once there is a gate or its wait is over."""
    client_filter(params["client_filter"])
    check_columns(params["export_columns"])
    DateReader(params["export_date_format"], params["export_timezone"])
    check_seen_within(params["seen_within"])
    return Terms(params["min_wait"], params["threshold"], params["early_open_threshold"], params["max_wait"], params["at_max_wait"])


def _before(params, pending):
    """The counts before the upgrade: as they are said, or as the journal remembers them."""
    return {name: pending.get(name) if params[name] is None else params[name] for name in ("online_before", "listed_before")}


def _longer(terms, pending):
    """The manifest of a package may ask for a longer wait."""
    soak = (pending.get("soak_hours") or 0) * 3600
    longest = None if terms.max_wait is None else max(terms.max_wait, soak)
    return replace(terms, min_wait=max(terms.min_wait, soak), max_wait=longest)


class _Identity:
    """Sees once that this is the appliance, or the pair, that the journal is about."""

    def __init__(self, appliance, journal):
        self._appliance, self._journal, self._done = appliance, journal, journal is None

    def check(self, guids):
        """guids: of those that clients are connected to; health tells it where these do not."""
        if self._done:
            return
        state = self._journal.state()
        mine = set(state["guids"]) or {state["guid"]}
        known = sorted(mine & set(guids)) or ([""] if mine == {""} else [])
        self._journal.check(known[0] if known else self._appliance.health().guid, self._appliance.host)
        self._done = True


def _hold(appliance, params, looks, look):
    """Look until the gate opens or the patience of `hold` ends; the last Look."""
    first, latest = iter([look]), [look]

    def probe():
        latest[0] = next(first, None) or looks.take()
        if latest[0].gate.state in ("open", "stopped"):
            return True
        return NotYet(progress(latest[0], looks.online_before, *looks.estimate(latest[0])))

    try:
        appliance.wait_until(probe, what="the gate after the site package", timeout=params["hold_timeout"],
                             interval=params["poll_interval"], not_yet=(Unreachable, Unavailable), say_every=0)
    except WaitTimeout:
        appliance.say("gate: still closed; ending here, run again later")
    return latest[0]


def _ended(appliance, looks, look, journal, pending):
    """Note how it ended, and the result; Unsafe where the longest wait is over."""
    gate = look.gate
    opened = gate.state == "open"
    speed, end = looks.estimate(look)
    counts = look.counts or {}
    result = {
        "changed": False, "state": "open" if opened else "waiting", "next_run_at": gate.next_run_at,
        "remaining_seconds": gate.remaining_seconds, "caught_up_percent": gate.caught_up_percent, "reasons": list(gate.reasons),
        "basis": gate.basis, "complete": bool(look.export or counts.get("complete")), "kinds": counts.get("kinds", {}),
        "rate_per_hour": speed, "estimated_end": None if opened else end, "stragglers": look.stragglers,
        "progress": progress(look, looks.online_before, speed, end),
        "stragglers_total": look.stragglers_total, "jump_clients": jump_clients(look.counts), "connected": look.connected,
        "diff": {"before": {"gate": "closed"}, "after": {"gate": "open" if opened else "closed"}},
    }  # fmt: skip
    if journal and pending:
        _note(appliance, journal, pending, look, result, opened)
    if gate.state == "stopped":
        raise _stopped(appliance, result)
    return result


def _note(appliance, journal, pending, look, result, opened):
    told = {"host": appliance.host, "package": pending.get("package"), **look.measured(),
            **{name: result[name] for name in ("caught_up_percent", "next_run_at", "reasons", "basis")}}  # fmt: skip
    if opened:
        told["stragglers"] = result["stragglers"]
    journal.append("gate_passed" if opened else "gate_waiting", **told)


def _stopped(appliance, result):
    facts = {name: result[name] for name in ("reasons", "caught_up_percent", "basis", "complete", "kinds", "stragglers",
                                             "stragglers_total", "jump_clients", "rate_per_hour")}  # fmt: skip
    return Unsafe(
        f"The gate stays closed, and nothing more is installed: {'; '.join(result['reasons'])}.", host=appliance.host, facts=facts,
        remedy="See the stragglers: start their hosts, jump to them, or deploy them again, then run the same command again. Or raise "
        "max_wait; or leave them behind knowingly with at_max_wait: open_with_list.",
    )  # fmt: skip


# --- without waiting, because nobody is left to wait for


def _without_clients(appliance, journal, pending, check_mode):
    """Open only on the proof that no client is connected."""
    connected, guids = appliance.connected()
    _Identity(appliance, journal if pending else None).check(guids)
    jumpoints = appliance.jumpoints()
    found = still_connected(connected, jumpoints=None if jumpoints is None else sum(one["connected"] for one in jumpoints),
                            jump_clients=appliance.jump_clients_online())  # fmt: skip
    result = dict(_NOTHING, basis="reinstall", connected=connected, still_connected=found, complete=True)
    if not is_absent(found):
        return dict(result, reasons=reasons(found), **operator_steps.wanted(instructions(found)))
    result["reasons"] = ["no client is connected"]
    if journal and pending and not check_mode:
        journal.append("gate_passed", host=appliance.host, package=pending.get("package"), basis="reinstall", reasons=result["reasons"])
    return result


OPERATION = Operation(pass_gate, OPTIONS, libraries=["jmespath"])


def main():
    run(OPERATION)


if __name__ == "__main__":
    main()
