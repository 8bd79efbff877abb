# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Describes the state in which a run leaves a site: what each node runs, which node serves, what is open, and what to do next. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..model.journal import client_state as client_history
from ..model.moments import iso
from ..model.pair import ABSENT, BACKUP, ONE_SIDED, PRESENT, Node, Pair
from .pair.blockers import Blocker
from .pair.invariants import Expect, judge

_RELATIONS = {
    PRESENT: "The failover relation exists.",
    ABSENT: "The failover relation is broken: the peer cannot take over until it is established again.",
    ONE_SIDED: "The nodes disagree whether the failover relation exists.",
}
_ORDERED = (Blocker.SYNC_FAILED, Blocker.SYNC_TOO_OLD)  # the same command repairs these by itself


def describe_end(pair: Pair, bases: Mapping[str, str], journal: Any, *, command: str) -> dict[str, Any]:
    """{nodes, relation, serving, open, next}: lists of sentences; `relation` and `serving` are one sentence ('' for one appliance).

    pair: of what was read at the end, of one node or two; bases: {node's name: Base version, '' where it was not read};
    journal: model.journal.parts.State, None where it could not be read; command: the command that continues.
    """
    return {
        "nodes": [_node(node, bases.get(node.name, "")) for node in pair.nodes],
        "relation": _relation(pair),
        "serving": _serving(pair),
        "open": _open(journal),
        "next": _next(pair, journal, command),
    }


def lines_of(end: Mapping[str, Any]) -> list[str]:
    """The same as a list of lines for people."""
    left = [f"Open: {one}" for one in end["open"]] + [f"Next: {one}" for one in end["next"]]
    return [line for line in (*end["nodes"], end["relation"], end["serving"], *left) if line]


def _node(node: Node, base: str) -> str:
    if not node.reachable:
        return f"{node.name} could not be read: {node.why}"
    health = "" if node.healthy else f"; it is not healthy: {node.message or 'it gives no reason'}"
    role = f"; failover role {node.role or 'not reported'}"
    return f"{node.name} runs version {node.version or '(not reported)'} on Base {base or '(not read)'}{role}{health}."


def _relation(pair: Pair) -> str:
    return _RELATIONS.get(pair.relation, "The failover relation could not be read from both nodes.") if len(pair.nodes) > 1 else ""


def _serving(pair: Pair) -> str:
    """Which node the public name leads to; a standalone appliance serves as long as it responds."""
    if len(pair.nodes) == 1:
        return ""
    if pair.public is None:
        return "No public name is set, so the serving node cannot be verified."
    if not pair.public.reachable:
        return f"{pair.public.url} could not be read: {pair.public.why} It is unknown whether clients are served."
    node = pair.serving
    if node is None:
        return f"{pair.public.url} leads to none of the nodes that could be read."
    if node.role == BACKUP and pair.relation != ABSENT:
        return f"{pair.public.url} leads to {node.name}, which is the backup: no client is served."
    return f"{node.name} serves: {pair.public.url} leads to it."


def _open(journal: Any) -> list[str]:
    """What the journal has as begun and not finished."""
    if journal is None:
        return ["the journal could not be read, so it is unknown what was begun."]
    settings = [one.replace("Open: ", "", 1) for one in client_history.still_open(journal.clients)]
    return [*_open_step(journal.open_step), *_open_actions(journal), *_open_catch_up(journal.versions.catch_up), *settings]


def _open_step(step: Mapping[str, Any] | None) -> Iterator[str]:
    if not step:
        return
    where = f" on {step['host']}" if step.get("host") else ""
    asked = "was requested" if step.get("asked") or step.get("unverified") else "was begun"
    yield f"{step['package']} {asked}{where} at {step['begun']} and is not verified. Do not install it by hand while it can still run."


def _open_actions(journal: Any) -> Iterator[str]:
    if journal.pair.moving:
        yield f"the take-over by {journal.pair.moving} is not verified."
    if journal.guids and journal.pair.unsynced:
        yield "no data sync is verified since the last installation."


def _open_catch_up(catch_up: Mapping[str, Any] | None) -> Iterator[str]:
    if not catch_up:
        return
    until = f", ends at {iso(catch_up['not_before'])} at the earliest," if catch_up.get("not_before") else ""
    yield f"the catch-up to {catch_up['version']} is not complete. It began at {iso(catch_up['since'])}{until} by the appliance's clock."


def _next(pair: Pair, journal: Any, command: str) -> list[str]:
    """Steps for a person; the command is the last one."""
    step = (journal and journal.open_step) or {}
    if step.get("kind") == "base" and (step.get("asked") or step.get("unverified")):
        where = step.get("host") or "the appliance"
        return [f"Do not restart {where}. Check its /appliance > Updates; ask technical support if it is stuck.", f"Then run: {command}"]
    remedies = [one.blocker.remedy for one in _problems(pair)]
    return [*dict.fromkeys(remedies), f"{'Then run' if remedies else 'Run'}: {command}"]


def _problems(pair: Pair) -> list[Any]:
    if len(pair.nodes) == 1:
        return []
    return [one for one in judge(pair, Expect(public=True)) if one.blocker not in _ORDERED]
