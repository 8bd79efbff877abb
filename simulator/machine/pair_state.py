# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The state of a failover pair: roles, relation, the data sync and the role swap under way, the way of the public name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .refused import Refused
from .replica import Replica
from .timeline import Timeline

if TYPE_CHECKING:
    from ..clock import Clock
    from .appliance import Machine


PRIMARY, BACKUP, NONE = "primary", "backup", "none"


class PairState(Replica):
    """What can be asked of a pair.

    related: whether the relation exists. syncing: None or dict of begun, ends, swap (the role change that follows).
    swapping: None or dict of until, primary. front: name of the node behind the public name. cut: whether the nodes do not reach
    each other.
    """

    syncing: Any
    swapping: Any
    unreachable_since: Any

    def __init__(self, spec: dict[str, Any], machines: Any, clock: Clock) -> None:
        self.spec, self.name, self.clock = spec, spec["name"], clock
        self.public_hostname, self.kind = spec["public_hostname"], spec["front"]
        self.nodes = [machines[name] for name in spec["nodes"]]
        self.related, self.front = spec["related"], self.nodes[0].name
        self.syncing = self.swapping = None
        self.cut, self.fails = False, spec["sync"]["fails"]
        self.settings = {
            "backup_operations": spec["backup_operations"],
            "sync_interval_hours": spec["sync"]["interval_hours"],
            "sync_bandwidth": "",
            "automatic_failover": spec["automatic_failover"],
            "primary_timeout_minutes": spec["primary_timeout_minutes"],
            "test_ips": "",
        }
        self.ports = {}  # node name -> HTTPS port, told by the servers
        self.unreachable_since, self.interfering = None, False
        self.next_sync = clock.now() + 3600 * self.settings["sync_interval_hours"] if self.related else math.inf
        self._start_with(self.nodes)
        self.timeline = Timeline(clock.now(), self.front, self.accepts(), self._primaries())

    def now(self) -> float:
        return self.clock.now()

    def peer_of(self, machine: Machine) -> Machine:
        return next(one for one in self.nodes if one is not machine)

    def node(self, name: str) -> Machine:
        """The node of that name. Raises KeyError."""
        return {one.name: one for one in self.nodes}[name]

    def with_role(self, role: Any) -> Machine | None:
        return next((one for one in self.nodes if one.failover_role == role), None)

    @property
    def primary(self) -> Machine | None:
        return self.with_role(PRIMARY)

    @property
    def backup(self) -> Machine | None:
        return self.with_role(BACKUP)

    @property
    def sync_percent(self) -> int | None:
        if not self.syncing:
            return None
        length = max(1.0, self.syncing["ends"] - self.syncing["begun"])
        return max(0, min(99, int(100 * (self.now() - self.syncing["begun"]) / length)))

    def accepts(self) -> bool:
        """Does the node behind the public name take people and clients?"""
        swap = self.swapping or (self.syncing and self.syncing["swap"])
        return self.node(self.front).failover_role != BACKUP and not swap

    def outages(self) -> list[list[float]]:
        return self.timeline.outages({one.name: one.downs for one in self.nodes}, self.now())

    def busy_until(self) -> float:
        """Until when the clock must not idle away."""
        ends = [self.syncing["ends"]] if self.syncing else []
        ends += [self.swapping["until"]] if self.swapping else []
        first = [self.next_sync] if self.related and self.nodes[0].synced_at is None else []
        return max([*ends, *first], default=-math.inf)

    def reaches(self, machine: Machine) -> bool:
        """Does this node reach its peer now?"""
        return not self.cut and self.peer_of(machine).is_down() is None

    def resolve(self, machine: Machine, host: str, port: str | int) -> Machine:
        """The machine at a typed address. Raises Refused when it is not the peer, or does not answer."""
        peer = self.peer_of(machine)
        here = host.strip().lower() in ("127.0.0.1", "localhost")
        known = int(port) == self.ports.get(peer.name, 443) if here else host.strip().lower() == peer.hostname.lower()
        if not known or not self.reaches(machine):
            raise Refused("unreachable", f"The appliance at {host}:{port} cannot be reached.")
        return peer

    def _primaries(self) -> int:
        return sum(one.failover_role == PRIMARY for one in self.nodes)

    def _noted(self, at: float) -> None:
        self.timeline.note(at, self.front, self.accepts(), self._primaries())
