# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a site, of one node or of two, from what was read of it and what the journal remembers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from ..model.manifest import Manifest
from ..model.package import SITE
from ..model.pair import PRESENT, Node, Pair
from ..model.pair_step import INSTALL, RESTORE, SYNC, PairStep
from ..model.plan import Plan
from ..model.site_plan import SitePlan
from ..model.window import Windows
from .catch_up.declared_start import DeclaredStart, waiting_since
from .pair.blockers import Problem
from .pair.inputs import Memory, Offers, Policies
from .pair.invariants import Expect, find_problems
from .pair.later_hops import left_steps
from .pair.planner import decide_pair, plan_node
from .plan.approval import earlier_steps
from .plan.before import Care, Prepared, before, in_window
from .plan.estimates import Known
from .plan.kept_numbers import keep_numbers
from .plan.numbers import Left, numbered, steps_alone
from .plan.schedule import scheduled

STANDALONE = "standalone"


@dataclass(frozen=True)
class Times:
    """What people declare of times: see plan.estimates.Known, in seconds, the maintenance windows, and since when a version runs."""

    declared: Mapping[str, float] = field(default_factory=dict)
    min_wait: float | None = None
    windows: Windows = Windows()
    started: DeclaredStart | None = None


_POLICIES, _CARE, _NOTHING, _TIMES = Policies(), Care(), Prepared(), Times()


@dataclass(frozen=True)
class Request:
    """What is wanted: see the module upgrade_plan. manifest: model.manifest.Manifest or None."""

    mode: str
    target: str | None = None
    target_base: str | None = None
    manifest: Manifest | None = None
    optional_packages: str = "install"

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "target": self.target,
            "target_base": self.target_base,
            "manifest": self.manifest,
            "optional_packages": self.optional_packages,
        }


def plan_site(
    pair: Pair,
    offers: Offers,
    request: Request,
    *,
    memory: Mapping[str, Any],
    policies: Policies = _POLICIES,
    care: Care = _CARE,
    prepared: Prepared = _NOTHING,
    times: Times = _TIMES,
    earlier: Mapping[str, Any] | None = None,
) -> SitePlan:
    """A SitePlan. PlanError where no path leads to the target.

    pair: model.pair.Pair of one node or two; offers: {node's name: (Base version or None, Package rows)}; memory: dict of
    model.journal.memory.memory_of, {} for nothing; earlier: the document of the plan before (plan.approval), None without one.
    """
    if request.mode == STANDALONE:
        found = _alone(pair, offers, request, memory)
    else:
        found = _pair(pair, offers, request, memory, policies, care)
    if found.blockers:
        return SitePlan(request.mode, found.target, blockers=found.blockers, plans=found.plans, notes=found.notes)
    left = [*found.left, *_restored(found, memory, care.limits, prepared)]
    done = _done(left, memory)
    steps = numbered(left, done=done, known=_known(found, memory, policies, times))
    begun = done or memory.get("under_way")
    steps, skipped = keep_numbers(steps, earlier_steps(earlier, mode=request.mode, target=found.target) if begun else (), done=done)
    since = waiting_since(memory.get("catch_up") or {}, times.started)
    steps = scheduled(steps, times.windows, _clock(pair, left), waiting_since=since)
    return SitePlan(
        request.mode,
        found.target,
        steps=tuple(steps),
        before=tuple(in_window(steps, _before(pair, found, left, memory, care, prepared))),
        certain=found.certain,
        plans=found.plans,
        notes=found.notes,
        not_needed=tuple(skipped),
    )


@dataclass(frozen=True)
class _Found:
    """What one of the planners found. present: the PairSteps of the present hop; serving, peer: after all steps; related likewise."""

    target: str
    plans: dict[str, Plan]
    left: tuple[Left, ...] = ()
    present: tuple[PairStep, ...] = ()
    certain: bool = True
    blockers: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    serving: str = ""
    peer: str = ""
    related: bool = False


def _alone(pair: Pair, offers: Offers, request: Request, memory: Mapping[str, Any]) -> _Found:
    wrong = () if len(pair.nodes) == 1 else find_problems(pair, Expect(mode=STANDALONE))
    if wrong:
        return _Found(request.target or "", {}, blockers=wrong)
    node = pair.nodes[0]
    plan = plan_node(node, offers, **request.wanted)
    left = tuple(steps_alone(node.name, plan, catch_up=bool(memory.get("catch_up"))))
    steps = tuple(one.step for one in left)
    return _Found(plan.target, {node.name: plan}, left, steps, plan.certain, notes=plan.notes, serving=node.name)


def _pair(pair: Pair, offers: Offers, request: Request, memory: Mapping[str, Any], policies: Policies, care: Care) -> _Found:
    plan, site = decide_pair(pair, offers, mode=request.mode, policies=policies, memory=Memory.from_dict(memory), **request.wanted)
    if site is None or plan.blockers:
        return _Found(plan.target, site.plans if site else {}, blockers=plan.blockers, notes=plan.notes)
    left, certain, end = left_steps(site, plan.steps, waits=not care.reinstall)
    serving = end.serving
    related = end.pair.relation == PRESENT
    peer = end.pair.peer_of(serving).name
    return _Found(plan.target, site.plans, tuple(left), plan.steps, certain, (), plan.notes, serving.name, peer, related)


def _restored(found: _Found, memory: Mapping[str, Any], settings: bool, prepared: Prepared) -> list[Left]:
    """The settings of the Jump Clients' upgrades are restored when nothing else is left, and the peer gets them by a data sync."""
    changed = (memory.get("clients") or {}).get("jump_settings")
    will = settings and not prepared.clients and any(one.step.action == INSTALL for one in found.left)
    if prepared.restored or not (changed or will):
        return []
    hop = found.left[-1].hop if found.left else 1
    sync = [Left(PairStep(SYNC, found.serving, found.peer), hop)] if found.related else []
    return [Left(PairStep(RESTORE, found.serving, found.peer), hop), *sync]


def _done(left: Sequence[Left], memory: Mapping[str, Any]) -> int:
    """How many steps are done. Settings that an earlier run restored when it failed are a step that comes again."""
    again = memory.get("restored") and any(one.step.action == RESTORE for one in left)
    return (memory.get("done") or 0) - bool(again)


def _clock(pair: Pair, left: Sequence[Left]) -> float:
    """The clock of the node where the next step is done, as it was read."""
    clocks = {node.name: node.clock for node in pair.nodes}
    found = clocks.get(left[0].step.node) if left else None
    return float(next(iter(clocks.values())) or 0) if found is None else float(found)


def _known(found: _Found, memory: Mapping[str, Any], policies: Policies, times: Times) -> Known:
    """The estimates.Known of the site."""
    steps = [step for plan in found.plans.values() for step in plan.steps if step.kind == SITE]
    waits = {str(step.version): step.soak_hours * 3600 for step in steps if step.soak_hours is not None}
    return Known(tuple(memory.get("measured") or ()), times.declared, times.min_wait, waits, policies.interim_min)


def _before(
    pair: Pair, found: _Found, left: Sequence[Left], memory: Mapping[str, Any], care: Care, prepared: Prepared
) -> list[dict[str, Any]]:
    if not left:
        return []
    serving = cast(Node, pair.serving).name if found.peer else found.serving
    present = found.present or (left[0].step,)
    return before(
        left[0].step,
        present,
        nodes=pair.nodes,
        serving=serving,
        catch_up=memory.get("catch_up") or {},
        care=care,
        prepared=prepared,
        record="snapshots" in memory and not memory.get("under_way"),
    )
