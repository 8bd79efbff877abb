# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The events of a journal, and which data each of them cannot do without. Pure."""

from __future__ import annotations

import math
from typing import Any

from ...errors import InvalidInput
from ..package import SITE
from . import client_state as client_history
from . import decisions, preparations, snapshots, version_history

# Each event and the data it cannot do without; more may be added to any of them.
EVENTS: dict[str, tuple[str, ...]] = {
    "run_opened": (),
    "run_ended": (),
    "site_seen": (),
    "plan_recorded": ("request", "lines"),
    "step_begun": ("package", "kind"),
    "step_sent": ("package",),
    "step_done": ("package", "kind"),
    "step_unverified": ("package",),
    "step_withdrawn": ("package",),
    "step_released": ("package",),
    "action_begun": ("action", "node"),
    "action_done": ("action", "node"),
    "action_withdrawn": ("action", "node"),
    "acknowledged": ("what",),
    "backup_taken": ("path", "sha256"),
    "certificate_saved": ("path", "sha256"),
    "note": ("text",),
    "window_waiting": ("until", "why"),
    "plan_approved": ("hash",),
    **client_history.EVENTS,
    **version_history.EVENTS,
    **decisions.EVENTS,
    **snapshots.EVENTS,
    **preparations.EVENTS,
}
_TYPES: dict[str, Any] = {
    **client_history.TYPES,
    **version_history.TYPES,
    **decisions.TYPES,
    **snapshots.TYPES,
    **preparations.TYPES,
    **dict.fromkeys(
        (
            "package",
            "kind",
            "version",
            "host",
            "guid",
            "action",
            "node",
            "what",
            "origin",
            "state",
            "text",
            "path",
            "sha256",
            "why",
            "reason",
            "next_run_at",
            "until",
            "hash",
        ),
        str,
    ),
    **dict.fromkeys(("soak_hours", "online_before", "since", "appliance_time", "bytes", "caught_up_percent"), (int, float)),
    **dict.fromkeys(("evidence", "data", "request"), dict),
    **dict.fromkeys(("guids", "lines", "reasons"), list),
}
MOVES = ("take_over", "swap")  # the actions after which another node serves the clients


def check_event(event: Any, data: Any) -> None:
    """InvalidInput for an event that nobody could read later.

    The end of a site package needs the time of the appliance's clock, because its catch-up counts from there. So does a
    take-over, with which the clients meet what the other node runs.
    """
    if not isinstance(event, str) or event not in EVENTS or not isinstance(data, dict):
        raise InvalidInput(f"{event!r} is no event of the journal.", remedy="Events: " + ", ".join(EVENTS) + ".")
    needed = EVENTS[event] + (("version", "appliance_time") if event == "step_done" and data.get("kind") == SITE else ())
    needed += ("appliance_time", "guid") if event == "action_done" and data.get("action") in MOVES else ()
    missing = [name for name in needed if data.get(name) is None]
    if missing:
        raise InvalidInput(f"The event {event} lacks {', '.join(missing)}.")
    for name, value in data.items():
        if value is not None and name in _TYPES and not isinstance(value, _TYPES[name]):
            raise InvalidInput(f"The event {event} has {name}={value!r}, which is of a wrong type.")
    if not all(isinstance(one, str) for name in ("guids", "lines") for one in data.get(name) or ()):
        raise InvalidInput(f"The event {event} has a list of something else than texts.")
    for name in ("since", "appliance_time"):
        if data.get(name) is not None and not _is_time(data[name]):
            raise InvalidInput(f"The event {event} has {name}={data[name]!r}, which is no time.")


def _is_time(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
