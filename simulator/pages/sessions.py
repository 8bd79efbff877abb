# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sign-in sessions of the pages: cookie, idle time-out in virtual time, death at reboot; and form tokens.

Only the cookies' names are known (docs/vendor/pages.md#technical-facts, OBSERVED); how long a session lives is UNKNOWN, so a world
option (web.session_minutes), and that a reboot ends it is INFERRED.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

COOKIES = {"appliance": "nsbase_session", "login": "ns_s"}


@dataclass
class Session:
    """One browser in one area. `account` is empty before sign-in, `expired` until the password was changed."""

    area: str
    cookie: str
    generation: int
    seen: float
    account: str = ""
    agreed: bool = False
    expired: bool = False
    notice: str = ""


class Sessions:
    """The sessions of one appliance. now() and generation() ask the machine, which raises its generation at a reboot;
    idle is in virtual seconds.
    """

    def __init__(self, now: Callable[[], float], generation: Any, idle: float) -> None:
        self._now, self._generation, self._idle = now, generation, idle
        self._known: dict[tuple[str, str], Session] = {}
        self._key = secrets.token_bytes(32)

    def find(self, area: str, cookies: Any) -> Session:
        """The living session of this browser, or a fresh one that is remembered only when keep() is called."""
        cookie = cookies.get(COOKIES[area], "")
        session = self._known.get((area, cookie))
        if session is None or not self._alive(session):
            self._known.pop((area, cookie), None)
            return self._fresh(area, cookie if len(cookie) == 32 else secrets.token_hex(16))
        session.seen = self._now()
        return session

    def _alive(self, session: Session) -> bool:
        return session.generation == self._generation() and self._now() - session.seen <= self._idle

    def _fresh(self, area: str, cookie: str) -> Session:
        return Session(area, cookie, self._generation(), self._now())

    def keep(self, session: Session) -> None:
        """Remember it, and forget those that died."""
        self._known = {key: other for key, other in self._known.items() if self._alive(other)}
        self._known[(session.area, session.cookie)] = session

    def sign_in(self, session: Session, account: str, *, expired: bool) -> Session:
        """A signed-in session under a new cookie, so that a cookie planted before is worth nothing."""
        self._known.pop((session.area, session.cookie), None)
        fresh = self._fresh(session.area, secrets.token_hex(16))
        fresh.account, fresh.agreed, fresh.expired = account, session.agreed, expired
        self.keep(fresh)
        return fresh

    def end(self, session: Session) -> None:
        self._known.pop((session.area, session.cookie), None)

    def end_all(self) -> None:
        """The control port's way to let every session expire at once."""
        self._known.clear()

    def form_token(self, session: Session, form: str) -> str:
        """The hidden token of one form for one browser; worthless after a reboot."""
        text = f"{session.area} {session.cookie} {self._generation()} {form}"
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def token_fits(self, session: Session, form: str, token: str) -> bool:
        return hmac.compare_digest(self.form_token(session, form).encode(), token.encode())
