# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Holds an upgrade to the plan that a person approved, and keeps the plan as plan.json in the state folder of the site."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from ..errors import ApplianceError, Unsafe
from ..policy.plan.approval import PREFIX, plan_differences, read_document
from ..storage.files import write_private
from ..storage.folder import make_private_folder
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.regular_file import read_file
from ..storage.who import actor_name, current_actor

Document = Mapping[str, Any]


def plan_path(journal: str) -> str:
    """The path of plan.json beside the journal."""
    return os.path.join(os.path.dirname(os.path.abspath(journal)), "plan.json")


def kept_plan(journal: str | None) -> dict[str, Any] | None:
    """The document that an earlier plan left; None without one, and for one that cannot be read or was edited."""
    try:
        return read_document(read_file(plan_path(journal)), plan_path(journal)) if journal else None
    except (ApplianceError, OSError):
        return None


def check_approved(approved: str, now: Document, kept: Document | None) -> None:
    """Unsafe with what differs if the plan is not the one that was approved; InvalidInput for a plan that was edited.

    approved: the hash of a plan, or the path of its file; kept: that of kept_plan().
    """
    document = kept if approved.startswith(PREFIX) else _of_file(approved)
    wanted = approved if approved.startswith(PREFIX) else str(document and document["hash"])
    if now["hash"] == wanted:
        return
    known = document if document and document["hash"] == wanted else None
    why = "; ".join(plan_differences(known, now)) if known else "what was approved is not in the state folder"
    raise Unsafe(
        f"The plan is not the one that was approved ({wanted}): {why}.",
        remedy=f"Nothing was done. Look at the plan that is made now, and approve it: {now['hash']} (upgrade_approved_plan).",
        facts={"approved": wanted, "hash": now["hash"], "document": dict(now)},
    )


def _of_file(path: str) -> dict[str, Any]:
    with explain_os_errors(path):
        return read_document(read_file(path), path)


def keep_plan(journal: str, document: Document, *, approved: str) -> None:
    """Write plan.json, and once to the journal which plan was approved, and by whom."""
    path = plan_path(journal)
    make_private_folder(os.path.dirname(path))
    write_private(path, json.dumps(document, indent=1, sort_keys=True).encode() + b"\n")
    if not approved:
        return
    log = Journal(journal)
    known = {entry["data"].get("hash") for entry in log.read() if entry["event"] == "plan_approved"}
    if document["hash"] not in known:
        log.append("plan_approved", hash=document["hash"], by=actor_name(current_actor()))
