# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is ready before an upgrade, what is left for its windows, and what a person has to do. Pure.

A preparation is {ready, left, person, failed, until, plan, seconds}: lists of sentences; until: when the first backup is too old, ISO 8601
in UTC by the clock of its node, '' without one; plan: the hash of the plan; seconds: how long the steps that cut somebody off take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .journal.parts import State
from .moments import iso
from .plan_table import describe_estimate

LISTS = ("ready", "left", "person", "failed")
CHECKED, SAVED, RECORDED, COUNTED = "preflight", "backup", "snapshot", "clients_recorded"
_TITLES = {
    CHECKED: "the preflight of {node}",
    SAVED: "the backup of {node}",
    RECORDED: "the snapshot of {node}",
    COUNTED: "the count of the clients",
    "plan": "the plan",
    "package": "the package file of {node}",
}


@dataclass(frozen=True)
class Parts:
    """What a preparation did and found.

    nodes: [{name, guid}]; done: [{do, node}] in their order; failed: [{do, node, why}]; document: the plan (policy.plan.approval), {}
    without one; files: {package: path} of verified package files; max_age: seconds that a backup counts;
    approved: whether a person approved the plan; instructions: for a person; command: the one that upgrades; predicted: check mode.
    """

    nodes: Sequence[Mapping[str, Any]]
    done: Sequence[Mapping[str, str]] = ()
    failed: Sequence[Mapping[str, str]] = ()
    document: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    max_age: float = 0
    approved: bool = False
    instructions: Sequence[str] = ()
    command: str = ""
    predicted: bool = False


def build_preparation(parts: Parts, state: State) -> dict[str, Any]:
    """The preparation. state: of the journal."""
    until = _until(parts, state)
    steps = list(parts.document.get("steps") or ())
    return {
        "ready": list(_ready(parts, state)),
        "left": list(_left(steps)),
        "person": list(_person(parts, state, until)),
        "failed": [f"{_title(one)}: {one['why']}" for one in parts.failed],
        "until": iso(until),
        "plan": str(parts.document.get("hash") or ""),
        "seconds": sum(step["estimate"]["seconds"] for step in steps if step["disturbs"]),
    }


def approving(parts: Parts) -> str:
    """The command that upgrades, with the approval of the plan that was made unless it is approved; '' without a plan."""
    if not parts.document:
        return ""
    approval = "" if parts.approved else f" -e upgrade_approved_plan={parts.document['hash']}"
    return f"{parts.command}{approval}"


def describe_preparation(found: Mapping[str, Any]) -> list[str]:
    """The preparation as lines for people."""
    titles = {"ready": "Ready:", "left": "Left for the maintenance windows:", "person": "Left to a person:", "failed": "NOT ready:"}
    return [line for name in LISTS if found[name] for line in (titles[name], *(f"  {one}" for one in found[name]))]


def _title(one: Mapping[str, str]) -> str:
    return _TITLES.get(one["do"], one["do"]).format(node=one["node"])


# --- what is ready


def _ready(parts: Parts, state: State) -> Iterator[str]:
    guids = {node["name"]: node["guid"] for node in parts.nodes}
    for one in parts.done:
        yield _is_ready(one, guids.get(one["node"], ""), state, parts.predicted)
    if state.clients.consoles and not parts.predicted:
        yield from (f"the {one['which']} console installer: {one['path']}" for one in _newest_consoles(state))
    yield from (f"the package file of {package} has the SHA-256 of the manifest: {path}" for package, path in parts.files.items())
    if parts.document:
        approved = ", which is approved" if parts.approved else ""
        yield f"the plan {parts.document['hash']}{approved}"


def _is_ready(one: Mapping[str, str], guid: str, state: State, predicted: bool) -> str:
    if one["do"] == CHECKED:
        return f"{_title(one)} found nothing that forbids the upgrade; the upgrade checks again"
    if predicted:
        return f"{_title(one)} would be made, or kept if it is recent"
    if one["do"] == SAVED:
        backup = _backup(state, guid)
        keys = sum(known.get("guid") == guid for known in state.certificates)
        return f"{_title(one)}: {backup.get('path', 'nothing is recorded')}" + ("" if keys else ", without certificates and keys")
    if one["do"] == RECORDED:
        return f"{_title(one)}: {(state.snapshots.get(one['node']) or {}).get('path', 'nothing is recorded')}"
    counted = (state.clients.counted["before"] or {}).get("kinds") or {}
    totals = {name.replace("_", " "): one.get("total") for name, one in counted.items() if isinstance(one, Mapping)}
    numbers = [f"{name} {total}" for name, total in totals.items() if total is not None]
    return f"{_title(one)}: {', '.join(numbers) or 'nothing could be counted'}; the upgrade counts again"


def _backup(state: State, guid: str) -> Mapping[str, Any]:
    return next((one for one in reversed(state.backups) if one.get("guid") == guid), {})


def _newest_consoles(state: State) -> list[Mapping[str, Any]]:
    return list({one["which"]: one for one in state.clients.consoles}.values())


def _until(parts: Parts, state: State) -> float | None:
    """When the first backup of the nodes is too old to count; None if none counts."""
    saved = [_backup(state, node["guid"]) for node in parts.nodes]
    taken = [float(one["appliance_time"]) for one in saved if isinstance(one.get("appliance_time"), (int, float))]
    return min(taken) + parts.max_age if taken and parts.max_age and not parts.predicted else None


# --- what is left


def _left(steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The steps that need a window or cut somebody off, each with its time; how many others there are."""
    held = [step for step in steps if step["disturbs"] or step["window"]]
    for step in held:
        whom = f", cuts off {step['disturbs']}" if step["disturbs"] else ""
        yield f"step {step['number']}: {step['title']} on {step['node']}, {describe_estimate(step['estimate'])}{whom}"
    others = len(steps) - len(held)
    if others:
        yield "1 step that cuts nobody off" if others == 1 else f"{others} steps that cut nobody off"


def _person(parts: Parts, state: State, until: float | None) -> Iterator[str]:
    yield from parts.instructions
    if parts.document and not parts.approved:
        yield f"Read the plan, and approve it with this command: {approving(parts)}"
    if until is not None:
        yield (
            f"Begin the upgrade before {iso(until)} by the appliance's clock, or prepare again. After that it saves another backup in its "
            "window."
        )
    if parts.document and not parts.predicted and "next" not in {one["which"] for one in state.clients.consoles}:
        yield (
            "No new console installer is offered. Where consoles are deployed by MSI, ask technical support for the extractable console, "
            "or deploy them after the upgrade."
        )
