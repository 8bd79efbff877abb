# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API v2 in JSON (interfaces 5). Names that only RS has are UNKNOWN there: ours are marked below."""

import yaml

from ..clock import to_iso
from ..generations import Generation
from . import answers, auth, connected
from .permissions import reported
from .routes import Routes, body_of, describe, invalid

BASE = "/api/command/v2"
routes = Routes(BASE)

# type of interfaces 5.3 for PRA; for RS our invention
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


def handle(request, machine):
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
def spec(request, machine, account):
    text = yaml.safe_dump(describe(routes, "Command API of the simulator", "2.0.0"), sort_keys=False)
    return answers.streamed(text, "application/yaml")


@routes.route("GET", "/info")
def info(request, machine, account):
    generation = Generation(machine)
    return answers.as_json({
        "permissions": reported(account, machine.product),
        "current_time": to_iso(machine.now()),
        "command_api_version": "2.0.0",
        "config_api_version": generation.configuration_version,
        "reporting_api_version": "2.0.0",
        "backup_api_version": "1.0.0",
        "product": machine.product,
    })


@routes.route("GET", "/health")
def health(request, machine, account):
    """Asked more than once a minute it answers from a cache; a restart empties that (our invention)."""
    held = machine.health_cache
    if held is None or machine.now() >= held[0] or held[1] != machine.boots or machine.now() < held[3]:
        until = machine.now() + machine.features["health_cache_seconds"]
        held = machine.health_cache = (until, machine.boots, _health(machine), machine.now())
    return answers.as_json(held[2], 500 if "message" in held[2] else 200)


def _health(machine):
    problem = machine.health_problem
    facts = {
        "version": machine.version,
        "build": machine.build,
        "appliance_hostname": machine.hostname,
        "appliance_id": machine.guid,
        "cluster_role": "single",
        "failover_role": "none",
        "enabled_shared_ips": None,
        "last_data_sync": None,
        "last_data_sync_status": None,
    }
    return {**facts, "message": problem} if problem else facts


@routes.route("GET", "/appliance")
def appliances(request, machine, account):
    return answers.as_json([{
        "id": machine.guid,
        "name": machine.name,
        "public_hostname": machine.hostname,
        "cluster_role": "single",
        "failover_role": "none",
        "accepting_connections": True,
        "timezone_offset": machine.timezone_offset,
    }])


@routes.route("GET", "/appliance/client-count", ["type"])
def client_count(request, machine, account):
    """No Jump Clients in it (interfaces 5.3)."""
    plurals, wanted = PLURALS[machine.product], _wanted(request, machine)
    kinds = [_kind(machine, one) for one in connected.clients(machine)]
    numbers = {plural: kinds.count(kind) for kind, plural in plurals.items() if kind in wanted}
    return answers.as_json([{"id": machine.guid, **numbers}])


@routes.route("GET", "/client", ["type"])
def clients(request, machine, account):
    wanted = _wanted(request, machine)
    found = [one for one in connected.clients(machine) if _kind(machine, one) in wanted]
    return answers.as_json([_client(machine, one) for one in found])


@routes.route("GET", "/client/<int:id>")
def client(request, machine, account, id):
    return answers.as_json(_client(machine, _found(machine, id)))


@routes.route("GET", "/client/<int:id>/connections")
def connections(request, machine, account, id):
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
def users(request, machine, account):
    return answers.as_json([_user(one) for one in machine.people.logged_in(machine.now())])


@routes.route("POST", "/user/<int:id>/logout", fields=())
def logout(request, machine, account, id):
    if not machine.log_out(id):
        return answers.message("User not found.", 404)
    return answers.Response(status=204)


@routes.route("GET", "/session/<lsid>")
def session(request, machine, account, lsid):
    attributes = machine.people.attributes.get(_session(machine, lsid), {})
    return answers.as_json([{"code_name": key, "value": value} for key, value in attributes.items()])


@routes.route("PATCH", "/session/<lsid>")
def change_session(request, machine, account, lsid):
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
def end_session(request, machine, account, lsid):
    machine.terminate_session(_session(machine, lsid))
    return answers.Response(status=204)


@routes.route("POST", "/failover-role", fields=("role", "data_sync_first", "force"))
def failover_role(request, machine, account):
    """A machine alone cannot change its role; the wording is our invention."""
    if body_of(request).get("role") not in ("primary", "backup"):
        raise invalid(role="Must be primary or backup.")
    raise invalid(role="This appliance is not in a failover relationship.")


def _kind(machine, one):
    return KINDS[machine.product].get(one.kind)


def _wanted(request, machine):
    known = list(PLURALS[machine.product])
    asked = request.args.get("type")
    if asked is None or asked == "all":
        return known
    if wrong := [kind for kind in asked.split(",") if kind not in known]:
        raise invalid(type=f"Unknown type {wrong[0]}.")
    return asked.split(",")


def _found(machine, number):
    for one in connected.clients(machine):
        if one.id == number:
            return one
    raise answers.Stop(answers.message("Client not found.", 404))


def _session(machine, lsid):
    if lsid not in machine.people.sessions(machine.now()):
        raise answers.Stop(answers.message("Session not found.", 404))
    return lsid


def _client(machine, one):
    facts = {
        "id": one.id,
        "type": _kind(machine, one),
        "hostname": one.hostname,
        "platform": one.platform,
        "timezone_offset": "0",  # a text here, a number in /appliance
    }
    if one.kind == "representative":
        lsids = list(one.person.sessions)
        return {**facts, **_person(one.person), "session_count": len(lsids), "session_lsids": lsids}
    return {**facts, "lsid": one.lsid} if one.lsid else facts


def _person(one):
    return {
        "user_id": one.id,
        "user_type": one.type.lower(),
        "username": one.name.lower().replace(" ", "."),
        "display_name": one.name,
    }


def _user(one):
    return {
        "id": one.id,
        "type": one.type.lower(),
        "display_name": one.name,
        "logged_in_since": to_iso(one.since),
        "session_count": len(one.sessions),
    }
