# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Verifies the package files of an upgrade, and records what is ready before it. No appliance is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import ApplianceError
from ..model.journal.state import state_of
from ..model.preparation import Parts, approving, build_preparation, describe_preparation
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.saved_files import sha256_of

PREPARED, MANUAL, FAILED = "prepared", "manual", "failed"


def record_preparation(params: Mapping[str, Any], *, check_mode: bool) -> dict[str, Any]:
    """The result of the module preparation."""
    journal, document = Journal(params["journal"]), params["plan"]
    entries = journal.content().entries
    files, failed = _package_files(document, params["files"])
    instructions = [line for one in params["parts"] for line in one["instructions"]]
    parts = Parts(
        nodes=params["nodes"],
        done=[one for one in params["parts"] if not one["why"] and not one["instructions"]],
        failed=[*(one for one in params["parts"] if one["why"]), *failed],
        document=document,
        files=files,
        max_age=params["backup_max_age"],
        approved=_is_approved(entries, document),
        instructions=instructions,
        command=params["command"],
        predicted=check_mode,
    )
    found = build_preparation(parts, state_of(entries))
    if not check_mode:
        journal.append("prepared", preparation=found)
    return {
        "changed": False,
        "state": FAILED if found["failed"] else MANUAL if instructions else PREPARED,
        "preparation": found,
        "reason": "; ".join(found["failed"]),
        "command": approving(parts),
        "lines": describe_preparation(found),
    }


def _package_files(document: Mapping[str, Any], files: Mapping[str, str]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """({package: path} of the files that are what the manifest says, [{do, node, why}] of the others). Only of packages in the plan."""
    verified, failed = {}, []
    planned = dict.fromkeys(step["package"] for step in document.get("steps") or () if step["package"] in files)
    for package in planned:
        why = _fault(files[package], str((document.get("packages") or {}).get(package) or ""))
        if why:
            failed.append({"do": "package", "node": package, "why": why})
        else:
            verified[package] = files[package]
    return verified, failed


def _fault(path: str, sha256: str) -> str:
    """Why a file cannot be installed as the package with this SHA-256, '' if it can."""
    if not sha256:
        return f"the manifest has no SHA-256 for {path}"
    try:
        with explain_os_errors(path):
            actual = sha256_of(path)
    except ApplianceError as exc:
        return str(exc)
    return "" if actual == sha256 else f"the SHA-256 of {path} is {actual} instead of {sha256}"


def _is_approved(entries: Any, document: Mapping[str, Any]) -> bool:
    approved = {entry["data"]["hash"] for entry in entries if entry["event"] == "plan_approved"}
    return bool(document) and document.get("hash") in approved
