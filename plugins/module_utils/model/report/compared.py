# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The comparison with the snapshots from before the upgrade, as the report has it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_VERDICTS = ("bad", "unknown", "changed_as_expected", "same")
_KINDS = ("gone", "new", "worse", "changed")


def comparison(content: Mapping[str, Any], since: str) -> dict[str, Any]:
    """{verdict, summary, at, areas, filters} of comparison.json.

    areas: [{area, title, node, verdict, sentence, examples}]; filters: [{area, name, reason}].
    since: when the upgrade began, '' if it did not; an older comparison is of an upgrade before. The verdict is '' without a comparison.
    """
    made = content.get("made")
    at = made.get("at") if isinstance(made, Mapping) else None
    if not isinstance(at, str) or at < since or content.get("verdict") not in _VERDICTS:
        return {"verdict": "", "summary": "", "at": "", "areas": [], "filters": []}
    return {
        "verdict": content["verdict"],
        "summary": str(content.get("summary") or ""),
        "at": at,
        "areas": [_area(one) for one in _objects(content.get("areas")) if one.get("verdict") in _VERDICTS],
        "filters": [{name: str(one.get(name) or "") for name in ("area", "name", "reason")} for one in _objects(content.get("filters"))],
    }


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value if isinstance(one, Mapping)) if isinstance(value, (list, tuple)) else ()


def _area(one: Mapping[str, Any]) -> dict[str, Any]:
    evidence = one.get("evidence")
    texts = {name: str(one.get(name) or "") for name in ("area", "title", "node", "verdict", "sentence")}
    return {**texts, "examples": _examples(evidence) if isinstance(evidence, Mapping) else []}


def _examples(evidence: Mapping[str, Any]) -> list[str]:
    """'gone: 2 (Servers, Kiosks)' of what the evidence lists."""
    listed = [(kind, evidence[kind]) for kind in _KINDS if isinstance(evidence.get(kind), Mapping)]
    named = [(kind, one.get("count"), one.get("examples")) for kind, one in listed]
    return [f"{kind}: {count} ({', '.join(map(str, names))})" for kind, count, names in named if isinstance(names, (list, tuple))]
