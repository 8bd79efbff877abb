# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files with secrets on this machine: mode 0600 in folders 0700 under any umask, complete or absent.

They hold backups and exported keys. So a symbolic link, a folder of another user and one that others may enter are refused; a file gets
its name only when it is complete and on the disk, and an existing one is not replaced.
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
from collections.abc import Iterator

from ..errors import ApplianceError, InvalidInput, Unsafe
from .regular_file import open_file, read_file

HEAD_BYTES = TAIL_BYTES = 4096
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OWN_FOLDER = "Name a folder for this purpose alone that belongs to the user who runs this, with mode 0700."
_STRIDE = 32 << 20  # bytes
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def make_private_folder(path: str | os.PathLike[str]) -> str:
    """Create the folder and its missing parents for its owner only, or verify an existing one; return its path.

    Raises Unsafe or InvalidInput for a folder that is not private.
    """
    path = os.path.abspath(path)
    missing = []
    current = path
    while not os.path.lexists(current):
        missing.append(current)
        current = os.path.dirname(current)
    for folder in reversed(missing):
        _make_folder(folder)
    _verify_private(path)
    return path


def check_private_folder(path: str | os.PathLike[str]) -> None:
    """Raise what make_private_folder would raise, and create nothing (check mode)."""
    path = os.path.abspath(path)
    if os.path.lexists(path):
        _verify_private(path)
        return
    parent = os.path.dirname(path)
    while not os.path.lexists(parent):
        parent = os.path.dirname(parent)
    if not os.access(parent, os.W_OK | os.X_OK):
        raise InvalidInput(f"The folder {path} cannot be created in {parent}.", remedy=_OWN_FOLDER)


def _make_folder(path: str) -> None:
    with explain_os_errors(path):
        try:
            os.mkdir(path, 0o700)
        except FileExistsError:
            return  # another process was faster; _verify_private checks the result
        os.chmod(path, 0o700)  # a umask may have taken rights from the owner


def _verify_private(path: str) -> None:
    with explain_os_errors(path):
        found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        raise Unsafe(f"The folder {path} is a symbolic link.", remedy="Name the real folder.")
    if not stat.S_ISDIR(found.st_mode):
        raise InvalidInput(f"{path} is not a folder.", remedy=_OWN_FOLDER)
    if found.st_uid != os.geteuid():
        raise Unsafe(f"The folder {path} belongs to another user.", remedy=_OWN_FOLDER)
    if found.st_mode & 0o077:
        raise Unsafe(f"Other users may enter the folder {path} (mode {stat.S_IMODE(found.st_mode):04o}).", remedy=privacy_advice(path))
    if not os.access(path, os.W_OK | os.X_OK):
        raise InvalidInput(f"The folder {path} is not writable.", remedy=_OWN_FOLDER)


def privacy_advice(path: str | os.PathLike[str]) -> str:
    """Return the action to take for a folder that others may enter. It suggests chmod only if nobody else can need the folder.

    A chmod of /, /tmp, /srv or a home locks others out, as root the whole machine.
    """
    return f"Run `chmod 700 {path}`, or name another one." if _is_dedicated(path) else _OWN_FOLDER


def _is_dedicated(path: str | os.PathLike[str]) -> bool:
    """Whether a folder belongs to our user, is not writable for all, is not directly below /, and is empty or holds a journal."""
    path, home = os.path.realpath(path), os.path.realpath(os.path.expanduser("~"))
    around_home = os.path.commonpath([path, home]) == path
    with explain_os_errors(path):
        found, names = os.lstat(path), os.listdir(path)
    ours = found.st_uid == os.geteuid() and not found.st_mode & 0o002
    return ours and not around_home and os.path.dirname(path) != "/" and (not names or "journal.jsonl" in names)


def write_private(path: str | os.PathLike[str], content: bytes, *, sync: bool = True) -> None:
    """Write bytes to a 0600 file and replace an old one in one step; the folder must exist.

    Without sync a power cut may restore the old file.
    """
    path = os.path.abspath(path)
    _refuse_link(path)
    with explain_os_errors(path, needed=len(content)), _part(path) as (descriptor, part):
        _write_all(descriptor, content)
        if sync:
            os.fsync(descriptor)
        os.rename(part, path)
        if sync:
            sync_folder(path)


