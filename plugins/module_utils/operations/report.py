# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Writes the report of an upgrade from what the state folder of its site holds. No appliance is asked."""

from __future__ import annotations

import json
import os
import re
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from ..errors import ApplianceError, InvalidInput
from ..model.report.build import Sources, build_report
from ..model.report.html.page import page
from ..model.report.junit import junit
from ..model.strict_json import read_json
from ..policy.journal_windows import journal_windows
from ..storage.files import write_private
from ..storage.folder import check_private_folder, make_private_folder
from ..storage.journal import Journal
from ..storage.os_errors import explain_os_errors
from ..storage.regular_file import read_file
from ..storage.who import COLLECTION

_NODE_FILE = re.compile(r"(?P<node>.+)\.json")


def report_on(params: Mapping[str, Any], *, now: str, check_mode: bool) -> dict[str, Any]:
    """The result of the module report. now: ISO 8601 in UTC.

    Raises ApplianceError for what cannot be read or written; with `required` False that is a warning.
    """
    try:
        return _report_on(params, now, check_mode)
    except ApplianceError as exc:
        if params["required"]:
            raise
        return {"changed": False, "files": [], "report": {}, "warnings": [f"The report of the upgrade was not written. {exc}"]}


def _report_on(params: Mapping[str, Any], now: str, check_mode: bool) -> dict[str, Any]:
    check_zone(params["zone"])
    report = build_report(read_sources(params, now))
    dest = os.path.abspath(params["dest"] or params["state_dir"])
    makers = {
        "report.json": lambda: json_file(report),
        "junit.xml": lambda: junit(report),
        "report.html": lambda: html_file("report.html", page, report, params),
    }
    paths = [os.path.join(dest, name) for name in makers]
    (check_private_folder if check_mode else make_private_folder)(dest)
    changed = not _is_same(report, paths)
    for path, make in zip(paths, makers.values()) if changed and not check_mode else ():
        write_private(path, make())
    shown = {name: report[name] for name in ("state", "verdict", "next", "open", "nodes")}
    return {"changed": changed, "files": paths, "report": shown, "warnings": report["problems"]}


def json_file(report: Mapping[str, Any]) -> bytes:
    """The report for programs."""
    return json.dumps(report, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def html_file(name: str, make: Callable[..., bytes], report: Mapping[str, Any], params: Mapping[str, Any]) -> bytes:
    """The page that `make` makes of a report, by the options `language` and `zone`. ApplianceError where Jinja is missing."""
    try:
        return make(report, language=params["language"], local=clock_of(params["zone"]))
    except ImportError as exc:
        raise ApplianceError(f"{name} cannot be made: {exc}.", remedy="Install the Python package Jinja2.") from exc


def clock_of(zone: str | None) -> Callable[[datetime], datetime]:
    """What converts a moment into the operator's zone: the one of this machine if none is named."""
    if not zone:
        return datetime.astimezone
    known = zoneinfo.ZoneInfo(zone)
    return lambda moment: moment.astimezone(known)


def check_zone(zone: str | None) -> None:
    """InvalidInput for a zone that nobody knows."""
    try:
        clock_of(zone)(datetime.now(timezone.utc))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise InvalidInput(
            f"The time zone {zone!r} is unknown (report_zone).",
            remedy="Write its name as Europe/Berlin; where no system knows zones, install the Python package tzdata.",
        ) from exc


def _is_same(report: Mapping[str, Any], paths: list[str]) -> bool:
    """Whether all files are there and the report is the same as in the last file, but for the moment at which it was made."""
    try:
        known = read_json(_content(paths[0]) or b"")
    except (ApplianceError, ValueError):
        return False
    made = known.get("made") if isinstance(known, dict) else None
    if not isinstance(made, dict) or not all(map(os.path.lexists, paths)):
        return False
    return bool({**known, "made": {**made, "at": report["made"]["at"]}} == json.loads(json.dumps(report)))


# --- reading


def read_sources(params: Mapping[str, Any], now: str) -> Sources:
    """What the state folder holds, as far as it can be read. Raises ApplianceError where the journal cannot be opened."""
    folder = os.path.abspath(params["state_dir"])
    content = Journal(os.path.join(folder, "journal.jsonl")).content()  # also of a damaged journal
    problems: list[str] = []
    preflight = {node: _json(path, problems) for node, path in _preflight_files(os.path.join(folder, "preflight"), problems)}
    return Sources(
        entries=content.entries,
        chain=content.chain,
        site=params["site"] or os.path.basename(folder),
        made_at=now,
        plan=_object(os.path.join(folder, "plan.json"), problems),
        preflight=preflight,
        aftercare=_object(os.path.join(folder, "aftercare.json"), problems),
        rehearsal=_object(os.path.join(folder, "rehearsal", "rehearsal.json"), problems),
        windows=journal_windows(content.entries),
        comparison=_object(os.path.join(folder, "comparison.json"), problems),
        zone=params["zone"] or "",
        language=params["language"],
        collection=COLLECTION,
        problems=problems,
    )


def _preflight_files(folder: str, problems: list[str]) -> Iterator[tuple[str, str]]:
    """(name of the node, path) of each result of a preflight."""
    try:
        with explain_os_errors(folder):
            names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    except ApplianceError as exc:
        problems.append(str(exc))
        return
    for name in names:
        match = _NODE_FILE.fullmatch(name)
        if match:
            yield match["node"], os.path.join(folder, name)


def _object(path: str, problems: list[str]) -> dict[str, Any]:
    found = _json(path, problems)
    return found if isinstance(found, dict) else {}


def _json(path: str, problems: list[str]) -> Any:
    """The value of a JSON file, {} without one; what cannot be read is a problem, and {}."""
    try:
        return read_json(_content(path) or b"{}")
    except ApplianceError as exc:
        problems.append(str(exc))
    except ValueError as exc:
        problems.append(f"{path} is not JSON ({exc}).")
    return {}


def _content(path: str) -> bytes | None:
    if not os.path.lexists(path):
        return None
    with explain_os_errors(path):
        return read_file(path)
