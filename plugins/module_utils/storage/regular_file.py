# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Opens and locks regular files, and never waits without end for a FIFO, a device or a stopped process."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import time
from typing import BinaryIO, cast

from ..errors import ApplianceError, Unsafe, WaitTimeout
from ..wait import wait_until

LARGEST = 64 << 20  # bytes of a file that is read as a whole
_INTERVAL = 0.05  # seconds
_STOPPED = 2.0  # seconds to wait for a lock that a stopped process owns


def open_file(path: str | os.PathLike[str], flags: int = os.O_RDONLY) -> int:
    """Return a descriptor of a regular file; a new file gets mode 0600. Raises Unsafe for a FIFO, a device or a folder, and OSError."""
    with contextlib.suppress(FileNotFoundError):
        _check(path, os.stat(path, follow_symlinks=not flags & os.O_NOFOLLOW))  # before opening, which may already have an effect
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC, 0o600)
    try:
        _check(path, os.fstat(descriptor))
    except Unsafe:
        os.close(descriptor)
        raise
    return descriptor


def open_to_read(path: str | os.PathLike[str]) -> BinaryIO:
    """Return a binary stream of a regular file. Raises what open_file raises."""
    return cast(BinaryIO, os.fdopen(open_file(path), "rb"))


def read_file(path: str | os.PathLike[str], max_bytes: int = LARGEST) -> bytes:
    """Return the bytes of a regular file. Raises ApplianceError above `max_bytes`, and what open_file raises."""
    with open_to_read(path) as stream:
        return read_open(stream.fileno(), path, max_bytes)


def read_open(descriptor: int, path: str | os.PathLike[str], max_bytes: int = LARGEST) -> bytes:
    """Return the bytes of an open file. Raises ApplianceError above `max_bytes`."""
    size = os.fstat(descriptor).st_size
    if size > max_bytes:
        message = f"The file {path} has {size} bytes; at most {max_bytes} are read."
        raise ApplianceError(message, remedy="Find out what it is, and move it away.")
    parts: list[bytes] = []
    offset = 0
    while part := os.pread(descriptor, max_bytes + 1 - offset, offset):
        parts.append(part)
        offset += len(part)
    return b"".join(parts)


def lock_file(descriptor: int, path: str | os.PathLike[str], seconds: float) -> None:
    """Lock an open file (flock). Raises WaitTimeout that names the owner if the lock is not free after `seconds`.

    A stopped process (Ctrl-Z) will not release it: the wait for it ends after _STOPPED seconds.
    """
    began = time.monotonic()

    def try_lock() -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() - began > _STOPPED and _is_stopped(_lock_owner(descriptor)):
                raise _locked(path, descriptor) from None
            return False
        return True

    try:
        wait_until(try_lock, what=str(path), timeout=seconds, interval=_INTERVAL)
    except WaitTimeout:
        raise _locked(path, descriptor) from None


def _locked(path: str | os.PathLike[str], descriptor: int) -> WaitTimeout:
    pid = _lock_owner(descriptor)
    state = ", which is stopped" if _is_stopped(pid) else ""
    owner = f"process {pid} ({_name(pid)}){state}" if pid else "another process of this user"
    return WaitTimeout(
        f"The file {path} is locked by {owner}.",
        remedy="Continue that process (fg), or end it; then run the same command again.",
        facts={"pid": pid},
    )


def _check(path: str | os.PathLike[str], found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISLNK(found.st_mode):
        raise Unsafe(f"{path} is not a file.", remedy="Find out what it is; move it away, or name another path.")


def _lock_owner(descriptor: int) -> int | None:
    """Return the process that locks that file, None if the system does not tell."""
    inode = os.fstat(descriptor).st_ino
    try:
        with open("/proc/locks", encoding="ascii", errors="replace") as stream:
            rows = [line.split() for line in stream]
    except OSError:
        return None
    pids = [row[4] for row in rows if "FLOCK" in row and "->" not in row and row[5].endswith(f":{inode}")]
    return int(pids[0]) if pids and pids[0].isascii() and pids[0].isdigit() else None


def _name(pid: int) -> str:
    return _read_proc(pid, "comm") or "no longer there"


def _is_stopped(pid: int | None) -> bool:
    return bool(pid) and _read_proc(pid, "stat").rpartition(")")[2].split()[:1] in (["T"], ["t"])


def _read_proc(pid: int | None, what: str) -> str:
    try:
        with open(f"/proc/{pid}/{what}", encoding="utf-8", errors="replace") as stream:
            return stream.read().strip()
    except OSError:
        return ""
