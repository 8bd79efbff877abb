# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API v2 in JSON (docs/vendor/command-api-json.md): clients, people and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..clock import to_iso
from . import answers, connected
from .routes import Routes, body_of, invalid

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from ..machine.appliance import Machine
    from .connected import Connected


BASE = "/api/command/v2"
routes = Routes(BASE)

# type of docs/vendor/command-api-json.md#objects for PRA; for RS our invention
KINDS = {
    "pra": {"representative": "access_console", "support_customer": "asset_client", "push_agent": "gateway"},
    "rs": {"representative": "representative_console", "support_customer": "customer_client", "push_agent": "jumpoint"},
}
PLURALS = {
    "pra": {"access_console": "access_consoles", "asset_client": "asset_clients", "gateway": "gateways"},
    "rs": {
        "representative_console": "representative_consoles",
        "customer_client": "customer_clients",
        "jumpoint": "jumpoints",
    },
}
ATTRIBUTES, LENGTH = 30, 1024


@routes.route("GET", "/appliance/client-count", ["type"])
def client_count(request: Request, machine: Machine, account: Any) -> Response:
    """No Jump Clients in it (docs/vendor/command-api-json.md#objects)."""
    plurals, wanted = PLURALS[machine.product], _wanted(request, machine)
    kinds = [_kind(machine, one) for one in connected.clients(machine)]
    numbers = {plural: kinds.count(kind) for kind, plural in plurals.items() if kind in wanted}
    return answers.as_json([{"id": machine.guid, **numbers}])


@routes.route("GET", "/client", ["type"])
def clients(request: Request, machine: Machine, account: Any) -> Response:
    wanted = _wanted(request, machine)
    found = [one for one in connected.clients(machine) if _kind(machine, one) in wanted]
    return answers.as_json([_client(machine, one) for one in found])


@routes.route("GET", "/client/<int:id>")
def client(request: Request, machine: Machine, account: Any, id: Any) -> Response:
    return answers.as_json(_client(machine, _found(machine, id)))


@routes.route("GET", "/client/<int:id>/connections")
def connections(request: Request, machine: Machine, account: Any, id: Any) -> Response:
    one = _found(machine, id)
    connection = {
        "appliance_id": machine.guid,
        "purpose": "primary",
        "receive_traffic_node": False,
        "connected_since": to_iso(one.since),
        "private_ip": one.private_ip,
    }
    events = [{"time": to_iso(one.since), "message": "Connected"}]
    return answers.as_json({"id": one.id, "connections": [connection], "events": events})


@routes.route("GET", "/user")
def users(request: Request, machine: Machine, account: Any) -> Response:
    return answers.as_json([_user(machine, one) for one in machine.logged_in()])


@routes.route("POST", "/user/<int:id>/logout", fields=())
def logout(request: Request, machine: Machine, account: Any, id: Any) -> Response:
    if not machine.log_out(id):
        return answers.message("User not found.", 404)
    return answers.Response(status=204)


@routes.route("GET", "/session/<lsid>")
def session(request: Request, machine: Machine, account: Any, lsid: str) -> Response:
    attributes = machine.people.attributes.get(_session(machine, lsid), {})
    return answers.as_json([{"code_name": key, "value": value} for key, value in attributes.items()])


@routes.route("PATCH", "/session/<lsid>")
def change_session(request: Request, machine: Machine, account: Any, lsid: str) -> Response:
    """{code_name: value}: 30 fields, 1024 characters; an empty text takes one away (our invention)."""
    given = body_of(request)
    if len(given) > ATTRIBUTES:
        raise invalid(attributes=f"At most {ATTRIBUTES} fields are allowed.")
    for key, value in given.items():
        if not isinstance(value, str) or len(value) > LENGTH:
            raise invalid(**{key: f"Must be a text of at most {LENGTH} characters."})
    machine.set_session_attributes(_session(machine, lsid), given)
    return answers.message("Session attributes have been set.", 200)


@routes.route("DELETE", "/session/<lsid>")
def end_session(request: Request, machine: Machine, account: Any, lsid: str) -> Response:
    machine.terminate_session(_session(machine, lsid))
    return answers.Response(status=204)


def _kind(machine: Machine, one: Any) -> str | None:
    return KINDS[machine.product].get(one.kind)


def _wanted(request: Request, machine: Machine) -> list[str]:
    known = list(PLURALS[machine.product])
    asked = request.args.get("type")
    if asked is None or asked == "all":
        return known
    if wrong := [kind for kind in asked.split(",") if kind not in known]:
        raise invalid(type=f"Unknown type {wrong[0]}.")
    return asked.split(",")


def _found(machine: Machine, number: int) -> Connected:
    for one in connected.clients(machine):
        if one.id == number:
            return one
    raise answers.Stop(answers.message("Client not found.", 404))


def _session(machine: Machine, lsid: str) -> str:
    if lsid not in machine.people.sessions(machine.now()):
        raise answers.Stop(answers.message("Session not found.", 404))
    return lsid


def _client(machine: Machine, one: Any) -> dict[str, Any]:
    facts = {
        "id": one.id,
        "type": _kind(machine, one),
        "hostname": one.hostname,
        "platform": one.platform,
        "timezone_offset": "0",  # a text here, a number in /appliance
    }
    if one.kind == "representative":
        lsids = one.person.sessions(machine.now())
        return {**facts, **_person(one.person), "session_count": len(lsids), "session_lsids": lsids}
    return {**facts, "lsid": one.lsid} if one.lsid else facts


def _person(one: Any) -> dict[str, Any]:
    return {
        "user_id": one.id,
        "user_type": one.type.lower(),
        "username": one.name.lower().replace(" ", "."),
        "display_name": one.name,
    }


def _user(machine: Machine, one: Any) -> dict[str, Any]:
    return {
        "id": one.id,
        "type": one.type.lower(),
        "display_name": one.name,
        "logged_in_since": to_iso(one.since),
        "session_count": len(one.sessions(machine.now())),
    }
