# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clients as lines of a table for people: who is to be uninstalled, installed again or reached. Pure."""

from __future__ import annotations

from .client import excluded_as, read_jump_client
from .fields import iso

ALL, PENDING, RELEVANT = "all", "pending", "relevant"
COLUMNS = ("kind", "id", "name", "hostname", "group", "connection_type", "last_seen", "online", "needs_update", "state")
JUMP_CLIENT, JUMPOINT, CONSOLE = "jump_client", "jumpoint", "representative_console"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate what begins so


def cell(value):
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def of_jump_client(row, which, host=""):
    """The line of a row of GET /jump-client, or None where it is not wanted."""
    one = read_jump_client(row, host)
    state = excluded_as(one) or ("pending" if one.needs_update else "done")
    if (which == PENDING and state != "pending") or (which == RELEVANT and state not in ("pending", "done")):
        return None
    seen = max((moment for moment in (one.last_connect, one.last_disconnect) if moment is not None), default=None)
    return (JUMP_CLIENT, one.id, one.name, one.hostname, one.group, one.connection_type, iso(seen), one.online, one.needs_update, state)


def of_jumpoint(one, which):
    """The line of a Jumpoint dict, or None where it is not wanted."""
    state = "disabled" if not one["enabled"] else "done" if one["connected"] else "pending"
    if (which == PENDING and state != "pending") or (which == RELEVANT and state == "disabled"):
        return None
    return (JUMPOINT, one["id"], one["name"], "", "", "", "", one["connected"], "", state)


def of_person(one, which):
    """The line of the console of a LoggedIn person, or None: whether it has upgraded is not told."""
    return None if which == PENDING else (CONSOLE, one.id, one.name, "", "", "", "", True, "", "")
