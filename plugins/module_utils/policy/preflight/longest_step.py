# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which step of an upgrade needs most of a maintenance window, before the whole site was planned. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model.package import LICENCE
from ...model.pair_step import BREAK, INSTALL, SWAP, TAKE_OVER, PairStep
from ..plan.estimates import Known, estimates

# The steps of a pair that cut somebody off, or leave it without its relation; in asynchronous mode no serving node is installed.
_OF_PAIRS = {"standalone": (), "synchronous": (BREAK, SWAP), "asynchronous": (BREAK, TAKE_OVER, SWAP)}


def longest_step(plan: Mapping[str, Any], mode: str, known: Known) -> dict[str, Any]:
    """{step, seconds, basis} of the longest step that needs a window; an empty step where none does.

    plan: model.plan.Plan of the node, as a dict; known: what is known of the times of its site.
    """
    installs = [
        PairStep(INSTALL, "", "", package=step["package"], kind=step["kind"])
        for hop in plan["hops"]
        for step in hop["steps"]
        if step["action"] == INSTALL and step["kind"] != LICENCE
    ]
    others = [PairStep(action, "the node", "its peer") for action in _OF_PAIRS[mode]] if installs else []
    steps = [*([] if mode == "asynchronous" else installs), *others]
    found = [
        {"step": step.title(), "seconds": estimate["seconds"], "basis": estimate["basis"]}
        for step, estimate in zip(steps, estimates(steps, known))
    ]
    return max(found, key=lambda one: float(one["seconds"]), default={"step": "", "seconds": 0, "basis": ""})
