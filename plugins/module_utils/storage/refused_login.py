# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Remembers a refused login for the other tasks of a run: repeated failures lock an account."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import AccessDenied, ApplianceError
from .secret_cache import Cache, key_of
from .who import current_actor

if TYPE_CHECKING:
    from typing import Any

_SECONDS = 300  # the tasks that describe a failure follow it at once; a long run may find the account repaired
_TEXTS = ("message", "host", "evidence", "remedy")


class RefusedLogin:
    """parts: address, account and secret. A corrected secret is another login, and another run tries again."""

    def __init__(self, cache: Cache, *parts: str, clock: Callable[[], float] = time.time) -> None:
        self._cache, self._clock, self._key = cache, clock, key_of("refused", *parts)

    def read(self) -> AccessDenied | None:
        """Return the refusal that a task of this run received during the last minutes."""
        kept = self._cache.read(self._key) or {}
        at = kept.get("at")
        if kept.get("run") != _run() or not isinstance(at, (int, float)) or not 0 <= self._clock() - at < _SECONDS:
            return None
        message, host, evidence, remedy = (str(kept.get(name) or "") for name in _TEXTS)
        return AccessDenied(message, host=host, evidence=evidence, remedy=remedy)

    def note(self, error: ApplianceError) -> None:
        """Keep the refusal of a login; no other error."""
        if isinstance(error, AccessDenied):
            texts = {name: getattr(error, name) for name in _TEXTS}
            with contextlib.suppress(ApplianceError):  # without a cache the refusal itself is still the error
                self._cache.write(self._key, {"run": _run(), "at": self._clock(), **texts})


def _run() -> list[Any]:
    actor = current_actor()
    return [str(actor.get("host")), str(actor.get("process"))]
