# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files with secrets on this machine: 0600 in folders 0700 whatever the umask, whole or not there at all.

Backups and exported keys end here, so a symbolic link, a folder of somebody else or one that others may enter is
refused, a file appears under its name only when it is complete and on the disk, and an existing one is kept.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import secrets
import stat

from .errors import ApplianceError, InvalidInput, Unsafe

HEAD_BYTES = TAIL_BYTES = 4096
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OWN_FOLDER = "Name a folder of its own, which belongs to the user who runs this."
_STRIDE = 32 << 20  # bytes
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def private_folder(path):
    """Make the folder (and its missing parents) for its owner only, or see that it is such a one; the path."""
    path = os.path.abspath(path)
    missing = []
    current = path
    while not os.path.lexists(current):
        missing.append(current)
        current = os.path.dirname(current)
    for folder in reversed(missing):
        _make_folder(folder)
    _see_private(path)
    return path


def check_folder(path):
    """What private_folder would refuse, without making anything (check mode)."""
    path = os.path.abspath(path)
    if os.path.lexists(path):
        _see_private(path)
        return
    parent = os.path.dirname(path)
    while not os.path.lexists(parent):
        parent = os.path.dirname(parent)
    if not os.access(parent, os.W_OK | os.X_OK):
        raise InvalidInput(f"The folder {path} cannot be made in {parent}.", remedy=_OWN_FOLDER)


def _make_folder(path):
    with plainly(path):
        try:
            os.mkdir(path, 0o700)
        except FileExistsError:
            return  # another process was faster; _see_private judges what it made
        os.chmod(path, 0o700)  # a umask may have taken rights from the owner


def _see_private(path):
    with plainly(path):
        found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        raise Unsafe(f"The folder {path} is a symbolic link.", remedy="Name the real folder.")
    if not stat.S_ISDIR(found.st_mode):
        raise InvalidInput(f"{path} is not a folder.", remedy=_OWN_FOLDER)
    if found.st_uid != os.geteuid():
        raise Unsafe(f"The folder {path} belongs to another user.", remedy=_OWN_FOLDER)
    if found.st_mode & 0o077:
        raise Unsafe(f"Other users may enter the folder {path} (mode {stat.S_IMODE(found.st_mode):04o}).",
                     remedy=f"Run `chmod 700 {path}`, or name another one.")  # fmt: skip
    if not os.access(path, os.W_OK | os.X_OK):
        raise InvalidInput(f"The folder {path} may not be written to.", remedy=_OWN_FOLDER)


def write_private(path, content):
    """Put bytes into a 0600 file, replacing what was there in one step; the folder must exist."""
    path = os.path.abspath(path)
    _refuse_link(path)
    with plainly(path, needed=len(content)), _part(path) as (descriptor, part):
        _write_all(descriptor, content)
        os.fsync(descriptor)
        os.rename(part, path)
        sync_folder(path)


class PrivateDownload:
    """A file that is being received; it takes its name only at commit() and vanishes without it.

        with PrivateDownload(path) as download:
            fetch(download.write)
            judge(download.head, download.size)
            download.commit()

    size, sha256 (hexadecimal), head, tail: of what was written so far. content_type: for the one who fetches to set.
    An existing file of that name is replaced only if that is asked for (replace).
    """

    def __init__(self, path, *, replace=False):
        self.path, self._replace = os.path.abspath(path), replace
        self.size, self.head, self.tail, self.content_type = 0, b"", b"", ""
        self._digest, self._exit = hashlib.sha256(), contextlib.ExitStack()
        self._descriptor = self._name = None
        self._let_go = 0

    @property
    def sha256(self):
        return self._digest.hexdigest()

    def __enter__(self):
        _refuse_link(self.path)
        self._refuse_existing()
        _remove_abandoned(self.path)
        with plainly(self.path):
            self._descriptor, self._name = self._exit.enter_context(_part(self.path))
        return self

    def __exit__(self, *exc_info):
        self._exit.close()

    def write(self, chunk):
        with plainly(self.path, needed=self.size + len(chunk)):
            _write_all(self._descriptor, chunk)
        self.size += len(chunk)
        self._digest.update(chunk)
        if len(self.head) < HEAD_BYTES:
            self.head += bytes(chunk[: HEAD_BYTES - len(self.head)])
        end = bytes(chunk[-TAIL_BYTES:])
        self.tail = end if len(end) == TAIL_BYTES else (self.tail + end)[-TAIL_BYTES:]
        if self.size - self._let_go >= _STRIDE:
            self._let_go_of_memory()

    def _let_go_of_memory(self):
        """Gigabytes are not read again soon: have the disk take them now, and use the memory that they lay in again.

        Fresh memory for a whole file costs as much as its encryption does, and leaves all the disk's work for the end.
        """
        self._let_go, start = self.size, max(0, self.size - 4 * _STRIDE)
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):  # advice that nobody has to take
                os.posix_fadvise(self._descriptor, start, self.size - start, os.POSIX_FADV_DONTNEED)

    def content(self):
        """Everything written so far, read back from the disk; for small files only."""
        with plainly(self.path), open(self._name, "rb") as stream:
            return stream.read()

    def commit(self):
        """Now it is whole: on the disk, and under its name."""
        self._refuse_existing()
        with plainly(self.path, needed=self.size):
            os.fsync(self._descriptor)
            os.rename(self._name, self.path)
            sync_folder(self.path)

    def _refuse_existing(self):
        if os.path.lexists(self.path) and not self._replace:
            raise InvalidInput(f"The file {self.path} exists already.", remedy="Move it away, or choose another name.")


def safe_name(text):
    """A file name made of a text that may come from anywhere: never a path, never hidden, never empty, 120 at most."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", str(text)).lstrip("._-")
    return name[:120] or "unnamed"


def sync_folder(path):
    """Make the entry of this file in its folder survive a power cut."""
    descriptor = os.open(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def plainly(path, needed=None):
    """Turn the errors of the operating system about this path into one sentence each."""
    try:
        yield
    except OSError as exc:
        if exc.errno in FULL:
            much = f"; it needs {needed} bytes" if needed else ""
            raise ApplianceError(f"The disk is full: {path} could not be written{much}.",
                                 remedy="Make room, then run the same command again.") from exc  # fmt: skip
        if exc.errno in _NOT_ALLOWED:
            raise InvalidInput(f"{path} may not be written ({exc.strerror}).",
                               remedy=_OWN_FOLDER) from exc  # fmt: skip
        raise ApplianceError(f"{path} could not be used: {exc.strerror or exc}.",
                             remedy="Look at that place, or name another one.") from exc  # fmt: skip


@contextlib.contextmanager
def _part(path):
    """(descriptor, name) of a new 0600 file beside `path`, locked while we live and removed if it keeps its name."""
    folder, base = os.path.split(path)
    name = os.path.join(folder, f".{base}.{secrets.token_hex(4)}.part")
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor, name
    finally:
        os.close(descriptor)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def _remove_abandoned(path):
    """Delete what a killed download of the same file left: nobody holds its lock any more."""
    folder, base = os.path.split(path)
    pattern = re.compile(rf"\.{re.escape(base)}\.[0-9a-f]{{8}}\.part")
    with plainly(path):
        names = [name for name in os.listdir(folder) if pattern.fullmatch(name)]
    for name in (os.path.join(folder, name) for name in names):
        with contextlib.suppress(OSError):
            descriptor = os.open(name, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(name)
            finally:
                os.close(descriptor)


def _refuse_link(path):
    if os.path.islink(path):
        raise Unsafe(f"{path} is a symbolic link.", remedy="Name the real file.")


def _write_all(descriptor, content):
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]
