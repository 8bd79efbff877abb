# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Configuration API v1: lists with paging headers; what an upgrade asks for, not the whole of it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import yaml
from werkzeug.wrappers import Response

from ..generations import Generation
from . import answers, auth, configuration_clients, fields, jumpoint_rows, rows
from .paging import PAGING, filtered, page
from .routes import body_of, describe, invalid

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from ..machine.appliance import Machine
    from ..machine.people import Jumpoint


BASE = configuration_clients.BASE
routes = configuration_clients.routes
CLI = {"linux": "btapi", "win32": "btapi.exe", "macos": "btapi"}
NODES = 10  # at most of a clustered Jumpoint


def handle(request: Request, machine: Machine) -> Response | None:
    """The answer to a request for this API, None for other addresses; 404 where the product has none."""
    if request.path != BASE and not request.path.startswith(BASE + "/"):
        return None
    if not Generation(machine).configuration_api:
        return answers.document_not_found()
    if request.path.endswith("/"):
        return answers.wrong_method(["OPTIONS"])  # a trailing slash gives 405, as observed
    endpoint, values = routes.find(request)
    try:
        account = auth.caller(request, machine)
    except auth.BadLogin:
        return answers.as_json(answers.DENIED, 401)
    if not account.may("perm_configuration"):
        return answers.message("This action is unauthorized.", 403)
    body = body_of(request) if endpoint.method in ("POST", "PATCH") else {}
    if unknown := endpoint.unknown(request, body, machine):
        return answers.message(f"Unknown parameter: {unknown[0]}.", 401)  # as described; the Command API says 400
    if wrong := endpoint.wrong(request, body, machine):
        raise invalid(**wrong)
    return endpoint.run(request, machine, **values)


@routes.route("GET", "/openapi.yaml")
def spec(request: Request, machine: Machine) -> Response:
    document = describe(routes, "Configuration API of the simulator", Generation(machine).configuration_version)
    return answers.streamed(yaml.safe_dump(document, sort_keys=False), "application/yaml")


@routes.route("GET", "/jumpoint", {**PAGING, **fields.JUMPOINT_FILTERS})
def jumpoints(request: Request, machine: Machine) -> Response:
    found = [one for one in machine.people.jumpoints if jumpoint_rows.jumpoint_fits(machine, one, request.args)]
    return page(request, found, lambda one: jumpoint_rows.jumpoint(machine, one))


@routes.route("GET", "/jumpoint/<int:id>")
def jumpoint(request: Request, machine: Machine, id: Any) -> Response:
    return answers.as_json(jumpoint_rows.jumpoint(machine, _jumpoint(machine, id)))


@routes.route("GET", "/jumpoint/<int:id>/node")
def nodes(request: Request, machine: Machine, id: Any) -> Response:
    """Not paged: there are ten at most."""
    return answers.as_json(jumpoint_rows.nodes(machine, _jumpoint(machine, id)))


@routes.route("GET", "/jumpoint/<int:id>/installer")
def jumpoint_installer(request: Request, machine: Machine, id: Any) -> Response:
    """An error where no more nodes may be installed; which one is UNKNOWN."""
    one = _jumpoint(machine, id)
    if one.nodes >= (NODES if one.clustered else 1):
        return answers.message("The Jumpoint cannot have another node.", 422)
    return answers.streamed(f"simulated installer of Jumpoint {one.name}\n", "application/x-executable")


@routes.route("GET", "/cli/<platform>")
def command_line(request: Request, machine: Machine, platform: str) -> Response:
    """A ZIP with one file."""
    if platform not in CLI:
        return answers.message("Platform not found.", 404)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(CLI[platform], f"simulated command line of {machine.hostname}\n")
    return Response(held.getvalue(), content_type="application/zip")


@routes.route("GET", "/api-account", {**PAGING, **fields.ACCOUNT_FILTERS})
def api_accounts(request: Request, machine: Machine) -> Response:
    accounts = machine.accounts.api.values()
    return page(request, filtered(request, [rows.api_account(machine, one) for one in accounts]))


@routes.route("GET", "/api-account/<int:id>")
def api_account(request: Request, machine: Machine, id: Any) -> Response:
    found = [one for one in machine.accounts.api.values() if one.id == id]
    return answers.as_json(rows.api_account(machine, found[0])) if found else answers.message("API account not found.", 404)


@routes.route("GET", "/user", {**PAGING, **fields.USER_FILTERS})
def users(request: Request, machine: Machine) -> Response:
    return page(request, filtered(request, rows.users(machine)))


@routes.route("GET", "/user/<int:id>")
def user(request: Request, machine: Machine, id: Any) -> Response:
    found = [one for one in rows.users(machine) if one["id"] == id]
    return answers.as_json(found[0]) if found else answers.message("User not found.", 404)


@routes.route("GET", "/jump-group", {**PAGING, **fields.NAMED_FILTERS})
def jump_groups(request: Request, machine: Machine) -> Response:
    return page(request, filtered(request, rows.jump_groups(machine)))


@routes.route("GET", "/jump-group/<int:id>")
def jump_group(request: Request, machine: Machine, id: Any) -> Response:
    found = [one for one in rows.jump_groups(machine) if one["id"] == id]
    return answers.as_json(found[0]) if found else answers.message("Jump Group not found.", 404)


@routes.route("GET", "/team", {**PAGING, **fields.NAMED_FILTERS})
def teams(request: Request, machine: Machine) -> Response:
    return page(request, filtered(request, rows.teams(machine)))


@routes.route("GET", "/team/<int:id>")
def team(request: Request, machine: Machine, id: Any) -> Response:
    found = [one for one in rows.teams(machine) if one["id"] == id]
    return answers.as_json(found[0]) if found else answers.message("Team not found.", 404)


def _jumpoint(machine: Machine, number: int) -> Jumpoint:
    for one in machine.people.jumpoints:
        if one.id == number:
            return one
    raise answers.Stop(answers.message("Jumpoint not found.", 404))
