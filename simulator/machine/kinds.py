# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The kinds of Jump Clients. Their codes are bytes in the arrays of a Fleet, so new kinds come last."""

from __future__ import annotations

import zlib
from typing import Any

KINDS = ("active", "passive", "lost", "disabled", "uninstalled", "offline")
ACTIVE, PASSIVE, LOST, DISABLED, UNINSTALLED, OFFLINE = range(len(KINDS))
GONE = 255  # removed: in no list and no count, but its id stays its own


def kind_codes(spec: dict[str, Any]) -> tuple[bytes, int]:
    """(the codes of all clients of a world, how many at their end stand in personal Jump Groups)."""
    codes = b"".join(bytes([code]) * spec[kind] for code, kind in enumerate(KINDS))
    return codes + bytes([ACTIVE]) * spec["personal"], spec["personal"]


def share(index: Any) -> float:
    """A number in [0, 1) that looks random and stays the same for a client."""
    return zlib.crc32(b"client %d" % index) / 2**32
