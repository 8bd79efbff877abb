# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the modules for one node of a pair share: both nodes at hand, judged before a write, watched after it."""

from __future__ import annotations

from .errors import Unavailable, Unreachable, Unsafe, WaitTimeout
from .module import NODE
from .pair_reading import read_pair
from .policy.blockers import Blocker
from .policy.invariants import Expect, judge, told
from .wait import NotYet

OPTIONS = {
    "name": {"type": "str"},
    "peer": {"type": "dict", "required": True, "options": NODE},
    "wait_timeout": {"type": "int", "default": 3600},
    "poll_interval": {"type": "int", "default": 15},
    "stable": {"type": "int", "default": 2},
}


class Nodes:
    """This node and its peer, as appliances; `public` where a public name was given."""

    def __init__(self, appliance, params, public_url=""):
        self.appliance, self.peer = appliance, appliance.beside(params["peer"])
        self.name, self.peer_name = params["name"] or appliance.host, params["peer"]["name"] or self.peer.host
        self.host, self._params, self._public_url = appliance.host, params, public_url
        self.public = appliance.beside(dict(params, url=public_url)) if public_url else None

    def read(self):
        """The Pair of now; this node is its first."""
        return read_pair({self.name: self.appliance, self.peer_name: self.peer}, self.public, self._public_url)

    def judged(self, **expect):
        """The Pair, once nothing speaks against doing something to it; Unsafe with every reason and both nodes' words."""
        pair = self.read()
        self.refuse(pair, judge(pair, Expect(**expect)))
        return pair

    def refuse(self, pair, problems):
        if problems:
            raise Unsafe("Nothing was done: " + " ".join(one.line() for one in problems), host=self.host,
                         facts={"problems": [one.as_dict() for one in problems], "pair": pair.as_dict()})  # fmt: skip

    def watch(self, probe, *, what, remedy):
        """Read both nodes until probe(pair) is true; its answer. probe may return NotYet, or raise.

        A node that does not answer is 'not yet' here: a role change or a sync is under way. On the deadline: WaitTimeout
        with what both nodes said last, outcome unknown.
        """
        last = []

        def look():
            last[:] = [self.read()]
            away = [node for node in last[0].nodes if not node.reachable]
            return NotYet(told(last[0])) if away else probe(last[0]) or NotYet(told(last[0]))

        try:
            return self.appliance.wait_until(look, what=what, timeout=self._params["wait_timeout"], remedy=remedy,
                                             interval=self._params["poll_interval"], stable=self._params["stable"])  # fmt: skip
        except WaitTimeout as exc:
            exc.facts.update(outcome="unknown", pair=last[0].as_dict() if last else {})
            raise

    def quiet(self):
        """The failover page, once no data sync runs: the appliance syncs by itself too, and refuses all else meanwhile."""

        def look():
            page = self.appliance.pages.failover()
            return NotYet(f"a data sync runs, {page.sync_percent or 0:.0f} %") if page.syncing else page

        return self.appliance.wait_until(look, what="the end of the data sync that runs", timeout=self._params["wait_timeout"],
                                         interval=self._params["poll_interval"])  # fmt: skip

    def send(self, act, what):
        """Do the one write. A lost answer decides nothing: the nodes are watched from here on."""
        try:
            return act()
        except (Unreachable, Unavailable) as exc:
            self.appliance.say(f"{what}: the answer was lost ({type(exc).__name__}); watching both nodes")
            return ""


def two_primaries(pair):
    """Unsafe as soon as both nodes are primary at one look: nothing else may happen then."""
    if [node.role for node in pair.nodes] == ["primary", "primary"]:
        raise Unsafe(f"Both nodes call themselves primary. {told(pair)}.", host=pair.nodes[0].host, remedy=Blocker.TWO_PRIMARIES.remedy,
                     facts={"outcome": "failed", "pair": pair.as_dict()})  # fmt: skip
