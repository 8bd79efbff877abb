# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The clients and people of the Command API in XML (docs/vendor/command-api.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import connected
from .xml import element, group, time_element

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from ..machine.appliance import Machine


class Failure(Exception):
    """A command answers with <error>: as the root, or inside the normal root of a list."""

    def __init__(self, text: str, inside: Any = None) -> None:
        super().__init__(text)
        self.inside = inside


def connected_client_list(request: Request, machine: Machine, account: Any) -> str:
    wanted = _types(request, "connected_client_list")
    counts = [element("count", n, type=kind) for kind, n in connected.counts(machine).items() if kind in wanted]
    summary = group("connected_client_summary", [group("appliance_summary", counts, id=machine.guid)])
    parts = [summary]
    if request.values.get("summary_only") != "1":
        clients = connected.clients(machine)
        parts += [element("connected_client", type=one.kind, id=one.id) for one in clients if one.kind in wanted]
    return group("connected_client_list", parts)


def connected_clients(request: Request, machine: Machine, account: Any) -> str:
    wanted = _types(request, "connected_clients")
    ids = [text for text in request.values.get("id", "").split(",") if text]
    if len(ids) > 100:
        raise Failure("Too many ids: at most 100 are allowed.", "connected_clients")
    chosen = [one for one in connected.clients(machine) if one.kind in wanted and (not ids or str(one.id) in ids)]
    history = request.values.get("include_connections") == "1"
    return group("connected_clients", [_client(machine, one, history) for one in chosen])


def _types(request: Request, root: Any) -> tuple[str, ...]:
    """Kinds asked for; pinned_client cannot be asked for, it comes with all."""
    asked = request.values.get("type", "all").split(",")
    if "all" in asked:
        return (*connected.KINDS, connected.PINNED)
    if unknown := [kind for kind in asked if kind not in connected.KINDS]:
        raise Failure(f"Invalid type: {unknown[0]}", root)
    return tuple(asked)


def _client(machine: Machine, one: Any, history: Any) -> str:
    parts = []
    if history:
        facts = {"appliance_id": machine.guid, "purpose": "primary", "private_ip": one.private_ip}
        connection = group("connection", [element(key, value) for key, value in facts.items()])
        parts.append(group("client_connections", [connection]))
    parts += [
        element("hostname", one.hostname),
        element("platform", one.platform, id=one.platform_id),
        element("timezone_offset", 0),
        time_element("connected_since", one.since),
    ]
    if one.person and one.kind == "representative":
        parts += _person(one.person, machine.now())
    return group(f"connected_{one.kind}", parts, id=one.id)


def _person(one: Any, now: float) -> list[str]:
    """What JSON tells of a representative: that XML does too, and these names, are INFERRED
    (docs/vendor/command-api.md#get_connected_clients)."""
    lsids = one.sessions(now)
    return [
        element("user_id", one.id),
        element("type", one.type),
        element("username", one.name.lower().replace(" ", ".")),
        element("public_display_name", one.name),
        element("private_display_name", one.name),
        element("support_session_count", len(lsids)),
        group("session_lsids", [element("lsid", lsid) for lsid in lsids]),
    ]


def logged_in_reps(request: Request, machine: Machine, account: Any) -> str:
    return group("logged_in_reps", [_representative(machine, one) for one in machine.logged_in()])


def _representative(machine: Machine, one: Any) -> str:
    parts = [
        element("display_name", one.name),
        element("public_display_name", one.name),
        element("private_display_name", one.name),
        element("type", one.type),
        element("direct_link", f'<a href="/?id={one.id}">{one.name}</a>'),
        time_element("logged_in_since", one.since),
        element("presentation_count", 0),
        element("support_session_count", len(one.sessions(machine.now()))),
        element("showing_on_rep_list", 1),
    ]
    return group("rep", parts, id=one.id)
