# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Opens and closes a run on a site: its lock, its first and its last entry, and what people decided for it."""

from __future__ import annotations

from ..model.journal.decisions import changes
from ..storage.journal_notes import note_swap


def open_run(journal, *, expiry, by, guids=(), origin="", serving="", decisions=None, defaults=None):
    """Take the lock of the site and note that a run begins. Unsafe while another run holds the lock.

    guids: of both nodes of a pair; origin: name of its primary node, '' if nobody knows; serving: name of the node that serves.
    decisions: {name: value}; what differs from `defaults` and is not noted yet is noted with the name `by`.
    """
    before = journal.state()
    dead = journal.lock.acquire(expiry)
    journal.append("run_opened", guids=list(guids), origin=origin, **({"took_over": dead.describe()} if dead else {}))
    note_swap(journal, before, serving or (origin if not before.pair.split else ""))
    for one in changes(journal.state(), decisions or {}, defaults or {}, by):
        journal.append("decided", **one)


def close_run(journal, *, run_state=None, reason=None, lines=()):
    """Note how the run ended and release its lock. Nothing is written to a journal that was damaged meanwhile: the run still ends.

    lines: the state of the site for people.
    """
    if not journal.content().faults:
        journal.append("run_ended", state=run_state, why=reason, site=list(lines))
    journal.lock.release()
