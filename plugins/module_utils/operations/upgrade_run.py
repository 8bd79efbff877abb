# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Opens and closes a run on a site: its lock, its first and its last entry, and what people decided for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import ApplianceError, InvalidInput
from ..model.journal.decisions import changes
from ..model.journal.preparations import PREPARE
from ..model.journal.state import state_of
from ..model.report.summary import summarize
from ..storage.journal import Journal
from ..storage.journal_notes import note_swap

# Where a state folder is unless `upgrade_state_dir` names one: below ANSIBLE_HOME (roles/upgrade/defaults/main.yml).
DEFAULT_FOLDERS = os.path.join("bomgar.appliance", "sites")


def default_folder_warnings(path: str) -> list[str]:
    """That the journal `path` is in the default folder, whose lock nobody else sees; [] for another folder."""
    folder = os.path.dirname(path)
    if os.path.dirname(folder).endswith(os.sep + DEFAULT_FOLDERS):
        return [
            f"The state folder {folder} belongs to this user on this controller. Its lock and journal exclude no run of another user or "
            "controller. Set upgrade_state_dir to a folder that all of them share."
        ]
    return []


def open_run(
    journal: Journal,
    *,
    expiry: int,
    by: str,
    guids: Iterable[str] = (),
    origin: str = "",
    serving: str = "",
    decisions: Mapping[str, Any] | None = None,
    defaults: Mapping[str, Any] | None = None,
    variables: str = "",
    purpose: str = "upgrade",
) -> None:
    """Take the lock of the site and note that a run begins. Unsafe while another run holds the lock.

    guids: of both nodes of a pair; origin: name of its primary node, '' if nobody knows; serving: name of the node that serves.
    decisions: {name: value}; what differs from `defaults` and is not recorded yet is recorded with the name `by`.
    variables: checksum of the variables that decide, '' if the site was not rehearsed. purpose: 'prepare' for a run that takes no step.
    """
    before = journal.state()
    dead = journal.lock.acquire(expiry)
    more = {**({"took_over": dead.describe()} if dead else {}), **({"variables": variables} if variables else {})}
    more.update({"purpose": purpose} if purpose == PREPARE else {})
    journal.append("run_opened", guids=list(guids), origin=origin, **more)
    note_swap(journal, before, serving or (origin if not before.pair.split else ""))
    for one in changes(journal.state(), decisions or {}, defaults or {}, by):
        journal.append("decided", **one)


def close_run(
    journal: Journal,
    *,
    run_state: str | None = None,
    reason: str | None = None,
    lines: Iterable[str] = (),
    site: Mapping[str, Any] | None = None,
    command: str = "",
) -> dict[str, Any]:
    """Note how the run ended and release its lock; {summary, warnings}.

    Nothing is written to a journal that was damaged meanwhile, or to a disk that is full: the run still ends.
    lines: the state of the site for people. site, command: as summarize() takes them.
    """
    summary, warnings = summary_of(journal, run_state=run_state, reason=reason, site=site, command=command), []
    if not journal.content().faults:
        try:
            journal.append("run_ended", state=run_state, why=reason, site=list(lines), summary=summary)
        except ApplianceError as exc:
            if not isinstance(exc, InvalidInput) and not isinstance(exc.__cause__, OSError):
                raise
            warnings = [f"The end of the run is not in the journal. {exc}"]
    journal.lock.release()
    return {"summary": summary, "warnings": warnings}


def summary_of(journal: Journal, **given: Any) -> dict[str, Any]:
    """The summary of a run that ends now, as model.report.summary.summarize() makes it."""
    content = journal.content()
    return summarize(content.entries, None if content.faults else state_of(content.entries), **given)
