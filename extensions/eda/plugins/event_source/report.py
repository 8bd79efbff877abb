# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An event source of Event-Driven Ansible: the reports that runs of bomgar.appliance leave in the state folders of their sites."""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
import pathlib
from typing import Any

DOCUMENTATION = r"""
short_description: Events of upgrades, from the reports in the state folders
description:
  - Reads C(report.json) of each state folder again and again, and sends an event when a run ended (C(closed)) and when the time has come
    at which a waiting site is to be run again (C(due)), each once for each run.
  - An event holds C(bomgar) with C(event), C(site), C(state), C(verdict), C(run), C(first), C(command), C(not_before) and C(report), the
    path of the file.
options:
  paths:
    description: Patterns of the files, as V(/srv/bomgar/*/report.json).
    type: list
    elements: str
    required: true
  interval:
    description: Seconds between two looks.
    type: float
    default: 30
  known:
    description: Whether runs that had ended before the source was started are told too.
    type: bool
    default: true
"""
EXAMPLES = r"""
- bomgar.appliance.report:
    paths: [/srv/bomgar/*/report.json]
    interval: 60
"""
LOG = logging.getLogger(__name__)
UNFINISHED = "unfinished"


class Reports:
    """What has been told of each report. events(paths, now) is pure but for reading the files."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str, str]] = set()

    def events(self, paths: list[pathlib.Path], now: datetime.datetime) -> list[dict[str, Any]]:
        """The new events, each to be sent as it is."""
        return [event for path in paths for event in self._events_of(path, now)]

    def _events_of(self, path: pathlib.Path, now: datetime.datetime) -> list[dict[str, Any]]:
        try:
            facts = read(path)
            wanted = kinds(facts, now)
        except (OSError, ValueError, KeyError, IndexError, TypeError) as exc:
            LOG.warning("%s is no report of a run: %s", path, exc)
            return []
        found = [kind for kind in wanted if (str(path), kind, facts["run"]) not in self._told]
        self._told.update((str(path), kind, facts["run"]) for kind in found)
        return [{"bomgar": {**facts, "event": kind}} for kind in found]


def read(path: pathlib.Path) -> dict[str, Any]:
    """What an event says of a report; `run` is the moment at which its last run began."""
    report = json.loads(path.read_text(encoding="utf-8"))
    return {
        "site": str(report["site"]),
        "state": str(report["state"]),
        "verdict": str(report["verdict"]),
        "run": str(report["runs"][-1]["begun"]),
        "first": [str(line) for line in report["next"]["first"]],
        "command": str(report["next"]["command"]),
        "not_before": str(report["next"]["not_before"]),
        "report": str(path),
    }


def kinds(facts: dict[str, Any], now: datetime.datetime) -> list[str]:
    """closed: the last run has ended. due: it waits, and may go on now."""
    found = ["closed"] if facts["state"] != UNFINISHED else []
    if facts["state"] == "waiting" and facts["not_before"] and datetime.datetime.fromisoformat(facts["not_before"]) <= now:
        found.append("due")
    return found


def listed(patterns: list[str]) -> list[pathlib.Path]:
    """The files that match, in order; a pattern is absolute."""
    return sorted({found for pattern in patterns for found in pathlib.Path("/").glob(str(pattern).lstrip("/"))})


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


async def main(queue: asyncio.Queue[Any], args: dict[str, Any]) -> None:
    """What ansible-rulebook calls."""
    reports, patterns = Reports(), list(args["paths"])
    if not args.get("known", True):
        reports.events(listed(patterns), _now())
    while True:
        for event in reports.events(listed(patterns), _now()):
            await queue.put(event)
        await asyncio.sleep(float(args.get("interval", 30)))
