#!/usr/bin/python
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: failover_relation
short_description: Break or establish the failover relation of a pair, and verify it from both nodes
version_added: 0.1.0
description:
  - Breaks or establishes the relation on the page C(/login > Management > Failover), because the vendor documents no API for it. The result
    is verified through the documented API of both nodes.
  - B(Establishing overwrites the data of the other node.) This node becomes primary. The module therefore fails unless the public name
    leads to this node, both nodes run the same version and build, and this node has at least as many connected clients as its peer.
  - Before a break all settings of the page are recorded and returned as RV(settings), also in check mode and if the break fails. If
    O(settings) is set when establishing, RV(settings_differ) lists what differs afterwards. Whether a break keeps the settings is in no
    public text.
author: The bomgar.appliance authors (!UNKNOWN)
extends_documentation_fragment:
  - bomgar.appliance.connection
  - bomgar.appliance.web
  - bomgar.appliance.peer
  - bomgar.appliance.windows
  - bomgar.appliance.attributes
attributes: {check_mode: {support: full}, diff_mode: {support: full}, idempotent: {support: full}}
options:
  window_seconds:
    description: Seconds that must be left of a window of O(windows) right before the request. V(0) to V(31622400).
    type: float
    default: 0
  state:
    description: V(absent) breaks the relation, V(present) establishes it with this node as primary.
    type: str
    choices: [present, absent]
    required: true
  public_url:
    description: The public name of the pair. Required with O(state=present).
    type: str
  settings:
    description: The failover settings from before a break. If not set, those in O(journal).
    type: dict
    default: {}
  peer_address:
    description: Address of the other node as this appliance reaches it, C(host) or C(host:port). If not set, that of O(peer).
    type: str
  own_address:
    description: Address of this node as the other one reaches it. If not set, that of O(url).
    type: str
  journal:
    description:
      - Path of the journal of the site. The start of a break or of establishing is recorded before the request, and the verification after
        it, with RV(settings) or RV(settings_differ).
      - If not set, nothing is recorded.
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
- name: Break the relation before the site packages
  bomgar.appliance.failover_relation:
    state: absent
    peer: "{{ hostvars['b.example.com'] | bomgar.appliance.connection(named=true) }}"
  register: broken

- name: Establish it again, from the node that serves
  bomgar.appliance.failover_relation:
    state: present
    peer: "{{ hostvars['b.example.com'] | bomgar.appliance.connection(named=true) }}"
    public_url: support.example.com
    settings: "{{ broken.settings }}"
"""

RETURN = r"""
state:
  description: V(done), V(manual) when a person has to act first, or V(waiting) when no maintenance window has the time of the step.
  returned: success
  type: str
  sample: done
next_run_at:
  description: When the step may start, ISO 8601 in UTC by the appliance's clock.
  returned: "when RV(state=waiting)"
  type: str
  sample: "2026-03-07T21:00:00+00:00"
message:
  description: Why the step waits for its maintenance window.
  returned: "when RV(state=waiting)"
  type: str
  sample: break the failover relation waits. No maintenance window is open.
relation: {description: "V(present) or V(absent), as both nodes list it.", returned: success, type: str, sample: present}
settings: {description: The failover settings that the page shows., returned: when it was read, type: dict, sample: {test_ips: ""}}
settings_differ:
  description: "Settings that are not as O(settings) has them: C(setting), C(before), C(now)."
  returned: "with O(state=present), where the pages can be used"
  type: list
  elements: dict
  sample: []
instructions: {description: What the person has to do., returned: "when RV(state=manual)", type: list, elements: str}
outcome:
  description: How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome).
  returned: always
  type: str
  sample: unchanged
