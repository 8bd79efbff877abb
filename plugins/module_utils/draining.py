# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Watches an appliance until it is quiet, and ends sessions and log-ins by the API: each is asked for once and proved by reading."""

from __future__ import annotations

from .errors import AccessDenied, ApplianceError, NotFound, PermissionMissing, Refused, Unavailable, Unreachable, WaitTimeout, answer_lost
from .policy.drain import Seen, checked, hints_quiet, is_quiet, refusal, told, too_many_people
from .wait import NotYet

_LIST_EVERY = 300  # seconds between two lists of the people, where the cheap counts do not tell that it is quiet
_ROUNDS = 3  # of ending what somebody began meanwhile
_PROOF, _PROOF_INTERVAL = 180, 10  # seconds until what was ended must be gone
_READ_ONLY = ("read_only", "deny")


class Watch:
    """Who works at an appliance.

    The vendor asks not to list the people again and again on a busy site, so waiting reads the counts of connected clients, and the
    people only when those say that it is quiet. .seen: the last whole look.
    """

    def __init__(self, appliance, terms):
        self._appliance, self.terms, self.seen = appliance, terms, None
        self._counts, self._listed = None, None

    def look(self):
        """One whole look: the counts and the people."""
        self._counts = self._told()
        self._list()
        return self.seen

    def is_quiet(self):
        return is_quiet(self.seen, self.terms)

    def wait(self, timeout, interval):
        """True when it became quiet, False when the time was over; .seen is then what a look showed at the end."""

        def probe():
            self._glance()
            return self.is_quiet() or NotYet(told(self.seen))

        try:
            return self._appliance.wait_until(probe, what="the people to end their work", timeout=timeout, interval=interval,
                                              not_yet=(Unreachable, Unavailable))  # fmt: skip
        except WaitTimeout:
            self.look()
            return self.is_quiet()

    def _glance(self):
        """Look at the people where the cheap counts give a reason to."""
        before, self._counts = self._counts, self._told()
        hint = hints_quiet(self._counts, self.terms)
        late = self._appliance.clock() - self._listed >= _LIST_EVERY
        changed = self._counts is not None and self._counts != before
        if (hint is None and late) or (hint and (changed or late)):
            self._list()

    def _list(self):
        self.seen = checked(Seen(tuple(self._appliance.logged_in()), self._counts))
        self._listed = self._appliance.clock()

    def _told(self):
        """The counts, None on a version that has no such command (XML before 14.1)."""
        try:
            return self._appliance.client_counts()
        except NotFound:
            return None
        except Refused as exc:
            if exc.__class__ is not Refused:
                raise
            return None


