# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the control port can make happen to an appliance: POST /act {"do": name, ...}."""

from __future__ import annotations

import difflib
import inspect
from typing import TYPE_CHECKING, Any

from . import account_acts, client_acts, pair_acts, world
from .act_error import ActError
from .machine import Refused

if TYPE_CHECKING:
    from .machine.appliance import Machine
    from .simulation import Simulation


def act(simulation: Simulation, order: dict[str, Any]) -> dict[str, Any]:
    """Do one act on one appliance (the first, unless "appliance" names another); a dict of what came of it."""
    order = dict(order)
    name, appliance = order.pop("do", None), order.pop("appliance", None)
    function = ACTS.get(name)
    if function is None:
        near = difflib.get_close_matches(str(name), ACTS, n=1)
        raise ActError(f"no act is called {name!r}" + (f" (did you mean {near[0]!r}?)" if near else ""))
    machine = _machine(simulation, appliance or order.get("node"))
    try:
        inspect.signature(function).bind(machine, **order)
    except TypeError as exc:
        raise ActError(f"{name}: {exc} (takes: {', '.join(list(inspect.signature(function).parameters)[1:])})") from exc
    machine.settle()
    machine.event(f"act {name}", **{key: value for key, value in order.items() if "password" not in key})
    try:
        return function(machine, **order) or {}
    except Refused as exc:
        raise ActError(str(exc)) from exc


def _machine(simulation: Simulation, name: Any) -> Machine:
    if name is None:
        return simulation.sites[0].machine
    try:
        return simulation.machine(name)
    except KeyError as exc:
        raise ActError(f"no appliance is called {name!r}") from exc


def _package(machine: Machine, package: Any) -> str:
    if machine.packages.get(package) is None:
        known = ", ".join(one.id for one in machine.packages.all())
        raise ActError(f"no package is called {package!r} (known: {known})")
    return package


def enable_xml_api(machine: Machine, enabled: bool = True) -> None:
    machine.features["xml_api_enabled"] = enabled


def offer_package(machine: Machine, package: Any) -> None:
    machine.packages.offer(_package(machine, package), True)


def withdraw_package(machine: Machine, package: Any) -> None:
    machine.packages.offer(_package(machine, package), False)


def set_update_server(machine: Machine, state: Any) -> None:
    if state not in ("ok", "unreachable", "build_failed"):
        raise ActError("state is one of ok, unreachable, build_failed")
    machine.update_server = state


def set_health(machine: Machine, problem: str = "") -> None:
    """An empty problem: healthy."""
    machine.health_problem = problem


def set_storage(machine: Machine, percent_used: Any) -> None:
    world.check("storage", {"percent_used": percent_used})
    machine.storage["percent_used"] = percent_used


def restart(machine: Machine) -> None:
    machine.restart()


def flap(machine: Machine, times: Any = 3, seconds: float = 30) -> None:
    """Its services come and go: so many times away for so many seconds, and back as long in between."""
    machine.flap(times, seconds)


def step_clock(machine: Machine, seconds: float) -> None:
    """The world's clock is set: forward, or back as an appliance without NTP may."""
    machine.clock.set(machine.clock.now() + seconds)


def serve_strange_certificate(machine: Machine, strange: bool = True) -> None:
    """HTTPS answers with a certificate that nobody was told of."""
    machine.strange_certificate = strange


def renew_certificate(machine: Machine, days_left: float = 400) -> None:
    """The default certificate is replaced by another one of the same authority and names."""
    machine.renew_certificate(days_left)


def set_lag(machine: Machine, minutes: Any) -> None:
    """How long the APIs tell the old version after each package from now on."""
    for package in machine.packages.all():
        package.minutes["lag"] = minutes


def install_package(machine: Machine, package: Any) -> None:
    """Somebody presses Install This Update and agrees to what is asked."""
    machine.start_install(_package(machine, package), {})


def finish_install(machine: Machine) -> dict[str, Any]:
    """Move the clock to the end of what is being installed."""
    left = machine.install_seconds_left()
    machine.clock.advance(left)
    machine.settle()
    return {"advanced": left}


ACTS = {
    function.__name__: function
    for function in (
        *client_acts.ACTS,
        *account_acts.ACTS,
        *pair_acts.ACTS,
        enable_xml_api,
        offer_package,
        withdraw_package,
        set_update_server,
        set_health,
        set_storage,
        restart,
        flap,
        step_clock,
        serve_strange_certificate,
        renew_certificate,
        set_lag,
        install_package,
        finish_install,
    )
}
