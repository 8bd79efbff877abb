# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lock of a site: a file next to the journal that names its owner, so that one run at a time upgrades the site.

The content of the file never changes; its modification time is the heartbeat. It is created with link(), which is atomic on local and on
network file systems. Its age is measured with the clock of the file server (a file created just now), so that controllers with different
clocks agree. Another run may take over a lock without a heartbeat for `expiry` seconds, and one whose controller is dead: same machine,
same process space, no such process. A run that lost its lock must not write.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Any

from ..errors import ApplianceError, Unsafe
from ..model.moments import iso
from .files import sync_folder, write_private
from .folder import make_private_folder
from .lock_file import file_server_time, link_count, modified_at, remove
from .lock_owner import EXPIRY, Owner, check_expiry, is_gone, read_owner, this_run
from .os_errors import explain_os_errors

VARIABLE = "BOMGAR_APPLIANCE_RUN"  # of the environment: the token of the run that a task belongs to
_MARKER_SECONDS = 60


class Lock:
    """The lock of the journal at `journal_path`. id: of the run that this process belongs to, '' for none."""

    def __init__(self, journal_path: str | os.PathLike[str], run_id: str | None = None) -> None:
        self.path = os.path.abspath(journal_path) + ".lock"
        self._id = _id_of(os.environ.get(VARIABLE, ""), self.path) if run_id is None else run_id

    @property
    def id(self) -> str:
        """The id of the run that this process belongs to, '' for none."""
        return self._id

    @property
    def is_owned(self) -> bool:
        """Whether this process belongs to a run that acquired the lock."""
        return bool(self._id)

    @property
    def token(self) -> str:
        """The value of VARIABLE in the environment of the run's tasks."""
        return f"{self._id}:{self.path}"

    def acquire(self, expiry: int = EXPIRY) -> Owner | None:
        """Own the lock from now on; return the Owner whose dead lock was taken over, or None. Raises Unsafe that names the owner."""
        check_expiry(expiry)
        make_private_folder(os.path.dirname(self.path))
        mine = this_run(expiry)
        candidate = f"{self.path}.{mine.id}"
        write_private(candidate, json.dumps(asdict(mine)).encode())
        try:
            dead = None if self._linked(candidate, self.path) else self._take_over(candidate)
        finally:
            remove(candidate)
        self._id = mine.id
        return dead

    def verify_free(self) -> None:
        """Raise Unsafe if another living run owns the lock: for check mode, which acquires nothing."""
        owner = self.owner()
        if owner and owner.id != self._id and not self._is_dead(owner, file_server_time(self.path)):
            raise self._locked(owner)

    def beat(self) -> None:
        """Renew the heartbeat. Raises Unsafe if this run does not own the lock any more.

        A task that belongs to no run may act if no run owns the lock, or if its owner is dead.
        """
        if not self._id:
            self.verify_free()
            return
        owner = self.owner()
        if owner is None or owner.id != self._id:
            by = f" Its owner is {owner.describe()} now." if owner else " Somebody removed it."
            raise Unsafe(
                f"This run has lost the lock {self.path}.{by}",
                remedy="This run stops here. Wait until the other run ends; then run the same command again.",
            )
        with explain_os_errors(self.path):
            os.utime(self.path)

    def release(self) -> None:
        """Remove the lock, unless another run has taken it over."""
        owner = self.owner()
        if owner and owner.id == self._id:
            remove(self.path)
        self._id = ""

    def remove(self) -> Owner | None:
        """Remove the lock of a run that is dead, as a person declares; return its Owner, or None."""
        owner = self.owner()
        remove(self.path)
        return owner

    def owner(self) -> Owner | None:
        """Return the Owner, or None if no run owns the lock."""
        return read_owner(self.path)

    def describe(self, now: float) -> dict[str, Any] | None:
        """Return {holder, begun, heartbeat, dead} for people, or None if no run owns the lock. It creates no file, unlike verify_free().

        now: seconds since 1970 on this machine, so `dead` relies on the clocks of this machine and of the file server.
        """
        owner, beat = self.owner(), modified_at(self.path)
        if owner is None:
            return None
        expired = beat is not None and now - beat > owner.expiry
        holder = f"{owner.user}@{owner.host}" if owner.host else "an unknown run"
        return {"holder": holder, "begun": owner.begun, "heartbeat": iso(beat), "dead": expired or is_gone(owner)}

    def _linked(self, candidate: str, name: str) -> bool:
        """Link `name` to our file and return True; False if another run was faster."""
        try:
            os.link(candidate, name)
        except OSError as exc:
            if link_count(candidate) == 2:  # over a network the reply may be lost and the link exist
                return True
            if isinstance(exc, FileExistsError):
                return False
            raise ApplianceError(
                f"The lock {name} cannot be created: {exc.strerror}.", remedy="Use a state folder on a file system with hard links."
            ) from exc
        sync_folder(name)
        return True

    def _take_over(self, candidate: str) -> Owner | None:
        """Replace the lock of a dead run; a marker for that very lock lets only one run do so."""
        found = self.owner()
        if found is None:
            self._second_try(candidate)
            return None
        now = modified_at(candidate) or 0.0
        if not self._is_dead(found, now):
            raise self._locked(found)
        marker = f"{self.path}.over-{found.id}"
        if not self._linked(candidate, marker):
            made = modified_at(marker)
            if made is not None and now - made > _MARKER_SECONDS:  # left by a run that was killed while it took over
                remove(marker)
            raise self._locked(found, " Another run is taking over its lock at this moment.")
        try:
            again = self.owner()
            if again is None or again.id != found.id:
                raise self._locked(again or found)
            os.rename(candidate, self.path)
            sync_folder(self.path)
        finally:
            remove(marker)
        return found

    def _second_try(self, candidate: str) -> None:
        """Acquire a lock that was released since the first try."""
        if not self._linked(candidate, self.path):
            raise self._locked(self.owner() or Owner(""))

    def _is_dead(self, owner: Owner, now: float) -> bool:
        beat = modified_at(self.path)
        expired = beat is not None and now - beat > owner.expiry
        return expired or is_gone(owner)

    def _locked(self, owner: Owner, more: str = "") -> Unsafe:
        beat = modified_at(self.path)
        heard = f", last heartbeat at {iso(beat)}" if beat else ""
        until = f" at {iso(beat + owner.expiry)}" if beat else ""
        return Unsafe(
            f"Another run locks this site: {owner.describe()}{heard}.{more}",
            facts={"owner": asdict(owner)},
            remedy=f"Wait for its end. If it is dead, another run may take over its lock {self.path}{until}, or now "
            "with the module journal, `state: unlocked` and a reason.",
        )


def _id_of(token: str, path: str) -> str:
    run_id, _colon, of = token.partition(":")
    return run_id if of == path else ""
