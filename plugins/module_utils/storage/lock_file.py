# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the lock asks of the file system: times, links and removal of its files."""

from __future__ import annotations

import contextlib
import os
import secrets

from ..errors import ApplianceError
from .files import write_private
from .os_errors import explain_os_errors


def modified_at(path: str) -> float | None:
    try:
        with explain_os_errors(path):
            return os.stat(path).st_mtime
    except ApplianceError as exc:
        if isinstance(exc.__cause__, FileNotFoundError):
            return None
        raise


def link_count(path: str) -> int:
    with explain_os_errors(path):
        return os.stat(path).st_nlink


def file_server_time(path: str) -> float:
    """Return the time of the file system: that of a file created just now."""
    probe = f"{path}.now-{secrets.token_hex(4)}"
    write_private(probe, b"")
    try:
        return modified_at(probe) or 0.0
    finally:
        remove(probe)


def remove(path: str) -> None:
    with explain_os_errors(path), contextlib.suppress(FileNotFoundError):
        os.unlink(path)
