# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Folders of this machine for one owner only (mode 0700): created, or verified."""

from __future__ import annotations

import os
import stat

from ..errors import InvalidInput, Unsafe
from .os_errors import OWN_FOLDER, explain_os_errors


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
    if not os.path.isdir(parent) or not os.access(parent, os.W_OK | os.X_OK):
        raise InvalidInput(f"The folder {path} cannot be created in {parent}.", remedy=OWN_FOLDER)


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
        raise InvalidInput(f"{path} is not a folder.", remedy=OWN_FOLDER)
    if found.st_uid != os.geteuid():
        raise Unsafe(f"The folder {path} belongs to another user.", remedy=OWN_FOLDER)
    if found.st_mode & 0o077:
        raise Unsafe(f"Other users may enter the folder {path} (mode {stat.S_IMODE(found.st_mode):04o}).", remedy=privacy_advice(path))
    if not os.access(path, os.W_OK | os.X_OK):
        raise InvalidInput(f"The folder {path} is not writable.", remedy=OWN_FOLDER)


def privacy_advice(path: str | os.PathLike[str]) -> str:
    """Return the action to take for a folder that others may enter. It suggests chmod only if nobody else can need the folder.

    A chmod of /, /tmp, /srv or a home locks others out, as root the whole machine.
    """
    return f"Run `chmod 700 {path}`, or name another one." if _is_dedicated(path) else OWN_FOLDER


def _is_dedicated(path: str | os.PathLike[str]) -> bool:
    """Whether a folder belongs to our user, is not writable for all, is not directly below /, and is empty or holds a journal."""
    path, home = os.path.realpath(path), os.path.realpath(os.path.expanduser("~"))
    around_home = os.path.commonpath([path, home]) == path
    with explain_os_errors(path):
        found, names = os.lstat(path), os.listdir(path)
    ours = found.st_uid == os.geteuid() and not found.st_mode & 0o002
    return ours and not around_home and os.path.dirname(path) != "/" and (not names or "journal.jsonl" in names)
