# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Verifies that the same appliance still responds at an address."""

from __future__ import annotations

from ..errors import PermissionMissing, Refused, Unsafe
from .port import Appliance


class Same:
    """The identity of the appliance when it was read first; .guid is '' on versions that show it to administrators only (before 16.1)."""

    def __init__(self, appliance: Appliance, guid: str | None = None) -> None:
        self._appliance = appliance
        self.guid: str = _guid_of(appliance) if guid is None else guid

    def check(self) -> None:
        """Raise Unsafe when another appliance responds now."""
        now = _guid_of(self._appliance) if self.guid else ""
        if now != self.guid:
            raise Unsafe(
                f"Another appliance responds at this address: {now or 'an unknown one'} instead of {self.guid}.",
                host=self._appliance.host,
                remedy="Find out why the address leads to another appliance. Nothing more was done.",
            )


def _guid_of(appliance: Appliance) -> str:
    try:
        return appliance.health().guid
    except PermissionMissing:
        return ""
    except Refused as exc:
        if exc.__class__ is not Refused:
            raise
        return ""
