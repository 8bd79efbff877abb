# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Describes the state in which a run leaves a site: what each node runs, which node serves, what is open, and what to do next. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model.journal.still_open import open_sentences
from ..model.pair import ABSENT, BACKUP, ONE_SIDED, PRESENT, Node, Pair
from .pair.blockers import Blocker
from .pair.invariants import Expect, find_problems

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
        "open": open_sentences(journal),
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


def _next(pair: Pair, journal: Any, command: str) -> list[str]:
    """Steps for a person; the command is the last one."""
    step = (journal and journal.open_step) or {}
    if step.get("kind") == "base" and (step.get("sent") or step.get("unverified")):
        where = step.get("host") or "the appliance"
        return [f"Do not restart {where}. Check its /appliance > Updates; ask technical support if it is stuck.", f"Then run: {command}"]
    remedies = [one.blocker.remedy for one in _problems(pair)]
    return [*dict.fromkeys(remedies), f"{'Then run' if remedies else 'Run'}: {command}"]


def _problems(pair: Pair) -> list[Any]:
    if len(pair.nodes) == 1:
        return []
    return [one for one in find_problems(pair, Expect(public=True)) if one.blocker not in _ORDERED]
