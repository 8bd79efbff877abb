# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API v2 in JSON: /api/command/v2 (interfaces 5), on versions that have it (documented for 26.x)."""

from __future__ import annotations

from urllib.parse import quote

from ..credentials import authorized
from ..errors import NotUnderstood, Refused
from ..model.fields import Fields
from ..model.health import CLUSTER_ROLES, FAILOVER_ROLES, ApiInfo, Health, LoggedIn, read_member
from .command_xml import checked_lsid, told_lsid
from .refusals import Interface, judged, parsed

INTERFACE = Interface("JSON Command API", "perm_command (read_only)", "26.1")
BASE = "/api/command/v2"
_WRITES = "perm_command (full_access)"
# The XML types and the words by which /appliance/client-count may call them: access_consoles, asset_clients and gateways
# are documented for PRA; the names for RS are published nowhere, so the product's own words are recognised.
_KINDS = {
    "representative": ("access_console", "representative"),
    "support_customer": ("asset_client", "customer"),
    "presentation_attendee": ("attendee",),
    "push_agent": ("gateway", "push_agent", "jumpoint"),
    "pinned_client": ("pinned_client", "jump_client"),
}


class CommandJson:
    """The same methods and values as CommandXml."""

    generation = "json"

    def __init__(self, transport, credentials, told=None):
        """told: the answer to /info by which this generation was chosen; it serves an info() that comes first."""
        self._transport, self._credentials, self._told = transport, credentials, told

    def info(self):
        """ApiInfo by /info."""
        answer = self._told or self._ask("GET", "/info")
        self._told = None  # its clock is right only now
        return read_info(parsed(judged(answer, INTERFACE, self._credentials), INTERFACE), self._transport.host)

    def health(self):
        """Health by /health, which the appliance may answer from a cache for a minute: poll it no faster.

        500 with the fields of health and a message means unhealthy; it is no failure of the request.
        """
        answer = self._ask("GET", "/health")
        values = _unhealthy(answer)
        if values is None:
            judged(answer, INTERFACE, self._credentials)
            return _health(Fields(parsed(answer, INTERFACE), what="/health", host=answer.host))
        return _sick(Fields(values, what="/health", host=answer.host))

    def members(self):
        """Members of the failover relation or cluster, this appliance included."""
        return tuple(read_member(fields) for fields in self._rows("/appliance"))

    def client_counts(self):
        """Connected clients under the names of the XML types, all appliances summed; no Jump Clients among them."""
        return self.connected()[0]

    def connected(self):
        """(client_counts(), ids of the appliances that they are connected to), by one request."""
        counts, appliances = {}, []
        for row in self._list("/appliance/client-count"):
            fields = self._fields(row, "/appliance/client-count")
            appliances.append(str(row.get("id") or "").lower())
            for name in (name for name in row if name != "id"):
                kind = _kind(name)
                if kind not in _KINDS and (isinstance(row[name], bool) or not isinstance(row[name], int)):
                    continue  # a new field that is no count
                counts[kind] = counts.get(kind, 0) + fields.integer(name)
        return counts, appliances

    def logged_in(self):
        """People at a console now."""
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

    def sessions(self):
        """Ids of the sessions that run; None where the connected clients do not tell any.

        Documented for PRA: consoles have session_lsids, endpoints lsid. The types of RS are published nowhere, so whatever has
        one of these fields counts.
        """
        rows = self._list("/client")
        told = [row for row in rows if "session_lsids" in row or "lsid" in row]
        if rows and not told:
            return None
        found = dict.fromkeys(lsid for row in told for lsid in _lsids(self._fields(row, "/client")))
        return tuple(told_lsid(lsid, f"GET {BASE}/client", self._transport.host) for lsid in found)

    def terminate_session(self, lsid):
        """End one session (32 hexadecimal digits); needs full access. Sent once."""
        self._write("DELETE", f"/session/{checked_lsid(lsid)}")

    def logout(self, user_id):
        """Log a person out; needs full access. Sent once."""
        self._write("POST", f"/user/{quote(str(user_id), safe='')}/logout")

    def set_failover_role(self, role, *, data_sync_first, force=False):
        """Set the role of this appliance; what it says. Sent once; with data_sync_first the change only begins.

        500 means that it failed unexpectedly, with a message (interfaces 5.4): a refusal, not an appliance that is starting.
        """
        body = {"role": role, "data_sync_first": bool(data_sync_first), "force": bool(force)}
        answer = self._ask("POST", "/failover-role", json=body)
        message = _message(answer)
        if answer.status == 500 and message:
            raise Refused("The change of the failover role failed.", host=answer.host, evidence=f"{message!r}.")
        judged(answer, INTERFACE, self._credentials, _WRITES)
        return message

    def _rows(self, path):
        return [self._fields(row, path) for row in self._list(path)]

    def _list(self, path):
        rows = parsed(self._read(path), INTERFACE)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NotUnderstood(f"GET {BASE}{path} did not bring a list of objects.", host=self._transport.host)
        return rows

    def _fields(self, row, path):
        return Fields(row, what=f"GET {BASE}{path}", host=self._transport.host)

    def _read(self, path):
        return judged(self._ask("GET", path), INTERFACE, self._credentials)

    def _write(self, method, path):
        judged(self._ask(method, path), INTERFACE, self._credentials, _WRITES)

    def _ask(self, method, path, **body):
        self._told = None
        return authorized(
            self._transport, self._credentials, method, BASE + path, headers={"Accept": "application/json"}, **body
        )


