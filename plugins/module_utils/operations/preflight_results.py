# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Stores the results of a preflight: STATE/preflight/NODE.json and NODE.junit.xml, and the used waivers in the journal."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ..errors import ApplianceError
from ..model.moments import iso
from ..model.report.junit import junit_of_checks
from ..policy.preflight.run import Preflight
from ..policy.preflight.waivers import target_of_facts
from ..storage.files import safe_name, write_private
from ..storage.folder import make_private_folder
from ..storage.journal import Journal

SCHEMA = 1


def document(found: Preflight, facts: Mapping[str, Any], node: str) -> dict[str, Any]:
    """What is stored of a preflight of one node (docs/schemas/preflight.schema.json)."""
    shown = found.as_dict()
    names = ("id", "title", "kind", "message", "evidence", "remedy", "link", "waived_by")
    return {
        "schema": SCHEMA,
        "node": node,
        "time": iso(facts["controller_time"]),
        "target_version": target_of_facts(facts),
        "passed": shown["passed"],
        "summary": shown["summary"],
        "blocking": shown["blocking"],
        "confirmed": shown["confirmed"],
        "waivers": shown["waivers"],
        "checks": [{"target": node, **{name: one[name] for name in names}} for one in shown["results"]],
    }


def store(found: Preflight, facts: Mapping[str, Any], node: str, state_dir: str | None) -> dict[str, Any]:
    """{files, warnings}: the paths of both files. What prevents writing is a warning, and never hides the results."""
    if not state_dir:
        return {"files": [], "warnings": []}
    folder = os.path.join(os.path.abspath(state_dir), "preflight")
    content = document(found, facts, node)
    made = {".json": json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n", ".junit.xml": junit_of_checks(node, content)}
    paths = [os.path.join(folder, safe_name(node) + ending) for ending in made]
    try:
        make_private_folder(os.path.dirname(folder))
        make_private_folder(folder)
        for path, data in zip(paths, made.values()):
            write_private(path, data)
    except ApplianceError as exc:
        return {"files": [], "warnings": [f"The results of the preflight were not stored. {exc}"]}
    return {"files": paths, "warnings": []}


def record_waivers(found: Preflight, node: str, journal: Journal) -> None:
    """Write an entry for each waiver that was needed."""
    for result, waiver in found.waived:
        journal.append("waiver_used", node=node, kind=result.kind, message=result.message, **waiver.as_dict())
