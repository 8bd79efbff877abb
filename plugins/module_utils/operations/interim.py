# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The time in which the first node of a pair serves with the new version and the second one waits."""

from __future__ import annotations

from ..storage.journal import Journal
from .declarations import acknowledge


def record_interim(journal: Journal, node: str, *, appliance_time: float | None, acknowledged: bool, by: str, write: bool = True) -> None:
    """Note since when the second node waits, and that a person acknowledged the first one, each once."""
    state = journal.state()
    if not state.pair.first_done_at and write:
        journal.append("action_begun", action="interim", node=node, appliance_time=appliance_time, data={})
    if acknowledged and "interim" not in state.pair.acknowledged:
        acknowledge(journal, "interim", by=by, write=write)
