# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the modules for one node of a pair share: both nodes at hand, judged before a write, watched after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import NotUnderstood, Refused, Unsafe, WaitTimeout
from ..model.bounds import PROBES, SECONDS_BETWEEN, SECONDS_TO_WAIT
from ..model.pair import PRIMARY, Pair
from ..options import PEER
from ..policy.pair.blockers import Blocker, Problem
from ..policy.pair.describe import brief_nodes, describe_nodes, differences
from ..policy.pair.invariants import KNOWN_ROLES, sync_failed
from ..wait import NotYet
from .once import send_once
from .port import Appliance
from .read_pair import read_pair
from .window import StepWindow

OPTIONS = {
    "name": {"type": "str"},
    "peer": {**PEER, "required": True},
    "wait_timeout": {**SECONDS_TO_WAIT, "default": 3600},
    "poll_interval": {**SECONDS_BETWEEN, "default": 15},
    "stable": {**PROBES, "default": 2},
}
_STILL, _READS = 180, 6  # seconds and consecutive readings; JSON appliances answer health from a cache for a minute


class Nodes:
    """This node and its peer, as appliances; `public` where a public name was given. what: the step in a few words, for its window."""

    def __init__(self, appliance: Appliance, params: Mapping[str, Any], public_url: str = "", what: str = "the step") -> None:
        self.appliance, self.peer = appliance, appliance.with_connection(params["peer"])
        self.name, self.peer_name = params["name"] or appliance.host, params["peer"]["name"] or self.peer.host
        self.host, self._params, self._public_url = appliance.host, params, public_url
        self.public = appliance.with_connection(dict(params, url=public_url)) if public_url else None
        self._window = StepWindow(params.get("windows"), params.get("window_seconds") or 0, what)
        self._guids: dict[str, str] = {}
        self._unanswered: Pair | None = None  # the Pair before a request whose answer was lost
        self._still: list[float] = []  # moments at which nothing had changed since

    def read(self) -> Pair:
        """The Pair of now; this node is its first. Unsafe when another appliance answers than at the first reading."""
        pair = read_pair({self.name: self.appliance, self.peer_name: self.peer}, self.public, self._public_url)
        for node in pair.nodes:
            if node.guid and self._guids.setdefault(node.name, node.guid) != node.guid:
                raise Unsafe(
                    f"Another appliance answers now at the address of {node.name}. {describe_nodes(pair)}.",
                    host=self.host,
                    remedy="Find out what moved its address; nothing more was done.",
                    facts={"pair": pair.as_dict()},
                )
        return pair

    def enter_window(self, pair: Pair) -> None:
        """WindowClosed unless the maintenance window has the time of the step and its margin, by the clock that was read."""
        self._window.enter(lambda: float(pair.nodes[0].clock or 0), self.host)

    def refuse(self, pair: Pair, problems: Sequence[Problem]) -> None:
        """Unsafe with every reason and both nodes' words, if there is one."""
        if problems:
            raise Unsafe(
                "Nothing was done: " + " ".join(one.line() for one in problems),
                host=self.host,
                facts={"problems": [one.as_dict() for one in problems], "pair": pair.as_dict()},
            )

    def watch(self, probe: Callable[[Pair], Any], *, what: str, remedy: str, alone: bool = False) -> Any:
        """Read both nodes until probe(pair) is true; its answer. probe may return NotYet, or raise.

        A node that does not answer is 'not yet' here: a role change or a sync is under way (alone: the peer need not
        answer). Two primaries or an unknown role word end the wait at once. On the deadline: WaitTimeout with what both
        nodes said last, outcome unknown.
        """
        last: list[Pair] = []

        def probe_pair() -> Any:
            last[:] = [self.read()]
            refuse_contradictions(last[0])
            awaited = last[0].nodes[:1] if alone else last[0].nodes
            answered = all(node.reachable for node in awaited)
            return answered and probe(last[0]) or self._lost_and_still(last[0], what) or NotYet(brief_nodes(last[0]))

        try:
            return self.appliance.wait_until(
                probe_pair,
                what=what,
                timeout=self._params["wait_timeout"],
                remedy=remedy,
                interval=self._params["poll_interval"],
                stable=self._params["stable"],
            )
        except WaitTimeout as exc:
            exc.facts.update(outcome="unknown", pair=last[0].as_dict() if last else {})
            raise

    def _lost_and_still(self, pair: Pair, what: str) -> bool:
        """WaitTimeout once both nodes and the page showed for long enough that a request without an answer was not taken; else False."""
        still = (
            self._unanswered
            and all(node.reachable for node in pair.nodes)
            and not differences(self._unanswered, pair)
            and self.appliance.pages.can_use("login")
            and not self.appliance.pages.failover().syncing
        )
        self._still = [*self._still, self.appliance.clock()] if still else []
        passed = self._still[-1] - self._still[0] if self._still else 0
        if len(self._still) >= _READS and passed >= _STILL:
            raise WaitTimeout(
                f"The response to the request for {what} was lost. In {len(self._still)} readings over {passed:.0f} seconds nothing shows "
                f"that it was taken. {describe_nodes(pair)}.",
                host=self.host,
                remedy="Nothing more was sent. Run the same command again: it reads both nodes and decides from that.",
            )
        return False

    def quiet(self) -> Any:
        """The failover page, once no data sync runs: the appliance syncs by itself too, and refuses all else meanwhile."""

        def probe_pair() -> Any:
            page = self.appliance.pages.failover()
            return NotYet(f"a data sync runs, {page.sync_percent or 0:.0f} %") if page.syncing else page

        return self.appliance.wait_until(
            probe_pair,
            what="the end of the data sync that runs",
            timeout=self._params["wait_timeout"],
            interval=self._params["poll_interval"],
        )

    def send(self, act: Callable[[Callable[[], None]], Any], what: str, before: Pair, check: Callable[[Pair], None]) -> str:
        """Make the one write of act(ready); the message of the appliance, '' if its response was lost: then watch both nodes.

        before: the Pair that it was decided on; right before the request both nodes must say the same, and check(pair) may raise too.
        A refusal by the appliance is raised with what both nodes say now.
        """

        def unchanged() -> None:
            pair = self.read()
            check(pair)
            self._window.check(lambda: float(pair.nodes[0].clock or 0), self.host)
            changed = differences(before, pair)
            if changed:
                raise Unsafe(
                    f"{what} was not sent: since it was decided, {'; '.join(changed)}. Nothing was done.",
                    host=self.host,
                    remedy="Find out who else works on the pair, then run the same command again.",
                    facts={"pair": pair.as_dict()},
                )

        try:
            sent = send_once(self.appliance, act, what, check=unchanged)
            self._unanswered = before if sent.lost else None
            return sent.result or ""
        except NotUnderstood:
            if not self.appliance.request_sent:
                unchanged()  # a page without the button may be one of a pair that somebody changed
            raise
        except Refused as exc:
            if exc.nothing_sent or not self.appliance.request_sent:
                raise
            pair = self.read()
            exc.message = f"{exc.message} Both nodes now: {describe_nodes(pair)}."
            exc.facts.setdefault("pair", pair.as_dict())
            raise


