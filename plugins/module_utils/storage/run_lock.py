# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lock of the run that this task belongs to: its heartbeat, and the check right before a request that may change an appliance."""

from __future__ import annotations

import math
import os
import time

from ..errors import ApplianceError
from .lock import VARIABLE, Lock

_BEAT_SECONDS = 10

_beats: dict[str, float] = {}  # token -> time of the last heartbeat(), on this process's own clock


def heartbeat() -> None:
    """Renew the lock of the run that this task belongs to, if any; at most once in _BEAT_SECONDS. Raises Unsafe if the run lost it."""
    token = os.environ.get(VARIABLE, "")
    run_id, _colon, path = token.partition(":")
    if path and time.monotonic() - _beats.get(token, -math.inf) >= _BEAT_SECONDS:
        Lock(path[: -len(".lock")], run_id).beat()
        _beats[token] = time.monotonic()


def verify_run_owns_lock() -> None:
    """Raise Unsafe if this task belongs to a run that lost its lock; called right before each request that may change an appliance."""
    run_id, _colon, path = os.environ.get(VARIABLE, "").partition(":")
    if not path:
        return
    try:
        Lock(path[: -len(".lock")], run_id).beat()
    except ApplianceError as exc:
        exc.nothing_sent = True
        raise
