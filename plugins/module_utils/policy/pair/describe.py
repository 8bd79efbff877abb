# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The state of a pair for people: nodes, relation, public name, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...model.counted import counted
from ...model.pair import Node, Pair
from .blockers import Problem


def describe_nodes(pair: Pair) -> str:
    """The state that each node reports, in one line."""
    return "; ".join(_of(node) for node in pair.nodes)


def brief_nodes(pair: Pair) -> str:
    """Role and version of each node, for a line that is shown while something is waited for."""
    return "; ".join(
        f"{node.name}: {node.role or 'role unknown'}, {node.version}" if node.reachable else f"{node.name}: {node.why}"
        for node in pair.nodes
    )


def describe_pair(pair: Pair, problems: Sequence[Problem] = ()) -> list[str]:
    """Lines for people: each node, the relation and where the public name leads, then the Problems."""
    shown = pair.as_dict()
    public = f"; {pair.public.url} leads to {shown['serving'] or 'none of them'}" if pair.public else ""
    relation = f"failover relation {shown['relation']}, primary {shown['primary'] or 'none'}{public}"
    return [*describe_nodes(pair).split("; "), relation, *(one.line() for one in problems)]


def differences(before: Pair, now: Pair) -> list[str]:
    """What the nodes and the public name say otherwise than before, a sentence part each: 'b has role primary instead of backup'."""
    found = []
    for old, new in zip(before.nodes, now.nodes):
        for what, was, runs in (
            ("role", old.role, new.role),
            ("version", _runs(old), _runs(new)),
            ("members", sorted(old.members), sorted(new.members)),
        ):
            found += [f"{new.name} has {what} {_words(runs)} instead of {_words(was)}"] if was != runs else []
    if before.public and now.public and before.public.guid != now.public.guid:
        serving = now.serving.name if now.serving else "none of the nodes"
        found.append(f"{now.public.url} leads to {serving}")
    return found


def _runs(node: Node) -> str:
    return f"{node.version} ({node.build})" if node.build else node.version


def _words(value: Any) -> str:
    return (", ".join(value) if isinstance(value, list) else value) or "none"


def _of(node: Node) -> str:
    if not node.reachable:
        return f"{node.name}: {node.why}"
    return f"{node.name}: role {node.role or 'unknown'}, version {node.version} ({node.build}), lists {counted(len(node.members), 'node')}"