def refuse_contradictions(pair: Pair) -> None:
    """Raise Unsafe for two primaries or an unknown role, whatever is under way."""
    if len(pair.nodes) == 2 and all(node.role == PRIMARY for node in pair.nodes):
        raise _wrong(pair, "Both nodes call themselves primary.", Blocker.TWO_PRIMARIES.remedy)
    strange = [node for node in pair.nodes if node.role and node.role not in KNOWN_ROLES]
    if strange:
        raise _wrong(pair, f"{strange[0].name} reports the failover role {strange[0].role!r}.", Blocker.ROLE_UNKNOWN.remedy)


def failed_sync(before: Pair, now: Pair) -> str:
    """The status of a data sync that failed between two readings of a Pair, '' if none did."""
    for old, new in zip(before.nodes, now.nodes):
        status = new.last_data_sync_status
        if sync_failed(status) and (status, new.last_data_sync) != (old.last_data_sync_status, old.last_data_sync):
            return f"{new.name}: {status}"
    return ""


def _wrong(pair: Pair, sentence: str, remedy: str) -> Unsafe:
    return Unsafe(
        f"{sentence} {describe_nodes(pair)}.", host=pair.nodes[0].host, remedy=remedy, facts={"outcome": "failed", "pair": pair.as_dict()}
    )
