# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the planner and the roles must know of a journal's state, as plain data. Pure."""

from __future__ import annotations

from typing import Any

from .parts import State

_OF_SITE = ("guid", "guids", "origin", "runs", "under_way", "done", "restored", "measured")
_OF_PAIR = ("first_done_at", "acknowledged", "broken", "moving", "unsynced", "sync_since")


def memory_of(state: State) -> dict[str, Any]:
    """{guid, guids, origin, runs, under_way, done, catch_up, open_step, ..., clients, settings} of a State.

    catch_up, open_step and settings are {} where there is none. settings: the failover settings that were recorded before the last break.
    snapshots: names of the nodes whose snapshot from before the upgrade is recorded.
    """
    known = state.as_dict()
    return {
        **{name: known[name] for name in _OF_SITE},
        **{name: known["pair"][name] for name in _OF_PAIR},
        "catch_up": known["versions"]["catch_up"] or {},
        "open_step": known["open_step"] or {},
        "clients": known["clients"],
        "settings": failover_settings(state),
        "snapshots": sorted(state.snapshots),
    }


def failover_settings(state: State) -> dict[str, Any]:
    """The failover settings as they were before the last break, {} if none were recorded."""
    breaks = [one["data"]["settings"] for one in state.pair.actions if one["action"] == "break" and "settings" in one["data"]]
    return breaks[-1] if breaks else {}
