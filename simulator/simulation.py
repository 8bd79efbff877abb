# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A world in motion: its clock, its machines, and the one lock around all of their state."""

from __future__ import annotations

import math
import threading
import time
from typing import TYPE_CHECKING, Any

from . import api, pages
from .clock import Clock
from .faults import Faults
from .machine import Machine, Meter, Pair
from .requestlog import RequestLog
from .waiting import Waiting

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response


HOUR = 3600


class Site:
    """One machine with the handlers of its addresses."""

    def __init__(self, world: Any, machine: Machine) -> None:
        self.machine = machine
        self.pages = pages.application(world, machine)
        self._handlers = (self.pages, api.application(world, machine))

    def answer(self, request: Request) -> Response | None:
        """The response of the first handler that knows the address, or None."""
        for handler in self._handlers:
            response = handler(request)
            if response is not None:
                return response
        return None


class Simulation:
    """Hold `lock` while touching anything below it. real and sleep are injectable for tests."""

    def __init__(
        self, world: Any, real: Any = time.monotonic, sleep: Any = time.sleep, speed: float | None = None, idle_speed: float | None = None
    ) -> None:
        self.lock = threading.RLock()
        self.log, self.faults = RequestLog(), Faults(sleep)
        self._real, self._speeds = real, (speed, idle_speed)
        self.replace(world)

    def replace(self, world: Any) -> None:
        """Begin anew with another world; log and faults are emptied. Speeds given at the start stay."""
        settings = world["clock"]
        speed, idle_speed = (
            settings[key] if given is None else given for key, given in zip(("speed", "idle_speed"), self._speeds, strict=True)
        )
        clock = Clock(world.start, speed, idle_speed, settings["idle_after"], settings["idle_hours"], self._real, settings["busy_speed"])
        with self.lock:
            self.world, self.clock, self.meter, self.waiting = world, clock, Meter(world["limits"]), Waiting()
            self.sites = [Site(world, Machine(world, spec, clock, self.meter)) for spec in world["appliances"]]
            machines = {site.machine.name: site.machine for site in self.sites}
            self.pairs = [Pair(spec, machines, clock) for spec in world["pairs"]]
            clock.busy_until = lambda: max(
                *(site.machine.busy_until() for site in self.sites), *(pair.busy_until() for pair in self.pairs), -math.inf
            )
            self.log.clear()
            self.faults.clear()

    def site(self, position: Any) -> Site | None:
        """The site at a position of the world file, or None: the world may have fewer than there are ports."""
        return self.sites[position] if position < len(self.sites) else None

    def machine(self, name: str) -> Machine:
        """The machine of this name. Raises KeyError."""
        return {site.machine.name: site.machine for site in self.sites}[name]

    def pair(self, name: str) -> Pair:
        """The pair of this name. Raises KeyError."""
        return {pair.name: pair for pair in self.pairs}[name]

    def asked(self, machine: Machine, client: Any, what: Any) -> None:
        """A client asks this of a machine: first the time passes that it has waited."""
        self.clock.asked(self.waiting.ask(self._waits_as(machine), client, what))
        machine.settle()

    def answered(self, machine: Machine, client: Any, what: Any, *, refused: Any, written: Any) -> None:
        """The answer is ready: refused for want of a login? Did it change anything?"""
        if written:
            self.waiting.clear(self._waits_as(machine))
        elif refused:
            self.waiting.refused(self._waits_as(machine), client, what)

    def knocked(self, machine: Machine) -> None:
        """Somebody met a machine that takes no connection: whoever does so waits for it."""
        self.clock.asked(0)
        machine.settle()

    def _waits_as(self, machine: Machine) -> str:
        """The name under which the clients of a machine wait: both nodes of a pair are one."""
        return next((f"pair {pair.name}" for pair in self.pairs if machine in pair.nodes), machine.name)

    def pass_until_clients(self, most: Any) -> None:
        """Let up to so many seconds pass, an hour at a time, until a tenth of the Jump Clients that wait for their upgrade has it."""
        waiting, left = self._waiting_clients(), most
        goal = waiting - max(1, waiting // 10)
        while left > 0 and self._waiting_clients() > goal:
            self.clock.advance(min(HOUR, left))
            self.settle()
            left -= HOUR

    def _waiting_clients(self) -> int:
        machines = [pair.node(pair.front) for pair in self.pairs] or [site.machine for site in self.sites]
        counts = [machine.clients.summary(machine.now()) for machine in machines]
        return sum(count for one in counts for kind, count in one.items() if kind.endswith("_pending"))

    def settle(self) -> None:
        """Bring all machines up to now."""
        with self.lock:
            for site in self.sites:
                site.machine.settle()
