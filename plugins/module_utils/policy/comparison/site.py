# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Compares the snapshots of a site, before and after an upgrade. Pure: no appliance is needed.

What each node has is compared node by node. What the site has is compared between the nodes that served before and that serve after: in
asynchronous mode these are different nodes of the same pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...errors import Unsafe
from ...model.moments import read_time
from ...model.pair import BACKUP, PRIMARY
from ...model.snapshot.area import AREAS, SITE, unknown
from ...model.snapshot.document import Snapshot
from .finding import BAD, EXPECTED, SAME, UNKNOWN, worst
from .rules import Terms, compare_area

KIND, FORMAT = "bomgar.appliance comparison", 1
Sides = Mapping[str, tuple[Snapshot, Snapshot]]  # {node: (before, after)}
_WORDS = {BAD: "bad", UNKNOWN: "unknown", EXPECTED: "changed as expected", SAME: "the same"}


def compare_site(sides: Sides, terms: Terms, *, made_at: str, collection: str = "") -> dict[str, Any]:
    """The comparison as plain data (docs/schemas/comparison.schema.json). Unsafe for snapshots that do not belong together."""
    for before, after in sides.values():
        _check(before, after)
    left_out = {one.area for one in terms.filters if not one.name}
    areas = [_compared(name, sides, terms) for name in AREAS if name not in left_out]
    found = [one for rows in areas for one in rows]
    used = {reason for one in found for reason in one["evidence"].get("ignored", {})}
    verdict = worst(one["verdict"] for one in found)
    return {
        "kind": KIND,
        "format": FORMAT,
        "made": {"at": made_at, "collection": collection},
        "mode": terms.mode,
        "verdict": verdict,
        "summary": _summary(verdict, found),
        "counts": {one: sum(row["verdict"] == one for row in found) for one in _WORDS},
        "snapshots": [{"node": node, "before": _about(before), "after": _about(after)} for node, (before, after) in sides.items()],
        "thresholds": terms.thresholds.as_dict(),
        "filters": [
            {"area": one.area, "name": one.name, "reason": one.reason, "used": not one.name or one.reason in used} for one in terms.filters
        ],
        "areas": found,
    }


def _check(before: Snapshot, after: Snapshot) -> None:
    if before.guid != after.guid:
        raise Unsafe(
            f"{after.path} is of another appliance than {before.path}: {after.hostname} ({after.guid}), before {before.hostname} "
            f"({before.guid}).",
            remedy="Compare two snapshots of the same appliance.",
        )
    if read_time(after.moment) < read_time(before.moment):
        raise Unsafe(
            f"{after.path} is older than {before.path}: {after.moment}, before {before.moment}.",
            remedy="Name the snapshot from before the upgrade first, or take the one after it.",
        )


def _compared(name: str, sides: Sides, terms: Terms) -> list[dict[str, Any]]:
    """The rows of one area: one for each node, or one for the site."""
    scope, _title = AREAS[name]
    if scope == SITE and len(sides) > 1:
        pairs = _serving(sides)
        if not pairs:
            reason = unknown("It is not known which node served: there is no snapshot of one primary before and of one after.")
            return [_row(name, "", "", reason, reason, terms)]
    else:
        pairs = list(sides.values())
    return [
        _row(name, before.node, after.node, before.area(name), after.area(name), replace(terms, clock=after.clock))
        for before, after in pairs
    ]


def _serving(sides: Sides) -> list[tuple[Snapshot, Snapshot]]:
    """The snapshots of the nodes that served before and after. Nodes without a relation have all by themselves."""
    old, new = (_primaries([pair[side] for pair in sides.values()]) for side in (0, 1))
    if len(old) == len(new) == 1:
        return [(old[0], new[0])]
    alone = [pair for pair in sides.values() if all(one.role not in (PRIMARY, BACKUP) for one in pair)]
    return alone if len(alone) == len(sides) else []


def _primaries(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    return [one for one in snapshots if one.role == PRIMARY]


def _row(name: str, before_node: str, after_node: str, before: Any, after: Any, terms: Terms) -> dict[str, Any]:
    found = compare_area(name, before, after, terms)
    scope, title = AREAS[name]
    node = before_node if before_node == after_node else f"{before_node}, then {after_node}"
    return {
        "area": name,
        "title": title,
        "scope": scope,
        "node": node,
        "verdict": found.verdict,
        "sentence": found.sentence,
        "source": {"before": before.source, "after": after.source},
        "evidence": found.evidence,
    }


def _about(snapshot: Snapshot) -> dict[str, str]:
    return {
        "guid": snapshot.guid,
        "hostname": snapshot.hostname,
        "role": snapshot.role,
        "moment": snapshot.moment,
        "path": snapshot.path,
        "sha256": snapshot.digest,
    }


def _summary(verdict: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """One sentence: the counts, and what is bad."""
    counts = [f"{number} {_WORDS[one]}" for one in _WORDS if (number := sum(row["verdict"] == one for row in rows))]
    bad = [f"{row['title']}{' of ' + row['node'] if row['node'] else ''}: {row['sentence']}" for row in rows if row["verdict"] == BAD]
    text = f"Compared with the snapshots before the upgrade: {', '.join(counts) or 'nothing'}."
    return f"{text} {' '.join(bad)}" if bad else text
