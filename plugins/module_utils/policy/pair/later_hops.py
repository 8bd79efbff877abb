# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every step that is left of a pair's upgrade: those of the present hop, then those of each later hop as they will be planned. Pure.

A later hop is planned by the same PairSite, on the pair as the steps before it leave it. Only the first step of all is ever done: then
everything is planned again from what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from ...model.package import BASE, SITE
from ...model.pair import BACKUP, NONE, PRESENT, PRIMARY, Node, Public
from ...model.pair_step import BREAK, CATCH_UP, ESTABLISH, INSTALL, SWAP, SYNC, TAKE_OVER, PairStep
from ..plan.numbers import Left, disturbs
from .inputs import Memory, Policies
from .site import PairSite
from .site_blockers import find_site_blockers

MOVES = (TAKE_OVER, SWAP)
DAY = 86400  # seconds that clients have at least: an older data sync is not young any more
_MOST_ROUNDS = 100  # hops, and what comes after the last one


def left_steps(site: PairSite, steps: Sequence[PairStep], *, waits: bool = True) -> tuple[list[Left], bool, PairSite]:
    """(list of Left, whether it is certain that they are all, the PairSite after them).

    site: PairSite; steps: PairSteps of its present hop.
    waits: whether the clients' waiting takes its time, so that a data sync before it is too old for the break after it.
    """
    found, hop, sure = [], 1, all(plan.certain for plan in site.plans.values())
    steps = _with_stale_sync(site, list(steps), waits)
    for _round in range(_MOST_ROUNDS):
        if not steps:
            break
        walk = _Walk(site)
        found += [walk.take(step, number) for step, number in zip(steps, _hops_of(steps, hop))]
        hop += any(step.action == INSTALL for step in steps)
        site = walk.site(waits)
        steps = _with_stale_sync(site, site.steps(), waits)
        sure = sure and not find_site_blockers(site)
    return found, sure and not steps, site


def _hops_of(steps: Sequence[PairStep], hop: int) -> Iterator[int]:
    """The hop that each step belongs to: a catch-up before the first installation is the end of the hop before it."""
    installs = [number for number, step in enumerate(steps) if step.action == INSTALL]
    for number, step in enumerate(steps):
        closes = not installs or step.action == CATCH_UP and number < installs[0]
        yield max(hop - 1, 1) if closes else hop


def _with_stale_sync(site: PairSite, steps: list[PairStep], waits: bool) -> list[PairStep]:
    """The steps with a data sync before the break, where the wait for clients that comes first makes the last one too old."""
    if [step.action for step in steps[:2]] != [CATCH_UP, BREAK] or not _grows_old(site.policies, waits):
        return steps
    step = steps[1]
    return [steps[0], PairStep(SYNC, step.node, step.peer, max_age=site.policies.sync_max_age), *steps[1:]]


def _grows_old(policies: Policies, waits: bool) -> bool:
    return waits and policies.sync_max_age < DAY


class _Walk:
    """What a PairSite becomes by one step after another."""

    def __init__(self, site: PairSite) -> None:
        self._site = site
        self._serving, self._related = site.serving.name, site.pair.relation == PRESENT
        self._versions = {name: str(version) for name, version in site.versions.items()}
        self._bases = {name: plan.base_version for name, plan in site.plans.items()}
        self._catch_up, self._unsynced, self._waited = site.memory.catch_up, site.memory.unsynced, False
        self._installed: set[str] = set()

    def take(self, step: PairStep, hop: int) -> Left:
        """The Left of a step that is done next."""
        cut_off, served = disturbs(step, self._serving), self._versions[self._serving]
        unrecorded = step.action == TAKE_OVER and not cut_off  # clients meet its version already, which the journal does not know yet
        self._do(step)
        self._catch_up = self._catch_up or unrecorded or served != self._versions[self._serving]
        return Left(step, hop, cut_off)

    def _do(self, step: PairStep) -> None:
        if step.action == INSTALL:
            self._install(step)
        elif step.action in MOVES:
            self._serving = step.node
        elif step.action == CATCH_UP:
            self._catch_up, self._waited = False, True
        elif step.action in (SYNC, ESTABLISH):
            self._unsynced, self._related, self._waited = False, True, False
        elif step.action == BREAK:
            self._related = False

    def _install(self, step: PairStep) -> None:
        self._unsynced = True
        self._installed.add(step.node)
        if step.kind == SITE:
            self._versions[step.node] = step.version or ""
        if step.kind == BASE:
            self._bases[step.node] = step.version

    def site(self, waits: bool) -> PairSite:
        """The PairSite after all steps that were taken."""
        old = self._site
        plans = {
            name: replace(plan, hops=plan.hops[1:] if name in self._installed else plan.hops, base_version=self._bases[name])
            for name, plan in old.plans.items()
        }
        pair = replace(old.pair, nodes=tuple(self._node(node, waits) for node in old.pair.nodes))
        guid = next(node.guid for node in pair.nodes if node.name == self._serving)
        pair = replace(pair, public=replace(cast(Public, pair.public), guid=guid))
        memory = Memory(old.memory.guids, old.memory.origin, catch_up=self._catch_up, unsynced=self._unsynced)
        return PairSite(pair, plans, old.mode, old.policies, memory)

    def _node(self, node: Node, waits: bool) -> Node:
        serves = node.name == self._serving
        old = self._waited and _grows_old(self._site.policies, waits)
        guids = tuple(one.guid for one in self._site.pair.nodes)
        return replace(
            node,
            version=self._versions[node.name],
            build="",
            members=guids if self._related else (node.guid,),
            role=(PRIMARY if serves else BACKUP) if self._related else NONE,
            last_data_sync=node.clock - (self._site.policies.sync_max_age + 1 if old else 0) if self._related else None,
            last_data_sync_status="",
        )
