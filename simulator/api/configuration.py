# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Configuration API v1 (interfaces 7): lists with paging headers; what an upgrade asks for, not the whole of it."""

import math
from array import array
from urllib.parse import urlencode

import yaml

from ..generations import Generation
from . import answers, auth, rows
from .routes import Routes, body_of, describe, invalid

BASE = "/api/config/v1"
PAGING = ("per_page", "current_page")
LEAST, MOST = 5, 100  # rows per page
routes = Routes(BASE)

CLIENT_FILTERS = ("name", "hostname", "fqdn", "tag", "jump_group_id", "jump_group_type", "console_user", "public_ip",
                  "private_ip", "connection_type")  # fmt: skip
JUMPOINT_FILTERS = ("name", "code_name", "public_ip", "private_ip", "hostname")


def handle(request, machine):
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
    body = body_of(request) if endpoint.method == "POST" else {}
    if unknown := endpoint.unknown(request, body):
        return answers.message(f"Unknown parameter: {unknown[0]}.", 401)  # not 400: interfaces 7.1
    return endpoint.run(request, machine, **values)


@routes.route("GET", "/openapi.yaml")
def spec(request, machine):
    document = describe(routes, "Configuration API of the simulator", Generation(machine).configuration_version)
    return answers.streamed(yaml.safe_dump(document, sort_keys=False), "application/yaml")


@routes.route("GET", "/jump-client", [*PAGING, *CLIENT_FILTERS])
def jump_clients(request, machine):
    """No filter on needs_update exists."""
    wanted = {key: request.args[key] for key in CLIENT_FILTERS if key in request.args}
    if wanted.get("connection_type") not in (None, "active", "passive", "uninstalled"):
        raise invalid(connection_type="The selected connection type is invalid.")
    indexes = array("L", rows.matching(machine, wanted)) if wanted else machine.clients.listed()
    return _page(request, indexes, lambda index: rows.jump_client(machine, index))


@routes.route("GET", "/jump-client/<int:id>")
def jump_client(request, machine, id):
    if not machine.clients.exists(id - 1) or machine.clients.is_personal(id - 1):
        return answers.message("Jump Client not found.", 404)
    return answers.as_json(rows.jump_client(machine, id - 1))


@routes.route("GET", "/jump-client/installer", [*PAGING, "name", "tag", "jump_group_id", "connection_type"])
def installers(request, machine):
    return _page(request, _filtered(request, [rows.installer(machine, one) for one in machine.people.installers]))


@routes.route("POST", "/jump-client/installer", fields=rows.INSTALLER_FIELDS)
def create_installer(request, machine):
    given = body_of(request)
    minutes = given.get("valid_duration", 1440)
    if not isinstance(given.get("jump_group_id"), int):
        raise invalid(jump_group_id="The jump group id field is required.")
    if not isinstance(minutes, int) or not 10 <= minutes <= 525600:
        raise invalid(valid_duration="The valid duration must be between 10 and 525600.")
    if given.get("connection_type", "active") not in ("active", "passive"):
        raise invalid(connection_type="The selected connection type is invalid.")
    return answers.as_json(rows.installer(machine, machine.create_installer(given, minutes), secret=True), 201)


@routes.route("GET", "/jump-client/installer/<int:id>")
def show_installer(request, machine, id):
    for one in machine.people.installers:
        if one.id == id:
            return answers.as_json(rows.installer(machine, one))
    return answers.message("Installer not found.", 404)


@routes.route("GET", "/jump-client/installer/<installer_id>/<platform>")
def download_installer(request, machine, installer_id, platform):
    """An installer that an upgrade made invalid is 404, one that is not ready yet what the world says: both are UNKNOWN."""
    usable = {one.installer_id: one for one in machine.people.installers if one.valid(machine.now())}
    if platform not in rows.PLATFORMS or installer_id not in usable:
        return answers.message("Installer not found.", 404)
    if machine.now() < usable[installer_id].ready:
        return answers.message("The installer is being generated.", machine.people.installer_settings["unready_status"])
    usable[installer_id].downloads += 1
    body = f"simulated installer {installer_id} for {platform}, version {machine.version}\n"
    return answers.streamed(body, "application/x-executable")


@routes.route("GET", "/jumpoint", [*PAGING, *JUMPOINT_FILTERS])
def jumpoints(request, machine):
    found = [one for one in machine.people.jumpoints if rows.jumpoint_fits(machine, one, request.args)]
    return _page(request, found, lambda one: rows.jumpoint(machine, one))


@routes.route("GET", "/jumpoint/<int:id>")
def jumpoint(request, machine, id):
    return answers.as_json(rows.jumpoint(machine, _jumpoint(machine, id)))


@routes.route("GET", "/jumpoint/<int:id>/node", PAGING)
def nodes(request, machine, id):
    return _page(request, rows.nodes(machine, _jumpoint(machine, id)))


@routes.route("GET", "/api-account", [*PAGING, "name"])
def api_accounts(request, machine):
    accounts = machine.accounts.api.values()
    return _page(request, _filtered(request, [rows.api_account(machine, one) for one in accounts]))


@routes.route("GET", "/user", [*PAGING, "username", "email_address", "security_provider_id"])
def users(request, machine):
    return _page(request, _filtered(request, rows.users(machine)))


@routes.route("GET", "/user/<int:id>")
def user(request, machine, id):
    found = [one for one in rows.users(machine) if one["id"] == id]
    return answers.as_json(found[0]) if found else answers.message("User not found.", 404)


def _jumpoint(machine, number):
    for one in machine.people.jumpoints:
        if one.id == number:
            return one
    raise answers.Stop(answers.message("Jumpoint not found.", 404))


def _filtered(request, listed):
    """Text matches exactly but for case; several filters are joined by and."""
    wanted = {key: value.lower() for key, value in request.args.items() if key not in PAGING}
    return [row for row in listed if all(str(row.get(key, "")).lower() == value for key, value in wanted.items())]


def _page(request, listed, shown=lambda row: row):
    """A bare array with Link and X-BT-Pagination-* (interfaces 7.1)."""
    size = _number(request, "per_page", MOST, LEAST, MOST)
    last = max(1, math.ceil(len(listed) / size))
    current = _number(request, "current_page", 1, 1, 2**31 - 1)
    chosen = listed[(current - 1) * size : current * size]
    headers = {
        "Link": _links(request, current, last),
        "X-BT-Pagination-Current-Page": str(current),
        "X-BT-Pagination-Last-Page": str(last),
        "X-BT-Pagination-Per-Page": str(size),
        "X-BT-Pagination-Total": str(len(listed)),
    }
    return answers.as_json([shown(row) for row in chosen], headers=headers)


def _number(request, name, otherwise, low, high):
    text = request.args.get(name, str(otherwise))
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise invalid(**{name: f"The {name} must be between {low} and {high}."})
    return int(text)


def _links(request, current, last):
    """RFC 5988: first and last always, previous and next where there are such pages."""
    pages = {"first": 1, "previous": current - 1, "next": current + 1, "last": last}
    kept = {name: page for name, page in pages.items() if name in ("first", "last") or 1 <= page <= last}
    return ", ".join(f'<{_address(request, page)}>; rel="{name}"' for name, page in kept.items())


def _address(request, page):
    query = urlencode({**request.args, "current_page": page})
    return f"{request.base_url}?{query}"
