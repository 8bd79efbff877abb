# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How far the clock of a rehearsal is moved while the upgrade waits. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..moments import read_time

_DAY = 86400
_PUT_OFF = 2 * 3600  # seconds: a wait that is put off is checked again after an hour
_SHORT_WAITS = ("catch_up_waiting", "window_waiting")


@dataclass(frozen=True)
class Wait:
    """How one run ended that waits. ended, until: seconds since 1970 by the clock of the world; what: it waits for."""

    ended: float
    until: float
    what: str


@dataclass(frozen=True)
class Passing:
    """When the upgrade runs again: at `until`, or up to `most` seconds later if no Jump Client upgrades before."""

    until: float
    most: float


def next_passing(waits: Sequence[Wait], begins: float, days: float) -> Passing | None:
    """How time passes until the upgrade runs again; None when it is not continued.

    waits: of the runs so far, the last one last. A wait that is only put off by an hour, because clients are missing, may last as long
    again as it has lasted: nothing changes meanwhile but the clients. days: virtual days after which a rehearsal is not continued.
    """
    last = waits[-1]
    if last.until - begins > days * _DAY:
        return None
    first = last
    for wait in reversed(waits):
        if wait.what != last.what or wait.until - wait.ended > _PUT_OFF:
            break
        first = wait
    return Passing(last.until, min(last.ended - first.ended, begins + days * _DAY - last.until))


def wait_of(report: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], ended: float) -> Wait | None:
    """The Wait of a run from its report and its journal; None for a run that does not wait."""
    until = (report.get("next") or {}).get("not_before") if report.get("state") == "waiting" else None
    if not until:
        return None
    shown = [entry for entry in entries if entry["event"] in _SHORT_WAITS]
    data = shown[-1]["data"] if shown else {}
    return Wait(ended, read_time(until), str(data.get("package") or data.get("what") or ""))
