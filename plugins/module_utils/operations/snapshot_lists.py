# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the areas of a snapshot that are lists: clients, people, and what they are sorted by."""

from __future__ import annotations

from ..errors import ApplianceError, Unreachable
from ..model.site_lists import LISTS
from ..model.snapshot.area import Area, unknown
from ..model.snapshot.rows import items_of, reader_of
from .port import Appliance


class SnapshotLists:
    """The lists of one appliance. clock: its own, in seconds since 1970; client_limit: the most Jump Clients that are read one by one."""

    def __init__(self, appliance: Appliance, clock: float, client_limit: int) -> None:
        self._appliance, self._clock, self._client_limit = appliance, clock, client_limit

    def read(self, name: str) -> Area:
        """The Area of one of LISTS. Raises the error of the reading."""
        return self._teams() if name == "teams" else self._list(name)

    def _teams(self) -> Area:
        try:
            return self._list("teams")
        except ApplianceError as exc:
            found = None if isinstance(exc, Unreachable) else self._support_teams()
            if found is None:
                raise
            return found

    def _support_teams(self) -> Area | None:
        """The teams by the Command API, None where it does not have them either."""
        try:
            teams = self._appliance.support_teams()
        except ApplianceError:
            return None
        return None if teams is None else Area("get_support_teams", items={key: {"name": name} for key, name in teams})

    def _list(self, name: str) -> Area:
        source = f"Configuration API, /{LISTS[name]}"
        if name == "jump_clients":
            listed = self._appliance.clients.jump_clients_listed()
            if listed is not None and listed > self._client_limit:
                return unknown(f"The list has {listed} Jump Clients; up to {self._client_limit} are read one by one.", source)
        listing = self._appliance.site_lists.rows(name)
        items, gaps = items_of(listing, reader_of(name, self._clock))
        gaps += [f"{listing.unread} rows were not read."] if listing.unread else []
        return Area(source, items=items, gaps=gaps)
