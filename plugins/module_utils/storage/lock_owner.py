# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The owner of a lock: the run, its controller and how to recognize that the controller is dead."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import time
from dataclasses import dataclass

from ..errors import ApplianceError, InvalidInput
from ..model.moments import iso
from ..model.strict_json import read_json
from .os_errors import explain_os_errors
from .regular_file import read_file
from .who import controller_process, current_actor

EXPIRY = 3600
SHORTEST, LONGEST = 60, 86400  # seconds: a living run would lose a shorter lock, a longer one blocks the site for days
_LARGEST = 65536  # bytes of a lock file


@dataclass(frozen=True)
class Owner:
    """The run that owns a lock. expiry: seconds without a heartbeat; space and started distinguish processes of the same number."""

    id: str
    user: str = ""
    host: str = ""
    pid: int | None = None
    started: str = ""
    space: str = ""
    begun: str = ""
    expiry: int = EXPIRY

    def describe(self) -> str:
        """Return 'ada@controller.example.com (process 4711), begun 2026-03-02T20:00:00+00:00'."""
        if not self.host:
            return "an unknown run (the lock file is not readable)"
        process = f" (process {self.pid})" if self.pid else ""
        return f"{self.user}@{self.host}{process}, begun {self.begun}"


def check_expiry(seconds: float) -> None:
    """Raise InvalidInput for an expiry, in seconds, that is too short to protect a run or so long that it blocks the site."""
    if not SHORTEST <= seconds <= LONGEST:
        raise InvalidInput(
            f"The lock expiry is {seconds} seconds.", remedy=f"Give {SHORTEST} to {LONGEST} seconds (`expiry`, or upgrade_lock_expiry)."
        )


def this_run(expiry: int) -> Owner:
    """Return the Owner that this process is, with a new id."""
    pid = controller_process()
    return Owner(
        id=secrets.token_hex(8),
        user=current_actor()["user"],
        host=socket.gethostname(),
        pid=pid,
        started=_started(pid) if pid else "",
        space=_space(),
        begun=iso(time.time()),
        expiry=expiry,
    )


def _space() -> str:
    """Return what identifies the process space of this machine; '' if the system does not tell."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as stream:
            return f"{socket.gethostname()} {stream.read().strip()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return ""


def _started(pid: int) -> str:
    """Return the start time of a process, as the kernel writes it; '' for a process that does not exist."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stream:
            return stream.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def read_owner(path: str) -> Owner | None:
    """Return the Owner in a lock file, None if there is no file; an Owner without a host if it is not readable."""
    try:
        with explain_os_errors(path):
            content = read_file(path, _LARGEST)
    except ApplianceError as exc:
        if isinstance(exc.__cause__, FileNotFoundError):
            return None
        raise
    try:
        return _checked(Owner(**read_json(content)))
    except (ValueError, TypeError):
        return Owner(hashlib.sha256(content).hexdigest()[:16])


def _checked(owner: Owner) -> Owner:
    """Return the Owner. Raises ValueError or TypeError for a value that this collection never writes."""
    texts = (owner.id, owner.user, owner.host, owner.started, owner.space, owner.begun)
    numbers = (owner.expiry, 1 if owner.pid is None else owner.pid)
    whole = all(isinstance(one, int) and not isinstance(one, bool) for one in numbers)
    if not whole or not all(isinstance(one, str) and len(one) < 1000 for one in texts):
        raise TypeError("not an owner")
    if not "".join(texts).isprintable() or not 0 < owner.expiry <= LONGEST or owner.pid is not None and owner.pid < 1:
        raise ValueError("not an owner")
    return owner


def is_gone(owner: Owner) -> bool:
    """Whether the controller of the owner was a process of this machine that does not exist any more."""
    return owner.pid is not None and owner.space == _space() != "" and _started(owner.pid) != owner.started
