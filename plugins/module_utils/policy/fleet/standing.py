# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How a site of a fleet stands: its verdict, by its journal, its lock, and what this pass has read and done. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

DONE, WAITING, MANUAL, PLANNED, STOPPED = "done", "waiting", "manual", "planned", "stopped"
FAILED, LOCKED, UNREACHABLE = "failed", "locked", "unreachable"
DUE, CHECK, NOT_STARTED = "due", "check", "not_started"  # needs a run; is done by its journal, to be verified; held by its wave
FAILURES = (FAILED, LOCKED, UNREACHABLE)
_ENDS = {"reached": DONE, "waiting": WAITING, "manual": MANUAL, "planned": PLANNED, "stopped": STOPPED, "failed": FAILED}
_UNREACHABLE = ("Unreachable", "Untrusted", "Unavailable")


@dataclass(frozen=True)
class Standing:
    """verdict: of the words above. until: when a wait is over, ISO 8601 in UTC, '' if it is not known. why: a sentence for people, or ''.

    version: of the serving node as the last run left it, or as this pass read it, '' where nobody knows.
    """

    verdict: str
    until: str = ""
    why: str = ""
    version: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Record:
    """What the state folder says: state: how the last run ended, '' without a run; reason, until, version of its summary; begun: when it
    was opened, ISO 8601; same_request: whether it was asked for the version that is wanted now; open_step: whether a step is not verified;
    holder: who owns the lock now, '' for nobody."""

    state: str = ""
    why: str = ""
    until: str = ""
    version: str = ""
    begun: str = ""
    same_request: bool = True
    open_step: bool = False
    holder: str = ""


def standing_of(record: Record, *, now: str, ask_waiting: bool = False) -> Standing:
    """The Standing before this pass has asked the site anything. now: ISO 8601 in UTC. ask_waiting: ask also a site that waits."""
    if record.holder:
        return Standing(LOCKED, why=f"A run of {record.holder} is at work.", version=record.version)
    if record.open_step:
        return Standing(DUE, version=record.version)
    if record.state == "waiting" and record.same_request and not ask_waiting and record.until > now:
        return Standing(WAITING, record.until, record.why, record.version)
    return Standing(CHECK if record.state == "reached" else DUE, version=record.version)


def ended_standing(record: Record, error: Mapping[str, Any] | None) -> Standing:
    """The Standing of a site that had its turn in this pass. error: {error, msg} of a role that failed, None otherwise."""
    verdict = _ENDS.get(record.state, FAILED)
    if not error:
        return Standing(verdict, record.until if verdict == WAITING else "", record.why, record.version)
    return Standing(
        failure_of(str(error.get("error") or ""), record.holder), "", one_line(str(error.get("msg") or record.why)), record.version
    )


def failure_of(error: str, holder: str = "") -> str:
    """The verdict for the class of an error. holder: who owns the lock of the site now."""
    if holder:
        return LOCKED
    return UNREACHABLE if error in _UNREACHABLE else FAILED


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