class Ending:
    """Ends the sessions that run and, where asked for, logs the people out.

    Each session and each log-in is asked for once, whatever came of the answer; what the appliance tells afterwards decides.
    """

    def __init__(self, appliance, watch, log_out):
        self._appliance, self._watch, self._log_out = appliance, watch, log_out
        self._sessions, self._logins, self._left = set(), set(), (set(), set())
        self._refused, self._unlisted = [], False

    @property
    def terminated(self):
        """Sessions that were ended and are seen no more."""
        return len(self._sessions - self._left[0])

    @property
    def logged_out(self):
        return len(self._logins - self._left[1])

    def rehearse(self):
        """(sessions, people) that would be ended now, with the permissions that this takes: told before anybody waits."""
        word = self._appliance.info().permissions.get("perm_command")
        if word in _READ_ONLY:
            raise PermissionMissing(
                f"Sessions cannot be ended: the account has perm_command ({word}).", host=self._appliance.host,
                remedy="`policy: terminate` needs perm_command (full_access) in /login > Management > API Configuration.",
                facts={"permission": "perm_command"},
            )  # fmt: skip
        return len(self._ids() or ()), len(self._watch.seen.people) if self._log_out else 0

    def run(self, waited):
        """End all that the last look showed, and what begins meanwhile; raises where something remains."""
        terms = self._watch.terms
        if not self._log_out and too_many_people(len(self._watch.seen.people), terms):
            raise refusal(self._watch.seen, terms, host=self._appliance.host, waited=waited,
                          why="`max_people` cannot be reached without `log_out`, so no session was ended")  # fmt: skip
        for _round in range(_ROUNDS):
            self._ask()
            self._prove(waited)
            if self._watch.is_quiet():
                return
        raise self._remains(WaitTimeout, f"New sessions began {_ROUNDS} times while others were ended", "failed")

    def _ask(self):
        for lsid in self._ids() or ():
            if lsid not in self._sessions:
                self._sessions.add(lsid)
                self._send(self._appliance.terminate_session, lsid, f"ending session {lsid}")
        for person in self._watch.seen.people if self._log_out else ():
            if _login(person) not in self._logins:
                self._logins.add(_login(person))
                self._send(self._appliance.logout, person.id, f"logging {person.name} out")

    def _send(self, act, subject, what):
        """One write. A lost answer and a refusal decide nothing: who is there is read afterwards."""
        before, self._appliance.asked = self._appliance.asked, True
        self._appliance.say(what)
        try:
            act(subject)
        except (PermissionMissing, AccessDenied) as exc:
            self._appliance.asked = before
            exc.facts.update(self._facts(), **({"outcome": "unknown"} if before else {}))
            raise
        except Refused as exc:
            self._refused.append(f"{what}: {exc.said}")
        except ApplianceError as exc:
            if not answer_lost(exc):
                raise
            self._appliance.say(f"{what}: no certain answer ({type(exc).__name__}); reading decides")

    def _prove(self, waited):
        try:
            self._appliance.wait_until(self._gone, what="the end of the sessions", timeout=_PROOF, interval=_PROOF_INTERVAL,
                                       not_yet=(Unreachable, Unavailable))  # fmt: skip
        except WaitTimeout as exc:
            if not self._appliance.asked:
                raise refusal(self._watch.seen, self._watch.terms, host=self._appliance.host, waited=waited,
                              why="The appliance tells no id of what runs, so nothing was ended") from exc  # fmt: skip
            kind, outcome = (Refused, "failed") if self._refused else (WaitTimeout, "unknown")
            raise self._remains(kind, f"Not all ended within {_PROOF} seconds", outcome) from exc

    def _gone(self):
        """True when what was asked for is seen no more, and it is quiet or there is something new to end."""
        seen = self._watch.look()
        ids = set((self._ids() if seen.sessions else ()) or ())
        logins = {_login(person) for person in seen.people}
        self._left = self._sessions & ids, self._logins & logins
        new = ids - self._sessions or (self._log_out and logins - self._logins)
        return (not any(self._left) and bool(self._watch.is_quiet() or new)) or NotYet(told(seen))

    def _ids(self):
        """Ids of the sessions that run; None where the account may not see them and the log-out has to do."""
        if self._unlisted:
            return None
        try:
            return self._appliance.sessions()
        except PermissionMissing as exc:
            if not self._log_out:
                raise
            self._unlisted = True
            self._appliance.say(f"{exc.said} The log-out is to end the sessions.")
            return None

    def _facts(self):
        seen = self._watch.seen
        return {"people": seen.rows(), "sessions": seen.sessions, "terminated": self.terminated, "logged_out": self.logged_out,
                "limit_reached": True}  # fmt: skip

    def _remains(self, kind, sentence, outcome):
        return kind(
            f"{sentence}; still there: {told(self._watch.seen)}.", host=self._appliance.host, evidence=" ".join(self._refused),
            remedy="No id is told of a presentation, nor, by XML, of a session that began more than 24 hours ago. End what is left by "
                   "hand, then run the same command again: it reads who is there.",
            facts=dict(self._facts(), outcome=outcome),
        )  # fmt: skip


def _login(person):
    """A log-in: who logs in again has another one."""
    return person.id, person.since
