# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a site as lines for people: where from and to, every step of every hop, what it means for users, what is uncertain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .counted import counted
from .package import SITE
from .pair_step import CATCH_UP, INSTALL
from .plan_table import plan_table, with_not_needed
from .site_plan import SitePlan

_DOWNTIME = {
    "standalone": (
        "Each installation takes the site down, ends sessions and logs everybody out;",
        "it usually takes 15 to 60 minutes, longer with many recordings.",
    ),
    "synchronous": ("Downtime: each installation on the primary, usually 15 to 60 minutes; the network need not follow.",),
    "asynchronous": ("Downtime: the moment in which the public name moves; users are logged out then, and the network has to follow.",),
}


def describe_plan(plan: SitePlan) -> list[str]:
    """A list of lines. plan: model.site_plan.SitePlan."""
    if plan.blockers:
        return ["Nothing is done:", *(one.line() for one in plan.blockers)]
    if plan.reached:
        return [_reached(plan), *_more(plan)]
    lines = [f"From {_runs(plan)} to {plan.target}, {plan.mode}: {_size(plan)}.", *plan_table(_shown(plan), dict(_hops(plan)))]
    if any(step["action"] == INSTALL for step in plan.steps):
        lines += _DOWNTIME[plan.mode]
    if not plan.certain:
        lines.append("The list does not tell the whole path: it is read again, and planned again, after each step.")
    return [*lines, *_more(plan)]


def _reached(plan: SitePlan) -> str:
    who = "Both nodes run" if len(plan.plans) > 1 else f"{next(iter(plan.plans))} runs"
    return f"{who} {plan.target}: nothing to do."


def _runs(plan: SitePlan) -> str:
    """'20.2.1 (Base 6.0.2)', with the names of the nodes where they differ."""
    runs = {name: f"{one.site_version} (Base {one.base_version or 'unknown'})" for name, one in plan.plans.items()}
    return next(iter(runs.values())) if len(set(runs.values())) == 1 else ", ".join(f"{what} on {name}" for name, what in runs.items())


def _size(plan: SitePlan) -> str:
    installs = sum(step["action"] == INSTALL for step in plan.steps)
    waits = sum(step["action"] == CATCH_UP for step in plan.steps)
    hops = len({step["hop"] for step in plan.steps if step["action"] == INSTALL})
    windows = hops * max(1, len(plan.plans))  # of a pair one for each node
    counts = (installs, "installation"), (hops, "hop"), (windows, "maintenance window"), (waits, "wait for clients", "waits for clients")
    summary = ", ".join(counted(*count) for count in counts)
    least = "" if plan.certain else "at least "
    return f"{counted(len(plan.steps), 'step')} of {least}{plan.total} left, {least}{summary}"


def _shown(plan: SitePlan) -> Sequence[Mapping[str, Any]]:
    return with_not_needed(plan.steps, plan.not_needed)


def _hops(plan: SitePlan) -> Iterator[tuple[int, str]]:
    """(number of its first step, line) of each hop."""
    hop, last = 0, max(step["hop"] for step in plan.steps)
    for step in plan.steps:
        if step["hop"] != hop:
            hop = step["hop"]
            yield step["number"], f"Hop {hop} of {'' if plan.certain else 'at least '}{last}{_to(plan, hop)}"


def _to(plan: SitePlan, hop: int) -> str:
    versions = [step["version"] for step in plan.steps if step["hop"] == hop and step["kind"] == SITE]
    return f", to {versions[-1]}" if versions else ""


def _more(plan: SitePlan) -> list[str]:
    beyond = sorted({name for one in plan.plans.values() for name in one.beyond})
    yet = "" if plan.certain else " yet"
    return [*(f"Note: {note}" for note in plan.notes), *(f"Offered, not part of this plan{yet}: {name}" for name in beyond)]
