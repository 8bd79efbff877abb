# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pages /appliance and /login of a simulated appliance.

application(world, machine) gives a function for server.py: handle(request) -> Response, or None for an address that
is not under /appliance or /login. What a request wrote stands in machine.writes, as for every other interface; the
account, when signed in, in request.environ["simulator.account"].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Request, Response

    from ..machine.appliance import Machine


def application(world: dict[str, Any], machine: Machine) -> Callable[[Request], Response | None]:
    """The handler of one appliance's pages; its attribute end_sessions() signs every browser out."""
    site = Site(world, machine)

    def handle(request: Request) -> Response | None:
        return site.handle(request)

    handle.end_sessions = site.sessions.end_all
    return handle
