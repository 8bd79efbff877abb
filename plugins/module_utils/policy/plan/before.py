# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What comes before a step: checks, backups, clients, people. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...model.pair import Node
from ...model.pair_step import BREAK, CATCH_UP, INSTALL, SWAP, SYNC, TAKE_OVER, PairStep
from .numbers import disturbs

SAVED_FOR = 43200  # seconds that a backup counts, by the node's clock: the second node is saved again when its turn comes
_WHAT = {
    INSTALL: "The installation of {package} on {node}",
    TAKE_OVER: "The take-over by {node}",
    SWAP: "The return of the role to {node}",
}


@dataclass(frozen=True)
class Prepared:
    """What this run has done already. checked: names of nodes; saved: {name: {version, clock}}; clients, restored: whether it was done."""

    checked: tuple = ()
    saved: dict = field(default_factory=dict)
    clients: bool = False
    restored: bool = False


@dataclass(frozen=True)
class Care:
    """What people want before a step. reinstall: all clients are reinstalled instead of upgraded; drain: people are drained;
    online_floor: percent of the Jump Clients that must be back before the second node is touched, 0 for none; limits: the upgrades of
    the Jump Clients are limited for the time of the upgrade."""

    reinstall: bool = False
    drain: bool = False
    online_floor: float = 0
    limits: bool = False


def before(
    step: PairStep,
    steps: Sequence[PairStep],
    *,
    nodes: Sequence[Node],
    serving: str,
    catch_up: Mapping[str, Any],
    care: Care,
    prepared: Prepared,
    record: bool = False,
) -> list[dict[str, Any]]:
    """The ordered list of {do, node, ...} that comes before a step.

    step: PairStep to do next; steps: all PairSteps of its hop; nodes: model.pair.Node of the site, in its order; serving: name of the
    node that serves; catch_up: the catch-up that is pending as the journal has it, {} for none; record: whether the nodes are recorded,
    which they are before an upgrade begins. The module snapshot keeps a recent one.
    """
    found = []
    if _is_prepared_for(step, steps, care, prepared):
        for node in nodes if step.action != INSTALL else [one for one in nodes if one.name == step.node]:
            found += _of_node(node, prepared)
        found += [{"do": "snapshot", "node": node.name} for node in nodes if record]
        found += [] if prepared.clients else [{"do": name, "node": serving} for name in _of_clients(care)]
    if step.action == INSTALL and step.peer and serving == step.peer and care.online_floor > 0 and (catch_up.get("online_before") or 0) > 0:
        found.append({"do": "clients_back", "node": serving, "peer": step.node})
    if care.drain and disturbs(step, serving):
        what = _WHAT[step.action].format(package=step.package, node=step.node)
        found.append({"do": "drain", "node": serving, "what": what})
    return found


def in_window(steps: Sequence[Mapping[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What comes before the first of `steps`, with the maintenance window: nothing is prepared outside of it, and what is found may take
    longer than its time, so the window is checked again after it."""
    window = steps[0]["window"] if steps else None
    if window is None:
        return found
    look = {"do": "window", "node": steps[0]["node"], "seconds": window["seconds"], "what": steps[0]["title"]}
    return [look, *found, look] if found else [look]


def _is_prepared_for(step: PairStep, steps: Sequence[PairStep], care: Care, prepared: Prepared) -> bool:
    """Whether nodes and clients are prepared before it: installations follow."""
    if not any(one.action == INSTALL for one in steps):
        return False
    return step.action in (INSTALL, SYNC, BREAK) or step.action == CATCH_UP and care.reinstall and not prepared.clients


def _of_clients(care: Care) -> list[str]:
    """What is done before the clients of the site meet anything new."""
    return ["clients", *(["clients_uninstalled"] if care.reinstall else []), *(["client_limits"] if care.limits else [])]


def _of_node(node: Node, prepared: Prepared) -> list[dict[str, Any]]:
    saved = prepared.saved.get(node.name) or {}
    found = [] if node.name in prepared.checked else [{"do": "preflight", "node": node.name}]
    is_saved = saved.get("version") == node.version and node.clock - float(saved["clock"]) <= SAVED_FOR  # a template may make it a text
    return found if is_saved else [*found, {"do": "backup", "node": node.name}]
