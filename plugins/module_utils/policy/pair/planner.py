# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner for pairs: from what both nodes run and are offered to the steps that are left. Pure.

It runs again after every step, so each state that a fault, an abort or a person can cause leads to a next step or a blocker.
What is seen decides; memory gives dates, acknowledgements, and whether the relation was broken for the hop at hand.

The hop is that of the node that is behind: people meet the versions of the node that serves, one hop at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional, cast

from ...errors import InvalidInput, PlanError
from ...model.manifest import Manifest
from ...model.package import BASE, LICENCE, SITE, Package
from ...model.pair import ABSENT, PRESENT, Node, Pair
from ...model.pair_step import CATCH_UP, ESTABLISH, INSTALL, NETWORK, SWAP, SYNC, TAKE_OVER, PairPlan, PairStep
from ...model.plan import Plan, Step
from ...model.version import Version
from ..plan.planner import make_plan
from .blockers import Blocker, Problem
from .describe import describe_nodes
from .hop import HopSteps
from .invariants import Expect, find_problems, foreign_journal

ASYNCHRONOUS = "asynchronous"

Offers = Mapping[str, tuple[Optional[str], Sequence[Package]]]  # {node's name: (Base version, rows)}


@dataclass(frozen=True)
class Policies:
    """What the vendor's public text leaves open, or a person decides; see the module upgrade_plan."""

    failover_relation_during_upgrade: str = "break"
    base_while_related: bool = False
    interim_min: float = 0
    interim_max: float = 0
    interim_acknowledge: bool = False
    data_gap: str = "refuse"
    restore_roles: bool = False
    sync_max_age: float = 3600
    acknowledged: tuple = ()


@dataclass(frozen=True)
class Memory:
    """What the journal remembers of the pair; see model.journal.parts."""

    guids: tuple = ()
    origin: str = ""
    catch_up: bool = False
    first_done_at: float | None = None
    acknowledged: tuple = ()
    broken: bool = False
    moving: str = ""
    unsynced: bool = False
    sync_since: float | None = None

    @classmethod
    def from_dict(cls, known: Mapping[str, Any]) -> Memory:
        """From model.journal.memory.memory_of; what it does not hold is not known."""
        lists: Any = {name: tuple(known.get(name) or ()) for name in ("guids", "acknowledged")}
        texts: Any = {name: known.get(name) or "" for name in ("origin", "moving")}
        flags: Any = {name: bool(known.get(name)) for name in ("catch_up", "broken", "unsynced")}
        return cls(**lists, **texts, **flags, first_done_at=known.get("first_done_at"), sync_since=known.get("sync_since"))


def decide_pair(
    pair: Pair,
    offers: Offers,
    *,
    mode: str,
    target: str | None = None,
    target_base: str | None = None,
    manifest: Manifest | None = None,
    other: str = "install",
    policies: Policies = Policies(),
    memory: Memory = Memory(),
) -> tuple[PairPlan, PairSite | None]:
    """(PairPlan, the PairSite that it was made from; None where something blocks every plan).

    offers: {node's name: (Base version or None, Package rows)}. PlanError where no path leads to the target.
    """
    problems = [*foreign_journal(pair, memory.guids), *find_problems(pair, Expect(mode=mode, public=True))]
    only = _half_moved(pair, problems, memory) or _repairing_sync(pair, problems)
    if problems and not only:
        return PairPlan(mode, target or "", blockers=tuple(problems)), None
    plans = {node.name: plan_node(node, offers, target, target_base, manifest, other) for node in pair.nodes}
    reach = max((plan.target for plan in plans.values()), key=Version)
    site = PairSite(pair, plans, mode, policies, memory)
    if only:
        return PairPlan(mode, reach, (only,)), site
    steps, blockers = site.steps(), site.blockers()
    return PairPlan(mode, reach, tuple(steps), site.later(), tuple(blockers), site.notes()), site


def plan_node(node: Node, offers: Offers, target: str | None, target_base: str | None, manifest: Manifest | None, other: str) -> Plan:
    """The Plan of one node; PlanError names it."""
    if node.name not in offers:
        raise InvalidInput(
            f"What {node.name} offers was not read.", remedy="Read the site with its offers: site_info with `read_offers: true`."
        )
    base, packages = offers[node.name]
    try:
        return make_plan(
            site_version=node.version,
            base_version=base,
            packages=packages,
            target=target,
            target_base=target_base,
            manifest=manifest,
            other=other,
        )
    except PlanError as exc:
        raise exc.with_host(node.name) from exc


def _half_moved(pair: Pair, problems: Sequence[Problem], memory: Memory) -> PairStep | None:
    """The roles were swapped by an earlier run that could not move the public name any more: that is what is left to do."""
    alone = [one.blocker for one in problems] == [Blocker.PUBLIC_ON_BACKUP]
    if alone and pair.primary and memory.moving == pair.primary.name:
        return PairStep(TAKE_OVER, pair.primary.name, pair.other(pair.primary).name, how=NETWORK)
    return None


