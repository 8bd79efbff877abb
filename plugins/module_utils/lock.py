# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One run per site: a lock file beside the journal that tells who holds it, and that is beaten while its run lives.

The file never changes; its modification time is the heartbeat. It is made with link(), which is atomic on local and on network file
systems, and its age is told by the file server's own clock (that of a file made just now), so that controllers with different clocks
agree. A lock may be taken over when it was not beaten for its `expiry` seconds, or when its controller is seen to be dead: same
machine, same process space, no such process. What a run that lost its lock would write is refused.
"""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import math
import multiprocessing
import os
import secrets
import socket
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timezone

from .errors import ApplianceError, Unsafe
from .files import plainly, private_folder, sync_folder, write_private

EXPIRY = 3600
VARIABLE = "BOMGAR_APPLIANCE_RUN"  # of the environment: the token of the run that a task belongs to
_MARKER_SECONDS = 60
_BEAT_SECONDS = 10
_beaten = {}  # token -> when it was beaten last by heartbeat(), on this process's own clock


@dataclass(frozen=True)
class Holder:
    """Who holds a lock. expiry: seconds without a heartbeat; space and started tell the process apart from others of its number."""

    id: str
    user: str = ""
    host: str = ""
    pid: int | None = None
    started: str = ""
    space: str = ""
    begun: str = ""
    expiry: int = EXPIRY

    def told(self):
        """'ada@controller.example.com (process 4711), begun 2026-03-02T20:00:00+00:00'"""
        if not self.host:
            return "nobody knows whom (the lock file is not readable)"
        process = f" (process {self.pid})" if self.pid else ""
        return f"{self.user}@{self.host}{process}, begun {self.begun}"


class Lock:
    """The lock of the journal at `journal_path`. id: of the run that this process belongs to, '' for none."""

    def __init__(self, journal_path, run_id=None):
        self.path = os.path.abspath(journal_path) + ".lock"
        self._id = _id_of(os.environ.get(VARIABLE, ""), self.path) if run_id is None else run_id

    @property
    def held(self):
        """Whether this process belongs to a run that took it."""
        return bool(self._id)

    @property
    def token(self):
        """What the tasks of the run carry in their environment (VARIABLE)."""
        return f"{self._id}:{self.path}"

    def take(self, expiry=EXPIRY):
        """Hold the lock from now on; the Holder whose dead lock was taken over, or None. Unsafe names who has it."""
        private_folder(os.path.dirname(self.path))
        mine = _myself(expiry)
        candidate = f"{self.path}.{mine.id}"
        write_private(candidate, json.dumps(asdict(mine)).encode())
        try:
            dead = None if self._linked(candidate, self.path) else self._take_over(candidate)
        finally:
            _remove(candidate)
        self._id = mine.id
        return dead

    def refuse(self):
        """Unsafe when a living run other than this one holds it: for check mode, which takes nothing."""
        holder = self.holder()
        if holder and holder.id != self._id and not self._is_dead(holder, _now_beside(self.path)):
            raise self._held(holder)

    def beat(self):
        """Say that this run lives, and see that the lock is still its own. Unsafe otherwise.

        A task that belongs to no run may act where nobody holds the lock, or where its holder is dead.
        """
        if not self._id:
            self.refuse()
            return
        holder = self.holder()
        if holder is None or holder.id != self._id:
            by = f" It is held by {holder.told()} now." if holder else " Somebody removed it."
            raise Unsafe(f"This run has lost the lock {self.path}.{by}",
                         remedy="Nothing more is done here. Look at what the other run does; then run the same command again.")  # fmt: skip
        with plainly(self.path):
            os.utime(self.path)

    def release(self):
        """Give it back; nothing happens where another run has taken it over."""
        holder = self.holder()
        if holder and holder.id == self._id:
            _remove(self.path)
        self._id = ""

    def remove(self):
        """A person knows that its run is dead: the Holder it had, or None."""
        holder = self.holder()
        _remove(self.path)
        return holder

    def holder(self):
        """The Holder, or None where nobody holds it."""
        return _holder(self.path)

    def _linked(self, candidate, name):
        """Whether `name` is our file now; False where it is another one's."""
        try:
            os.link(candidate, name)
        except OSError as exc:
            if os.stat(candidate).st_nlink == 2:  # over a network the answer may be lost and the link be there
                return True
            if isinstance(exc, FileExistsError):
                return False
            raise ApplianceError(f"The lock {name} cannot be made: {exc.strerror}.",
                                 remedy="The state folder must lie on a file system with hard links.") from exc  # fmt: skip
        sync_folder(name)
        return True

    def _take_over(self, candidate):
        """Replace the lock of a dead run, as the only one that does: the marker is of that very lock."""
        found = self.holder()
        if found is None:
            return self._second_try(candidate)
        now = _mtime(candidate)
        if not self._is_dead(found, now):
            raise self._held(found)
        marker = f"{self.path}.over-{found.id}"
        if not self._linked(candidate, marker):
            made = _mtime(marker)
            if made is not None and now - made > _MARKER_SECONDS:  # left by one that was killed while it took over
                _remove(marker)
            raise self._held(found, " Another run is taking over its lock this moment.")
        try:
            again = self.holder()
            if again is None or again.id != found.id:
                raise self._held(again or found)
            os.rename(candidate, self.path)
            sync_folder(self.path)
        finally:
            _remove(marker)
        return found

    def _second_try(self, candidate):
        """It was released between two looks."""
        if not self._linked(candidate, self.path):
            raise self._held(self.holder() or Holder(""))

    def _is_dead(self, holder, now):
        beaten = _mtime(self.path)
        expired = beaten is not None and now - beaten > holder.expiry
        return expired or (bool(holder.pid) and holder.space == _space() != "" and _started(holder.pid) != holder.started)

    def _held(self, holder, more=""):
        beaten = _mtime(self.path)
        heard = f", last heard of at {_moment(beaten)}" if beaten else ""
        until = f" at {_moment(beaten + holder.expiry)}" if beaten else ""
        return Unsafe(
            f"Another run is at work on this site: {holder.told()}{heard}.{more}", facts={"holder": asdict(holder)},
            remedy=f"Wait for its end. Should it be dead, its lock {self.path} may be taken over{until}, or now with the module journal, "
            "`state: unlocked` and a reason.",
        )


