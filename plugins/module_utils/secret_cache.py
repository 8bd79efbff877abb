# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Secrets that live for an hour, shared between the tasks of a run: tokens and page sessions.

One 0600 file per key in a 0700 folder. The key is a digest of the account and its secret, so that a changed secret
finds nothing and no name of an account is on the disk. Nothing here is needed: what cannot be read is asked for again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import stat
import time

from .errors import ApplianceError
from .files import FULL, private_folder, write_private

_OLD = 24 * 3600


def key_of(*parts):
    """A file name for a secret: SHA-256 of (url, account, secret, ...); the parts cannot run into each other."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()


class SecretCache:
    """read(key) -> dict or None; write(key, dict); forget(key); lock(key) for 'look, fetch, write' as one.

    folder: created as 0700; one that is a symbolic link or somebody else's is refused (ApplianceError of files.py).
    Forks on one machine share it; lock(key) makes them wait for each other, so that one of them fetches.
    """

    def __init__(self, folder, clock=time.time):
        self._folder, self._clock = os.path.expanduser(folder), clock

    def read(self, key):
        """The dict that was written, or None: absent, torn, or not ours alone."""
        try:
            descriptor = os.open(self._path(key), os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return None
        with os.fdopen(descriptor, encoding="utf-8") as handle:
            if not _ours(os.fstat(descriptor)):
                return None
            try:
                values = json.load(handle)
            except ValueError:
                return None
        return values if isinstance(values, dict) else None

    def write(self, key, values):
        """Keep it; without room for it (a full disk) it is asked for again, which is no reason to break off."""
        private_folder(self._folder)
        self._remove_old()
        try:
            write_private(self._path(key), json.dumps(values).encode())
        except ApplianceError as exc:
            if getattr(exc.__cause__, "errno", None) not in FULL:
                raise

    def forget(self, key):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._path(key))

    @contextlib.contextmanager
    def lock(self, key):
        """Hold the key against the other forks of this machine; ends with the process at the latest."""
        private_folder(self._folder)
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        descriptor = os.open(self._path(key) + ".lock", flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _path(self, key):
        return os.path.join(self._folder, key)

    def _remove_old(self):
        """A token lives an hour, a page session less: files of yesterday are rubbish that holds secrets."""
        for entry in os.scandir(self._folder):
            with contextlib.suppress(FileNotFoundError):  # another fork was faster
                if entry.is_file(follow_symlinks=False) and self._clock() - entry.stat().st_mtime > _OLD:
                    os.unlink(entry.path)


class MemoryCache:
    """The same for one process and without a disk."""

    def __init__(self):
        self._values = {}

    def read(self, key):
        return self._values.get(key)

    def write(self, key, values):
        self._values[key] = dict(values)

    def forget(self, key):
        self._values.pop(key, None)

    @contextlib.contextmanager
    def lock(self, key):
        yield


def _ours(status):
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
