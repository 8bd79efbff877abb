# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a pair shares and what a data sync copies: clients and people belong to the site, records to the node that made them."""

from __future__ import annotations

from typing import Any


class Replica:
    """The part of a Pair that holds data.

    A node's `records` count its session records by the node that recorded them: {node: number}. Only the node behind the public
    name records. A sync, and establishing a relation, make the backup's records those of the primary; what only the backup
    had is lost then, as on the appliance.
    """

    def _start_with(self, nodes: Any) -> None:
        first, second = nodes
        self.clients, self.people = first.clients, first.people
        second.clients, second.people, second.jump_settings = first.clients, first.people, first.jump_settings
        for one in nodes:
            one.pair = self
            one.records = {other.name: 0.0 for other in nodes}
        self._recorded_at = self.now()

    def record(self) -> None:
        """Sessions are recorded as time passes, by the node that people work on."""
        now, node = self.now(), self.node(self.front)
        if self.accepts():
            node.records[node.name] += self.spec["sessions_per_hour"] * max(0, now - self._recorded_at) / 3600
        self._recorded_at = now

    def _copy(self, source: Any, target: Any, at: float) -> None:
        """A data sync: configuration, API accounts, local users, records."""
        self.record()
        target.records = dict(source.records)
        target.accounts.take_from(source.accounts)

    def _overwrite(self, source: Any, target: Any, at: float) -> None:
        """The peer's data is overwritten: tell what only the peer had."""
        self.record()
        lost = sum(max(0.0, target.records[name] - source.records[name]) for name in target.records)
        self._copy(source, target, at)
        target.event("data_overwritten", at, lost=round(lost), by=source.name)
