# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The inventory of a rehearsal: the simulated nodes with the variables of the site. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..roles.options import is_empty
from .variables import Rehearsed, rehearsed_variables

SITE = "site"
# Of an installation that nothing measured: the vendor's hour (docs/vendor/probes-and-limits.md#limits-and-manners).
_HOUR = 3600.0


def inventory(
    nodes: Sequence[Mapping[str, Any]], read: Mapping[str, Any], ready: Mapping[str, Any], *, folder: str, hook: str, speed: float
) -> dict[str, Any]:
    """nodes: the variables of each node; read: the result of world_read; ready: the ready file of the simulator."""
    simulated = {one["name"]: one for one in ready["appliances"]}
    hosts = {one["inventory_hostname"]: simulated[read["node_names"][one["inventory_hostname"]]] for one in nodes}
    pair = next(iter(ready.get("pairs") or ()), None)
    rehearsed = Rehearsed(
        hosts={name: one["hostname"] for name, one in hosts.items()},
        packages=read["package_names"],
        public_url=pair["url"] if pair else "",
        hook=hook,
        speed=speed,
        estimates={kind: read["lengths"].get(kind, {}).get("seconds", _HOUR) for kind in ("base", "site", "licence", "hotfix")},
    )
    common = {
        "ansible_connection": "local",
        "upgrade_state_dir": f"{folder}/state",
        "rehearsal_control": ready["control"],
        "rehearsal_pair": pair["name"] if pair else "",
    }
    listed = {
        hosts[one["inventory_hostname"]]["hostname"]: {
            **rehearsed_variables(one, rehearsed),
            **_connection(one, hosts[one["inventory_hostname"]], ready, folder),
        }
        for one in nodes
    }
    return {"all": {"vars": common, "children": {"appliances": {"hosts": listed}, SITE: {"hosts": dict.fromkeys(listed)}}}}


def _connection(node: Mapping[str, Any], simulated: Mapping[str, Any], ready: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """Options of the simulated node, with an invented account wherever the real one has an account."""
    accounts = ready["accounts"]
    api = (accounts.get("api") or accounts["legacy_users"])[0]
    found = {
        "bomgar_url": simulated["url"],
        "bomgar_ca_path": ready["ca_file"],
        "bomgar_cache_dir": f"{folder}/cache",
        "bomgar_page_dir": f"{folder}/pages",
        "rehearsal_node": simulated["name"],
    }
    for key in ("client_id", "client_secret") if accounts.get("api") else ("username", "password"):
        found[f"bomgar_{key}"] = api[key]
    for area, prefix in (("appliance", "web"), ("login", "login")):
        if not is_empty(node.get(f"bomgar_{prefix}_username")):
            found.update({f"bomgar_{prefix}_{key}": accounts[area][0][key] for key in ("username", "password")})
    return found
