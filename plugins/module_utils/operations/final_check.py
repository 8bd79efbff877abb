# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an installation rests on, read again right before its request: who answers, what it runs, which node serves, the clients' time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Unsafe
from ..model.health import Health
from ..model.journal.parts import State
from ..model.journal.state import state_of
from ..model.pair import Node, Pair
from ..policy.catch_up.too_early import closed_catch_up, has_changed
from ..policy.install import Seen, Wanted
from ..policy.pair.describe import describe_nodes
from ..policy.pair.invariants import Expect, find_problems
from ..storage.journal import Journal
from .pair import Nodes
from .port import Appliance


class FinalCheck:
    """check() raises Unsafe where the appliance, its pair or its clients are not as the installation needs them.

    seen: policy.installing.Seen of the moment when it was decided. With `peer` in params both nodes and the public name are read,
    without it the appliance. What is read is recorded in the journal, so that another version starts a catch-up.
    """

    def __init__(self, appliance: Appliance, params: Mapping[str, Any], wanted: Wanted, seen: Seen, journal: Journal | None) -> None:
        self._appliance, self._params, self._wanted, self._seen, self._journal = appliance, params, wanted, seen, journal
        alone = {"name": None, "wait_timeout": 0, "poll_interval": 1, "stable": 1}  # nothing is waited for here
        self._nodes: Any = Nodes(appliance, {**params, **alone}, params["public_url"] or "") if params["peer"] else None
        self._waived = False

    def check(self, *, write: bool = True) -> None:
        """write=False: as in check mode, nothing is recorded."""
        if self._nodes:
            pair = self._nodes.read()
            self._check_pair(pair)
            self._check_own(pair.nodes[0], write)
            self._check_serving(pair)
        else:
            self._check_own(self._appliance.health(), write)

    def _check_pair(self, pair: Pair) -> None:
        self._nodes.refuse(pair, find_problems(pair, Expect(relation=self._params["relation"], public=True)))

    def _check_serving(self, pair: Any) -> None:
        serves = pair.serving is pair.nodes[0]
        if serves != self._params["serves"]:
            words = "leads to it now" if serves else f"leads to {pair.serving.name} now"
            raise self._refusal(f"{pair.public.url} {words}, and did not when this was decided", describe_nodes(pair), pair=pair.as_dict())

    def _check_own(self, now: Health | Node, write: bool) -> None:
        """now: Health, or the Node of a Pair."""
        if now.guid != self._seen.guid:
            raise self._refusal(f"another appliance answers at this address ({now.guid} instead of {self._seen.guid})")
        runs = {"version": now.version, "build": now.build}
        journal = self._journal
        known = self._record(journal, runs, write) if journal else None
        if has_changed(self._seen.software, runs):
            raise self._refusal(f"the appliance runs {_named(runs)} now, and ran {_named(self._seen.software)} when this was decided")
        if journal and known:
            self._check_clients(journal, known, write)

    def _record(self, journal: Journal, runs: Mapping[str, Any], write: bool) -> State:
        """The state of the journal once it knows what runs; a journal that knows no version yet is left as it is."""
        known = journal.state()
        if not known.versions.served:
            return known
        seen = dict(runs, guid=self._seen.guid, host=self._appliance.host, serves=self._params["serves"])
        return state_of(journal.see(seen, lambda: self._appliance.info().clock, write=write))

    def _check_clients(self, journal: Journal, known: State, write: bool) -> None:
        catch_up, waiver = closed_catch_up(self._wanted, known, serves=self._params["serves"]), self._params["catch_up_waiver"]
        if catch_up and not waiver:
            raise self._refusal(
                f"clients have not caught up with {catch_up['version']} yet",
                f"The journal {journal.path} waits for them since {catch_up['package']!r}.",
                catch_up=catch_up,
                remedy="Wait until the module catch_up returns the state `open` for this journal. Or name in `catch_up_waiver` who takes "
                "the risk and why: clients that miss a version may have to be deployed again by hand.",
            )
        if catch_up and write and not self._waived:
            journal.append("catch_up_waived", host=self._appliance.host, package=self._wanted.name, version=catch_up["version"], why=waiver)
            self._waived = True

    def _refusal(self, why: str, evidence: str = "", remedy: str = "", **facts: Any) -> Unsafe:
        again = "Find out who else works here, then run the same command again: it reads everything and decides then."
        return Unsafe(
            f"cannot install {self._wanted.name!r}: {why}. Nothing was pressed.",
            host=self._appliance.host,
            evidence=evidence,
            remedy=remedy or again,
            facts=facts,
        )


def _named(software: Mapping[str, Any]) -> str:
    build = f" (build {software['build']})" if software.get("build") else ""
    return f"{software['version'] or 'an unknown version'}{build}"
