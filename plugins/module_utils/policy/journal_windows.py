# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The maintenance windows of the last upgrade in a journal, by what people decided in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import InvalidInput
from ..model.moments import iso, read_time
from ..model.report.scope import beginning
from ..model.window import read_windows
from .window import spans

_OPTIONS = {"window_list": "list", "window_blackouts": "blackouts", "window_margin": "margin", "window_zone": "zone"}


def journal_windows(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """[{begun, ended}], ISO 8601 in UTC by the appliance's clock, from the first entry of the upgrade to its last; [] without windows.

    Windows that were changed count as they were decided last.
    """
    mine = entries[beginning(entries) :]
    decided = [entry["data"] for entry in mine if entry["event"] == "decided" and entry["data"]["what"] in _OPTIONS]
    try:
        windows = read_windows({_OPTIONS[one["what"]]: one["value"] for one in decided})
    except (InvalidInput, AttributeError, TypeError, ValueError):  # of an older version, or written by hand
        return []
    if not windows.limited:
        return []
    first, last = (read_time(entry["time"]) for entry in (mine[0], mine[-1]))
    return [{"begun": iso(start), "ended": iso(end)} for start, end in spans(windows, first) if end > first and start < last]
