# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Configuration API: /api/config/v1 (docs/vendor/configuration-api.md), read page by page to save memory with 100,000 rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import InvalidInput, NotUnderstood
from ..model.digits import whole_number
from ..model.site_lists import LISTS
from .credentials import send_authorized
from .refusals import Interface, parse_json, require_data

if TYPE_CHECKING:
    from ..http.response import Response
    from ..http.transport import Transport
    from .credentials import Credentials

INTERFACE = Interface("Configuration API", "perm_configuration", "21.1")
_BASE = "/api/config/v1"
_LARGEST_PAGE, _SMALLEST_PAGE = 100, 5
_RELATIONS = re.compile(r";\s*rel\s*=\s*\"?([^\";,]*)", re.I)  # of a Link header; one link may have several: rel="last next"
_MOST_PAGES = 100_000  # ten million rows; a longer list means a server error
JUMP_CLIENT_FILTERS = (
    "name",
    "hostname",
    "fqdn",
    "tag",
    "jump_group_id",
    "jump_group_type",
    "console_user",
    "public_ip",
    "private_ip",
    "connection_type",
)


class Configuration:
    """Reads the lists of the Configuration API; rows are dicts as the appliance sends them (model/clients/client.py reads them)."""

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport, self._credentials = transport, credentials

    def jump_clients(self, **filters: Any) -> Listing:
        """The Listing of Jump Clients in shared Jump Groups, 100 rows a request. Personal groups may be missing.

        filters: JUMP_CLIENT_FILTERS. There is none for needs_update, so the catch-up reads the whole list.
        """
        unknown = sorted(set(filters) - set(JUMP_CLIENT_FILTERS))
        if unknown:
            raise InvalidInput(
                f"The list of Jump Clients has no filter {', '.join(unknown)}.",
                remedy=f"The filters are: {', '.join(JUMP_CLIENT_FILTERS)}.",
            )
        return self._rows(LISTS["jump_clients"], filters)

    def rows(self, name: str) -> Listing:
        """The Listing of one of LISTS, whole. Users are also those of other security providers who logged in once."""
        return self._rows(LISTS[name], {})

    def count(self, path: str, **filters: Any) -> int:
        """The length of a list, by one small request. path: 'jump-client', 'jumpoint' ..."""
        response, rows = self._page(path, filters, 1, _SMALLEST_PAGE)
        total = _paging_header(response, "Total")
        if total is None and len(rows) < _SMALLEST_PAGE:
            return len(rows)
        if total is None:
            raise NotUnderstood(f"{response.request} did not return the header X-BT-Pagination-Total.", host=response.host)
        return total

    def _rows(self, path: str, filters: dict[str, Any]) -> Listing:
        return Listing(lambda number: self._page(path, filters, number, _LARGEST_PAGE), self._transport.host)

    def _page(self, path: str, filters: dict[str, Any], number: int, size: int) -> tuple[Response, list[dict[str, Any]]]:
        response = send_authorized(
            self._transport,
            self._credentials,
            "GET",
            f"{_BASE}/{path}",
            params={**filters, "per_page": size, "current_page": number},
            headers={"Accept": "application/json"},
        )
        rows = parse_json(require_data(response, INTERFACE, self._credentials), INTERFACE)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NotUnderstood(f"{response.request} did not return a list of objects.", host=response.host)
        return response, rows


class Listing:
    """The rows of a list. Iteration requests the next page when it needs it.

    read:     how many rows were returned so far
    pages:    how many requests that took
    listed:   the length of the list, as the last page reported it; None if no page reported it
    complete: whether the last page was read
    """

    def __init__(self, page: Callable[[int], tuple[Response, list[dict[str, Any]]]], host: str) -> None:
        self._page, self._host = page, host
        self.read, self.pages, self.complete, self._shrunk = 0, 0, False, 0
        self.listed: int | None = None
        self._each = (row for rows in self.by_page() for row in rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self._each

    def __next__(self) -> dict[str, Any]:
        return next(self._each)

    @property
    def unread(self) -> int:
        """How many rows of the list were not returned: the rest, and those that were missed because the list changed.

        If rows disappear from pages that were read, later rows move up and are missed: at most as many as the list shrank by.
        """
        return max(0, (self.listed or 0) - self.read + self._shrunk)

    def by_page(self) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of each page; a row that moved to the next page during the reading is returned once."""
        before: list[dict[str, Any]] = []
        for number in range(1, _MOST_PAGES + 1):
            response, rows = self._page(number)
            _verify_page_number(response, rows, before, number)
            known = {row["id"] for row in before if isinstance(row.get("id"), (int, str))}
            fresh = [row for row in rows if not (isinstance(row.get("id"), (int, str)) and row["id"] in known)]
            more = _has_next_page(response, rows, number)
            self._count(response, len(fresh), more)
            yield fresh
            if not more:
                return
            before = rows
        raise NotUnderstood(f"The list has no last page after {_MOST_PAGES} pages.", host=self._host)

    def _count(self, response: Response, rows: int, more: bool) -> None:
        total = _paging_header(response, "Total")
        if total is not None:
            self._shrunk += max(0, (self.listed or 0) - total)
            self.listed = total
        self.read, self.pages, self.complete = self.read + rows, self.pages + 1, not more
        if self.complete and self.listed is None:
            self.listed = self.read


def _verify_page_number(response: Response, rows: list[dict[str, Any]], before: list[dict[str, Any]], number: int) -> None:
    """Raise NotUnderstood if the server ignores the page number: reading would never end."""
    current = _paging_header(response, "Current-Page")
    if (current is not None and current != number) or (rows and rows == before):
        raise NotUnderstood(f"{response.request} returned another page than page {number}.", host=response.host)


def _has_next_page(response: Response, rows: list[dict[str, Any]], number: int) -> bool:
    """Whether a page follows, by the paging headers; without them a full page means yes."""
    last = _paging_header(response, "Last-Page")
    if last is not None:
        return bool(rows) and number < last
    link = response.headers.get("Link")
    if link is not None:
        return bool(rows) and any("next" in relations.lower().split() for relations in _RELATIONS.findall(link))
    return len(rows) >= _LARGEST_PAGE


def _paging_header(response: Response, name: str) -> int | None:
    return whole_number(response.headers.get(f"X-BT-Pagination-{name}", ""))
