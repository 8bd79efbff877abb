# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Storage > Status (disk use in percent, drives) and Status > Health (totals, virtual appliances only)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


def facts(visit: Visit) -> list[tuple[str, str]]:
    storage, words = visit.machine.storage, visit.words
    return [
        (words("disk_use"), f"{storage['percent_used']:g}%"),
        (words("disk_total"), f"{storage['total_gigabytes']:g} GB"),
    ]


def storage_status(visit: Visit) -> Response:
    words = visit.words
    drives = [(f"{words('drive')} {number}", "OK") for number in range(1, visit.machine.storage["drives"] + 1)]
    title = f"{words('storage')} :: {words('storage_status')}"
    return visit.page("storage", title=title, within="storage_status", facts=facts(visit), drives=drives)


def health(visit: Visit) -> Response:
    words = visit.words
    virtual = "virtual" in visit.machine.model.lower()
    text = "" if virtual else words("health_physical")
    title = f"{words('status')} :: {words('health')}"
    return visit.page("facts", title=title, within="health", facts=facts(visit) if virtual else [], text=text)


PAGES = {"storage_status": storage_status, "health": health}
ACTIONS = {}
