# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal has as begun and not finished, as sentences for people. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..moments import iso
from . import client_state as client_history
from .parts import State


def open_sentences(journal: State | None) -> list[str]:
    """What the journal has as begun and not finished, a sentence each. journal: None where it could not be read."""
    if journal is None:
        return ["the journal could not be read, so it is unknown what was begun."]
    settings = [one.replace("Open: ", "", 1) for one in client_history.still_open(journal.clients)]
    return [*_open_step(journal.open_step), *_open_actions(journal), *_open_catch_up(journal.versions.catch_up), *settings]


def _open_step(step: Mapping[str, Any] | None) -> Iterator[str]:
    if not step:
        return
    where = f" on {step['host']}" if step.get("host") else ""
    verb = "was requested" if step.get("sent") or step.get("unverified") else "was begun"
    yield f"{step['package']} {verb}{where} at {step['begun']} and is not verified. Do not install it by hand while it can still run."


def _open_actions(journal: State) -> Iterator[str]:
    if journal.pair.moving:
        yield f"the take-over by {journal.pair.moving} is not verified."
    if journal.guids and journal.pair.unsynced:
        yield "no data sync is verified since the last installation."


def _open_catch_up(catch_up: Mapping[str, Any] | None) -> Iterator[str]:
    if not catch_up:
        return
    until = f", ends at {iso(catch_up['not_before'])} at the earliest," if catch_up.get("not_before") else ""
    yield f"the catch-up to {catch_up['version']} is not complete. It began at {iso(catch_up['since'])}{until} by the appliance's clock."
