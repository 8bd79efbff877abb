# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clients as rows of a table for people who uninstall, reinstall or contact them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..health import LoggedIn
from ..moments import iso
from ..plain_text import plain_line
from .client import exclusion_reason, read_jump_client

ALL, PENDING, RELEVANT = "all", "pending", "relevant"
COLUMNS = ("kind", "id", "name", "hostname", "group", "connection_type", "last_seen", "online", "needs_update", "state")
JUMP_CLIENT, JUMPOINT, CONSOLE = "jump_client", "jumpoint", "representative_console"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # a spreadsheet would treat such text as a formula


def cell(value: Any) -> str:
    """Return a value as text that no spreadsheet treats as a formula."""
    if value is None:
        return ""
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    text = plain_line(text).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text


def jump_client_row(row: Any, which: str, host: str = "") -> tuple[Any, ...] | None:
    """Return the cells of a row of GET /jump-client, or None if it does not belong to `which`."""
    one = read_jump_client(row, host)
    state = exclusion_reason(one) or ("pending" if one.needs_update else "done")
    if (which == PENDING and state != "pending") or (which == RELEVANT and state not in ("pending", "done")):
        return None
    seen = max((moment for moment in (one.last_connect, one.last_disconnect) if moment is not None), default=None)
    return (JUMP_CLIENT, one.id, one.name, one.hostname, one.group, one.connection_type, iso(seen), one.online, one.needs_update, state)


def jumpoint_row(one: Mapping[str, Any], which: str) -> tuple[Any, ...] | None:
    """Return the cells of a Jumpoint dict, or None if it does not belong to `which`."""
    state = "disabled" if not one["enabled"] else "done" if one["connected"] else "pending"
    if (which == PENDING and state != "pending") or (which == RELEVANT and state == "disabled"):
        return None
    return (JUMPOINT, one["id"], one["name"], "", "", "", "", one["connected"], "", state)


def person_row(one: LoggedIn, which: str) -> tuple[Any, ...] | None:
    """Return the cells of the console of a LoggedIn person; None for PENDING: no field shows whether it has upgraded."""
    return None if which == PENDING else (CONSOLE, one.id, one.name, "", "", "", "", True, "", "")
