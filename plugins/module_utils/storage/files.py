# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files with secrets on this machine: mode 0600 in folders 0700 under any umask, complete or absent.

They hold backups and exported keys. So a symbolic link, a folder of another user and one that others may enter are refused; a file gets
its name only when it is complete and on the disk, and an existing one is not replaced.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
from collections.abc import Iterator

from ..errors import Unsafe
from .os_errors import explain_os_errors
from .regular_file import open_file


def write_private(path: str | os.PathLike[str], content: bytes, *, sync: bool = True) -> None:
    """Write bytes to a 0600 file and replace an old one in one step; the folder must exist.

    Without sync a power cut may restore the old file.
    """
    path = os.path.abspath(path)
    refuse_link(path)
    with explain_os_errors(path, needed=len(content)), part_file(path) as (descriptor, part):
        write_all(descriptor, content)
        if sync:
            os.fsync(descriptor)
        os.rename(part, path)
        if sync:
            sync_folder(path)


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
def part_file(path: str) -> Iterator[tuple[int, str]]:
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


def remove_abandoned(path: str) -> None:
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


def refuse_link(path: str) -> None:
    if os.path.islink(path):
        raise Unsafe(f"{path} is a symbolic link.", remedy="Name the real file.")


def write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]
