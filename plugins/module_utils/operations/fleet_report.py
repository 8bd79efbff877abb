# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writes the report on a fleet. No appliance is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ..errors import ApplianceError
from ..model.report.fleet import build_fleet, failures, fleet_lines
from ..model.report.html.fleet_page import fleet_page
from ..storage.files import write_private
from ..storage.folder import make_private_folder
from ..storage.who import COLLECTION
from .report import check_zone, html_file, json_file


def report_fleet(params: Mapping[str, Any], *, now: str, check_mode: bool) -> dict[str, Any]:
    """The result of the module fleet_report: the report, its lines, and what failed, also a file. now: ISO 8601 in UTC."""
    check_zone(params["zone"])
    made = {"at": now, "collection": COLLECTION, "zone": params["zone"] or ""}
    report = build_fleet(params["fleet"], made=made, command=params["command"])
    problems, files = failures(report), []
    if params["dir"] and not check_mode:
        try:
            files = _written(os.path.abspath(params["dir"]), report, params)
        except ApplianceError as exc:
            problems.append(str(exc))
    return {
        "changed": bool(files),
        "report": report,
        "lines": fleet_lines(report, params["width"]),
        "problems": problems,
        "files": files,
    }


def _written(folder: str, report: Mapping[str, Any], params: Mapping[str, Any]) -> list[str]:
    make_private_folder(folder)
    content = {
        "fleet.json": json_file(report),
        "fleet.html": html_file("fleet.html", fleet_page, report, params),
    }
    for name, one in content.items():
        write_private(os.path.join(folder, name), one)
    return [os.path.join(folder, name) for name in content]
