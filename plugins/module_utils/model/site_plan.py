# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a whole upgrade as a value: numbered steps over all hops, of one node or of two."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

SCHEMA = 1
TIMES = ("estimate", "window", "starts_at", "starts")  # of a step: they change with each run, and nobody approves them


@dataclass(frozen=True)
class SitePlan:
    """mode: as requested; target: the version to reach; steps: dicts of policy.plan.numbers.numbered, the next one first.

    before: what comes before the next step (policy.plan.before); certain: False where the list does not tell the whole path;
    not_needed: steps of an earlier plan that are neither done nor left, with `needed` False;
    plans: {node's name: model.plan.Plan}, empty where something blocks every plan; blockers: Problems. Nothing may be done while
    there is a blocker.
    """

    mode: str
    target: str
    steps: tuple[dict[str, Any], ...] = ()
    before: tuple[dict[str, Any], ...] = ()
    certain: bool = True
    plans: dict[str, Any] = field(default_factory=dict)
    blockers: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()
    not_needed: tuple[dict[str, Any], ...] = ()

    @property
    def next(self) -> dict[str, Any] | None:
        return dict(self.steps[0], before=list(self.before)) if self.steps and not self.blockers else None

    @property
    def reached(self) -> bool:
        return not self.steps and not self.blockers

    @property
    def total(self) -> int | None:
        """How many steps the upgrade has, those that are done included; None when nothing is left."""
        return self.steps[-1]["total"] if self.steps else None

    @property
    def hash(self) -> str:
        """SHA-256 of the plan without its times: the estimates change with each run."""
        steps = [{name: value for name, value in step.items() if name not in TIMES} for step in self.steps]
        content = json.dumps({**self._content(), "steps": steps}, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()

    def _content(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "mode": self.mode,
            "target": self.target,
            "certain": self.certain,
            "steps": list(self.steps),
            "hops": len({step["hop"] for step in self.steps}),
            "nodes": {name: plan.as_dict() for name, plan in self.plans.items()},
            "notes": list(self.notes),
            "unclassified": sorted({name for plan in self.plans.values() for name in plan.unclassified}),
        }

    def as_dict(self) -> dict[str, Any]:
        return dict(self._content(), hash=self.hash)
