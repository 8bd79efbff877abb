# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A running world for pytest: in threads of this process, on free ports, with a clock that only moves when told."""

from __future__ import annotations

import pathlib
import tempfile
import time
from typing import TYPE_CHECKING, Any

from . import tls, world
from .control import Control
from .server import Port, Servers
from .simulation import Simulation

if TYPE_CHECKING:
    from .faults import Fault
    from .machine.appliance import Machine
    from .machine.pair import Pair
    from .world import World


class Running:
    """Use as a context manager, or call stop(). world: a name, a path, YAML text, or a World.

    speed and idle_speed: None takes those of the world. sleep is what the faults delay and slow_drip sleep with, real the clock behind
    the virtual one.
    """

    def __init__(
        self,
        chosen: str = "far_outdated",
        *,
        speed: float = 0,
        idle_speed: float = 0,
        sleep: Any = lambda seconds: None,
        real: Any = time.monotonic,
    ) -> None:
        self.world = chosen if isinstance(chosen, world.World) else _load(chosen)
        self.simulation = Simulation(self.world, real, sleep, speed=speed, idle_speed=idle_speed)
        self._servers = Servers(self.simulation)
        self._control = Port("127.0.0.1", 0, None)
        self._control.app = Control(self.simulation, self._servers)
        self._control.start()
        self._folder = tempfile.TemporaryDirectory(prefix="simulator-")
        self.ca_file = str(pathlib.Path(self._folder.name) / "ca.pem")
        tls.write_ca(self.ca_file, [site.machine for site in self.simulation.sites])

    @property
    def url(self) -> str:
        """Of the first appliance."""
        return self.url_of(self.world["appliances"][0]["name"])

    def url_of(self, name: str) -> str:
        return next(one["url"] for one in self._servers.addresses() if one["name"] == name)

    def public_url(self, pair: str = "support") -> str:
        """The public name of a pair."""
        return next(one["url"] for one in self._servers.public_addresses() if one["name"] == pair)

    def pair(self, name: str = "support") -> Pair:
        """The state of a pair itself, for looking and for arranging."""
        return self.simulation.pair(name)

    def first_pair(self) -> Pair:
        """The state of the first pair of the world, whatever its name is."""
        return self.simulation.pairs[0]

    @property
    def control_url(self) -> str:
        return f"http://127.0.0.1:{self._control.port}"

    def machine(self, name: str = "a") -> Machine:
        """The state itself, for looking and for arranging."""
        return self.simulation.machine(name)

    def now(self) -> float:
        """Virtual seconds since 1970."""
        return self.simulation.clock.now()

    def advance(self, seconds: float) -> None:
        """Let virtual time pass, and all that happens in it."""
        self.simulation.clock.advance(seconds)
        self.simulation.settle()

    def fault(self, fault: Any, times: Any = 1, skip: Any = 0, match: Any = None, **options: Any) -> Fault:
        """Script a fault; match: dict of method, path, appliance, action."""
        spec = {"fault": fault, "times": times, "skip": skip, "match": match or {}, **options}
        return self.simulation.faults.add(spec)

    def requests(self, effect: Any = None, appliance: Any = None) -> list[dict[str, Any]]:
        """The log so far, or only its 'read' or 'write' part."""
        return self.simulation.log.entries(appliance, effect)

    def stop(self) -> None:
        self._servers.stop()
        self._control.stop()
        self._folder.cleanup()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *reason: Any) -> None:
        self.stop()


def _load(chosen: Any) -> World:
    return world.parse(chosen) if "\n" in str(chosen) else world.load(chosen)
