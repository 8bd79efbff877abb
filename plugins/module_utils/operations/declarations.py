# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a person declares about an upgrade, written to its journal with the name of the person."""

from __future__ import annotations

from ..errors import InvalidInput
from ..storage.journal import Journal


def acknowledge(journal: Journal, what: str, *, by: str, write: bool = True) -> bool:
    """Note that a person acknowledged `what`. Returns whether that changed anything: it does not count as a change."""
    return _note(journal, "acknowledged", what, by, write)


def confirm(journal: Journal, what: str, *, by: str, write: bool = True) -> bool:
    """Note that a person confirmed `what` of the aftercare. Returns whether that changed anything, as above."""
    return _note(journal, "confirmed", what, by, write)


def _note(journal: Journal, event: str, what: str, by: str, write: bool) -> bool:
    if write:
        journal.append(event, what=what, by=by)
    else:
        journal.lock.verify_free()
    return False


def release(journal: Journal, reason: str, *, by: str, write: bool = True) -> bool:
    """Declare that a person settled the step that is open. Returns whether one was open. InvalidInput without a reason."""
    if not write:
        journal.lock.verify_free()
    pending = journal.state().open_step
    if not pending:
        return False
    if not reason:
        raise InvalidInput(f"The step {pending['package']!r} is released only with a reason.", remedy="Give `reason`: who, how, case.")
    if write:
        step = {name: pending.get(name) for name in ("package", "kind", "host", "guid")}
        journal.append("step_released", reason=reason, by=by, **step)
    return True


def unlock(journal: Journal, reason: str, *, by: str, write: bool = True) -> bool:
    """Remove the lock of a run that is dead. Returns whether there was one."""
    holder = journal.lock.owner()
    if holder is None:
        return False
    if write:
        journal.lock.remove()
        if not journal.content().faults:  # else nothing is written before a person accepted the damage, for which the site must be free
            journal.append("note", text=f"The lock of {holder.describe()} was taken away by {by}: {reason}")
    return True


def accept(journal: Journal, reason: str, *, by: str, write: bool = True) -> bool:
    """Accept a damaged journal as it is. Returns whether it was damaged."""
    content = journal.content()
    if not content.faults:
        return False
    if write:
        journal.append("damage_accepted", digest=content.digest, faults=content.faults, reason=reason, by=by)
    return True
