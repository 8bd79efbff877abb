# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rows of the Configuration API as items of an area: {name, state ...} by the id that the appliance gave. Pure.

A row that lacks a field that an item needs is a gap, and never an item with an empty value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...errors import NotUnderstood
from ..clients.client import PASSIVE, UNINSTALLED, JumpClient, read_jump_client, read_jumpoint
from ..fields import Fields
from ..plain_text import plain_line

Item = tuple[str, dict[str, Any]]


def _client(row: Any) -> Item:
    client = read_jump_client(row)
    name = Fields(row, what="the list of Jump Clients").text("name")
    return str(client.id), {"name": plain_line(name), "state": client_state(client), "host": plain_line(client.hostname)}


def client_state(client: JumpClient) -> str:
    """uninstalled, disabled, lost, passive (which connects when it is needed), online, offline, or never_connected."""
    if client.connection_type == UNINSTALLED:
        return UNINSTALLED
    if client.disabled or client.is_lost:
        return "disabled" if client.disabled else "lost"
    if client.connection_type == PASSIVE:
        return PASSIVE
    return {True: "online", False: "offline", None: "never_connected"}[client.online]


def _jumpoint(row: Any) -> Item:
    one = read_jumpoint(row)
    state = "disabled" if not one.enabled else "connected" if one.connected else "disconnected"
    name = Fields(row, what="the list of Jumpoints").text("name")
    return str(one.id), {"name": plain_line(name), "state": state}


def _user(row: Any) -> Item:
    fields = Fields(row, what="the list of users")
    state = "enabled" if fields.flag("enabled") else "disabled"
    name = plain_line(fields.text("username"))
    return str(fields.integer("id")), {"name": name, "state": state, "administrator": fields.flag("perm_admin")}


def _named(row: Any) -> Item:
    fields = Fields(row, what="the list")
    return str(fields.integer("id")), {"name": plain_line(fields.text("name"))}


def _account(row: Any) -> Item:
    fields = Fields(row, what="the list of API accounts")
    return str(fields.integer("id")), {
        "name": plain_line(fields.text("name")),
        "state": "enabled" if fields.flag("enabled") else "disabled",
    }


def _installer(clock: float) -> Callable[[Any], Item]:
    def read(row: Any) -> Item:
        fields = Fields(row, what="the list of installers")
        state = "valid" if fields.time("expiration_timestamp") > clock else "expired"
        return str(fields.integer("id")), {"name": plain_line(fields.text("name", "")), "state": state}

    return read


def reader_of(name: str, clock: float) -> Callable[[Any], Item]:
    """What makes an item of a row of that list. clock: the appliance's, seconds since 1970."""
    readers = {"jump_clients": _client, "jumpoints": _jumpoint, "users": _user, "api_accounts": _account}
    return _installer(clock) if name == "installers" else readers.get(name, _named)


def items_of(rows: Iterable[Any], read: Callable[[Any], Item]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """({key: item}, gaps): a gap says how many rows were not understood, and what was wrong with the first."""
    items: dict[str, dict[str, Any]] = {}
    odd, first = 0, ""
    for row in rows:
        try:
            key, item = read(row)
            items[key] = item
        except NotUnderstood as exc:
            odd, first = odd + 1, first or exc.message
    return items, [f"{odd} rows were not understood. The first: {first}"] if odd else []
