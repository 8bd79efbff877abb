# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What was done in an upgrade, one act after the other: installations, actions on a pair, waits for clients. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ..pair_step import CATCH_UP, INSTALL, INTERIM
from .scope import Entry, Names

DONE, OPEN, UNVERIFIED, WITHDRAWN, RELEASED, WAITING = "done", "open", "unverified", "withdrawn", "released", "waiting"
_ENDS = {"step_done": DONE, "step_unverified": UNVERIFIED, "step_withdrawn": WITHDRAWN, "step_released": RELEASED}


def acts_of(entries: Sequence[Entry], names: Names) -> list[dict[str, Any]]:
    """[{number, action, node, package, kind, version, begun, sent, ended, seconds, state, why, evidence, serves, run}], the oldest first.

    number: of the step in the plan, None where the entry does not tell it. begun, sent, ended: the controller's time, None where it is not
    known. serves: whether the node served clients at that time, None if unknown.
    """
    acts: list[dict[str, Any]] = []
    for entry in entries:
        reader = _READERS.get(entry["event"])
        if reader:
            reader(acts, entry, names)
    for act in acts:
        act["seconds"] = seconds(act["begun"], act["ended"])
    return acts


def seconds(begun: str | None, ended: str | None) -> float | None:
    """Seconds between two moments in ISO 8601; None where one is missing."""
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds() if begun and ended else None


def _act(entry: Entry, action: str, node: str, **more: Any) -> dict[str, Any]:
    data = entry["data"]
    return {
        "number": data.get("step"),
        "action": action,
        "node": node,
        "package": str(data.get("package") or ""),
        "kind": data.get("kind") or "",
        "version": data.get("version") or "",
        "begun": entry["time"],
        "sent": None,
        "ended": None,
        "state": OPEN,
        "why": "",
        "evidence": {},
        "serves": data.get("serves"),
        "run": entry["run"],
        **more,
    }


def _last(acts: Sequence[dict[str, Any]], **wanted: Any) -> dict[str, Any] | None:
    return next((act for act in reversed(acts) if all(act[name] == value for name, value in wanted.items())), None)


def _step_begun(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    acts.append(_act(entry, INSTALL, names.of(entry["data"])))


def _step_sent(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    act = _last(acts, action=INSTALL, package=entry["data"]["package"])
    if act:
        act["sent"] = entry["time"]


def _step_ended(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    data = entry["data"]
    node = names.of(data)
    act = _last(acts, action=INSTALL, package=data["package"], **({"node": node} if node else {}))
    if act is None or act["state"] not in (OPEN, UNVERIFIED):
        act = _act(entry, INSTALL, node, begun=None)
        acts.append(act)
    state = _ENDS[entry["event"]]
    act.update(
        state=state,
        ended=None if state == UNVERIFIED else entry["time"],
        why=str(data.get("why") or data.get("reason") or ""),
        evidence=dict(data.get("evidence") or {}),
    )


def _action_begun(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    data = entry["data"]
    known = _last(acts, action=data["action"], node=data["node"], state=OPEN)
    if known is None:  # one that a person does is begun again by each run until it is seen
        acts.append(_act(entry, data["action"], data["node"], why=str((data.get("data") or {}).get("reason") or "")))


def _action_done(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    data = entry["data"]
    act = _last(acts, action=data["action"], node=data["node"], state=OPEN)
    if act is None:
        act = _act(entry, data["action"], data["node"], begun=None)
        acts.append(act)
    act.update(state=DONE, ended=entry["time"])


def _action_withdrawn(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    act = _last(acts, action=entry["data"]["action"], node=entry["data"]["node"], state=OPEN)
    if act is not None:
        act.update(state=WITHDRAWN, ended=entry["time"], why=str(entry["data"].get("why") or ""))


def _acknowledged(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    if entry["data"]["what"] == INTERIM:
        acts.append(_act(entry, INTERIM, "", state=DONE, ended=entry["time"]))


def _waited(acts: list[dict[str, Any]], entry: Entry, names: Names) -> None:
    data = entry["data"]
    act = _last(acts, action=CATCH_UP, package=data["package"], state=WAITING)
    if act is None:
        act = _act(entry, CATCH_UP, names.of(data), state=WAITING, begun=_last_end(acts))
        acts.append(act)
    act["why"] = "; ".join(map(str, data.get("reasons") or []))
    if data.get("step") is not None:
        act["number"] = data["step"]
    if entry["event"] == "catch_up_passed":
        act.update(state=DONE, ended=entry["time"])


def _last_end(acts: Sequence[Mapping[str, Any]]) -> str | None:
    """When the last act before a wait ended: from then on the site waits."""
    ends = [act["ended"] for act in acts if act["ended"]]
    return max(ends) if ends else None


_READERS = {
    "step_begun": _step_begun,
    "step_sent": _step_sent,
    **dict.fromkeys(_ENDS, _step_ended),
    "action_begun": _action_begun,
    "action_done": _action_done,
    "action_withdrawn": _action_withdrawn,
    "acknowledged": _acknowledged,
    "catch_up_waiting": _waited,
    "catch_up_passed": _waited,
}
