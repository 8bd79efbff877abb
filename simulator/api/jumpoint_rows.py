# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of the Configuration API for Jumpoints and their nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..clock import to_iso

if TYPE_CHECKING:
    from ..machine.appliance import Machine


def jumpoint(machine: Machine, one: Any) -> dict[str, Any]:
    """Some jzp_* are null after an upgrade until the Jumpoint first connects."""
    fresh = one.cut is not None and one.back > machine.now()
    row = {
        "id": one.id,
        "name": one.name,
        "platform": one.platform,
        "code_name": re.sub("[^a-z0-9_-]+", "_", one.name.lower()),
        "comments": "",
        "enabled": one.enabled,
        "connected": one.connected(machine.now()),
        "clustered": one.clustered,
        "shell_jump_enabled": True,
        "external_jump_item_network_id": "",
        "jzp_enabled": None if fresh else False,
        "jzp_proxy_hostname": None if fresh else "",
        "jzp_proxy_port": None if fresh else 9555,
        "jzp_allow_http_get": None if fresh else False,
        "jzp_client_address_restrictions_type": None if fresh else "no_restriction",
        "jzp_restricted_ips": None if fresh else [],
        "docker_deploy_key": "",
        "key_info": "",
    }
    if machine.product == "pra":
        row |= {"protocol_tunnel_enabled": False, "managed_ip_ranges": "", "rdp_service_account_id": None}
    return row


def nodes(machine: Machine, one: Any) -> list[dict[str, Any]]:
    return [_node(machine, one, number) for number in range(1, one.nodes + 1)]


def _node(machine: Machine, one: Any, number: int) -> dict[str, Any]:
    met = one.back if one.back <= machine.now() and not one.uninstalled else None
    return {
        "id": 100 * one.id + number,
        "last_connect_timestamp": to_iso(met) if met else None,
        "last_disconnect_timestamp": to_iso(one.cut) if one.cut else None,
        "public_ip": "198.51.100.200",
        "private_ip": f"10.9.{one.id}.{number}",
        "hostname": f"jumpoint-{one.id}-{number}",
    }


def jumpoint_fits(machine: Machine, one: Any, arguments: Any) -> bool:
    """Filters on the row, or on any of its nodes."""
    row, places = jumpoint(machine, one), nodes(machine, one)
    for key in ("name", "code_name"):
        if key in arguments and row[key].lower() != arguments[key].lower():
            return False
    asked = [key for key in ("public_ip", "private_ip", "hostname") if key in arguments]
    return all(any(node[key].lower() == arguments[key].lower() for node in places) for key in asked)
