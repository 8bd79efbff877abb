# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people decide about a comparison: how much may be lost, and which differences are ignored with which reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any

from ...errors import InvalidInput
from ...model.bounds import PERCENT
from ...model.snapshot.area import AREAS

THRESHOLDS: dict[str, Any] = {
    "clients_offline": {**PERCENT, "default": 20.0},
    "clients_lost": {**PERCENT, "default": 1.0},
    "jumpoints_offline": {**PERCENT, "default": 0.0},
    "sync_hours": {"type": "float", "default": 26.0, "range": (0, 366 * 24)},
    "certificate_days": {"type": "float", "default": 0.0, "range": (0, 3660)},
}
FILTER = {
    "area": {"type": "str", "required": True},
    "name": {"type": "str"},
    "reason": {"type": "str", "required": True},
}


@dataclass(frozen=True)
class Thresholds:
    """Percent of the Jump Clients that were online and may be offline, percent of those listed that may be gone, percent of the connected
    Jumpoints that may be disconnected; hours since the last data sync; days that a certificate must still be valid."""

    clients_offline: float = 20.0
    clients_lost: float = 1.0
    jumpoints_offline: float = 0.0
    sync_hours: float = 26.0
    certificate_days: float = 0.0

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


@dataclass(frozen=True)
class Filter:
    """An area that is left out (name ''), or names in it that are ignored: a pattern with * and ?, upper and lower case alike."""

    area: str
    name: str
    reason: str

    def matches(self, name: str) -> bool:
        return bool(self.name) and fnmatchcase(name.casefold(), self.name.casefold())


def read_filters(given: Iterable[Mapping[str, Any]]) -> tuple[Filter, ...]:
    """The Filters. InvalidInput for an unknown area, and for a filter without a reason."""
    found = []
    for one in given:
        area, name, reason = (str(one.get(key) or "").strip() for key in ("area", "name", "reason"))
        if area not in AREAS:
            raise InvalidInput(f"The filter of the comparison names the area {area!r}.", remedy=f"The areas are: {', '.join(AREAS)}.")
        if not reason:
            raise InvalidInput(f"The filter of the area {area} has no reason.", remedy="Write why the difference is ignored.")
        found.append(Filter(area, name, reason))
    return tuple(found)
