# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Another node of a pair takes over the public name: counts the clients before it moves, verifies where it leads afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..errors import InvalidInput, Unsafe, WaitTimeout
from ..model import manual_steps
from ..model.pair import ABSENT, Pair
from ..policy.pair.describe import brief_nodes, describe_pair
from ..policy.pair.invariants import Expect, find_problems
from ..wait import NotYet
from .action_entries import ActionEntries
from .client_counts import count_clients, counts_before
from .port import Appliance
from .read_pair import read_pair
from .window import StepWindow


class PublicName:
    """The public name of a pair, which `node` takes over.

    appliances: {name: Appliance} of both nodes; public: the Appliance that answers under the name; entries: ActionEntries of `node`.
    """

    def __init__(self, appliances: Mapping[str, Appliance], public: Any, url: str, node: str) -> None:
        if node not in appliances or len(appliances) != 2:
            raise InvalidInput(f"{node!r} is not one of two nodes: {', '.join(appliances)}.", remedy="Correct `node` or `nodes`.")
        self._appliances, self._public, self._url, self._node = appliances, public, url, node
        self._other = next(name for name in appliances if name != node)

    def begin(self, entries: ActionEntries, window: StepWindow, *, reason: str = "") -> dict[str, Any]:
        """Count the clients where they are and note that the move begins; nothing of it where the node serves already.

        The result is that of a wait where the maintenance window does not have the time of the move.
        """
        pair = self._read(certificates=False)
        if self._serves(pair):
            return self._result("done", pair)
        shown = self._result("waiting", pair)
        return entries.or_wait(lambda: self._begin(entries, window, pair, reason), shown, self._appliances[self._node].host)

    def _begin(self, entries: ActionEntries, window: StepWindow, pair: Pair, reason: str) -> dict[str, Any]:
        window.enter(lambda: float(pair.node(self._node).clock or 0), self._appliances[self._node].host)
        serving = pair.serving.name if pair.serving else self._other
        counts = counts_before(count_clients(self._appliances[serving], full=False))
        entries.begin(data={**counts, **({"reason": reason} if reason else {})})
        return dict(self._result("begun", pair), **counts)

    def verify(self, entries: ActionEntries, *, moved: bool, timeout: float, interval: float, check_mode: bool) -> dict[str, Any]:
        """Wait until the name leads to the node, and record that it serves if the beginning of the move is recorded.

        The result says what a person has to do while the name does not lead there. moved: whether a person or a task moves it now; a
        shared IP moves by itself.
        Unsafe when it does not come although it moves, or when nobody is served.
        """
        pair = self._read()
        moves = not check_mode and (moved or pair.relation != ABSENT)
        if moves and not self._serves(pair):
            pair = self._wait(pair, timeout, interval)
        if self._serves(pair):
            if entries.is_begun():
                entries.verify(**self._facts(pair))
            return self._result("done", pair)
        nobody = any(one.blocker.value.startswith("public_") for one in find_problems(pair, Expect()))
        if (moves or nobody) and not check_mode:
            raise self._elsewhere(pair, nobody, timeout if moves else 0)
        return manual_steps.manual_result(manual_steps.move_public_name(self._url, self._other, self._node), **_shown(pair))

    def _read(self, certificates: bool = True) -> Pair:
        return read_pair(self._appliances, self._public, self._url, certificates=certificates)

    def _serves(self, pair: Pair) -> bool:
        return pair.serving is not None and pair.serving.name == self._node

    def _wait(self, first: Pair, timeout: float, interval: float) -> Pair:
        """The Pair once the name leads to the node, or as it was at the last reading."""
        last = [first]

        def probe() -> Pair | NotYet:
            last[0] = self._read()
            return last[0] if self._serves(last[0]) else NotYet(brief_nodes(last[0]))

        try:
            appliance = self._appliances[self._node]
            return cast(Pair, appliance.wait_until(probe, what=f"{self._url} to lead to {self._node}", timeout=timeout, interval=interval))
        except WaitTimeout:
            return last[0]

    def _facts(self, pair: Pair) -> dict[str, Any]:
        new, old = pair.node(self._node), pair.node(self._other)
        return {"guid": new.guid, "appliance_time": new.clock, "version": new.version, "data": {"served_before": old.version}}

    def _elsewhere(self, pair: Pair, nobody: bool, seconds: float) -> Unsafe:
        served = ", and nobody is served" if nobody else ""
        return Unsafe(
            f"{self._url} does not lead to it{served}, after {seconds} seconds. {'; '.join(_shown(pair)['lines'])}.",
            host=self._node,
            facts={"pair": pair.as_dict()},
            remedy=f"Move {self._url} (DNS, NAT or shared IP) from {self._other} to {self._node}, then run the same command again.",
        )

    def _result(self, state: str, pair: Pair) -> dict[str, Any]:
        return {"changed": False, "state": state, **_shown(pair)}


def _shown(pair: Pair) -> dict[str, Any]:
    shown = pair.as_dict()
    lines = describe_pair(pair, find_problems(pair, Expect()))
    return {"serving": shown["serving"], "relation": shown["relation"], "pair": shown, "lines": lines}
