# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a whole upgrade as a document that a person approves by its hash, and what differs from an approved one. Pure.

The hash covers what a person decides on: target, mode, request, the digest of each package file, and the order of the steps. It covers no
times, no data syncs and no settings that are restored: whether they are due depends on what is found. So it is the same in each run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import InvalidInput
from ...model.pair_step import NETWORK, RESTORE, ROLE, SYNC, PairStep
from ...model.site_plan import SitePlan
from .kept_numbers import is_needed
from .request import differences as request_differences
from .request import digest

SCHEMA = 1
PREFIX = "sha256:"
_OF_STEP = ("action", "node", "peer", "package", "kind", "version", "disturbs")
_AS_FOUND = (SYNC, RESTORE)
_SHOWN = ("number", "hop", "title", *_OF_STEP, "reason", "estimate", "window", "starts_at")
_REMEDY = "Approve a plan as it was written; plan again to get another one."
Document = Mapping[str, Any]


def earlier_steps(earlier: Document | None, *, mode: str, target: str) -> list[Mapping[str, Any]]:
    """All steps of the document of the same upgrade before; [] without one, and of an upgrade to another target."""
    return list(earlier["steps"]) if earlier and (earlier["mode"], earlier["target"]) == (mode, target) else []


def plan_document(plan: SitePlan, request: Mapping[str, Any], earlier: Document | None = None) -> dict[str, Any]:
    """The document of a plan. earlier: that of the same upgrade before, which has the steps that are done; None without one."""
    left = [{name: step.get(name) for name in _SHOWN} for step in plan.steps]
    first = left[0]["number"] if left else None
    before = earlier_steps(earlier, mode=plan.mode, target=plan.target) if first else []
    unneeded = {step["number"]: {name: step.get(name) for name in (*_SHOWN, "needed")} for step in plan.not_needed}
    known = {step["number"]: step for step in before if first and step["number"] < first}
    steps = sorted([*{**known, **unneeded}.values(), *left], key=lambda step: step["number"])
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "mode": plan.mode,
        "target": plan.target,
        "certain": plan.certain,
        "request": dict(request),
        "packages": {step.package: step.sha256.lower() for one in plan.plans.values() for step in one.installs if step.sha256},
        "steps": steps,
    }
    if earlier and before:
        document["packages"] = {**earlier["packages"], **document["packages"]}
    return {**document, "hash": hash_of(document)}


def hash_of(document: Document) -> str:
    """'sha256:...' of what a person approves."""
    steps = [[step.get(name) for name in _OF_STEP] for step in _decided(document)]
    return PREFIX + digest({**{name: document[name] for name in ("mode", "target", "request", "packages")}, "steps": steps})


def read_document(text: bytes, path: str) -> dict[str, Any]:
    """The document of a file. InvalidInput if it is none, or if it was edited."""
    try:
        found = json.loads(text)
        known, real = found["hash"], hash_of(found)
        wrong = next((step for step in found["steps"] if step["title"] not in _titles(step)), None)
    except (ValueError, TypeError, KeyError, AttributeError) as exc:
        raise InvalidInput(f"The file {path} holds no plan of an upgrade.", remedy="Name the plan.json of a state folder.") from exc
    if known != real:
        raise InvalidInput(
            f"The plan in {path} was edited: its hash is {known}, and its content has {real}.",
            remedy=_REMEDY,
        )
    if wrong:
        raise InvalidInput(
            f"The plan in {path} was edited: the title of step {wrong['number']} is {wrong['title']!r}, which it does not do.",
            remedy=_REMEDY,
        )
    return dict(found)


def _titles(step: Mapping[str, Any]) -> set[str]:
    """The titles that a step of a document may have: it does not tell how a take-over is done."""
    return {PairStep.from_dict({**step, "how": how}).title() for how in ("", NETWORK, ROLE)}


def plan_differences(approved: Document, now: Document) -> list[str]:
    """What differs, a sentence each, the approved plan first."""
    found = [f"{name}: {now[name]} instead of {approved[name]}" for name in ("mode", "target") if approved[name] != now[name]]
    found += request_differences(approved["request"], now["request"])
    names = sorted({*approved["packages"], *now["packages"]})
    digests = [(name, approved["packages"].get(name), now["packages"].get(name)) for name in names]
    found += [f"the file of {name} has the SHA-256 {new or 'none'} instead of {old or 'none'}" for name, old, new in digests if old != new]
    old, new = _lines(approved), _lines(now)
    found += [f"not in the plan any more: {line}" for line in old if line not in new]
    found += [f"new in the plan: {line}" for line in new if line not in old]
    return found or ([f"the order of the steps: {'; '.join(new)}"] if old != new else [])


def _lines(document: Document) -> list[str]:
    return [f"{step['title']} on {step['node']}" for step in _decided(document)]


def _decided(document: Document) -> Sequence[Mapping[str, Any]]:
    """The steps on which a person decides."""
    return [step for step in document["steps"] if step["action"] not in _AS_FOUND and is_needed(step)]
