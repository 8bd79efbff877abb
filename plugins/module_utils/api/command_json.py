# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API v2 in JSON: /api/command/v2 (docs/vendor/command-api-json.md), on versions that have it (documented for 26.x)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..errors import NotUnderstood, Refused
from ..model.fields import Fields
from ..model.health import LoggedIn, read_member
from .command_xml import read_lsid, require_lsid
from .credentials import send_authorized
from .json_health import BASE, GENERATION, read_healthy, read_info, read_unhealthy, unhealthy_values
from .refusals import Interface, parse_json, require_data

if TYPE_CHECKING:
    from ..http.response import Response
    from ..http.transport import Transport
    from ..model.health import ApiInfo, Health, Member
    from .credentials import Credentials

INTERFACE = Interface("JSON Command API", "perm_command (read_only)", "26.1")
_WRITES = "perm_command (full_access)"
# XML type -> words in its name at /appliance/client-count. access_consoles, asset_clients and gateways
# are documented for PRA. The names for RS are not published, so the product's own words are accepted.
_KINDS = {
    "representative": ("access_console", "representative"),
    "support_customer": ("asset_client", "customer"),
    "presentation_attendee": ("attendee",),
    "push_agent": ("gateway", "push_agent", "jumpoint"),
    "pinned_client": ("pinned_client", "jump_client"),
}


class CommandJson:
    """Has the same methods and values as CommandXml."""

    generation = GENERATION

    def __init__(self, transport: Transport, credentials: Credentials, info_response: Response | None = None) -> None:
        """info_response: the response to /info that chose this generation; the first info() uses it."""
        self._transport, self._credentials, self._info_response = transport, credentials, info_response

    def info(self) -> ApiInfo:
        """ApiInfo from /info."""
        response = self._info_response or self._request("GET", "/info")
        self._info_response = None  # its clock is right only once
        return read_info(parse_json(require_data(response, INTERFACE, self._credentials), INTERFACE), self._transport.host)

    def health(self) -> Health:
        """Health from /health. The appliance may cache it for a minute: do not poll faster.

        A 500 with the fields of health and a message means unhealthy; the request itself succeeded.
        """
        response = self._request("GET", "/health")
        values = unhealthy_values(response)
        if values is None:
            require_data(response, INTERFACE, self._credentials)
            return read_healthy(Fields(parse_json(response, INTERFACE), what="/health", host=response.host))
        return read_unhealthy(Fields(values, what="/health", host=response.host))

    def members(self) -> tuple[Member, ...]:
        """Members of the failover relation or cluster, this appliance included."""
        return tuple(read_member(fields) for fields in self._rows("/appliance"))

    def client_counts(self) -> dict[str, int]:
        """Connected clients under the names of the XML types, for all appliances together, without Jump Clients."""
        return self.connected()[0]

    def connected(self) -> tuple[dict[str, int], list[str]]:
        """(client_counts(), ids of the appliances that clients are connected to), by one request."""
        counts: dict[str, int] = {}
        appliances: list[str] = []
        for row in self._list("/appliance/client-count"):
            fields = self._fields(row, "/appliance/client-count")
            appliances.append(str(row.get("id") or "").lower())
            for name in (name for name in row if name != "id"):
                kind = _kind(name)
                if kind not in _KINDS and (isinstance(row[name], bool) or not isinstance(row[name], int)):
                    continue  # a new field that is not a count
                counts[kind] = counts.get(kind, 0) + fields.integer(name)
        return counts, appliances

    def logged_in(self) -> tuple[LoggedIn, ...]:
        """People who are logged in to a console now."""
        return tuple(
            LoggedIn(
                id=fields.identity("id"),
                name=fields.text("display_name"),
                kind=fields.text("type").lower(),
                since=fields.time("logged_in_since", None),
                sessions=fields.integer("session_count"),
            )
            for fields in self._rows("/user")
        )

    def support_teams(self) -> tuple[tuple[str, str], ...] | None:
        """None: no path of the JSON Command API lists teams (docs/vendor/command-api-json.md#paths)."""

    def sessions(self) -> tuple[str, ...] | None:
        """Ids of the running sessions; None if the connected clients do not hold any.

        Documented for PRA: consoles have session_lsids, endpoints lsid. The types of RS are not published, so any row with
        one of these fields counts.
        """
        rows = self._list("/client")
        with_ids = [row for row in rows if "session_lsids" in row or "lsid" in row]
        if rows and not with_ids:
            return None
        found = dict.fromkeys(lsid for row in with_ids for lsid in _lsids(self._fields(row, "/client")))
        return tuple(read_lsid(lsid, f"GET {BASE}/client", self._transport.host) for lsid in found)

    def terminate_session(self, lsid: str) -> None:
        """End one session (32 hexadecimal digits); needs full access. Sent once."""
        self._write("DELETE", f"/session/{require_lsid(lsid)}")

    def logout(self, user_id: str) -> None:
        """Log a person out; needs full access. Sent once."""
        self._write("POST", f"/user/{quote(str(user_id), safe='')}/logout")

    def set_failover_role(self, role: str, *, data_sync_first: bool, force: bool = False) -> str:
        """Set the role of this appliance; return its message. Sent once. With data_sync_first the change only begins.

        A 500 with a message means that the change failed (docs/vendor/command-api-json.md#failover-role), not that the
        appliance is starting: Refused.
        """
        body = {"role": role, "data_sync_first": bool(data_sync_first), "force": bool(force)}
        response = self._request("POST", "/failover-role", json=body)
        message = _message(response)
        if response.status == 500 and message:
            raise Refused("The change of the failover role failed.", host=response.host, evidence=f"{message!r}.")
        require_data(response, INTERFACE, self._credentials, _WRITES)
        return message

    def _rows(self, path: str) -> list[Fields]:
        return [self._fields(row, path) for row in self._list(path)]

    def _list(self, path: str) -> list[dict[str, Any]]:
        rows = parse_json(self._read(path), INTERFACE)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NotUnderstood(f"GET {BASE}{path} did not return a list of objects.", host=self._transport.host)
        return rows

    def _fields(self, row: dict[str, Any], path: str) -> Fields:
        return Fields(row, what=f"GET {BASE}{path}", host=self._transport.host)

    def _read(self, path: str) -> Response:
        return require_data(self._request("GET", path), INTERFACE, self._credentials)

    def _write(self, method: str, path: str) -> None:
        require_data(self._request(method, path), INTERFACE, self._credentials, _WRITES)

    def _request(self, method: str, path: str, **body: Any) -> Response:
        self._info_response = None
        return send_authorized(self._transport, self._credentials, method, BASE + path, headers={"Accept": "application/json"}, **body)


def _lsids(fields: Fields) -> tuple[str, ...]:
    lsid = fields.text("lsid", "")
    return (*fields.texts("session_lsids"), *((lsid,) if lsid else ()))


def _message(response: Response) -> str:
    """The message of a response, '' without one."""
    try:
        values = response.json()
    except NotUnderstood:
        return ""
    return str(values.get("message") or "") if isinstance(values, dict) else ""


def _kind(name: str) -> str:
    """The XML type for the name of a count; a name without a known word is returned unchanged."""
    return next((kind for kind, words in _KINDS.items() if any(word in name for word in words)), name)
