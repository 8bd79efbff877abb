# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Counting clients by kind: 100,000 Jump Clients in one pass, in little time and with memory that does not grow."""

from __future__ import annotations

import heapq
from datetime import datetime

from .client import ACTIVE, PASSIVE, UNINSTALLED, is_online, read_jump_client
from .fields import iso, read_time

MONTH = 30 * 86400  # the default of seen_within
_REASONS = ("none", None, "", "disabled")
_WHOLE = 25  # characters of '2023-11-14T22:13:20+00:00'


class Tally:
    """Counts rows of GET /jump-client as they come.

    now:         the appliance's clock, seconds since 1970; None where nobody asked for it
    seen_within: a client that was last seen longer ago than so many seconds does not count (needs now); 0 counts all.
                 One whose last contact is not told counts: that can only keep a gate closed.
    named:       how many stragglers to keep by name: those seen last, whom it is easiest to reach
    """

    def __init__(self, *, now=None, seen_within=0, named=20, host=""):
        self._now, self._named, self._host = now, named, host
        self._since = now - seen_within if now is not None and seen_within else None
        self.total = self.updated = self.pending = self.online = 0
        self.behind = 0  # how many stragglers there are, named or not
        self.excluded = {"lost": 0, "disabled": 0, UNINSTALLED: 0, "unseen": 0}
        self._kinds = {ACTIVE: nobody(), PASSIVE: nobody(), "": nobody()}
        self._latest = []  # a heap of (last seen, -id, facts): the one seen longest ago is first to go

    @property
    def relevant(self):
        return self.updated + self.pending

    def add(self, row):
        """Count one row; NotUnderstood where a field that decides is missing or of a wrong type."""
        kind, lost, pending = row.get("connection_type"), row.get("is_lost"), row.get("needs_update")
        reason = row.get("unavailable_reason")
        plain = lost.__class__ is bool and pending.__class__ is bool and row.get("id").__class__ is int
        if not (plain and kind in (ACTIVE, PASSIVE, UNINSTALLED) and reason in _REASONS):
            client = read_jump_client(row, self._host)  # it reads what is merely unusual, and says what is wrong
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
        self._follows(row, part, pending)

    def _follows(self, row, part, pending):
        """A client that can follow: has it, or is it at least still around?"""
        online, seen = self._contact(row)
        unseen = self._since is not None and seen is not None and seen < self._since
        if not pending:
            part["done"] += 1
        else:
            part["pending"] += 1
            self.behind += 1
            part["offline"] += online is False
            if self._named:
                self._keep(row, seen)
        if unseen:
            self.excluded["unseen"] += 1
            return
        self.updated += not pending
        self.pending += pending
        self.online += online is True

    def _contact(self, row):
        """(online, last seen)."""
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

    def _keep(self, row, seen):
        order = float("-inf") if seen is None else seen
        if len(self._latest) == self._named and self._latest[0][0] >= order:
            return
        number = row["id"] if row["id"].__class__ is int else int(row["id"])
        kept = (order, -number, self.total, _named(row, number, seen))
        (heapq.heappush if len(self._latest) < self._named else heapq.heappushpop)(self._latest, kept)

    def counts(self):
        """{total, relevant, updated, pending, online, excluded: {lost, disabled, uninstalled, unseen}}

        relevant = updated + pending; online counts the relevant ones that are known to be online.
        """
        return {"total": self.total, "relevant": self.relevant, "updated": self.updated, "pending": self.pending,
                "online": self.online, "excluded": dict(self.excluded)}  # fmt: skip

    def kinds(self):
        """{jump_client_active, jump_client_passive}: facts, whoever counts for a gate; the unseen are pending or done here.

        A connection type that the documentation does not name is in counts() only.
        """
        return {f"jump_client_{kind}": dict(self._kinds[kind]) for kind in (ACTIVE, PASSIVE)}

    def stragglers(self):
        """[{id, name, hostname, kind, group, last_seen}] of those that need an update, the one seen last first."""
        return [kept[-1] for kept in sorted(self._latest, key=lambda kept: kept[:3], reverse=True)]


def nobody():
    """What is told of a kind. done + pending + lost + disabled = total; offline: those of pending known to be so."""
    return {"total": 0, "done": 0, "pending": 0, "offline": 0, "lost": 0, "disabled": 0}


def _moment(text):
    """Seconds since 1970: as Fields.time, and several times faster for the form in which the appliance gives them."""
    if text.__class__ is str and len(text) == _WHOLE and text[10] == "T" and text[22] == ":":
        return datetime.fromisoformat(text).timestamp()
    return read_time(text)


def _named(row, number, seen):
    """Names decide nothing: one of a wrong type is left out."""
    name, hostname, group = row.get("name"), row.get("hostname"), row.get("jump_group_id")
    return {
        "id": number, "name": name if isinstance(name, str) else "", "hostname": hostname if isinstance(hostname, str) else "",
        "kind": row["connection_type"], "group": group if isinstance(group, int) else None, "last_seen": iso(seen),
    }  # fmt: skip


def count_jumpoints(jumpoints):
    """The kind `jumpoint` from Jumpoint dicts: done is enabled and connected again."""
    told = nobody()
    for one in jumpoints:
        told["total"] += 1
        told["done" if one["enabled"] and one["connected"] else "pending" if one["enabled"] else "disabled"] += 1
    return dict(told, offline=told["pending"])


def count_consoles(people, *, since=None, before=0):
    """The kind `representative_console` from LoggedIn people, for the report only: a console upgrades at its next start.

    Done: logged in since `since` (None: nothing was upgraded, all are). before: how many were logged in before.
    """
    total = max(before, len(people))
    done = sum(since is None or (one.since is not None and one.since >= since) for one in people)
    return dict(nobody(), total=total, done=done, pending=total - done, offline=total - len(people))


def count_connected_consoles(number, *, before=0):
    """The same from their number alone, where nothing was upgraded and so nobody has to be asked for."""
    total = max(before, number)
    return dict(nobody(), total=total, done=number, pending=total - number, offline=total - number)