class PrivateDownload:
    """A file that is being received. It gets its name at commit(), and is deleted without it.

        with PrivateDownload(path) as download:
            fetch(download.write)
            verify(download.head, download.size)
            download.commit()

    size, sha256 (hexadecimal), head, tail: of the bytes written so far.
    replace: whether commit() replaces an existing file of that name.
    """

    def __init__(self, path: str | os.PathLike[str], *, replace: bool = False) -> None:
        self.path, self._replace = os.path.abspath(path), replace
        self.size, self.head, self.tail = 0, b"", b""
        self._digest, self._exit = hashlib.sha256(), contextlib.ExitStack()
        self._descriptor, self._name = -1, ""
        self._dropped = 0

    @property
    def sha256(self) -> str:
        """The digest of the bytes written so far."""
        return self._digest.hexdigest()

    def __enter__(self) -> PrivateDownload:
        _refuse_link(self.path)
        self._refuse_existing()
        _remove_abandoned(self.path)
        with explain_os_errors(self.path):
            self._descriptor, self._name = self._exit.enter_context(_part(self.path))
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._exit.close()

    def write(self, chunk: bytes) -> None:
        """Append bytes. Raises ApplianceError if the disk is full."""
        with explain_os_errors(self.path, needed=self.size + len(chunk)):
            _write_all(self._descriptor, chunk)
        self.size += len(chunk)
        self._digest.update(chunk)
        if len(self.head) < HEAD_BYTES:
            self.head += bytes(chunk[: HEAD_BYTES - len(self.head)])
        end = bytes(chunk[-TAIL_BYTES:])
        self.tail = end if len(end) == TAIL_BYTES else (self.tail + end)[-TAIL_BYTES:]
        if self.size - self._dropped >= _STRIDE:
            self._drop_page_cache()

    def _drop_page_cache(self) -> None:
        """Tell the system to write the last bytes now and to reuse their memory: nobody reads them soon.

        New memory for a file of gigabytes takes as much time as its encryption, and leaves all writing for the end.
        """
        self._dropped, start = self.size, max(0, self.size - 4 * _STRIDE)
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):  # the system may ignore it
                os.posix_fadvise(self._descriptor, start, self.size - start, os.POSIX_FADV_DONTNEED)

    def content(self) -> bytes:
        """Return all bytes written so far, read from the disk; for small files only."""
        with explain_os_errors(self.path):
            return read_file(self._name)

    def commit(self) -> None:
        """Write the complete file to the disk and give it its name."""
        self._refuse_existing()
        with explain_os_errors(self.path, needed=self.size):
            os.fsync(self._descriptor)
            os.rename(self._name, self.path)
            sync_folder(self.path)

    def _refuse_existing(self) -> None:
        if os.path.lexists(self.path) and not self._replace:
            raise InvalidInput(f"The file {self.path} exists already.", remedy="Move it away, or choose another name.")


def safe_name(text: object) -> str:
    """Return a file name made of untrusted text: no path, not hidden, not empty, at most 120 characters."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", str(text)).lstrip("._-")
    return name[:120] or "unnamed"


def sync_folder(path: str) -> None:
    """Write the entry of this file in its folder to the disk, so that it survives a power cut."""
    descriptor = os.open(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def explain_os_errors(path: str | os.PathLike[str], needed: int | None = None) -> Iterator[None]:
    """Turn each error of the operating system about this path into one sentence. needed: bytes of the file."""
    try:
        yield
    except ValueError as exc:  # a NUL, or half a character
        raise InvalidInput(f"{path!r} cannot be the name of a file.", remedy="Name another path.") from exc
    except OSError as exc:
        if exc.errno in DISK_FULL:
            much = f"; it needs {needed} bytes" if needed else ""
            raise ApplianceError(
                f"The disk is full: {path} could not be written{much}.", remedy="Free space, then run the same command again."
            ) from exc
        if exc.errno in _NOT_ALLOWED:
            raise InvalidInput(f"{path} is not writable ({exc.strerror}).", remedy=_OWN_FOLDER) from exc
        raise ApplianceError(f"{path} could not be used: {exc.strerror or exc}.", remedy="Correct that path, or name another one.") from exc


@contextlib.contextmanager
def _part(path: str) -> Iterator[tuple[int, str]]:
    """Yield (descriptor, name) of a new 0600 file next to `path`. It is locked meanwhile, and deleted unless it was renamed."""
    folder, base = os.path.split(path)
    name = os.path.join(folder, f".{base}.{secrets.token_hex(4)}.part")
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor, name
    finally:
        os.close(descriptor)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def _remove_abandoned(path: str) -> None:
    """Delete the parts that killed downloads of the same file left: their lock is free."""
    folder, base = os.path.split(path)
    pattern = re.compile(rf"\.{re.escape(base)}\.[0-9a-f]{{8}}\.part")
    with explain_os_errors(path):
        names = [name for name in os.listdir(folder) if pattern.fullmatch(name)]
    for name in (os.path.join(folder, name) for name in names):
        with contextlib.suppress(OSError, Unsafe):
            descriptor = open_file(name, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(name)
            finally:
                os.close(descriptor)


def _refuse_link(path: str) -> None:
    if os.path.islink(path):
        raise Unsafe(f"{path} is a symbolic link.", remedy="Name the real file.")


def _write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]
