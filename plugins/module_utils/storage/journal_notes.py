# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Entries that several operations write alike: what the nodes run, a swap by somebody else, what the upgrade was begun for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..model.journal.state import state_of

if TYPE_CHECKING:
    from ..model.journal.parts import Entry, State
    from .journal import Journal

_FACTS = ("guid", "host", "version", "build")


def see(
    journal: Journal,
    nodes: Iterable[dict[str, Any]],
    serving: str = "",
    *,
    guids: Iterable[str] = (),
    origin: str = "",
    write: bool = True,
) -> list[Entry]:
    """Note what the nodes run and which one serves, where that is news; all entries then, or with write=False what they would be.

    nodes: [{guid, host, version, build, clock}] as they were read, of a pair also `name`; serving: name of the node that serves, '' if
    nobody knows. A node without a name is standalone and serves. Without writing, a swap by somebody else is not among the entries.
    guids: of both nodes of a pair, () as long as it is not sound; origin: name of its primary node, '' if unknown. Each is recorded once.
    """
    entries = journal.read()
    if write:
        note_swap(journal, state_of(entries), serving)
        entries = journal.read()
    for node in nodes:
        seen = {name: node.get(name) or "" for name in _FACTS}
        seen["serves"] = node["name"] == serving if node.get("name") else True
        if seen["guid"]:
            entries = journal.see(seen, node.get("clock"), after=entries, write=write)
    return _see_site(journal, entries, guids, origin, write)


def _see_site(journal: Journal, entries: list[Entry], guids: Iterable[str], origin: str, write: bool) -> list[Entry]:
    state = state_of(entries)
    unknown = guids and not state.guids or origin and not state.origin
    return journal.note("site_seen", {"guids": list(guids), "origin": origin}, after=entries, write=write) if unknown else entries


def note_swap(journal: Journal, state: State, serving: str) -> None:
    """Another node serves than the last one that was seen or made to, and no action of ours is under way: somebody else did it."""
    if serving and state.pair.served_by not in ("", serving) and not state.pair.moving:
        journal.append("swap_seen", was=state.pair.served_by, now=serving)
