# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The configuration backup, an NSB file. Its inner format is UNKNOWN: ours is a mark and noise of the right length."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from typing import Any

CHUNK = 16 * 1024
CONTENT_TYPE = "application/octet-stream"  # UNKNOWN: our invention


def file_name(hostname: str, version: str) -> str:
    """The file is called .nsb (docs/vendor/backup-api.md); the rest of the name is our invention."""
    return f"backup-{hostname}-{version}.nsb"


def content(machine: Any, password: str, include_reporting: bool = False) -> Iterator[bytes]:
    """The file piece by piece, so that the reply has no known length."""
    kilobytes = machine.backup_kilobytes * (3 if include_reporting else 1)
    noise = random.Random(f"{machine.guid}/{machine.version}/{machine.now()}")
    lock = hashlib.sha256(password.encode()).digest() if password else b"\0" * 32
    yield b"NSB\x01" + (b"\x01" if password else b"\x00") + lock[:8]
    for left in range(kilobytes * 1024, 0, -CHUNK):
        yield noise.randbytes(min(CHUNK, left))
