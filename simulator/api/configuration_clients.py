# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Configuration API: Jump Clients and their installers."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from . import answers, fields, installer_rows, rows
from .paging import PAGING, filtered, page
from .routes import Routes, body_of, invalid

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from ..machine.appliance import Machine
    from ..machine.installers import Installer


BASE = "/api/config/v1"
CLIENT, INSTALLER = "/jump-client/<int:id>", "/jump-client/installer/<int:id>"
routes = Routes(BASE)


@routes.route("GET", "/jump-client", {**PAGING, **fields.CLIENT_FILTERS})
def jump_clients(request: Request, machine: Machine) -> Response:
    """No filter on needs_update exists."""
    wanted = {key: request.args[key] for key in fields.CLIENT_FILTERS if key in request.args}
    indexes = array("L", rows.matching(machine, wanted)) if wanted else machine.clients.listed()
    return page(request, indexes, lambda index: rows.jump_client(machine, index))


@routes.route("GET", CLIENT)
def jump_client(request: Request, machine: Machine, id: Any) -> Response:
    return answers.as_json(rows.jump_client(machine, _client(machine, id)))


@routes.route("PATCH", CLIENT, fields=fields.of_client)
def change_client(request: Request, machine: Machine, id: Any) -> Response:
    index, given = _client(machine, id), body_of(request)
    if not given:
        raise invalid(body="The request body must be a JSON object.")
    machine.change_client(index, given)
    return answers.as_json(rows.jump_client(machine, id - 1))


@routes.route("DELETE", CLIENT)
def delete_client(request: Request, machine: Machine, id: Any) -> Response:
    machine.delete_client(_client(machine, id))
    return Response(status=204)


@routes.route("GET", "/jump-client/installer", {**PAGING, **fields.INSTALLER_FILTERS})
def installers(request: Request, machine: Machine) -> Response:
    return page(request, filtered(request, [installer_rows.installer(machine, one) for one in machine.people.installers]))


@routes.route("POST", "/jump-client/installer", fields=fields.of_installer)
def create_installer(request: Request, machine: Machine) -> Response:
    given = body_of(request)
    if "jump_group_id" not in given:
        raise invalid(jump_group_id="The jump group id field is required.")
    made = machine.create_installer(given, given.get("valid_duration", 1440))
    return answers.as_json(installer_rows.installer(machine, made, secret=True), 201)


@routes.route("GET", INSTALLER)
def show_installer(request: Request, machine: Machine, id: Any) -> Response:
    return answers.as_json(installer_rows.installer(machine, _installer(machine, id)))


@routes.route("DELETE", INSTALLER)
def delete_installer(request: Request, machine: Machine, id: Any) -> Response:
    machine.delete_installer(_installer(machine, id))
    return Response(status=204)


@routes.route("GET", "/jump-client/installer/<installer_id>/<platform>")
def download_installer(request: Request, machine: Machine, installer_id: Any, platform: str) -> Response:
    """An installer that an upgrade made invalid is 404, one that is not ready yet what the world says: both are UNKNOWN."""
    usable = {one.installer_id: one for one in machine.people.installers if one.valid(machine.now())}
    if platform not in installer_rows.PLATFORMS or installer_id not in usable:
        return answers.message("Installer not found.", 404)
    if machine.now() < usable[installer_id].ready:
        return answers.message("The installer is being generated.", machine.people.installer_settings["unready_status"])
    usable[installer_id].downloads += 1
    body = f"simulated installer {installer_id} for {platform}, version {machine.version}\n"
    return answers.streamed(body, "application/x-executable")


def _client(machine: Machine, number: int) -> int:
    """The index of a Jump Client that the API lists. Stops with 404."""
    if not machine.clients.exists(number - 1) or machine.clients.is_personal(number - 1):
        raise answers.Stop(answers.message("Jump Client not found.", 404))
    return number - 1


def _installer(machine: Machine, number: int) -> Installer:
    for one in machine.people.installers:
        if one.id == number:
            return one
    raise answers.Stop(answers.message("Installer not found.", 404))
