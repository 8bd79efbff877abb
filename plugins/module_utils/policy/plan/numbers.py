# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The steps of a whole upgrade, numbered over all its hops and runs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...model.package import HOTFIX, LICENCE, SITE
from ...model.pair_step import CATCH_UP, INSTALL, SWAP, TAKE_OVER, PairStep
from ...model.plan import Plan
from .estimates import Known, estimates

EVERYBODY = "users and clients"
_UNKNOWN = Known()


@dataclass(frozen=True)
class Left:
    """A step that is left. hop: 1 for the present one; disturbs: whom it cuts off from the site, '' for nobody."""

    step: PairStep
    hop: int = 1
    disturbs: str = ""


def disturbs(step: PairStep, serving: str) -> str:
    """Whom a step cuts off from the site, '' for nobody."""
    if step.action == INSTALL:
        return EVERYBODY if step.kind != LICENCE and step.node == serving else ""
    return EVERYBODY if step.action in (TAKE_OVER, SWAP) and step.node != serving else ""


def steps_alone(node: str, plan: Plan, *, catch_up: bool) -> list[Left]:
    """The Left of a standalone appliance, from its Plan.

    catch_up: whether clients have to catch up with what runs. They do so before the next package that may bring them another version,
    and at the end (docs/vendor/procedure.md#kinds-of-package-and-their-order).
    """
    found: list[Left] = []
    pending, hop = catch_up, 1
    for hop, steps in enumerate((hop.steps for hop in plan.hops), 1):
        for step in (step for step in steps if step.action == INSTALL):
            if pending and step.kind not in (LICENCE, HOTFIX):
                found.append(Left(PairStep(CATCH_UP, node, ""), found[-1].hop if found else hop))
                pending = False
            install = PairStep(INSTALL, node, "", package=step.package, kind=step.kind, version=step.version, reason=step.reason)
            found.append(Left(install, hop, disturbs(install, node)))
            pending = pending or step.kind == SITE
    return [*found, Left(PairStep(CATCH_UP, node, ""), hop)] if pending else found


def numbered(left: Sequence[Left], *, done: int, known: Known = _UNKNOWN) -> list[dict[str, Any]]:
    """Each Left as a dict of its step with number, total, title, hop, disturbs and estimate.

    done: how many steps of this upgrade are done already; known: estimates.Known of the site.
    """
    total, times = done + len(left), estimates([one.step for one in left], known)
    return [
        {
            "number": number,
            "total": total,
            "title": one.step.title(),
            "hop": one.hop,
            "disturbs": one.disturbs,
            "estimate": estimate,
            **one.step.as_dict(),
        }
        for number, (one, estimate) in enumerate(zip(left, times), done + 1)
    ]
