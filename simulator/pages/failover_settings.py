# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The settings on Management > Failover: what the page shows of them, and what it takes.

That these settings exist is DOCUMENTED or INFERRED* (docs/vendor/pages.md#management--failover), their bounds are ours.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..machine.pair import Pair
    from .visit import Visit


# field -> (key in the pair's settings, lowest, highest)
NUMBERS = {"sync_interval": ("sync_interval_hours", 1, 720), "primary_timeout": ("primary_timeout_minutes", 1, 1440)}
SWITCHES = ("backup_operations", "automatic_failover")
TEXTS = ("sync_bandwidth", "test_ips")


class NotGood(Exception):
    """What was typed is refused; key and values make the sentence."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def shown(pair: Pair) -> dict:
    """field -> what stands in it."""
    numbers = {field: f"{pair.settings[key]:g}" for field, (key, _low, _high) in NUMBERS.items()}
    return {**numbers, **{key: pair.settings[key] for key in (*SWITCHES, *TEXTS)}}


def shared_addresses(visit: Visit) -> list[tuple[str, bool]]:
    """[(address, whether this box may use it)], of all addresses that the world gives to the box."""
    spec = next(one for one in visit.world["appliances"] if one["name"] == visit.machine.name)
    return [(address, address in visit.machine.shared_ips) for address in spec["shared_ips"]]


def changed(visit: Visit) -> tuple[dict, list[str]]:
    """(the pair's settings, the box's shared addresses) as the form sent them. Raises NotGood."""
    numbers = {key: _number(visit, field, low, high) for field, (key, low, high) in NUMBERS.items()}
    bandwidth = visit.value("sync_bandwidth").strip()
    if bandwidth:
        _number(visit, "sync_bandwidth", 1, 1_000_000)
    switches = {key: bool(visit.value(key)) for key in SWITCHES}
    ticked = set(visit.values("shared_ips"))
    addresses = [address for address, _enabled in shared_addresses(visit) if address in ticked]
    return {**numbers, **switches, "sync_bandwidth": bandwidth, "test_ips": _test_ips(visit)}, addresses


def _number(visit: Visit, field: str, low: int, high: int) -> int:
    text = visit.value(field).strip()
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise NotGood("out_of_range", label=visit.words(field), low=low, high=high)
    return int(text)


def _test_ips(visit: Visit) -> str:
    """Addresses with a comma and a blank between them; '' is allowed."""
    found = [part.strip() for part in visit.value("test_ips").split(",") if part.strip()]
    try:
        return ", ".join(str(ipaddress.ip_address(part)) for part in found)
    except ValueError:
        raise NotGood("bad_addresses", label=visit.words("test_ips")) from None
