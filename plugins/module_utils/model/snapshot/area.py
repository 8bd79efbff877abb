# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The areas of a snapshot, and what one of them holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NODE, SITE = "node", "site"  # whether each node has its own, or the site has one, which the node that serves knows
READ, UNKNOWN = "read", "unknown"
# {area: (scope, title)}, in the order in which people read them.
AREAS: dict[str, tuple[str, str]] = {
    "version": (NODE, "Product version and build"),
    "base": (NODE, "Base version"),
    "health": (NODE, "Health"),
    "failover_role": (NODE, "Failover role and members"),
    "certificates": (NODE, "Certificates that are served"),
    "certificate_list": (NODE, "Certificates that are installed"),
    "permissions": (NODE, "Permissions of the API account"),
    "data_sync": (SITE, "Data sync"),
    "relation_settings": (SITE, "Settings of the failover"),
    "clients_connected": (SITE, "Jump Clients that are connected"),
    "jump_clients": (SITE, "Jump Clients"),
    "jump_groups": (SITE, "Jump Groups"),
    "jumpoints": (SITE, "Jumpoints"),
    "installers": (SITE, "Installers of Jump Clients"),
    "jump_settings": (SITE, "Settings of Jump Client upgrades"),
    "users": (SITE, "Users"),
    "teams": (SITE, "Teams"),
    "api_accounts": (SITE, "API accounts"),
}


@dataclass(frozen=True)
class Area:
    """What was read of one area.

    source: where it was read. reason: why nothing could be read, '' if something was. values: {name: value}.
    items: {key: {name, state ...}}, keyed by what the appliance keeps over an upgrade; None for an area without a list.
    gaps: sentences about parts that could not be read: nobody knows then whether the area is the same.
    """

    source: str = ""
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, Any]] | None = None
    gaps: Sequence[str] = ()

    @property
    def is_read(self) -> bool:
        return not self.reason

    def as_dict(self) -> dict[str, Any]:
        """Return dicts and lists, for JSON."""
        items = {} if self.items is None else {"items": {key: dict(one) for key, one in self.items.items()}}
        state = READ if self.is_read else UNKNOWN
        return {"state": state, "source": self.source, "reason": self.reason, "values": dict(self.values), **items, "gaps": list(self.gaps)}


def unknown(reason: str, source: str = "") -> Area:
    """An Area that could not be read. An empty reason is one too."""
    return Area(source, reason or "It could not be read.")


def read_area(value: Any) -> Area:
    """The Area of as_dict(). Raises ValueError for another shape."""
    if not isinstance(value, dict) or value.get("state") not in (READ, UNKNOWN):
        raise ValueError("an area says neither that it was read nor that it is unknown")
    source, reason, values, items, gaps = (value.get(name) for name in ("source", "reason", "values", "items", "gaps"))
    if not isinstance(source, str) or not isinstance(reason, str) or not isinstance(values, dict):
        raise ValueError("an area lacks its source, its reason or its values")
    if not isinstance(gaps, list) or not all(isinstance(one, str) for one in gaps):
        raise ValueError("an area lacks the list of what was not read of it")
    if items is not None and not (isinstance(items, dict) and all(_is_item(one) for one in items.values())):
        raise ValueError("an area has a list of something else than names and states")
    if value["state"] == UNKNOWN:
        return unknown(reason, source)
    return Area(source, "", values, items, tuple(gaps))


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("name"), str) and isinstance(value.get("state", ""), str)
