# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Acts on a failover pair: roles, relation, data sync, the way of the public name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .act_error import ActError

if TYPE_CHECKING:
    from .machine.appliance import Machine
    from .machine.pair import Pair


def _pair(machine: Machine) -> Pair:
    if machine.pair is None:
        raise ActError(f"{machine.name!r} is no node of a pair")
    return machine.pair


def switch_public(machine: Machine, node: Any = None, pair: Pair | None = None) -> None:
    """DNS, NAT or the shared IP is moved to this node of the pair. pair may be left out: the node knows."""
    _pair(machine).switch(node or machine.name)


def set_role(machine: Machine, role: Any, data_sync_first: bool = False, force: bool = False) -> dict[str, Any]:
    """Somebody presses Become Primary or Become Backup on this node."""
    return {"answer": _pair(machine).set_role(machine, role, data_sync_first=data_sync_first, force=force)}


def claim_role(machine: Machine, role: Any) -> None:
    """The node says this role from now on, whatever its peer says: what must never happen."""
    _pair(machine).claim(machine, role)


def break_relation(machine: Machine) -> None:
    _pair(machine).break_relation(machine)


def establish(machine: Machine) -> None:
    """Somebody presses Establish Relationship on this node: it becomes primary, its peer's data is overwritten."""
    _pair(machine).establish(machine, _pair(machine).peer_of(machine))


def sync_now(machine: Machine) -> None:
    _pair(machine).start_sync(machine)


def fail_sync(machine: Machine, problem: str = "") -> None:
    """Data syncs end with this problem from now on; an empty one: they succeed."""
    _pair(machine).fails = problem


def cut_pair(machine: Machine, cut: bool = True) -> None:
    """The nodes do not reach each other."""
    _pair(machine).cut = cut


def set_failover_settings(machine: Machine, **settings: Any) -> None:
    """backup_operations, sync_interval_hours, sync_bandwidth, automatic_failover, primary_timeout_minutes, test_ips."""
    pair = _pair(machine)
    if unknown := set(settings) - set(pair.settings):
        raise ActError(f"no failover setting is called {sorted(unknown)[0]!r} (known: {', '.join(pair.settings)})")
    pair.settings.update(settings)


ACTS = (
    switch_public,
    set_role,
    claim_role,
    break_relation,
    establish,
    sync_now,
    fail_sync,
    cut_pair,
    set_failover_settings,
)
