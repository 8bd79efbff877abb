# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Counts clients by kind: 100,000 Jump Clients in one pass, fast and with constant memory."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ..health import LoggedIn
from ..moments import iso, read_time
from .client import ACTIVE, PASSIVE, UNINSTALLED, is_online, read_jump_client

_REASONS = ("none", None, "", "disabled")
_WHOLE = 25  # characters of '2023-11-14T22:13:20+00:00'


class Tally:
    """Counts rows of GET /jump-client one by one.

    now:         the appliance's clock, seconds since 1970; None if it is not known
    seen_within: seconds since the last contact after which a client does not count (needs now); 0 counts all.
                 A client without a known contact counts: that can only keep the catch-up closed.
    named:       number of stragglers to list: those seen last, which are easiest to reach
    """

    def __init__(self, *, now: float | None = None, seen_within: float = 0, named: int = 20, host: str = "") -> None:
        self._now, self._named, self._host = now, named, host
        self._since = now - seen_within if now is not None and seen_within else None
        self.total = self.updated = self.pending = self.online = 0
        self.behind = 0  # number of all stragglers
        self.excluded = {"lost": 0, "disabled": 0, UNINSTALLED: 0, "unseen": 0}
        self._kinds = {ACTIVE: empty_counts(), PASSIVE: empty_counts(), "": empty_counts()}
        self._latest: list[tuple[Any, ...]] = []  # a heap of (last seen, -id, facts); the one seen longest ago leaves first

    @property
    def relevant(self) -> int:
        """The number of clients that count."""
        return self.updated + self.pending

    def add(self, row: Any) -> None:
        """Count one row. Raises NotUnderstood if a field that decides is missing or of a wrong type."""
        kind, lost, pending = row.get("connection_type"), row.get("is_lost"), row.get("needs_update")
        reason = row.get("unavailable_reason")
        plain = lost.__class__ is bool and pending.__class__ is bool and row.get("id").__class__ is int
        if not (plain and kind in (ACTIVE, PASSIVE, UNINSTALLED) and reason in _REASONS):
            client = read_jump_client(row, self._host)  # it accepts unusual values, and raises for wrong ones
            kind, lost, pending = client.connection_type, client.is_lost, client.needs_update
            reason = "disabled" if client.disabled else ""
        self.total += 1
        if kind == UNINSTALLED:
            self.excluded[UNINSTALLED] += 1
            return
        part = self._kinds.get(kind) or self._kinds[""]
        part["total"] += 1
        if reason == "disabled" or lost:
            gone = "disabled" if reason == "disabled" else "lost"
            self.excluded[gone] += 1
            part[gone] += 1
            return
        self._count_eligible(row, part, pending)

    def _count_eligible(self, row: Any, part: dict[str, int], pending: bool) -> None:
        """Count a client that can upgrade."""
        online, seen = self._contact(row)
        unseen = self._since is not None and seen is not None and seen < self._since
        if not pending:
            part["done"] += 1
        else:
            part["pending"] += 1
            self.behind += 1
            part["offline"] += online is False
            if self._named:
                self._add_straggler(row, seen)
        if unseen:
            self.excluded["unseen"] += 1
            return
        self.updated += not pending
        self.pending += pending
        self.online += online is True

    def _contact(self, row: Any) -> tuple[bool | None, float | None]:
        """Return (online, last seen)."""
        connected, disconnected = row.get("last_connect_timestamp"), row.get("last_disconnect_timestamp")
        try:
            connected = _moment(connected) if connected else None
            disconnected = _moment(disconnected) if disconnected else None
        except (ValueError, TypeError):
            client = read_jump_client(row, self._host)
            connected, disconnected = client.last_connect, client.last_disconnect
        online = is_online(connected, disconnected)
        if online:
            return True, connected if self._now is None else self._now
        return online, disconnected

    def _add_straggler(self, row: Any, seen: float | None) -> None:
        order = float("-inf") if seen is None else seen
        if len(self._latest) == self._named and self._latest[0][0] >= order:
            return
        number = row["id"] if row["id"].__class__ is int else int(row["id"])
        entry = (order, -number, self.total, _facts(row, number, seen))
        (heapq.heappush if len(self._latest) < self._named else heapq.heappushpop)(self._latest, entry)

    def counts(self) -> dict[str, Any]:
        """Return {total, relevant, updated, pending, online, excluded: {lost, disabled, uninstalled, unseen}}

        relevant = updated + pending; online counts the relevant ones that are known to be online.
        """
        return {
            "total": self.total,
            "relevant": self.relevant,
            "updated": self.updated,
            "pending": self.pending,
            "online": self.online,
            "excluded": dict(self.excluded),
        }

    def kinds(self) -> dict[str, dict[str, int]]:
        """Return {jump_client_active, jump_client_passive}: all clients of a kind; the unseen are pending or done here.

        A connection type that is not documented is in counts() only.
        """
        return {f"jump_client_{kind}": dict(self._kinds[kind]) for kind in (ACTIVE, PASSIVE)}

    def stragglers(self) -> list[dict[str, Any]]:
        """Return [{id, name, hostname, kind, group, last_seen}] of clients that need an update, the one seen last first."""
        return [entry[-1] for entry in sorted(self._latest, key=lambda entry: entry[:3], reverse=True)]


def empty_counts() -> dict[str, int]:
    """Return the counts of a kind, all 0. done + pending + lost + disabled = total; offline: part of pending."""
    return {"total": 0, "done": 0, "pending": 0, "offline": 0, "lost": 0, "disabled": 0}


def _moment(text: Any) -> float:
    """Return seconds since 1970 as read_time does, several times faster for the usual form."""
    if text.__class__ is str and len(text) == _WHOLE and text[10] == "T" and text[22] == ":":
        return datetime.fromisoformat(text).timestamp()
    return read_time(text)


def _facts(row: Any, number: int, seen: float | None) -> dict[str, Any]:
    """Return the facts of a straggler; a name of a wrong type becomes empty, because it decides nothing."""
    name, hostname, group = row.get("name"), row.get("hostname"), row.get("jump_group_id")
    return {
        "id": number,
        "name": name if isinstance(name, str) else "",
        "hostname": hostname if isinstance(hostname, str) else "",
        "kind": row["connection_type"],
        "group": group if isinstance(group, int) else None,
        "last_seen": iso(seen),
    }


def count_jumpoints(jumpoints: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return the counts of Jumpoint dicts: done are those that are enabled and connected."""
    counts = empty_counts()
    for one in jumpoints:
        counts["total"] += 1
        counts["done" if one["enabled"] and one["connected"] else "pending" if one["enabled"] else "disabled"] += 1
    return dict(counts, offline=counts["pending"])


def count_consoles(people: Sequence[LoggedIn], *, since: float | None = None, before: int = 0) -> dict[str, int]:
    """Return the counts of the consoles of LoggedIn people, for the report only: a console upgrades at its next start.

    Done: logged in since `since` (None: nothing was upgraded, all are). before: the number logged in before.
    """
    total = max(before, len(people))
    done = sum(since is None or (one.since is not None and one.since >= since) for one in people)
    return dict(empty_counts(), total=total, done=done, pending=total - done, offline=total - len(people))


def count_connected_consoles(number: int, *, before: int = 0) -> dict[str, int]:
    """Return the same from their number alone, if nothing was upgraded."""
    total = max(before, number)
    return dict(empty_counts(), total=total, done=number, pending=total - number, offline=total - number)
