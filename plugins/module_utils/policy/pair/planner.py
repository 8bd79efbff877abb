# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner for pairs: from what both nodes run and are offered to the steps that are left. Pure.

It runs again after every step, so each state that a fault, an abort or a person can cause leads to a next step or a blocker.
What is seen decides; memory gives dates, acknowledgements, and whether the relation was broken for the hop at hand.

The hop is that of the node that is behind: people meet the versions of the node that serves, one hop at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from ...errors import InvalidInput, PlanError
from ...model.manifest import Manifest
from ...model.pair import Node, Pair
from ...model.pair_step import NETWORK, SYNC, TAKE_OVER, PairPlan, PairStep
from ...model.plan import Plan
from ...model.version import Version
from ..plan.planner import make_plan
from .blockers import Blocker, Problem
from .inputs import DEFAULT_POLICIES, NO_MEMORY, Memory, Offers, Policies
from .invariants import Expect, find_problems, foreign_journal
from .site import PairSite
from .site_blockers import find_site_blockers


def decide_pair(
    pair: Pair,
    offers: Offers,
    *,
    mode: str,
    target: str | None = None,
    target_base: str | None = None,
    manifest: Manifest | None = None,
    optional_packages: str = "install",
    policies: Policies = DEFAULT_POLICIES,
    memory: Memory = NO_MEMORY,
) -> tuple[PairPlan, PairSite | None]:
    """(PairPlan, the PairSite that it was made from; None where something blocks every plan).

    offers: {node's name: (Base version or None, Package rows)}. PlanError where no path leads to the target.
    """
    problems = [*foreign_journal(pair, memory.guids), *find_problems(pair, Expect(mode=mode, public=True))]
    only = _half_moved(pair, problems, memory) or _repairing_sync(pair, problems)
    if problems and not only:
        return PairPlan(mode, target or "", blockers=tuple(problems)), None
    plans = {node.name: plan_node(node, offers, target, target_base, manifest, optional_packages) for node in pair.nodes}
    reach = max((plan.target for plan in plans.values()), key=Version)
    site = PairSite(pair, plans, mode, policies, memory)
    if only:
        return PairPlan(mode, reach, (only,)), site
    steps, blockers = site.steps(), find_site_blockers(site)
    return PairPlan(mode, reach, tuple(steps), site.later(), tuple(blockers), site.notes()), site


def plan_node(
    node: Node, offers: Offers, target: str | None, target_base: str | None, manifest: Manifest | None, optional_packages: str
) -> Plan:
    """The Plan of one node; PlanError names it."""
    if node.name not in offers:
        raise InvalidInput(
            f"What {node.name} offers was not read.", remedy="Read the site with its offers: site_info with `read_offers: true`."
        )
    base, packages = offers[node.name]
    try:
        return make_plan(
            site_version=node.version,
            base_version=base,
            packages=packages,
            target=target,
            target_base=target_base,
            manifest=manifest,
            optional_packages=optional_packages,
        )
    except PlanError as exc:
        raise exc.with_host(node.name) from exc


def _half_moved(pair: Pair, problems: Sequence[Problem], memory: Memory) -> PairStep | None:
    """The roles were swapped by an earlier run that could not move the public name any more: that is what is left to do."""
    alone = [one.blocker for one in problems] == [Blocker.PUBLIC_ON_BACKUP]
    if alone and pair.primary and memory.moving == pair.primary.name:
        return PairStep(TAKE_OVER, pair.primary.name, pair.peer_of(pair.primary).name, how=NETWORK)
    return None


def _repairing_sync(pair: Pair, problems: Sequence[Problem]) -> PairStep | None:
    """The last data sync failed, and nothing else is wrong: another one may repair it."""
    alone = [one.blocker for one in problems] == [Blocker.SYNC_FAILED]
    if alone and len({(node.version, node.build) for node in pair.nodes}) == 1:
        primary = cast(Node, pair.primary)
        return PairStep(SYNC, primary.name, pair.peer_of(primary).name, reason="the last one failed")
    return None
