# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the modules for one node of a pair share: both nodes at hand, judged before a write, watched after it."""

from __future__ import annotations

from .errors import ApplianceError, Refused, Unsafe, WaitTimeout, answer_lost
from .model.pair import PRIMARY
from .module import NODE, NODE_RULES
from .pair_reading import read_pair
from .policy.blockers import Blocker
from .policy.invariants import KNOWN_ROLES, sync_failed, told
from .wait import NotYet

OPTIONS = {
    "name": {"type": "str"},
    "peer": {"type": "dict", "required": True, "options": NODE, **NODE_RULES},
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
        self._guids = {}

    def read(self):
        """The Pair of now; this node is its first. Unsafe when another appliance answers than at the first look."""
        pair = read_pair({self.name: self.appliance, self.peer_name: self.peer}, self.public, self._public_url)
        for node in pair.nodes:
            if node.guid and self._guids.setdefault(node.name, node.guid) != node.guid:
                raise _wrong(pair, f"Another appliance answers now at the address of {node.name}.",
                             "Find out what moved its address; nothing more was done.")  # fmt: skip
        return pair

    def refuse(self, pair, problems):
        """Unsafe with every reason and both nodes' words, if there is one."""
        if problems:
            raise Unsafe("Nothing was done: " + " ".join(one.line() for one in problems), host=self.host,
                         facts={"problems": [one.as_dict() for one in problems], "pair": pair.as_dict()})  # fmt: skip

    def watch(self, probe, *, what, remedy, alone=False):
        """Read both nodes until probe(pair) is true; its answer. probe may return NotYet, or raise.

        A node that does not answer is 'not yet' here: a role change or a sync is under way (alone: the peer need not
        answer). Two primaries or an unknown role word end the wait at once. On the deadline: WaitTimeout with what both
        nodes said last, outcome unknown.
        """
        last = []

        def look():
            last[:] = [self.read()]
            never(last[0])
            awaited = last[0].nodes[:1] if alone else last[0].nodes
            answered = all(node.reachable for node in awaited)
            return answered and probe(last[0]) or NotYet(told(last[0]))

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
        """Do the one write. A lost answer decides nothing: the nodes are watched from here on.

        A refusal is told with what both nodes say now.
        """
        self.appliance.asked = True
        try:
            return act()
        except ApplianceError as exc:
            if answer_lost(exc):
                self.appliance.say(f"{what}: the answer was lost ({type(exc).__name__}); watching both nodes")
                return ""
            self.appliance.asked = not exc.nothing_sent
            if not isinstance(exc, Refused):
                raise
            pair = self.read()
            exc.message = f"{exc.message} Both nodes now: {told(pair)}."
            exc.facts.setdefault("pair", pair.as_dict())
            raise


def never(pair):
    """Unsafe for what no look may show, whatever is under way: two primaries, or a role word that nobody knows."""
    if len(pair.nodes) == 2 and all(node.role == PRIMARY for node in pair.nodes):
        raise _wrong(pair, "Both nodes call themselves primary.", Blocker.TWO_PRIMARIES.remedy)
    strange = [node for node in pair.nodes if node.role and node.role not in KNOWN_ROLES]
    if strange:
        raise _wrong(pair, f"{strange[0].name} tells the failover role {strange[0].role!r}.", Blocker.ROLE_UNKNOWN.remedy)


def failed_sync(before, now):
    """What the appliance says of a data sync that failed between two looks at a Pair, '' when none did."""
    for old, new in zip(before.nodes, now.nodes):
        said = new.last_data_sync_status
        if sync_failed(said) and (said, new.last_data_sync) != (old.last_data_sync_status, old.last_data_sync):
            return f"{new.name}: {said}"
    return ""


def _wrong(pair, sentence, remedy):
    return Unsafe(f"{sentence} {told(pair)}.", host=pair.nodes[0].host, remedy=remedy,
                  facts={"outcome": "failed", "pair": pair.as_dict()})  # fmt: skip
