# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The list of Jump Clients as a representative exports it from the console: all of them, personal Jump Groups included.

That one exports it and sorts by status details is documented (procedure 9), its columns, words and dates are not: they
are our invention, and invented twice, so that nobody can come to depend on them.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .machine.appliance import Machine


BLOCK = 500  # clients written at a time


@dataclass(frozen=True)
class Style:
    """One way to write the file; words: state -> (status, how the status details begin)."""

    delimiter: str
    encoding: str
    date: str
    headers: tuple
    words: dict
    groups: tuple  # a shared Jump Group, a personal one
    types: dict


STYLES = {
    "english": Style(
        ",",
        "utf-8",
        "%Y-%m-%d %H:%M:%S",
        (
            "Name",
            "Hostname",
            "Jump Group",
            "Connection Type",
            "Status",
            "Status Details",
            "Operating System",
            "Public IP",
            "Private IP",
            "Comments",
        ),
        {
            "online": ("Online", "Online since"),
            "ready": ("Ready", "Ready since"),
            "pending": ("Upgrade pending", "Upgrade pending since"),
            "off": ("Offline", "Offline since"),
            "lost": ("Lost", "Lost since"),
            "disabled": ("Disabled", "Disabled since"),
            "uninstalled": ("Uninstalled", "Uninstalled since"),
        },
        ("Group {n}", "Personal"),
        {"active": "Active", "passive": "Passive", "uninstalled": "Uninstalled"},
    ),
    "german": Style(
        ";",
        "utf-8-sig",
        "%d.%m.%Y %H:%M",
        (
            "Name",
            "Hostname",
            "Jump-Gruppe",
            "Verbindungstyp",
            "Status",
            "Statusdetails",
            "Betriebssystem",
            "Öffentliche IP",
            "Private IP",
            "Kommentare",
        ),
        {
            "online": ("Online", "Online seit"),
            "ready": ("Bereit", "Bereit seit"),
            "pending": ("Upgrade ausstehend", "Upgrade ausstehend seit"),
            "off": ("Offline", "Offline seit"),
            "lost": ("Verloren", "Verloren seit"),
            "disabled": ("Deaktiviert", "Deaktiviert seit"),
            "uninstalled": ("Deinstalliert", "Deinstalliert seit"),
        },
        ("Gruppe {n}", "Persönlich"),
        {"active": "Aktiv", "passive": "Passiv", "uninstalled": "Deinstalliert"},
    ),
}


def pieces(machine: Machine, lock: Any, facts: Any) -> Iterator[bytes]:
    """The file piece by piece, as of now. lock: held for each piece only. facts(index): the row of the API."""
    style, now = STYLES[machine.export_style], machine.now()
    yield _written(style, [style.headers]).encode(style.encoding)
    begin, length = 0, len(machine.clients)
    while begin < length:
        with lock:
            there = [index for index in range(begin, min(begin + BLOCK, length)) if machine.clients.exists(index)]
            lines = [_line(machine, style, index, facts(index), now) for index in there]
        yield _written(style, lines).encode("utf-8")
        begin += BLOCK


def _written(style: Any, lines: Any) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=style.delimiter).writerows(lines)
    return text.getvalue()


def _line(machine: Machine, style: Any, index: Any, row: Any, now: float) -> tuple[str, ...]:
    state, since = state_of(machine.clients, index, now)
    status, begins = style.words[state]
    zone = datetime.timezone(datetime.timedelta(seconds=machine.timezone_offset))
    date = datetime.datetime.fromtimestamp(since, zone).strftime(style.date)
    shared, personal = style.groups
    group = personal if machine.clients.is_personal(index) else shared.format(n=row["jump_group_id"])
    return (
        row["name"],
        row["hostname"],
        group,
        style.types[row["connection_type"]],
        status,
        f"{begins} {date}",
        row["operating_system"],
        row["public_ip"],
        row["private_ip"],
        row["comments"],
    )


def state_of(fleet: Any, index: Any, now: float) -> tuple[str, float]:
    """(what the console calls it, since when). Who waits for its upgrade has done so since the outage began."""
    connect, disconnect = fleet.times(index, now)
    kind = fleet.kind(index)
    if kind in ("lost", "disabled", "uninstalled"):
        return kind, disconnect
    if fleet.is_off(index, now):
        return "off", disconnect
    if fleet.needs_update(index, now):
        return "pending", connect if fleet.cut is None else fleet.cut
    return ("ready" if fleet.connection_type(index) == "passive" else "online"), connect
