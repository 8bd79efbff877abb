# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Configuration API: /api/config/v1 (interfaces 7), read page by page so that 100,000 rows need no memory."""

from __future__ import annotations

import re

from ..credentials import authorized
from ..errors import InvalidInput, NotUnderstood
from .refusals import Interface, judged, parsed

INTERFACE = Interface("Configuration API", "perm_configuration", "21.1")
_BASE = "/api/config/v1"
_LARGEST_PAGE, _SMALLEST_PAGE = 100, 5
_MOST_PAGES = 100_000  # ten million rows: more is a server that counts wrong
JUMP_CLIENT_FILTERS = (
    "name", "hostname", "fqdn", "tag", "jump_group_id", "jump_group_type", "console_user", "public_ip", "private_ip",
    "connection_type",
)  # fmt: skip


class Configuration:
    """Lists of the Configuration API; rows are dicts as the appliance gives them (see model/client.py for reading)."""

    def __init__(self, transport, credentials):
        self._transport, self._credentials = transport, credentials

    def jump_clients(self, **filters):
        """The Listing of Jump Clients in shared Jump Groups; personal groups are not promised. One request for 100 rows.

        filters: JUMP_CLIENT_FILTERS. There is none for needs_update, so catching up means reading all.
        """
        unknown = sorted(set(filters) - set(JUMP_CLIENT_FILTERS))
        if unknown:
            raise InvalidInput(
                f"The list of Jump Clients has no filter {', '.join(unknown)}.",
                remedy=f"There are: {', '.join(JUMP_CLIENT_FILTERS)}.",
            )
        return self._rows("jump-client", filters)

    def jumpoints(self):
        return self._rows("jumpoint", {})

    def installers(self):
        """Jump Client installers."""
        return self._rows("jump-client/installer", {})

    def api_accounts(self):
        return self._rows("api-account", {})

    def count(self, path, **filters):
        """How many rows a list has, by one small request; path: 'jump-client', 'jumpoint' ..."""
        answer, rows = self._page(path, filters, 1, _SMALLEST_PAGE)
        total = _number(answer, "Total")
        if total is None and len(rows) < _SMALLEST_PAGE:
            return len(rows)
        if total is None:
            raise NotUnderstood(f"{answer.request} did not tell X-BT-Pagination-Total.", host=answer.host)
        return total

    def _rows(self, path, filters):
        return Listing(lambda number: self._page(path, filters, number, _LARGEST_PAGE), self._transport.host)

    def _page(self, path, filters, number, size):
        answer = authorized(
            self._transport,
            self._credentials,
            "GET",
            f"{_BASE}/{path}",
            params={**filters, "per_page": size, "current_page": number},
            headers={"Accept": "application/json"},
        )
        rows = parsed(judged(answer, INTERFACE, self._credentials), INTERFACE)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NotUnderstood(f"{answer.request} did not bring a list of objects.", host=answer.host)
        return answer, rows


class Listing:
    """The rows of a list, read page by page while somebody goes through them; a new page is asked for when it is needed.

    read:     how many rows were given so far
    pages:    how many requests that took
    listed:   how many the list has, as the page read last told it; None where no page told it
    complete: whether the last page was read
    """

    def __init__(self, page, host):
        self._page, self._host = page, host
        self.read, self.pages, self.listed, self.complete, self._shrunk = 0, 0, None, False, 0
        self._each = (row for rows in self.by_page() for row in rows)

    def __iter__(self):
        return self._each

    def __next__(self):
        return next(self._each)

    @property
    def unread(self):
        """Rows of the list that were not given: its rest, and those that slipped past because it changed meanwhile.

        When rows vanish from pages that were read, others move up and are never seen: as many as it shrank by, at most.
        """
        return max(0, (self.listed or 0) - self.read + self._shrunk)

    def by_page(self):
        """Lists of rows; a row that moved to the next page while we read is given once."""
        before, answer = [], None
        for number in range(1, _MOST_PAGES + 1):
            answer, rows = self._page(number)
            _refuse_circle(answer, rows, before, number)
            known = {row["id"] for row in before if isinstance(row.get("id"), (int, str))}
            fresh = [row for row in rows if not (isinstance(row.get("id"), (int, str)) and row["id"] in known)]
            more = _more(answer, rows, number)
            self._note(answer, len(fresh), more)
            yield fresh
            if not more:
                return
            before = rows
        raise NotUnderstood(f"{answer.request} has no last page.", host=self._host)

    def _note(self, answer, rows, more):
        told = _number(answer, "Total")
        if told is not None:
            self._shrunk += max(0, (self.listed or 0) - told)
            self.listed = told
        self.read, self.pages, self.complete = self.read + rows, self.pages + 1, not more
        if self.complete and self.listed is None:
            self.listed = self.read


def _refuse_circle(answer, rows, before, number):
    """A server that ignores the page's number would be read for ever."""
    current = _number(answer, "Current-Page")
    if (current is not None and current != number) or (rows and rows == before):
        raise NotUnderstood(f"{answer.request} did not give page {number} but another one again.", host=answer.host)


def _more(answer, rows, number):
    """Is there a page after this one? By the paging headers; without them a full page means yes."""
    last = _number(answer, "Last-Page")
    if last is not None:
        return bool(rows) and number < last
    link = answer.headers.get("Link")
    if link is not None:
        return bool(rows) and re.search(r"\brel\s*=\s*\"?next\b", link, re.I) is not None
    return len(rows) >= _LARGEST_PAGE


def _number(answer, name):
    text = answer.headers.get(f"X-BT-Pagination-{name}", "").strip()
    return int(text) if text.isdigit() else None
