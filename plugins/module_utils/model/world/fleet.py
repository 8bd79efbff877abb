# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Counts Jump Clients by the kinds of a world file of the simulator, row by row, with constant memory. Pure; keeps no name."""

from __future__ import annotations

from typing import Any

from ...errors import NotUnderstood
from ..clients.client import PASSIVE, UNINSTALLED, exclusion_reason, read_jump_client

KINDS = ("active", PASSIVE, "lost", "disabled", UNINSTALLED, "offline")
# A passive client checks in once a day (docs/vendor/procedure.md#what-the-clients-do); two hours for those that are late.
DAILY = 26 * 3600


class Fleet:
    """now: the appliance's clock, seconds since 1970.

    counts: {kind: number}. pending: how many of those that can upgrade have not. online: active ones that are connected.
    not_understood: rows that lack what decides.
    """

    def __init__(self, now: float) -> None:
        self._now = now
        self.counts = dict.fromkeys(KINDS, 0)
        self.pending = self.online = self.not_understood = 0
        self._groups: set[int] = set()

    def add(self, row: Any) -> None:
        """Count one row of GET /jump-client."""
        try:
            client = read_jump_client(row)
        except NotUnderstood:
            self.not_understood += 1
            return
        if client.group is not None:
            self._groups.add(client.group)
        gone = exclusion_reason(client)
        if gone:
            self.counts[gone] += 1
            return
        self.pending += client.needs_update
        kind = self._kind(client)
        self.counts[kind] += 1
        self.online += kind == "active"

    def _kind(self, client: Any) -> str:
        """By the last contact: an active client that is not connected, and a passive one that missed its day, are offline."""
        if client.connection_type != PASSIVE:
            return "offline" if client.online is False else "active"
        seen = max((at for at in (client.last_connect, client.last_disconnect) if at is not None), default=None)
        return "offline" if seen is not None and self._now - seen > DAILY and client.online is not True else PASSIVE

    def as_dict(self) -> dict[str, Any]:
        """{counts, groups, pending, online, not_understood}."""
        return {
            "counts": dict(self.counts),
            "groups": max(1, len(self._groups)),
            "pending": self.pending,
            "online": self.online,
            "not_understood": self.not_understood,
        }
