# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""OAuth tokens: 3600 s, at most 30 for one account, one more silently kills the oldest
(docs/vendor/authentication.md#lifetime-and-limits)."""

from __future__ import annotations

import collections
import secrets
from typing import Any


class TokenStore:
    """Valid tokens of one machine by account, in the order of issue."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self._most, self.seconds = limits["tokens"], limits["token_seconds"]
        self._of = collections.defaultdict(collections.OrderedDict)

    def issue(self, client_id: str, now: float) -> str:
        """A new token of 40 characters."""
        tokens = self._of[client_id]
        token = secrets.token_hex(20)
        tokens[token] = now + self.seconds
        while len(tokens) > self._most:
            tokens.popitem(last=False)
        return token

    def owner(self, token: Any, now: float) -> str | None:
        """The client id a valid token belongs to, or None."""
        for client_id, tokens in self._of.items():
            if token in tokens:
                return client_id if now < tokens[token] else None
        return None

    def revoke(self, client_id: str) -> None:
        """All tokens of an account die: new secret, or account disabled."""
        self._of.pop(client_id, None)

    def clear(self) -> None:
        self._of.clear()

    def count(self, client_id: str, now: float) -> int:
        return sum(now < expiry for expiry in self._of.get(client_id, {}).values())