def _repairing_sync(pair: Pair, problems: Sequence[Problem]) -> PairStep | None:
    """The last data sync failed, and nothing else is wrong: another one may repair it."""
    alone = [one.blocker for one in problems] == [Blocker.SYNC_FAILED]
    if alone and len({(node.version, node.build) for node in pair.nodes}) == 1:
        primary = cast(Node, pair.primary)
        return PairStep(SYNC, primary.name, pair.other(primary).name, reason="the last one failed")
    return None


class PairSite:
    """A pair without problems, with the plan of each node."""

    def __init__(self, pair: Pair, plans: dict[str, Plan], mode: str, policies: Policies, memory: Memory) -> None:
        self.pair, self.plans, self.mode, self.policies, self.memory = pair, plans, mode, policies, memory
        self.serving = cast(Node, pair.serving)  # a sound pair has one
        self.other = pair.other(self.serving)
        self.versions = {node.name: Version(node.version) for node in pair.nodes}
        self.behind = min(self.serving, self.other, key=lambda node: (self.versions[node.name], node is self.serving))
        self.left = {node.name: self._left(node) for node in pair.nodes}
        self.equal = self.versions[self.serving.name] == self.versions[self.other.name]
        self.disruptive = any(step.kind != LICENCE for steps in self.left.values() for step in steps)

    def _left(self, node: Node) -> tuple[Step, ...]:
        """What the node lacks of the present hop: its first hop, unless that leads on to a version after the hop."""
        hops = self.plans[node.name].hops
        if not hops:
            return ()
        ahead = self.versions[node.name] > self.versions[self.behind.name]
        return () if ahead and hops[0].site_version else tuple(step for step in hops[0].steps if step.action == "install")

    # --- the steps

    def steps(self) -> list[PairStep]:
        return self._unrecorded_take_over() + self._steps()

    def _unrecorded_take_over(self) -> list[PairStep]:
        """The node serves, and the run that moved the public name ended before it recorded that. The catch-up counts from then."""
        due = self.mode == ASYNCHRONOUS and self.pair.relation == ABSENT and self.memory.moving == self.serving.name
        return [self._step(TAKE_OVER, self.serving, "it serves already, which the journal does not know yet", how=NETWORK)] if due else []

    def _steps(self) -> list[PairStep]:
        if self._must_establish():
            rest = [self._step(ESTABLISH, self.serving)]
            return rest + self._catch_up() if self._pending() else rest + self._catch_up() + self._swap()
        if not self._pending():
            return self._due_sync() + self._catch_up() + self._swap()
        return self._with_catch_up(HopSteps(self).steps())

    def _with_catch_up(self, steps: list[PairStep]) -> list[PairStep]:
        """The catch-up comes first in a hop. Within a hop it comes before the clients get another version."""
        if not self.memory.catch_up or not self._brings_change():
            return steps
        if self._at_start() and not self.memory.broken:
            return self._catch_up() + steps
        place = next((number for number, step in enumerate(steps) if self._is_met(step)), None)
        return steps if place is None else steps[:place] + self._catch_up() + steps[place:]

    def _is_met(self, step: PairStep) -> bool:
        """Whether clients meet something new by this step: another node serves, or the serving one gets another package."""
        return step.action == TAKE_OVER or (step.action == INSTALL and step.kind in (BASE, SITE) and step.node == self.serving.name)

    def _pending(self) -> bool:
        return any(self.left.values())

    def _at_start(self) -> bool:
        return self.equal and self.serving_pending and self.peer_pending

    @property
    def serving_pending(self) -> bool:
        return bool(self.left[self.serving.name])

    @property
    def peer_pending(self) -> bool:
        return bool(self.left[self.other.name])

    def _brings_change(self) -> bool:
        return any(step.kind in (BASE, SITE) for steps in self.left.values() for step in steps)

    def _must_establish(self) -> bool:
        """The hop is done on both nodes, and the relation not established; or a person broke it."""
        if self.pair.relation != ABSENT or not self.equal or self._differ():
            return False
        if not self._pending():
            return True
        started = not (self.serving_pending and self.peer_pending) or self._half_based()
        return not started and not self.memory.broken

    def _half_based(self) -> bool:
        """One node has the hop's Base packages and the other one not: the hop has begun."""
        installed = [plan.base_version for plan in self.plans.values()]
        if all(installed):
            return installed[0] != installed[1]
        bases = [{step.package for step in steps if step.kind == BASE} for steps in self.left.values()]
        return bases[0] != bases[1]

    def _differ(self) -> bool:
        serving, other = self.serving, self.other
        return (serving.version, serving.build) != (other.version, other.build)

    def _due_sync(self) -> list[PairStep]:
        """The last sync: none is reported since the relation was established, or since the last installation."""
        if self.pair.relation != PRESENT or not self.pair.primary or self._differ():
            return []
        if self.memory.unsynced:
            return [self.sync_after_all(self.pair.primary)]
        synced = self.pair.primary.last_data_sync is not None
        return [] if synced else [self._step(SYNC, self.pair.primary, "the first one of this relation")]

    def sync_after_all(self, node: Node) -> PairStep:
        """A sync that is later than the last installation."""
        return self._step(SYNC, node, "the peer has not got what was changed since the last one", since=self.memory.sync_since)

    def _catch_up(self) -> list[PairStep]:
        return [self._step(CATCH_UP, self.serving)] if self.memory.catch_up else []

    def _swap(self) -> list[PairStep]:
        origin = self.memory.origin
        wanted = self.policies.restore_roles and self.mode == ASYNCHRONOUS and origin not in ("", self.serving.name)
        return [self._step(SWAP, self.other)] if wanted and origin == self.other.name else []

    def _step(self, action: str, node: Node, reason: str = "", **more: Any) -> PairStep:
        return PairStep(action, node.name, self.pair.other(node).name, reason=reason, **more)

    # --- what speaks against them

    def blockers(self) -> list[Problem]:
        pending = self._pending() and self.disruptive
        found = []
        if pending and self._takes_over() and self.policies.data_gap != "accept" and not self._related_swap():
            found.append(
                Problem(
                    Blocker.DATA_GAP,
                    f"What {self.serving.name} gains between the data sync and the take-over (sessions, "
                    f"recordings, settings) is not on {self.other.name}.",
                )
            )
        if pending and self.equal and not self._half_based() and self._offered(self.serving) != self._offered(self.other):
            evidence = "; ".join(f"{node.name}: {', '.join(sorted(self._offered(node))) or 'nothing'}" for node in self.pair.nodes)
            found.append(Problem(Blocker.OFFERS_DIFFER, "The nodes are not offered the same Base and site packages.", evidence))
        if pending and self._takes_over() and self._jumps():
            found.append(
                Problem(
                    Blocker.HOPS_APART,
                    f"{self.other.name} is more than one hop ahead of {self.serving.name}: with a "
                    "take-over the clients would miss a version.",
                    describe_nodes(self.pair),
                )
            )
        if pending and self._takes_over() and self.pair.relation == ABSENT and self.other.role == "backup":
            found.append(
                Problem(
                    Blocker.BACKUP_ROLE_KEPT,
                    f"{self.other.name} still calls itself backup after the break, and a backup accepts nobody.",
                    describe_nodes(self.pair),
                )
            )
        if not self._pending() and self.equal and self._differ():
            found.append(Problem(Blocker.VERSIONS_DIFFER, "The nodes run different builds of one version.", describe_nodes(self.pair)))
        return found + ([] if self._must_establish() else self._overdue())

    def _overdue(self) -> list[Problem]:
        return HopSteps(self).overdue() if self._pending() else []

    def _takes_over(self) -> bool:
        """Is a take-over by the other node still to come in this hop?"""
        return self.mode == ASYNCHRONOUS and self.serving_pending and self.versions[self.serving.name] <= self.versions[self.other.name]

    def _related_swap(self) -> bool:
        """A take-over by a role swap that pulls a sync: nothing is lost."""
        return self.keeps_relation and not self._brings_site() and not self._differ()

    @property
    def keeps_relation(self) -> bool:
        keep = self.policies.failover_relation_during_upgrade == "keep"
        return keep or (self.policies.base_while_related and not self._brings_site())

    def _brings_site(self) -> bool:
        return not self.equal or any(step.kind == SITE for steps in self.left.values() for step in steps)

    def _offered(self, node: Node) -> set[str]:
        return {step.package for step in self.left[node.name] if step.kind in (BASE, SITE)}

    def _jumps(self) -> bool:
        site = next((step.version for step in self.left[self.serving.name] if step.kind == SITE), None)
        return site is not None and self.versions[self.other.name] > Version(site)

    # --- for people

    def later(self) -> tuple[str, ...]:
        """Site versions of the hops after the present one."""
        hops = self.plans[self.behind.name].hops
        now = 1 if self.left[self.behind.name] else 0
        return tuple(hop.site_version or "Base" for hop in hops[now:])

    def notes(self) -> tuple[str, ...]:
        found = [f"{node.name}: {note}" for node in self.pair.nodes for note in self.plans[node.name].notes]
        if self.policies.restore_roles and self.mode == ASYNCHRONOUS and not self.memory.origin:
            found.append("Which node was primary at the start is not known: the roles are not swapped back.")
        return tuple(found)
