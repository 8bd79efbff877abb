# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Jump Clients and Jumpoints as the Configuration API lists them (docs/vendor/configuration-api.md). tally.py counts them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ..fields import Fields

ACTIVE, PASSIVE, UNINSTALLED = "active", "passive", "uninstalled"


@dataclass(frozen=True)
class JumpClient:
    """One row of GET /jump-client (docs/vendor/configuration-api.md#jump-clients).

    needs_update: runs older software; the only sign of an upgrade, there is no version field.
    online: last connect later than last disconnect (inferred), None if both are missing; times in seconds since 1970.
    """

    id: int
    name: str
    hostname: str
    group: int | None
    connection_type: str
    is_lost: bool
    needs_update: bool
    disabled: bool
    online: bool | None
    last_connect: float | None
    last_disconnect: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return a dict, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Jumpoint:
    """One row of GET /jumpoint (docs/vendor/configuration-api.md#jumpoints)."""

    id: int
    name: str
    enabled: bool
    connected: bool
    platform: str

    def as_dict(self) -> dict[str, Any]:
        """Return a dict, for JSON."""
        return asdict(self)


def read_jump_client(row: Any, host: str = "") -> JumpClient:
    """Return a JumpClient. Raises NotUnderstood if a field that decides about the catch-up is missing or of a wrong type."""
    fields = Fields(row, what="the list of Jump Clients", host=host)
    connected = fields.time("last_connect_timestamp", None)
    disconnected = fields.time("last_disconnect_timestamp", None)
    return JumpClient(
        id=fields.integer("id"),
        name=fields.text("name", ""),
        hostname=fields.text("hostname", ""),
        group=fields.integer("jump_group_id", None),
        connection_type=fields.text("connection_type"),
        is_lost=fields.flag("is_lost"),
        needs_update=fields.flag("needs_update"),
        # if missing, the client counts as eligible, which can only keep the catch-up closed longer
        disabled=fields.text("unavailable_reason", "none") == "disabled",
        online=is_online(connected, disconnected),
        last_connect=connected,
        last_disconnect=disconnected,
    )


def is_online(connected: float | None, disconnected: float | None) -> bool | None:
    """Whether a client is online, by the times of its last connect and disconnect; None if both are missing."""
    if connected is None:
        return None if disconnected is None else False
    return disconnected is None or connected > disconnected


def may_be_online(client: JumpClient) -> bool:
    """Whether a client is or can be online: True if it is unknown."""
    return client.connection_type != UNINSTALLED and not client.is_lost and client.online is not False


def read_jumpoint(row: Any, host: str = "") -> Jumpoint:
    """Return a Jumpoint. Raises NotUnderstood if the row does not tell whether it is enabled and connected."""
    fields = Fields(row, what="the list of Jumpoints", host=host)
    return Jumpoint(
        id=fields.integer("id"),
        name=fields.text("name", ""),
        enabled=fields.flag("enabled"),
        connected=fields.flag("connected"),
        platform=fields.text("platform", ""),
    )


def exclusion_reason(client: JumpClient) -> str:
    """Return 'uninstalled', 'disabled' or 'lost' for a client that cannot upgrade, else ''.

    needs_update stays true on these (docs/vendor/traps.md#traps).
    """
    if client.connection_type == UNINSTALLED:
        return UNINSTALLED
    if client.disabled:
        return "disabled"
    return "lost" if client.is_lost else ""
