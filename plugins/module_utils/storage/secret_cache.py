# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A cache of secrets that live for an hour, for the tasks of a run: tokens and page sessions.

One 0600 file per key in a 0700 folder. The key is a digest of the account and its secret: a changed secret has another key, and no name
of an account is on the disk. A secret that cannot be read is requested again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

from ..errors import ApplianceError, WaitTimeout
from ..model.strict_json import read_json
from .files import write_private
from .folder import check_private_folder, make_private_folder
from .os_errors import DISK_FULL, explain_os_errors
from .regular_file import lock_file, open_file, read_open

_OLD = 24 * 3600
_LARGEST = 1 << 20  # bytes
_LOCK_SECONDS = 20  # longer than another process takes to fetch a token
_OPTION = " The option is cache_dir (bomgar_cache_dir in the inventory)."


class Cache(Protocol):
    """What a SecretCache and a MemoryCache can do."""

    def read(self, key: str) -> dict[str, Any] | None:
        pass

    def write(self, key: str, values: dict[str, Any]) -> None:
        pass

    def delete(self, key: str) -> None:
        pass

    def lock(self, key: str) -> AbstractContextManager[None]:
        pass


def key_of(*parts: object) -> str:
    """Return a file name for a secret: the SHA-256 of (url, account, secret, ...), each part as a JSON text of its own."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()


def default_folder() -> str:
    """Return the folder of the cache if no option names one: in the folder that Ansible uses for its own files."""
    return os.path.join(os.path.expanduser(os.environ.get("ANSIBLE_HOME") or "~/.ansible"), "bomgar.appliance")


def open_cache(folder: str, say: Callable[[str], None], *, named: bool) -> Cache:
    """Return a SecretCache in the folder; a MemoryCache if no option names it and it is not usable (a read-only home)."""
    if not named:
        try:
            check_private_folder(folder)
        except ApplianceError as exc:
            say(f"no cache: {exc.message} Each task requests its own token and its own session.{_OPTION}")
            return MemoryCache()
    return SecretCache(folder, say=say)


class SecretCache:
    """A cache on the disk, shared by the forks of one machine.

    folder: created with mode 0700; a symbolic link and a folder of another user are refused (ApplianceError of files.py).
    lock(key): makes forks wait for each other while one of them reads, fetches and writes a secret.
    """

    def __init__(self, folder: str, clock: Callable[[], float] = time.time, say: Callable[[str], None] = lambda text: None) -> None:
        self._folder, self._clock, self._say = os.path.expanduser(folder), clock, say

    def read(self, key: str) -> dict[str, Any] | None:
        """Return the dict that was written, or None: absent, damaged, or readable for other users."""
        try:
            descriptor = open_file(self._path(key), os.O_RDONLY | os.O_NOFOLLOW)
        except (OSError, ApplianceError):
            return None
        try:
            values = read_json(read_open(descriptor, self._path(key), _LARGEST)) if _is_private(os.fstat(descriptor)) else None
        except (OSError, ValueError, ApplianceError):
            return None
        finally:
            os.close(descriptor)
        return values if isinstance(values, dict) else None

    def write(self, key: str, values: dict[str, Any]) -> None:
        """Write the dict. A full disk is no error: the secret is requested again."""
        self._prepare()
        self._remove_old()
        try:
            write_private(self._path(key), json.dumps(values).encode())
        except ApplianceError as exc:
            if getattr(exc.__cause__, "errno", None) not in DISK_FULL:
                raise

    def delete(self, key: str) -> None:
        """Delete the secret, if there is one."""
        with contextlib.suppress(OSError):
            os.unlink(self._path(key))

    @contextlib.contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """Lock the key for the other forks of this machine; the lock ends with the process at the latest.

        If another process locks it for too long, this one continues without the lock: one more token does no harm.
        """
        self._prepare()
        path = self._path(key) + ".lock"
        with explain_os_errors(path):
            descriptor = open_file(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)
        try:
            try:
                lock_file(descriptor, path, _LOCK_SECONDS)
            except WaitTimeout as exc:
                self._say(f"{exc.message} Continuing without the lock.")
            yield
        finally:
            os.close(descriptor)

    def _path(self, key: str) -> str:
        return os.path.join(self._folder, key)

    def _prepare(self) -> None:
        try:
            make_private_folder(self._folder)
        except ApplianceError as exc:
            exc.remedy += _OPTION
            raise

    def _remove_old(self) -> None:
        """Delete files of more than a day: a token lives an hour, a page session less."""
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # another fork was faster
                    if entry.is_file(follow_symlinks=False) and self._clock() - entry.stat().st_mtime > _OLD:
                        os.unlink(entry.path)


class MemoryCache:
    """A cache for one process, in memory."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, Any]] = {}

    def read(self, key: str) -> dict[str, Any] | None:
        """Return the dict that was written, or None."""
        return self._values.get(key)

    def write(self, key: str, values: dict[str, Any]) -> None:
        """Keep a copy of the dict."""
        self._values[key] = dict(values)

    def delete(self, key: str) -> None:
        """Delete the secret, if there is one."""
        self._values.pop(key, None)

    @contextlib.contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """Do nothing: no other process shares this cache."""
        yield


def _is_private(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
