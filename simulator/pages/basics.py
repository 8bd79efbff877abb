# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Status > Basics: what the appliance is, and the controls that take it down.

Restart, shut down and (Base 3 guide) factory reset live on this page (DOCUMENTED). They are traps: a client that means
something else and presses one of them has really restarted the appliance, and the request log says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from .visit import Visit


FACTS = ("model", "serial", "base_version", "guid", "hostname", "system_time", "time_zone", "default_site")


def local(visit: Visit, epoch: float, *, day_only: bool = False) -> str:
    """A time in the appliance's zone as people of its language write it; the real format is UNKNOWN."""
    zone = timezone(timedelta(seconds=visit.machine.timezone_offset), visit.machine.timezone)
    day = "%d.%m.%Y" if visit.words.language == "de" else "%Y-%m-%d"
    return datetime.fromtimestamp(epoch, zone).strftime(day if day_only else f"{day} %H:%M:%S %Z")


def facts(visit: Visit) -> list[tuple[str, str]]:
    """[(label, value)] in the documented order."""
    machine = visit.machine
    values = {
        "model": machine.model,
        "serial": machine.serial,
        "base_version": machine.base_version,
        "guid": machine.guid,
        "hostname": machine.hostname,
        "system_time": local(visit, machine.now()),
        "time_zone": machine.timezone,
        "default_site": machine.hostname,
    }
    return [(visit.words(key), values[key]) for key in FACTS]


def basics(visit: Visit) -> Response:
    words = visit.words
    title = f"{words('status')} :: {words('basics')}"
    return visit.page("basics", title=title, within="basics", facts=facts(visit))


def restart(visit: Visit) -> Response:
    visit.machine.restart()
    return _going_down(visit, "restarting")


def shut_down(visit: Visit) -> Response:
    visit.machine.shut_down()
    return _going_down(visit, "shutting_down")


def factory_reset(visit: Visit) -> Response:
    visit.machine.factory_reset()
    return _going_down(visit, "resetting")


def _going_down(visit: Visit, sentence: str) -> Response:
    return visit.page("message", title=visit.words("power"), text=visit.words(sentence))


PAGES = {"basics": basics}
ACTIONS = {"restart": restart, "shut_down": shut_down, "factory_reset": factory_reset}