def _lsids(fields):
    lsid = fields.text("lsid", "")
    return (*fields.texts("session_lsids"), *((lsid,) if lsid else ()))


def _message(answer):
    """The message of an answer, '' where it has none."""
    try:
        values = answer.json()
    except NotUnderstood:
        return ""
    return str(values.get("message") or "") if isinstance(values, dict) else ""


def _kind(name):
    """The XML type for a name of a count; a name without a known word stays as it is."""
    return next((kind for kind, words in _KINDS.items() if any(word in name for word in words)), name)


def read_info(values, host=""):
    """ApiInfo from the object of /info."""
    fields = Fields(values, what=f"GET {BASE}/info", host=host)
    permissions = values.get("permissions")
    if not isinstance(permissions, dict):
        raise NotUnderstood(f"The answer to GET {BASE}/info lacks the field 'permissions'.", host=host)
    return ApiInfo(
        api_version=fields.text("command_api_version"),
        product=fields.word("product", ("rs", "pra")),
        clock=fields.time("current_time"),
        permissions=dict(permissions),
        generation=CommandJson.generation,
    )


def _unhealthy(answer):
    """The object of a 500 that tells health, else None: any other 500 is an internal error."""
    if answer.status != 500:
        return None
    try:
        values = answer.json()
    except NotUnderstood:
        return None
    return values if isinstance(values, dict) and {"version", "appliance_id"} <= set(values) else None


def _health(fields):
    return Health(
        version=fields.text("version"),
        build=fields.text("build"),
        healthy=True,
        message="",
        hostname=fields.text("appliance_hostname"),
        guid=fields.guid("appliance_id"),
        cluster_role=fields.word("cluster_role", CLUSTER_ROLES),
        failover_role=fields.word("failover_role", FAILOVER_ROLES),
        **_sync(fields),
    )


def _sick(fields):
    """Some fields are null then (interfaces 5.2): not told is '', a word that is told must still be a known one."""
    return Health(
        version=fields.text("version", ""),
        build=fields.text("build", ""),
        healthy=False,
        message=fields.text("message", "unhealthy, without a reason"),
        hostname=fields.text("appliance_hostname", ""),
        guid=fields.guid("appliance_id", ""),
        cluster_role=fields.word("cluster_role", CLUSTER_ROLES, ""),
        failover_role=fields.word("failover_role", FAILOVER_ROLES, ""),
        **_sync(fields),
    )


def _sync(fields):
    """Fields that are absent, null or empty without shared addresses or off the primary."""
    return {
        "shared_ips": fields.texts("enabled_shared_ips"),
        "last_data_sync": fields.time("last_data_sync", None),
        "last_data_sync_status": fields.text("last_data_sync_status", ""),
    }
