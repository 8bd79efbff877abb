# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The acts that concern clients, representatives and the settings of client upgrades (acts.py has the others)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import world
from .act_error import ActError
from .machine.kinds import KINDS

if TYPE_CHECKING:
    from .machine.appliance import Machine


MOST = 100_000  # Jump Clients that one act may add


def set_client(machine: Machine, client: Any, kind: str) -> None:
    """client: its API id."""
    if kind not in KINDS or not isinstance(client, int) or not machine.clients.exists(client - 1):
        raise ActError(f"client is 1 to {len(machine.clients)}, kind one of {', '.join(KINDS)}")
    machine.clients.set_kind(client - 1, kind, machine.now())


def remove_client(machine: Machine, client: Any) -> None:
    """Somebody deletes it (client: its API id): in a list that is being paged all later ones move one place forward."""
    if not isinstance(client, int) or not machine.clients.exists(client - 1):
        raise ActError(f"no Jump Client has the id {client!r}")
    machine.clients.remove(client - 1)


def add_clients(machine: Machine, number: int, kind: str = "active") -> dict[str, Any]:
    """Somebody deploys new ones: at the end of the list, on the running version, connected now."""
    if not isinstance(number, int) or not 1 <= number <= MOST or kind not in ("active", "passive"):
        raise ActError(f"number is 1 to {MOST}, kind one of active, passive")
    return {"first_id": machine.clients.add(number, kind, machine.now()) + 1}


def uninstall_clients(machine: Machine, kind: str = "all") -> dict[str, int]:
    """People uninstall client software by hand on all hosts; what was uninstalled comes back by reinstall_clients only."""
    if kind not in ("all", "jump_clients", "jumpoints", "consoles"):
        raise ActError("kind is one of all, jump_clients, jumpoints, consoles")
    now, done = machine.now(), {}
    if kind in ("all", "jump_clients"):
        done["jump_clients"] = machine.clients.uninstall(now)
    if kind in ("all", "jumpoints"):
        done["jumpoints"] = machine.people.uninstall_jumpoints(now)
    if kind in ("all", "consoles"):
        done["consoles"] = machine.people.uninstall_consoles(now)
    return done


def reinstall_clients(machine: Machine) -> dict[str, Any]:
    """People install again what uninstall_clients took away; representatives log in by log_in."""
    now = machine.now()
    return {"jump_clients": machine.clients.reinstall(now), "jumpoints": machine.people.reinstall_jumpoints(now)}


def remove_named(machine: Machine, kind: str, name: str) -> None:
    """Somebody deletes something at the site. kind: jump_groups, teams, users, jumpoints or installers."""
    if kind not in ("jump_groups", "teams", "users", "jumpoints", "installers"):
        raise ActError("kind is one of jump_groups, teams, users, jumpoints, installers")
    if not machine.people.remove(kind, name):
        raise ActError(f"nothing of {kind} is called {name!r}")


def add_named(machine: Machine, kind: str, name: str) -> dict[str, Any]:
    """Somebody makes a Jump Group or a team."""
    if kind not in ("jump_groups", "teams"):
        raise ActError("kind is one of jump_groups, teams")
    return {"id": machine.people.add(kind, name)}


def enable_user(machine: Machine, name: str, enabled: bool = True) -> None:
    """A user of the site is enabled or disabled."""
    for one in machine.people.users:
        if one.name == name:
            one.enabled = enabled
            return
    raise ActError(f"no user is called {name!r}")


def set_jump_settings(
    machine: Machine, max_concurrent: Any = None, bandwidth: Any = None, connection_rate: Any = None, automatic: Any = None
) -> None:
    """As in the world file; what is not given stays."""
    names = ("max_concurrent", "bandwidth", "connection_rate", "automatic")
    given = zip(names, (max_concurrent, bandwidth, connection_rate, automatic), strict=True)
    values = {key: value for key, value in given if value is not None}
    world.check("jump_settings", values)
    machine.save_jump_settings(**values)


def hide_jump_settings(machine: Machine, fields: Any) -> None:
    """What Jump > Jump Clients does not show from now on; [] shows all again."""
    world.check("web", {"jump_settings_hidden": fields})
    machine.jump_settings_hidden = list(fields)


def log_in(machine: Machine, name: str, sessions: Any = 0) -> dict[str, Any]:
    world.check("representative", {"name": name, "sessions": sessions})
    return {"user_id": machine.people.log_in(name, machine.now(), sessions)}


def start_session(machine: Machine, name: str, minutes: Any = None) -> dict[str, Any]:
    """One more session of a representative who is logged in; it ends after so many minutes, or never by itself."""
    world.check("representative", {"name": name, "session_minutes": minutes})
    lsid = machine.people.start_session(name, machine.now(), minutes)
    if lsid is None:
        raise ActError(f"no representative called {name!r} is logged in")
    return {"lsid": lsid}


ACTS = (
    set_client,
    remove_client,
    add_clients,
    uninstall_clients,
    reinstall_clients,
    remove_named,
    add_named,
    enable_user,
    set_jump_settings,
    hide_jump_settings,
    log_in,
    start_session,
)
