# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API in XML (docs/vendor/command-api.md): one address, the command in the parameter action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..generations import Generation
from ..machine import Refused
from . import answers, auth
from .command_xml_clients import Failure, connected_client_list, connected_clients, logged_in_reps
from .permissions import reported
from .xml import document, element, group, time_element

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from ..machine.appliance import Machine


XML_ROLES = {"primary": "master"}  # JSON says primary (docs/vendor/command-api.md#get_appliances)
PATHS = ("/api/command", "/api/command.ns")
HEADERS = {
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "Pragma": "no-cache",
    "Strict-Transport-Security": "max-age=31536000",
}


def handle(request: Request, machine: Machine) -> Response | None:
    """The answer to a request for this API, None for other addresses."""
    generation = Generation(machine)
    if request.path == "/api/command.xsd":
        return schema(request, machine, generation.namespace)
    if request.path not in PATHS or (request.path.endswith(".ns") and not generation.legacy_login):
        return None
    answers.allows(request, ["GET", "POST"])
    if not machine.features["xml_api_enabled"]:
        return answers.document_not_found()
    try:
        body = _run(request, machine, generation)
    except Failure as failure:
        error = element("error", str(failure))
        body = group(failure.inside, [error]) if failure.inside else error
    except auth.BadLogin:
        body = element("error", "Invalid credentials")  # the wording is observed for backups only
    return answers.streamed(document(body, generation.namespace), "text/xml; charset=UTF-8", headers=HEADERS)


def schema(request: Request, machine: Machine, namespace: str) -> Response:
    """It is documented to exist and to need no login that we know of; what is in it is UNKNOWN, so nothing but the namespace is."""
    answers.allows(request, ["GET"])
    if not machine.features["xml_api_enabled"]:
        return answers.document_not_found()
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}" elementFormDefault="qualified"/>\n'
    return answers.streamed('<?xml version="1.0" encoding="UTF-8"?>\n\n' + text, "text/xml; charset=UTF-8", headers=HEADERS)


def _run(request: Request, machine: Machine, generation: Any) -> str:
    account = auth.caller(request, machine)
    if request.mimetype.startswith("multipart/"):
        raise Failure("multipart/form-data is not supported")
    name = request.values.get("action", "")
    command = COMMANDS.get(name)
    if command is None or not command.exists(generation):
        raise Failure("Invalid action")
    anyone = account.legacy and name == "get_api_info"  # docs/vendor/authentication.md#three-generations
    admins_only = account.legacy and command.administrator and not generation.since("16.1")
    if not anyone and not account.may("perm_command", "full_access" if admins_only else command.level):
        raise answers.Stop(answers.document_not_found())
    return command.run(request, machine, account)


class Command:
    """exists(generation) -> bool; level of perm_command; administrator: only for those, before 16.1."""

    def __init__(self, run: Any, exists: Any = lambda generation: True, level: str = "read_only", administrator: bool = False) -> None:
        self.run, self.exists, self.level, self.administrator = run, exists, level, administrator


def api_info(request: Request, machine: Machine, account: Any) -> str:
    generation = Generation(machine)
    parts = [element("api_version", generation.api_version)]
    if generation.company_name:
        parts.append(element("company_name", machine.company))
    parts.append(element("timestamp", int(machine.now())))
    given = reported(account, machine.product, as_text=True)
    parts.append(group("permissions", [element("permission", value, name=key) for key, value in given.items()]))
    return group("api_information", parts)


def check_health(request: Request, machine: Machine, account: Any) -> str:
    """The elements of 4.2, left out exactly as described there."""
    problem = machine.health_problem
    parts = [
        element("appliance", machine.hostname, id=machine.guid),
        element("version", f"{machine.version} ({machine.build})"),
        element("success", 0 if problem else 1),
    ]
    if problem:
        parts.append(element("error_message", problem))
    parts.append(element("failover_role", machine.failover_role))
    if machine.shared_ips:
        parts.append(group("enabled_shared_ips", [element("ip", address) for address in machine.shared_ips]))
    if machine.synced_at is not None:
        parts.append(time_element("last_data_sync_time", machine.synced_at))
        parts.append(element("last_data_sync_status", machine.sync_status))
    return group("health_check", parts)


def set_failover_role(request: Request, machine: Machine, account: Any) -> str:
    """The texts of the two successes are documented, those of errors are our invention (docs/vendor/command-api.md#set_failover_role)."""
    role, flags = request.values.get("role"), {}
    if role not in ("primary", "backup"):
        raise Failure("Invalid role")
    for name in ("data_sync_first", "force"):
        if request.values.get(name, "0") not in ("0", "1"):
            raise Failure(f"Invalid {name}")
        flags[name] = request.values.get(name) == "1"
    try:
        return element("success", machine.set_failover_role(role, **flags))
    except Refused as exc:
        raise Failure(str(exc)) from exc


def get_appliances(request: Request, machine: Machine, account: Any) -> str:
    return group("appliances", [_member(one) for one in machine.members()])


def _member(machine: Machine) -> str:
    parts = [
        element("name", machine.name),
        element("public_hostname", machine.public_name()),
        element("cluster_role", XML_ROLES.get(machine.cluster_role, machine.cluster_role)),
        element("failover_role", machine.failover_role),
        element("accepting_connections", 1),
        element("timezone_offset", machine.timezone_offset),
    ]
    return group("appliance", parts, id=machine.guid)


def terminate_session(request: Request, machine: Machine, account: Any) -> str:
    if not machine.terminate_session(request.values.get("lsid", "")):
        raise Failure("Invalid lsid")
    return element("success", "Successfully terminated")


def logout_rep(request: Request, machine: Machine, account: Any) -> str:
    """Observed in one public client; the parameter's name and the answers are inferred."""
    number = request.values.get("user_id", "")
    if not (number.isdigit() and machine.log_out(int(number))):
        raise Failure("Invalid user_id")
    return element("success", "Successfully logged out")


def support_teams(request: Request, machine: Machine, account: Any) -> str:
    return group("support_teams", [group("support_team", [element("name", one.name)], id=one.id) for one in machine.people.teams])


COMMANDS = {
    "get_api_info": Command(api_info),
    "check_health": Command(check_health, lambda age: age.check_health, administrator=True),
    "set_failover_role": Command(set_failover_role, lambda age: age.failover_role, "full_access", True),
    "get_appliances": Command(get_appliances, lambda age: age.client_lists),
    "get_connected_client_list": Command(connected_client_list, lambda age: age.client_lists),
    "get_connected_clients": Command(connected_clients, lambda age: age.client_lists),
    "get_logged_in_reps": Command(logged_in_reps, lambda age: age.logged_in_reps),
    "get_support_teams": Command(support_teams, lambda age: age.product == "rs"),
    "terminate_session": Command(terminate_session, level="full_access", administrator=True),
    "logout_rep": Command(logout_rep, level="full_access", administrator=True),
}