"""

from typing import Any

from ..module_utils.errors import ApplianceError, NotFound, Unsafe
from ..module_utils.model import manual_steps
from ..module_utils.model.address import read_address
from ..module_utils.model.journal.memory import failover_settings
from ..module_utils.module import Operation, run
from ..module_utils.operations.action_entries import ActionEntries
from ..module_utils.operations.pair import OPTIONS as PAIR_OPTIONS
from ..module_utils.operations.pair import Nodes
from ..module_utils.operations.port import Appliance
from ..module_utils.options import WINDOW_OPTIONS
from ..module_utils.policy.pair.blockers import Blocker
from ..module_utils.policy.pair.describe import brief_nodes, describe_nodes
from ..module_utils.policy.pair.invariants import Expect, find_problems, sync_failed
from ..module_utils.wait import NotYet

OPTIONS = dict(
    PAIR_OPTIONS,
    state={"type": "str", "choices": ["present", "absent"], "required": True},
    public_url={"type": "str"},
    settings={"type": "dict", "default": {}},
    peer_address={"type": "str"},
    own_address={"type": "str"},
    journal={"type": "path"},
    **WINDOW_OPTIONS,
    method={"type": "str", "choices": ["web", "manual"], "default": "web"},
)
# What a relation that is about to go, or to come, need not fulfil.
TOLERATED = {"absent": (Blocker.SYNC_FAILED, Blocker.VERSIONS_DIFFER), "present": ()}
ACTIONS = {"absent": "break", "present": "establish"}  # as the journal calls them
_TITLES = {"absent": "break the failover relation", "present": "establish the failover relation"}  # for the maintenance window
_REMEDY = "See /login > Management > Failover on both nodes, then run the same command again."


def relate(appliance: Appliance, params: dict[str, Any], *, check_mode: bool) -> dict[str, Any]:
    wanted = params["state"]
    nodes = Nodes(appliance, params, params["public_url"] or "", what=_TITLES[wanted])
    pair = nodes.read()
    _refuse(nodes, pair, wanted)
    entries = ActionEntries(params["journal"], ACTIONS[wanted], nodes.name, write=not check_mode)
    return entries.or_wait(lambda: _change(nodes, entries, params, pair, check_mode), _result(pair, pair), appliance.host)


def _change(nodes: Any, entries: Any, params: dict[str, Any], pair: Any, check_mode: bool) -> dict[str, Any]:
    wanted = params["state"]
    if pair.relation != wanted:
        nodes.enter_window(pair)
    entries.begin()
    if wanted == "absent":
        result = _result(pair, pair) if pair.relation == "absent" else _break(nodes, params, pair, check_mode)
        return entries.end(result, settings=result.get("settings", {}))
    known = entries.state() if not params["settings"] else None
    result = _relate(nodes, dict(params, settings=failover_settings(known)) if known else params, pair, check_mode)
    return entries.end(result, settings_differ=result.get("settings_differ", []))


def _relate(nodes: Any, params: dict[str, Any], pair: Any, check_mode: bool) -> dict[str, Any]:
    if pair.relation == "present" and pair.nodes[0].role == "primary":
        after = pair if check_mode or _established(pair) else _watch_first_sync(nodes)
        return dict(_result(pair, after), **_compared(nodes, params))
    return _establish(nodes, params, pair, check_mode)


def _refuse(nodes: Any, pair: Any, wanted: Any) -> None:
    problems = find_problems(pair, Expect(same_software=wanted == "present", public=wanted == "present"))
    nodes.refuse(pair, [one for one in problems if one.blocker not in TOLERATED[wanted]])


def _break(nodes: Any, params: dict[str, Any], pair: Any, check_mode: bool) -> dict[str, Any]:
    if params["method"] == "manual":
        return manual_steps.manual_result(manual_steps.break_relation(nodes.host), relation=pair.relation)
    if check_mode:
        settings = nodes.appliance.pages.failover().settings
        return dict(_result(pair, pair), changed=True, diff=_diff(pair.relation, "absent"), settings=settings)
    settings = nodes.quiet().settings
    try:
        nodes.send(nodes.appliance.pages.break_relation, "Break Failover Relations", pair, lambda now: _refuse(nodes, now, "absent"))
        after = nodes.watch(
            lambda seen: seen if seen.relation == "absent" else None, what="the failover relation broken on both nodes", remedy=_REMEDY
        )
    except ApplianceError as exc:
        exc.facts["settings"] = settings  # the page may not show them any more
        raise
    return dict(_result(pair, after), changed=True, settings=settings)


def _establish(nodes: Any, params: dict[str, Any], pair: Any, check_mode: bool) -> dict[str, Any]:
    _refuse_wrong_side(nodes, pair)
    if params["method"] == "manual":
        return manual_steps.manual_result(manual_steps.establish(nodes.host, nodes.peer.host), relation=pair.relation)
    peer, own = _place(params["peer_address"] or params["peer"]["url"]), _place(params["own_address"] or params["url"])
    if check_mode:
        nodes.appliance.pages.failover()  # fails now if the page cannot be used
        return dict(_result(pair, pair), changed=True, diff=_diff(pair.relation, "present"))

    def still_right(now: Any) -> None:
        _refuse(nodes, now, "present")
        _refuse_wrong_side(nodes, now)

    nodes.send(lambda ready: nodes.appliance.pages.establish_relation(*peer, *own, ready), "Establish Relationship", pair, still_right)
    after = _watch_first_sync(nodes)
    return dict(_result(pair, after), changed=True, **_compared(nodes, params))


def _watch_first_sync(nodes: Any) -> Any:
    return nodes.watch(_established, what=f"the failover relation with {nodes.name} as primary and its first data sync", remedy=_REMEDY)


def _compared(nodes: Any, params: dict[str, Any]) -> dict[str, Any]:
    """The settings of the page and what of them differs; {} where the pages are not used."""
    if not nodes.appliance.pages.can_use("login"):
        return {}
    settings = nodes.appliance.pages.failover().settings
    return {"settings": settings, "settings_differ": _differences(params["settings"], settings)}


def _refuse_wrong_side(nodes: Any, pair: Any) -> None:
    """The node where it is pressed overwrites the other one: it must be the one that people and clients are at."""
    mine, other = pair.nodes
    if pair.relation != "absent":
        raise Unsafe(
            f"The nodes are related already, and {nodes.name} is not primary.",
            host=nodes.host,
            evidence=describe_nodes(pair),
            remedy="To exchange the roles use failover_role.",
            facts={"pair": pair.as_dict()},
        )
    if pair.serving is not mine:
        raise Unsafe(
            f"Establishing from {nodes.name} would overwrite the data of {nodes.peer_name}, which serves. Nothing was done.",
            host=nodes.host,
            evidence=f"{pair.public.url} leads to the appliance {pair.public.guid}",
            remedy=f"Establish from {nodes.peer_name}, or let the public name lead to {nodes.name} first.",
            facts={"pair": pair.as_dict()},
        )
    here, there = _clients(nodes.appliance), _clients(nodes.peer)
    if here < there:
        raise Unsafe(
            f"Establishing from {nodes.name} would overwrite {nodes.peer_name}, which has more clients connected. Nothing was done.",
            host=nodes.host,
            evidence=f"{nodes.name}: {here}, {nodes.peer_name}: {there}",
            remedy="Find out which node people work on.",
        )


def _clients(appliance: Appliance) -> Any:
    """How many clients of all kinds are connected; 0 where the version cannot tell."""
    try:
        return sum(appliance.client_counts().values())
    except NotFound:
        return 0


def _established(pair: Any) -> Any:
    mine = pair.nodes[0]
    if pair.relation != "present" or [node.role for node in pair.nodes] != ["primary", "backup"]:
        return None
    done = mine.last_data_sync is not None and not sync_failed(mine.last_data_sync_status)
    return pair if done else NotYet(f"related; first data sync: {mine.last_data_sync_status or 'not yet'}; {brief_nodes(pair)}")


def _place(url: Any) -> Any:
    """('host', port) of an address as people write it."""
    host, _colon, port = read_address(url).host.rpartition(":")
    return (host, int(port)) if host and port.isdigit() else (read_address(url).host, 443)


def _differences(before: Any, now: Any) -> Any:
    return [{"setting": name, "before": before[name], "now": now.get(name)} for name in sorted(before) if before[name] != now.get(name)]


def _result(before: Any, after: Any) -> dict[str, Any]:
    return {"changed": False, "state": "done", "relation": after.relation, "diff": _diff(before.relation, after.relation)}


def _diff(before: Any, after: Any) -> dict[str, Any]:
    return {"before": {"relation": before}, "after": {"relation": after}}


OPERATION = Operation(relate, OPTIONS, libraries=["bs4"])


def main() -> None:
    run(OPERATION)


if __name__ == "__main__":
    main()
