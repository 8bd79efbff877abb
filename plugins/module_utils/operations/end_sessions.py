# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Ends sessions and logs people out by the API: each request is sent once, and reading verifies the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import AccessDenied, ApplianceError, PermissionMissing, Refused, Unavailable, Unreachable, WaitTimeout
from ..policy.drain import describe, not_quiet, too_many_people
from ..wait import NotYet
from .drain import PeopleWatch
from .identity import Same
from .once import at_once, send_once
from .port import Appliance

_ROUNDS = 3  # of ending what began meanwhile
_TIMEOUT, _INTERVAL = 180, 10  # seconds until what was ended must be gone
_READ_ONLY = ("read_only", "deny")


class SessionEnder:
    """Ends the sessions that run and, with log_out, logs the people out.

    One request for each session and each log-in, whatever the response; what the appliance reports afterwards decides.
    """

    def __init__(self, appliance: Appliance, watch: PeopleWatch, log_out: bool) -> None:
        self._appliance, self._watch, self._log_out = appliance, watch, log_out
        self._sessions: set[str] = set()
        self._logins: set[Any] = set()
        self._left: tuple[set[str], set[Any]] = set(), set()
        self._refused: list[str] = []
        self._unlisted, self._same = False, Same(appliance)

    @property
    def terminated(self) -> int:
        """Number of sessions that were ended and are gone."""
        return len(self._sessions - self._left[0])

    @property
    def logged_out(self) -> int:
        return len(self._logins - self._left[1])

    def predict(self) -> tuple[int, int]:
        """(sessions, people) that would be ended now. Raises PermissionMissing before anybody waits."""
        word = self._appliance.info().permissions.get("perm_command")
        if word in _READ_ONLY:
            raise PermissionMissing(
                f"Sessions cannot be ended: the account has perm_command ({word}).",
                host=self._appliance.host,
                remedy="`policy: terminate` needs perm_command (full_access) in /login > Management > API Configuration.",
                facts={"permission": "perm_command"},
            )
        return len(self._ids() or ()), len(self._watch.seen.people) if self._log_out else 0

    def run(self, waited: float) -> None:
        """End all that the last read showed, and what begins meanwhile; raises where something remains."""
        limits = self._watch.limits
        if not self._log_out and too_many_people(len(self._watch.seen.people), limits):
            raise not_quiet(
                self._watch.seen,
                limits,
                host=self._appliance.host,
                waited=waited,
                why="`max_people` cannot be reached without `log_out`, so no session was ended",
            )
        for _round in range(_ROUNDS):
            self._request()
            self._verify(waited)
            if self._watch.is_quiet():
                return
        raise self._remains(WaitTimeout, f"New sessions began {_ROUNDS} times while others were ended", "failed")

    def _request(self) -> None:
        for lsid in self._ids() or ():
            if lsid not in self._sessions:
                self._sessions.add(lsid)
                self._send(self._appliance.terminate_session, lsid, f"ending session {lsid}")
        for person in self._watch.seen.people if self._log_out else ():
            if _login(person) not in self._logins:
                self._logins.add(_login(person))
                self._send(self._appliance.logout, person.id, f"logging {person.name} out")

    def _send(self, act: Callable[[Any], Any], subject: Any, what: str) -> None:
        """One write. A lost response and a refusal decide nothing: who is there is read afterwards."""
        self._appliance.say(what)
        try:
            send_once(self._appliance, at_once(lambda: act(subject)), what, check=self._same.check)
        except (PermissionMissing, AccessDenied) as exc:
            exc.facts.update(self._facts())
            raise
        except Refused as exc:
            if exc.nothing_sent:
                raise
            self._refused.append(f"{what}: {exc.summary}")

    def _verify(self, waited: float) -> None:
        try:
            self._appliance.wait_until(
                self._gone,
                what="the end of the sessions",
                timeout=_TIMEOUT,
                interval=_INTERVAL,
                not_yet=(Unreachable, Unavailable),
            )
        except WaitTimeout as exc:
            if not self._appliance.request_sent:
                raise not_quiet(
                    self._watch.seen,
                    self._watch.limits,
                    host=self._appliance.host,
                    waited=waited,
                    why="The appliance lists no id of the running sessions, so nothing was ended",
                ) from exc
            kind: type[ApplianceError] = Refused if self._refused else WaitTimeout
            outcome = "failed" if self._refused else "unknown"
            raise self._remains(kind, f"Not all ended within {_TIMEOUT} seconds", outcome) from exc

    def _gone(self) -> Any:
        """True when what was ended is gone, and it is quiet or there is something new to end."""
        seen = self._watch.read()
        ids = set((self._ids() if seen.sessions else ()) or ())
        logins = {_login(person) for person in seen.people}
        self._left = self._sessions & ids, self._logins & logins
        new = ids - self._sessions or (self._log_out and logins - self._logins)
        return (not any(self._left) and bool(self._watch.is_quiet() or new)) or NotYet(describe(seen))

    def _ids(self) -> Any:
        """Ids of the sessions that run; None where the account may not see them and the log-out must suffice."""
        if self._unlisted:
            return None
        try:
            return self._appliance.sessions()
        except PermissionMissing as exc:
            if not self._log_out:
                raise
            self._unlisted = True
            self._appliance.say(f"{exc.summary} The log-out ends the sessions instead.")
            return None

    def _facts(self) -> dict[str, Any]:
        seen = self._watch.seen
        return {
            "people": seen.rows(),
            "sessions": seen.sessions,
            "terminated": self.terminated,
            "logged_out": self.logged_out,
            "timed_out": True,
        }

    def _remains(self, kind: type[ApplianceError], sentence: str, outcome: str) -> ApplianceError:
        return kind(
            f"{sentence}; still there: {describe(self._watch.seen)}.",
            host=self._appliance.host,
            evidence=" ".join(self._refused),
            remedy="Presentations have no id, nor, by XML, have sessions that began more than 24 hours ago. End what is left by "
            "hand, then run the same command again: it reads who is there.",
            facts=dict(self._facts(), outcome=outcome),
        )


def _login(person: Any) -> tuple[Any, Any]:
    """A log-in; a person who logs in again has another one."""
    return person.id, person.since
