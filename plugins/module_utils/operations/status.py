# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the status of a site, each fact once, and writes that of all sites. Nothing is changed, even if a run owns the lock of the site."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..errors import ApplianceError
from ..model.plain_text import plain_line, plain_values
from ..model.report.build import Sources, build_report
from ..model.report.summary import not_before
from ..model.status_table import status_table
from ..model.strict_json import read_json
from ..policy.status import REACHED, site_row, unread, unread_row
from ..storage.files import write_private
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.regular_file import read_file
from ..storage.who import COLLECTION
from .port import Appliance
from .report import read_sources
from .site import read_site

SCHEMA = 1
_DESCRIPTION = {"command": "", "read_offers": False, "refuse": False, "known_offers": {}}


def read_status(appliances: Mapping[str, Appliance], public: Any, params: Mapping[str, Any], *, now: float) -> dict[str, Any]:
    """The result of the module status. appliances: {name: Appliance}; public: the Appliance behind the public name, or None.

    now: seconds since 1970 on this machine. What cannot be read is part of the row.
    """
    journal = Journal(os.path.join(os.path.abspath(params["state_dir"]), "journal.jsonl"))
    read = read_site(appliances, public, {**params, **_DESCRIPTION, "journal": journal.path}, check_mode=True)
    sources, lock = _sources(params), None
    try:
        lock = journal.lock.describe(now)
    except ApplianceError as exc:
        sources = replace(sources, problems=[*sources.problems, str(exc)])
    report = build_report(sources)
    row = site_row(
        params["site"],
        params["mode"] or ("standalone" if len(appliances) == 1 else "asynchronous"),
        read["site"],
        read["memory"],
        report,
        until=not_before(sources.entries),
        online=_online(appliances, read["site"]["serving"]) if any(not one["passed"] for one in report["catch_ups"]) else None,
        lock=lock,
        threshold=params["threshold"],
    )
    return {"changed": False, "row": row}


def _sources(params: Mapping[str, Any]) -> Sources:
    """What the state folder holds. Results of a preflight that an upgrade has left behind are not part of it."""
    given = {"state_dir": params["state_dir"], "site": params["site"], "zone": None, "language": "en"}
    try:
        sources = read_sources(given, "")
    except ApplianceError as exc:
        chain = {"state": "broken", "entries": 0, "head": "", "faults": []}
        return Sources(entries=[], chain=chain, site=params["site"], made_at="", problems=[str(exc)])
    ends = [entry["time"] for entry in sources.entries if entry["event"] == "run_ended" and entry["data"].get("state") == REACHED]
    return replace(sources, preflight={node: one for node, one in sources.preflight.items() if _is_newer(one, ends)})


def _is_newer(preflight: Any, ends: Sequence[str]) -> bool:
    made = preflight.get("time") if isinstance(preflight, Mapping) else None
    return not ends or isinstance(made, str) and made > ends[-1]


def _online(appliances: Mapping[str, Appliance], serving: str) -> int | None:
    """How many Jump Clients are connected to the node that serves, None where that cannot be read."""
    if serving not in appliances:
        return None
    try:
        online: int | None = appliances[serving].client_counts().get("pinned_client")
    except ApplianceError:
        return None
    return online


# --- all sites


def write_status(params: Mapping[str, Any], *, now: str, check_mode: bool) -> dict[str, Any]:
    """The result of the module status_table: the lines, and what could not be read or written. now: ISO 8601 in UTC."""
    rows = [*params["sites"], *(unread_row(name, sentence) for name, sentence in params["unread"].items())]
    rows = [{**row, "wave": str(params["waves"].get(row["site"]) or "")} for row in rows]
    rows = plain_values(rows, plain_line)
    rows.sort(key=lambda row: str(row["site"]))
    unreadable = unread(rows)
    status = {"schema": SCHEMA, "made": {"at": now, "collection": COLLECTION}, "unread": unreadable, "sites": rows}
    problems, changed = list(unreadable), False
    if params["path"]:
        try:
            changed = _write(os.path.abspath(params["path"]), status, check_mode)
        except ApplianceError as exc:
            problems.append(str(exc))
    return {"changed": changed, "lines": status_table(rows, width=params["width"]), "status": status, "problems": problems}


def _write(path: str, status: Mapping[str, Any], check_mode: bool) -> bool:
    """Write the file; whether anything in it is new but for the moment at which it was made."""
    before = _known(path)
    if not check_mode:
        write_private(path, json.dumps(status, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return before is None or {**before, "made": None} != {**json.loads(json.dumps(status)), "made": None}


def _known(path: str) -> dict[str, Any] | None:
    if not os.path.lexists(path):
        return None
    try:
        with explain_os_errors(path):
            known = read_json(read_file(path))
    except (ApplianceError, ValueError):
        return None
    return known if isinstance(known, dict) else None
