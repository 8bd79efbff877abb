# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tells clients that wait from clients that work, by what they ask and never by how long they take.

A client that waits asks the same round of questions again and again. A client that works asks something else, or changes something,
however slow its machine is.
"""

from __future__ import annotations

from typing import Any

IN_PLAY = 20  # requests of others after which a client that asks nothing more holds nobody up
SIGNING_IN = 4  # requests at most between a refused question and the same one, asked with a login


class Rounds:
    """What one client asks, cut into rounds: a round ends where something is asked that it has already.

    alike: how many rounds in a row were equal to the one before.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.alike, self._round, self._before = 0, set(), None
        self._refused, self._left = None, 0

    def ask(self, what: Any) -> bool:
        """True where the question begins another round. None is no question of its own."""
        if what is None:
            return False
        if self._left:
            self._left = 0 if what == self._refused else self._left - 1
            return False
        self._refused = None
        if what not in self._round:
            self._round.add(what)
            return False
        self.alike = self.alike + 1 if self._round == self._before else 0
        self._before, self._round = self._round, {what}
        return True

    def refused(self, what: Any) -> None:
        """The answer was a refusal for want of a login: signing in and asking again count as this one question."""
        if what != self._refused:
            self._refused, self._left = what, SIGNING_IN


class Waiting:
    """The rounds of all clients of a world.

    site: an appliance that stands alone, or a pair. client: what tells programs apart at a site, so that a monitor which looks in between
    does not make another client's wait look like work.
    """

    def __init__(self) -> None:
        self._clients, self._count = {}, 0

    def ask(self, site: Any, client: Any, what: str) -> int | None:
        """None where the client works; otherwise how many rounds in a row were alike, of the client in play that has the fewest."""
        self._count += 1
        rounds, _last = self._clients.get((site, client)) or (Rounds(), 0)
        self._clients[site, client] = rounds, self._count
        if not rounds.ask(what):
            return None
        return min(one.alike for one, last in self._clients.values() if self._count - last < IN_PLAY)

    def refused(self, site: Any, client: Any, what: str) -> None:
        self._clients[site, client][0].refused(what)

    def clear(self, site: Any = None) -> None:
        """Something was changed there, or, without a name, anywhere."""
        for (name, _client), (rounds, _last) in self._clients.items():
            if site in (None, name):
                rounds.clear()
