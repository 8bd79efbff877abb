# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API v2 in JSON (docs/vendor/command-api-json.md): the appliance itself. command_json_people has the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from ..clock import to_iso
from ..generations import Generation
from ..machine import Refused
from . import answers, auth, command_json_people
from .permissions import reported
from .routes import body_of, describe, invalid

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from ..machine.appliance import Machine


BASE = command_json_people.BASE
routes = command_json_people.routes


def handle(request: Request, machine: Machine) -> Response | None:
    """The answer to a request for this API, None for other addresses; 404 where the product has none."""
    if request.path != BASE and not request.path.startswith(BASE + "/"):
        return None
    if not Generation(machine).json_v2:
        return answers.document_not_found()
    endpoint, values = routes.find(request)
    try:
        account = auth.caller(request, machine)
    except auth.BadLogin:
        return answers.as_json(answers.DENIED, 401)
    level = "read_only" if endpoint.method == "GET" else "full_access"
    if not account.may("perm_command", level):
        return answers.message("This action is unauthorized.", 403)
    body = body_of(request) if endpoint.method in ("POST", "PATCH") else {}
    if unknown := endpoint.unknown(request, body):
        return answers.message(f"Unknown parameter: {unknown[0]}.", 400)
    return endpoint.run(request, machine, account, **values)


@routes.route("GET", "/openapi.yaml")
def spec(request: Request, machine: Machine, account: Any) -> Response:
    text = yaml.safe_dump(describe(routes, "Command API of the simulator", "2.0.0"), sort_keys=False)
    return answers.streamed(text, "application/yaml")


@routes.route("GET", "/info")
def info(request: Request, machine: Machine, account: Any) -> Response:
    generation = Generation(machine)
    return answers.as_json(
        {
            "permissions": reported(account, machine.product),
            "current_time": to_iso(machine.now()),
            "command_api_version": "2.0.0",
            "config_api_version": generation.configuration_version,
            "reporting_api_version": "2.0.0",
            "backup_api_version": "1.0.0",
            "product": machine.product,
        }
    )


@routes.route("GET", "/health")
def health(request: Request, machine: Machine, account: Any) -> Response:
    """Asked more than once a minute it answers from a cache; a restart empties that (our invention)."""
    held = machine.health_cache
    if held is None or machine.now() >= held[0] or held[1] != machine.boots or machine.now() < held[3]:
        until = machine.now() + machine.features["health_cache_seconds"]
        held = machine.health_cache = (until, machine.boots, _health(machine), machine.now())
    return answers.as_json(held[2], 500 if "message" in held[2] else 200)


def _health(machine: Machine) -> dict[str, str]:
    """What the last sync did is told by the primary only (docs/vendor/command-api-json.md#objects)."""
    problem, primary = machine.health_problem, machine.failover_role == "primary"
    facts = {
        "version": machine.version,
        "build": machine.build,
        "appliance_hostname": machine.hostname,
        "appliance_id": machine.guid,
        "cluster_role": machine.cluster_role,
        "failover_role": machine.failover_role,
        "enabled_shared_ips": machine.shared_ips or None,
        "last_data_sync": to_iso(machine.synced_at) if primary and machine.synced_at else None,
        "last_data_sync_status": machine.sync_status if primary else None,
    }
    return {**facts, "message": problem} if problem else facts


@routes.route("GET", "/appliance")
def appliances(request: Request, machine: Machine, account: Any) -> Response:
    return answers.as_json([_member(one) for one in machine.members()])


def _member(machine: Machine) -> dict[str, Any]:
    return {
        "id": machine.guid,
        "name": machine.name,
        "public_hostname": machine.public_name(),
        "cluster_role": machine.cluster_role,
        "failover_role": machine.failover_role,
        "accepting_connections": True,
        "timezone_offset": machine.timezone_offset,
    }


@routes.route("POST", "/failover-role", fields=("role", "data_sync_first", "force"))
def failover_role(request: Request, machine: Machine, account: Any) -> Response:
    """200 with a message; what is refused is a 422, the sentences are those of XML (INFERRED,
    docs/vendor/command-api-json.md#failover-role)."""
    body = body_of(request)
    if body.get("role") not in ("primary", "backup"):
        raise invalid(role="Must be primary or backup.")
    flags = {name: body.get(name, False) for name in ("data_sync_first", "force")}
    for name, value in flags.items():
        if not isinstance(value, bool):
            raise invalid(**{name: "Must be true or false."})
    try:
        return answers.message(machine.set_failover_role(body["role"], **flags), 200)
    except Refused as exc:
        raise invalid(role=str(exc)) from exc
