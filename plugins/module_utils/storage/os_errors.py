# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Errors of the operating system about a path, as errors of this collection with the action to take."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator

from ..errors import ApplianceError, InvalidInput

DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

OWN_FOLDER = "Name a folder for this purpose alone that belongs to the user who runs this, with mode 0700."

_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


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
            raise InvalidInput(f"{path} is not writable ({exc.strerror}).", remedy=OWN_FOLDER) from exc
        raise ApplianceError(f"{path} could not be used: {exc.strerror or exc}.", remedy="Correct that path, or name another one.") from exc