def heartbeat():
    """Beat the lock of the run that this task belongs to, if it belongs to one; at most once in so many seconds."""
    token = os.environ.get(VARIABLE, "")
    run_id, _colon, path = token.partition(":")
    if path and time.monotonic() - _beaten.get(token, -math.inf) >= _BEAT_SECONDS:
        Lock(path[: -len(".lock")], run_id).beat()
        _beaten[token] = time.monotonic()


def _id_of(token, path):
    run_id, _colon, of = token.partition(":")
    return run_id if of == path else ""


def _myself(expiry):
    pid = _controller()
    return Holder(
        id=secrets.token_hex(8), user=_user(), host=socket.gethostname(), pid=pid, started=_started(pid) if pid else "", space=_space(),
        begun=datetime.now(timezone.utc).isoformat(timespec="seconds"), expiry=expiry)


def _controller():
    """The process that lives as long as the run: the one that forked this worker; None in a module that runs by itself."""
    parent = multiprocessing.parent_process()
    return parent.pid if parent else None


def _user():
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without a name for its user
        return str(os.geteuid())


def _space():
    """What tells this machine's processes apart from those of all others; '' where the system does not say."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as stream:
            return f"{socket.gethostname()} {stream.read().strip()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return ""


def _started(pid):
    """When a process began, in the kernel's own words; '' for one that is not there."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stream:
            return stream.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _holder(path):
    try:
        with plainly(path), open(path, "rb") as stream:
            content = stream.read()
    except ApplianceError as exc:
        if isinstance(exc.__cause__, FileNotFoundError):
            return None
        raise
    try:
        return Holder(**json.loads(content))
    except (ValueError, TypeError):
        return Holder(hashlib.sha256(content).hexdigest()[:16])


def _mtime(path):
    try:
        return os.stat(path).st_mtime
    except FileNotFoundError:
        return None


def _now_beside(path):
    """The clock of the file system: the time of a file made just now."""
    probe = f"{path}.now-{secrets.token_hex(4)}"
    write_private(probe, b"")
    try:
        return _mtime(probe)
    finally:
        _remove(probe)


def _remove(path):
    with plainly(path), contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def _moment(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="seconds")
