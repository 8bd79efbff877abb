# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The APIs of a simulated appliance over its state.

application(world, machine) gives a function handle(request) -> Response, or None for an address that no API has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException

from . import backup, command_json, command_xml, configuration, oauth, probes, reporting

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Request, Response

    from ..machine.appliance import Machine


HANDLERS = (oauth, command_json, command_xml, configuration, reporting, backup, probes)


def application(world: dict[str, Any], machine: Machine) -> Callable[[Request], Response | None]:
    """The handler of one appliance's APIs."""

    def handle(request: Request) -> Response | None:
        for api in HANDLERS:
            try:
                response = api.handle(request, machine)
            except HTTPException as stop:
                response = stop.get_response(request.environ)
            if response is not None:
                response.headers.extend(request.environ.get("simulator.headers", {}))
                return response
        return None

    return handle
