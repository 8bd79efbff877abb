# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The steps of the present hop that a pair still lacks."""

from __future__ import annotations

from typing import Any, cast

from ...model.package import BASE, LICENCE, SITE
from ...model.pair import ABSENT, PRESENT, Node, Pair
from ...model.pair_step import CATCH_UP, ESTABLISH, INSTALL, NETWORK, SWAP, SYNC, TAKE_OVER, PairStep
from ...model.plan import Plan, Step
from ...model.version import Version
from .hop import HopSteps
from .inputs import Memory, Policies

ASYNCHRONOUS = "asynchronous"


class PairSite:
    """A pair without problems, with the plan of each node."""

    def __init__(self, pair: Pair, plans: dict[str, Plan], mode: str, policies: Policies, memory: Memory) -> None:
        self.pair, self.plans, self.mode, self.policies, self.memory = pair, plans, mode, policies, memory
        self.serving = cast(Node, pair.serving)  # a sound pair has one
        self.peer = pair.peer_of(self.serving)
        self.versions = {node.name: Version(node.version) for node in pair.nodes}
        self.behind = min(self.serving, self.peer, key=lambda node: (self.versions[node.name], node is self.serving))
        self.left = {node.name: self._left(node) for node in pair.nodes}
        self.equal = self.versions[self.serving.name] == self.versions[self.peer.name]
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
        if self.must_establish():
            rest = [self._step(ESTABLISH, self.serving)]
            return rest + self._catch_up() if self.pending() else rest + self._catch_up() + self._swap()
        if not self.pending():
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

    def pending(self) -> bool:
        return any(self.left.values())

    def _at_start(self) -> bool:
        return self.equal and self.serving_pending and self.peer_pending

    @property
    def serving_pending(self) -> bool:
        return bool(self.left[self.serving.name])

    @property
    def peer_pending(self) -> bool:
        return bool(self.left[self.peer.name])

    def _brings_change(self) -> bool:
        return any(step.kind in (BASE, SITE) for steps in self.left.values() for step in steps)

    def must_establish(self) -> bool:
        """The hop is done on both nodes, and the relation not established; or a person broke it."""
        if self.pair.relation != ABSENT or not self.equal or self.differ():
            return False
        if not self.pending():
            return True
        started = not (self.serving_pending and self.peer_pending) or self.half_based()
        return not started and not self.memory.broken

    def half_based(self) -> bool:
        """One node has the hop's Base packages and the other one not: the hop has begun."""
        installed = [plan.base_version for plan in self.plans.values()]
        if all(installed):
            return installed[0] != installed[1]
        bases = [{step.package for step in steps if step.kind == BASE} for steps in self.left.values()]
        return bases[0] != bases[1]

    def differ(self) -> bool:
        serving, other = self.serving, self.peer
        return (serving.version, serving.build) != (other.version, other.build)

    def _due_sync(self) -> list[PairStep]:
        """The last sync: none is reported since the relation was established, or since the last installation."""
        if self.pair.relation != PRESENT or not self.pair.primary or self.differ():
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
        return [self._step(SWAP, self.peer)] if wanted and origin == self.peer.name else []

    def _step(self, action: str, node: Node, reason: str = "", **more: Any) -> PairStep:
        return PairStep(action, node.name, self.pair.peer_of(node).name, reason=reason, **more)

    # --- what the pair is like

    def takes_over(self) -> bool:
        """Is a take-over by the other node still to come in this hop?"""
        return self.mode == ASYNCHRONOUS and self.serving_pending and self.versions[self.serving.name] <= self.versions[self.peer.name]

    def keeps_all_data(self) -> bool:
        """A take-over by a role swap that pulls a sync: nothing is lost."""
        return self.keeps_relation and not self.brings_site() and not self.differ()

    @property
    def keeps_relation(self) -> bool:
        keep = self.policies.failover_relation_during_upgrade == "keep"
        return keep or (self.policies.base_while_related and not self.brings_site())

    def brings_site(self) -> bool:
        return not self.equal or any(step.kind == SITE for steps in self.left.values() for step in steps)

    def offered(self, node: Node) -> set[str]:
        return {step.package for step in self.left[node.name] if step.kind in (BASE, SITE)}

    def is_hops_apart(self) -> bool:
        site = next((step.version for step in self.left[self.serving.name] if step.kind == SITE), None)
        return site is not None and self.versions[self.peer.name] > Version(site)

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
