# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads clients by the Configuration API: Jump Clients, Jumpoints, and the installers of Jump Clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import InvalidInput, NotFound, NotUnderstood, PermissionMissing
from ..model.clients.client import ACTIVE, PASSIVE, may_be_online, read_jump_client, read_jumpoint
from ..model.clients.filter import client_filter
from ..model.clients.tally import Tally, empty_counts
from .configuration import Configuration
from .installers import Installers

if TYPE_CHECKING:
    from ..http.transport import Transport
    from .configuration import Listing
    from .credentials import Credentials


class Odd:
    """How many rows are not understood, and the first error."""

    def __init__(self) -> None:
        self.rows = 0
        self.first: NotUnderstood | None = None

    def add(self, exc: NotUnderstood) -> None:
        self.rows, self.first = self.rows + 1, self.first or exc


class Clients:
    """The clients of one appliance (Appliance.clients). Appliances have the Configuration API since 21.1."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport, self._credentials, self._host = transport, credentials, transport.host

    def count_jump_clients(
        self,
        expression: str | None = None,
        *,
        now: float | None = None,
        seen_within: float = 0,
        names: int = 20,
        enough: Callable[[dict[str, Any]], Any] | None = None,
    ) -> dict[str, Any] | None:
        """Count the Jump Clients that match a JMESPath expression; None without a Configuration API.

        Returns Tally.counts() with these keys added. kinds, stragglers (at most `names`), stragglers_total.
        listed: how many the API lists, with or without the filter (None: not reported). unread: how many of these were not
        read, with those whose row is not understood; not_understood: the number of the latter. complete: whether the list was
        read to its end. requests: how many requests that took.
        now, seen_within: as for Tally. enough(counts) is called after each page and ends the reading when it is true.
        Raises InvalidInput if no listed client matches the expression: such a filter would open every catch-up.
        Raises NotUnderstood if no row is understood.
        """
        keep = client_filter(expression) if expression else None
        tally, odd = Tally(now=now, seen_within=seen_within, named=names, host=self._host), Odd()
        try:
            listing = self._configuration.jump_clients()
            for rows in listing.by_page():
                for row in rows if keep is None else filter(keep, rows):
                    try:
                        tally.add(row)
                    except NotUnderstood as exc:
                        odd.add(exc)
                if enough and tally.total and enough(_counts_of(tally, listing, odd.rows)):
                    break
        except NotFound:
            return None
        if odd.first and odd.rows == listing.read:
            raise odd.first
        if listing.read and not tally.total:
            raise InvalidInput(
                f"`client_filter` matches none of the {listing.read} Jump Clients: {expression!r}.",
                host=self._host,
                remedy="Test the filter with the module client_info.",
            )
        return dict(_counts_of(tally, listing, odd.rows), kinds=tally.kinds(), stragglers=tally.stragglers(), stragglers_total=tally.behind)

    def jump_client_totals(self) -> dict[str, Any] | None:
        """The length of the list, in all and by connection type, with the keys of count_jump_clients().

        A number is None if only the rows hold it, or if the response does not hold the length; `stragglers` is empty.
        Returns None without a Configuration API.
        """
        try:
            listed = self._count_rows()
            totals = {kind: self._count_rows(connection_type=kind) for kind in (ACTIVE, PASSIVE)}
        except NotFound:
            return None
        unknown = dict.fromkeys(("unread", "relevant", "updated", "pending", "online", "excluded"))
        kinds = {f"jump_client_{kind}": dict(dict.fromkeys(empty_counts()), total=total) for kind, total in totals.items()}
        return dict(unknown, listed=listed, total=listed, complete=False, requests=3, kinds=kinds, stragglers=[], stragglers_total=None)

    def _count_rows(self, **filters: Any) -> int | None:
        """The length of the list of Jump Clients by one small request; None if the response does not hold it."""
        try:
            return self._configuration.count("jump-client", **filters)
        except NotUnderstood:
            return None

    def jump_client_rows(self, expression: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield each row of GET /jump-client that matches the expression; NotFound without a Configuration API."""
        return filter(client_filter(expression), self._configuration.jump_clients())

    def jump_clients_online(self) -> int | None:
        """How many listed Jump Clients are online or may be online; None without a Configuration API.

        A client whose row is not understood may be online.
        """
        try:
            listing = self._configuration.jump_clients()
            return sum(map(self._may_be_online, listing)) + listing.unread
        except NotFound:
            return None

    def _may_be_online(self, row: dict[str, Any]) -> bool:
        try:
            return may_be_online(read_jump_client(row, host=self._host))
        except NotUnderstood:
            return True

    def jump_clients_listed(self) -> int | None:
        """How many Jump Clients the Configuration API lists, by one small request; None without API or permission."""
        try:
            return self._count_rows()
        except PermissionMissing:
            return None

    def jumpoints(self) -> list[dict[str, Any]] | None:
        """Jumpoints as dicts; None without a Configuration API."""
        try:
            return [read_jumpoint(row, host=self._host).as_dict() for row in self._configuration.rows("jumpoints")]
        except NotFound:
            return None

    def installers(self) -> list[dict[str, Any]] | None:
        """Jump Client installers as rows; None without a Configuration API."""
        try:
            return list(self._configuration.rows("installers"))
        except NotFound:
            return None

    def create_installer(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Create a Jump Client installer; return its row, the only response with its secret key. Sent once."""
        return Installers(self._transport, self._credentials).create(fields)

    def download_installer(self, installer_id: Any, platform: str, write: Callable[[bytes], Any]) -> str:
        """Write an installer with write(bytes); return its content type."""
        return Installers(self._transport, self._credentials).download(installer_id, platform, write)

    @property
    def _configuration(self) -> Configuration:
        if not self._credentials.is_api_account:
            raise NotFound("The Configuration API needs an API account, not a user with a password.", host=self._host)
        return Configuration(self._transport, self._credentials)


def _counts_of(tally: Tally, listing: Listing, odd: int) -> dict[str, Any]:
    unread = listing.unread + odd
    return dict(tally.counts(), listed=listing.listed, unread=unread, not_understood=odd, complete=listing.complete, requests=listing.pages)
