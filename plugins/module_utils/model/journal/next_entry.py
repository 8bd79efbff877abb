# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal accepts next: an entry that is there already is not repeated, and no second installation begins."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import Unsafe
from .lines import canonical
from .parts import Data, Entry, State
from .state import state_of
from .steps import same_step


def repeated_entry(entries: Sequence[Entry], event: str, data: Data) -> Entry | None:
    """The entry that already says this, where saying it twice would move a date: the end of a step."""
    if event == "action_begun":  # one that a person has to do is begun again by each run until it is verified
        last = next((entry for entry in reversed(entries) if entry["event"].startswith(("action_", "step_"))), None)
        return last if last and last["event"] == event and last["data"] == json.loads(canonical(data)) else None
    if event != "step_done":
        return None
    pair = bool(state_of(entries).guids)
    for entry in reversed(entries):
        if "package" not in entry["data"] or not same_step(entry["data"], data, pair=pair):
            continue
        if entry["event"] == event:
            return entry
        if entry["event"].startswith("step_"):
            return None
    return None


def refuse_second_step(entries: Sequence[Entry], event: str, data: Data) -> None:
    """Raise Unsafe for a package after one whose end is unknown: the first may still be at work, or in trouble (docs/mission.md#m25)."""
    state = state_of(entries)
    pending = state.open_step if event == "step_begun" else None
    if pending and not same_step(pending, data, pair=bool(state.guids)):
        raise Unsafe(
            f"{data['package']!r} is not begun: {pending['package']!r} was begun{_place(pending)} at {pending['begun']} and is "
            "not verified.",
            remedy=f"Install {pending['package']!r} again{_place(pending)} first: that reads the appliance and closes the step. Only when "
            "support has settled it otherwise, release it in the journal.",
            facts={"open_step": pending},
        )


def is_step(state: State, step: Mapping[str, Any], package: str, host: str) -> bool:
    """Whether a step of the state installs that package; in a pair, on the node with that address."""
    return same_step(step, {"package": package, "host": host}, pair=bool(state.guids))


def _place(step: Mapping[str, Any]) -> str:
    return f" on {step['host']}" if step.get("host") else ""
