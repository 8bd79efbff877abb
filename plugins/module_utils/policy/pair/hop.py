# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The steps of one hop of a pair, in the order of its mode, as far as they are not done (docs/vendor/procedure.md). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ...model.moments import iso
from ...model.pair import PRESENT, Node
from ...model.pair_step import BREAK, ESTABLISH, INSTALL, INTERIM, NETWORK, ROLE, SYNC, TAKE_OVER, PairStep
from .blockers import Blocker, Problem
from .invariants import sync_failed

if TYPE_CHECKING:
    from .site import PairSite


class HopSteps:
    """site: site.PairSite with something left to install."""

    def __init__(self, site: PairSite) -> None:
        self.site, self.pair, self.policies, self.memory = site, site.pair, site.policies, site.memory
        self.serving, self.peer = site.serving, site.peer
        ahead = site.versions[self.serving.name] > site.versions[self.peer.name]
        self.second_phase = ahead or not site.serving_pending
        self.first = self.serving if site.mode == "synchronous" or self.second_phase else self.peer
        self.second = self.pair.peer_of(self.first)

    @property
    def primary(self) -> Node:
        """Of a relation that is present: find_problems() found one."""
        return cast(Node, self.pair.primary)

    def steps(self) -> list[PairStep]:
        if not self.site.disruptive:  # licence add-ons cut nobody off: no relation is broken for them
            related = self.pair.relation == PRESENT
            return self._installs(self.first) + self._installs(self.second) + ([self._last_sync(self.primary)] if related else [])
        found = self._separate() if self.pair.relation == PRESENT and not self.site.keeps_relation else []
        if self.second_phase:
            found += self._interim(self.second) + self._installs(self.second) + self._installs(self.first)
        elif self.first is self.serving:
            found += self._installs(self.first) + self._later_interim() + self._installs(self.second)
        else:
            found += self._installs(self.first) + [self._take_over()] + self._later_interim() + self._installs(self.second)
        return found + self._together()

    def _separate(self) -> list[PairStep]:
        """A fresh data sync, where the nodes are equal and so can make one, and the break."""
        primary = self.primary
        last = primary.last_data_sync
        recent = last is not None and primary.clock - last <= self.policies.sync_max_age
        fresh = recent and not sync_failed(primary.last_data_sync_status) and not self.memory.unsynced
        sync = [] if fresh or self.site.differ() else [self._first_sync(primary)]
        return [*sync, self._step(BREAK, primary)]

    def _first_sync(self, primary: Node) -> PairStep:
        """Before the break: a recent one is enough, unless something was installed since."""
        return self.site.sync_after_all(primary) if self.memory.unsynced else self._step(SYNC, primary, max_age=self.policies.sync_max_age)

    def _last_sync(self, node: Node) -> PairStep:
        """After the last installation of a hop in which the relation is kept."""
        return self._step(SYNC, node, "after the last installation")

    def _installs(self, node: Node) -> list[PairStep]:
        return [
            self._step(INSTALL, node, step.reason, package=step.package, kind=step.kind, version=step.version)
            for step in self.site.left[node.name]
        ]

    def _take_over(self) -> PairStep:
        related = self.pair.relation == PRESENT and self.site.keeps_relation
        return self._step(TAKE_OVER, self.first, how=ROLE if related else NETWORK, data_sync_first=related and self.site.keeps_all_data())

    def _together(self) -> list[PairStep]:
        serves = self.serving if self.site.mode == "synchronous" or self.second_phase else self.first
        broken = self.pair.relation != PRESENT or not self.site.keeps_relation
        return [self._step(ESTABLISH, serves) if broken else self._last_sync(serves)]

    # --- the time between the two nodes

    def _later_interim(self) -> list[PairStep]:
        wanted = self.policies.interim_min or self.policies.interim_acknowledge
        return [self._step(INTERIM, self.first, self._conditions())] if wanted else []

    def _interim(self, second: Node) -> list[PairStep]:
        """The interim now: [] when it is over, a step that only records the acknowledgement, or one that waits."""
        first, left = self.pair.peer_of(second), self._seconds_left()
        acknowledged = "interim" in (*self.policies.acknowledged, *self.memory.acknowledged)
        if self.policies.interim_acknowledge and not acknowledged:
            return [self._step(INTERIM, first, self._conditions(), next_run_at=self._at(left))]
        if left > 0:
            return [self._step(INTERIM, first, self._conditions(), next_run_at=self._at(left))]
        if self.policies.interim_acknowledge and "interim" not in self.memory.acknowledged:
            return [self._step(INTERIM, first, "acknowledged", done=True)]
        return []

    def _seconds_left(self) -> float:
        """Of the minimum; without memory of the beginning all of it is left (the interim itself notes one)."""
        since, least = self.memory.first_done_at, self.policies.interim_min
        return least if since is None or not least else max(0.0, since + least - self.serving.clock)

    def _at(self, seconds: float) -> str:
        return iso(self.serving.clock + seconds)

    def _conditions(self) -> str:
        parts = [f"at least {self.policies.interim_min:.0f} seconds"] if self.policies.interim_min else []
        parts += ["until it is acknowledged (upgrade_acknowledged: [interim])"] if self.policies.interim_acknowledge else []
        return f"{self.second.name} waits " + " and ".join(parts)

    def overdue(self) -> list[Problem]:
        """A Problem when the pair has waited for its acknowledgement longer than it may be without failover."""
        since, most = self.memory.first_done_at, self.policies.interim_max
        waits = [step for step in (self._interim(self.second) if self.second_phase else []) if not step.done]
        if not most or since is None or not waits or self.serving.clock - since <= most:
            return []
        return [
            Problem(
                Blocker.INTERIM_OVERDUE,
                f"{self.second.name} has waited {self.serving.clock - since:.0f} seconds, "
                f"{most:.0f} are allowed, and the pair has no failover meanwhile.",
            )
        ]

    def _step(self, action: str, node: Node, reason: str = "", **more: Any) -> PairStep:
        return PairStep(action, node.name, self.pair.peer_of(node).name, reason=reason, **more)
