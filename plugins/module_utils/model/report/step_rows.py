# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of an upgrade against what happened: one row for each step. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..pair_step import BREAK, CATCH_UP, ESTABLISH, INSTALL, INTERIM, RESTORE, SWAP, SYNC, TAKE_OVER
from .scope import Entry

PLANNED, NOT_NEEDED = "planned", "not_needed"
_LINE = re.compile(r"\s+(\d+)\. (.+)")
# How a plan that is only there as text words its steps (model/pair_step.py).
_WORDS = (
    (INSTALL, re.compile(r"install (?P<package>.+) on (?P<node>\S+) \(.*\)")),
    (SYNC, re.compile(r"synchronize the data from (?P<node>\S+)")),
    (BREAK, re.compile(r"break the failover relation, on (?P<node>\S+)")),
    (TAKE_OVER, re.compile(r"(?P<node>\S+) takes over from .*")),
    (ESTABLISH, re.compile(r"establish the failover relation from (?P<node>[^\s;]+).*")),
    (CATCH_UP, re.compile(r"wait until clients have caught up.*")),
    (SWAP, re.compile(r"swap the roles back: (?P<node>\S+) becomes primary")),
    (RESTORE, re.compile(r"restore the settings .* on (?P<node>\S+)")),
    (INTERIM, re.compile(r"interim: .*")),
)
TITLES = {
    INSTALL: "install {package}",
    SYNC: "synchronize the data",
    BREAK: "break the failover relation",
    TAKE_OVER: "take over",
    ESTABLISH: "establish the failover relation",
    CATCH_UP: "wait until clients have caught up",
    SWAP: "swap the roles back",
    RESTORE: "restore the settings of the Jump Clients' upgrades",
    INTERIM: "interim",
}


def step_rows(entries: Sequence[Entry], plan: Mapping[str, Any] | None, acts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """[{number, title, action, node, package, estimate, disturbs, state, begun, ended, seconds, why, evidence}], in the order of the plan.

    plan: of the file plan.json, {} or None without one. What was done and is in no plan has no number.
    A planned step that was never begun is `not_needed` once a later one is done.
    """
    rows = _planned(entries, plan or {})
    loose = []
    numbered = any(act["number"] is not None for act in acts)
    for act in acts:
        row = _row_of(rows, act, numbered)
        if row is None:
            loose.append({**_row(act.get("number"), act["action"], act["node"], act["package"]), **_done(act)})
        else:
            row.update(_done(act))
    ordered = _in_order(rows, loose)
    last = max((number for number, row in enumerate(ordered) if row["begun"] or row["ended"]), default=-1)
    for row in ordered[: last + 1]:
        row["state"] = NOT_NEEDED if row["state"] == PLANNED else row["state"]
    return ordered


def _in_order(rows: list[dict[str, Any]], loose: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by number; what has none follows the row that was begun before it."""
    ordered = sorted([*rows, *(row for row in loose if row["number"] is not None)], key=lambda row: row["number"])
    for row in (row for row in loose if row["number"] is None):
        moment = row["begun"] or row["ended"] or ""
        earlier = [place for place, one in enumerate(ordered) if (one["begun"] or one["ended"] or "~") <= moment]
        ordered.insert(max(earlier, default=-1) + 1, row)
    return ordered


def _row(number: Any, action: str, node: str, package: str, **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "title": TITLES[action].format(package=package) if action in TITLES else action,
        "action": action,
        "node": node,
        "package": package,
        "estimate": None,
        "disturbs": None,
        "state": PLANNED,
        "begun": None,
        "ended": None,
        "seconds": None,
        "why": "",
        "evidence": {},
        **more,
    }


def _done(act: Mapping[str, Any]) -> dict[str, Any]:
    return {name: act[name] for name in ("state", "begun", "ended", "seconds", "why", "evidence")}


def _row_of(rows: Sequence[dict[str, Any]], act: Mapping[str, Any], numbered: bool) -> dict[str, Any] | None:
    """The row of an act: by its number; where no entry has one, the first row of the same kind that nothing was done of yet."""
    if numbered:
        same = [row for row in rows if row["number"] == act["number"] and row["action"] == act["action"]]
    else:
        same = [row for row in rows if row["state"] == PLANNED and _is_of(row, act)]
    return same[0] if same else None


def _is_of(row: Mapping[str, Any], act: Mapping[str, Any]) -> bool:
    if row["action"] != act["action"]:
        return False
    return act["action"] in (CATCH_UP, INTERIM) or (row["package"] == act["package"] and row["node"] in ("", act["node"]))


def _planned(entries: Sequence[Entry], plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of all plans of this upgrade by number; the file says most about them."""
    rows = {row["number"]: row for entry in entries if entry["event"] == "plan_recorded" for row in _from_lines(entry["data"]["lines"])}
    for step in _steps_of(plan):
        rows[step["number"]] = _row(
            step["number"],
            str(step.get("action") or ""),
            str(step.get("node") or ""),
            str(step.get("package") or ""),
            **({"title": str(step["title"])} if step.get("title") else {}),
            estimate=step.get("estimate"),
            disturbs=step.get("disturbs"),
            state=NOT_NEEDED if step.get("needed") is False else PLANNED,
        )
    return list(rows.values())


def _steps_of(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    steps = plan.get("steps")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, Mapping) and isinstance(step.get("number"), int):
            yield step


def _from_lines(lines: Sequence[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        found = _LINE.fullmatch(line)
        for action, words in _WORDS if found else ():
            match = words.match(found.group(2)) if found else None
            if match and found:
                known = match.groupdict()
                yield _row(int(found.group(1)), action, known.get("node") or "", known.get("package") or "")
                break
