# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What one observation of a catch-up found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..policy.catch_up.decide import CatchUp


@dataclass(frozen=True)
class Observation:
    """connected: numbers by type; counts: of the list, as far as it was read, or None; export: the Export, or None."""

    catch_up: CatchUp
    at: float
    connected: dict[str, int]
    counts: dict[str, Any] | None
    export: Any = None
    fresh: bool = True  # whether the counts were read for this observation

    @property
    def online(self) -> int | None:
        return self.connected.get("pinned_client")

    @property
    def stragglers(self) -> list[Any]:
        return list(self.export.stragglers if self.export else (self.counts or {}).get("stragglers", ()))

    @property
    def stragglers_total(self) -> int | None:
        """The number of stragglers, None where not all were counted."""
        if self.export:
            return self.export.total - self.export.done
        if self.counts is None or not self.counts["complete"]:
            return None
        return self.counts["stragglers_total"]

    def measured(self) -> dict[str, Any]:
        """The part that the journal records (model.journal.version_history: readings)."""
        counts = self.counts or {}
        known: dict[str, Any] = {"at": self.at, "online": self.online, "listed": counts.get("listed")}
        if self.export:
            known.update(done=self.export.done, of=self.export.total)
        elif counts.get("complete") and self.fresh:
            known.update(done=counts["updated"], of=counts["relevant"])
        return {name: value for name, value in known.items() if value is not None}
