# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API in XML: /api/command?action=... (docs/vendor/command-api.md), for all versions.

Elements are read by local name, because the namespace differs between versions and products.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import AccessDenied, InvalidInput, NotUnderstood, Refused
from ..model.fields import Fields
from ..model.health import FAILOVER_ROLES, ApiInfo, Health, LoggedIn, read_member
from ..model.version import split_build
from . import xml_document as xml
from .credentials import access_denied, send_authorized
from .refusals import Interface, require_data

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ..http.response import Response
    from ..http.transport import Transport
    from ..model.health import Member
    from .credentials import Credentials

INTERFACE = Interface("Command API", "perm_command (read_only)", "10.1", 'the switch "Enable XML API"')
_WRITES = "perm_command (full_access)"
_PATH = "/api/command"


class CommandXml:
    """Has the same methods and values as CommandJson, as far as XML contains them."""

    generation = "xml"

    def __init__(self, transport: Transport, credentials: Credentials) -> None:
        self._transport, self._credentials = transport, credentials

    def info(self) -> ApiInfo:
        """ApiInfo from get_api_info; product is '' because XML does not contain it."""
        root = self._read("get_api_info", "api_information")
        fields = self._fields(root, "get_api_info")
        return ApiInfo(
            api_version=fields.text("api_version"),
            product="",
            clock=fields.moment("timestamp"),
            permissions=_permissions(xml.require_child(root, "permissions", "get_api_info", self._transport.host)),
            generation=self.generation,
            company=fields.text("company_name", ""),
        )

    def health(self) -> Health:
        """Health from check_health (since 14.2), also of an unhealthy appliance."""
        root = self._read("check_health", "health_check")
        fields = self._fields(root, "check_health")
        appliance = xml.require_child(root, "appliance", "check_health", self._transport.host)
        version, build = self._version(fields.text("version"))
        return Health(
            version=version,
            build=build,
            healthy=fields.flag("success"),
            message=fields.text("error_message", ""),
            hostname=xml.own_text(appliance),
            guid=self._fields(appliance, "check_health").guid("id"),
            cluster_role="",
            failover_role=fields.word("failover_role", FAILOVER_ROLES),
            shared_ips=tuple(xml.own_text(ip) for ip in xml.grandchildren(root, "enabled_shared_ips", "ip")),
            last_data_sync=xml.read_time(root, "last_data_sync_time", fields),
            last_data_sync_status=fields.text("last_data_sync_status", ""),
        )

    def members(self) -> tuple[Member, ...]:
        """Members of the failover relation or cluster, this appliance included."""
        root = self._read("get_appliances", "appliances")
        return tuple(read_member(self._fields(one, "get_appliances")) for one in xml.children(root, "appliance"))

    def client_counts(self) -> dict[str, int]:
        """Connected clients by type, for all appliances together: {'representative': 4, 'pinned_client': 1187, ...}."""
        return self.connected()[0]

    def connected(self) -> tuple[dict[str, int], list[str]]:
        """(client_counts(), ids of the appliances that clients are connected to).

        One request however many clients there are. pinned_client (Jump Clients) is only in the list of type 'all'.
        """
        action = "get_connected_client_list"
        root = self._read(action, "connected_client_list", type="all", summary_only="1")
        counts: dict[str, int] = {}
        appliances: list[str] = []
        for summary in xml.grandchildren(root, "connected_client_summary", "appliance_summary"):
            appliances.append((summary.get("id") or "").lower())
            for one in xml.children(summary, "count"):
                count = {"type": one.get("type"), "count": xml.own_text(one)}
                fields = Fields(count, what=action, host=self._transport.host)
                counts[fields.text("type")] = counts.get(fields.text("type"), 0) + fields.integer("count")
        return counts, appliances

    def logged_in(self) -> tuple[LoggedIn, ...]:
        """People who are logged in to a console now. The vendor asks callers not to poll this on a busy site."""
        root = self._read("get_logged_in_reps", "logged_in_reps")
        return tuple(self._person(one) for one in xml.children(root, "rep"))

    def support_teams(self) -> tuple[tuple[str, str], ...] | None:
        """(id, name) of each support team. Remote Support only. The vendor asks callers not to poll this on a busy site."""
        root = self._read("get_support_teams", "support_teams")
        found = [self._fields(one, "get_support_teams") for one in xml.children(root, "support_team")]
        return tuple((fields.identity("id"), fields.text("name")) for fields in found)

    def sessions(self) -> tuple[str, ...] | None:
        """None: the XML Command API has no ids of sessions (api/reporting.py has them)."""

    def terminate_session(self, lsid: str) -> None:
        """End one session (32 hexadecimal digits); needs full access. Sent once."""
        self._write("terminate_session", lsid=require_lsid(lsid))

    def logout(self, user_id: str) -> None:
        """Log a person out by logout_rep; the parameter's name is inferred (docs/vendor/command-api.md#other-commands). Sent once."""
        self._write("logout_rep", user_id=str(user_id))

    def set_failover_role(self, role: str, *, data_sync_first: bool, force: bool = False) -> str:
        """Set the role of this appliance; return its message. Sent once. With data_sync_first the change only begins."""
        flags = {"data_sync_first": int(data_sync_first), "force": int(force)}
        return xml.text_of(self._write("set_failover_role", role=role, **flags))

    def _person(self, element: Element) -> LoggedIn:
        fields = self._fields(element, "get_logged_in_reps")
        return LoggedIn(
            id=fields.text("id"),
            name=fields.text("public_display_name", "") or fields.text("display_name"),
            kind=fields.text("type").lower(),
            since=xml.read_time(element, "logged_in_since", fields),
            sessions=fields.integer("support_session_count") + fields.integer("presentation_count", 0),
        )

    def _version(self, text: str) -> tuple[str, str]:
        try:
            return split_build(text)
        except InvalidInput as exc:
            raise NotUnderstood(f"check_health returned the version {text!r}, which is not a version.", host=self._transport.host) from exc

    def _fields(self, element: Element, action: str) -> Fields:
        return Fields(xml.values(element), what=action, host=self._transport.host)

    def _read(self, action: str, root: str, **parameters: Any) -> Element:
        response = send_authorized(self._transport, self._credentials, "GET", _PATH, params={"action": action, **parameters})
        return self._document(response, action, root, INTERFACE.permission)

    def _write(self, action: str, **parameters: Any) -> Element:
        response = send_authorized(self._transport, self._credentials, "POST", _PATH, data={"action": action, **parameters})
        return self._document(response, action, "success", _WRITES)

    def _document(self, response: Response, action: str, root: str, permission: str) -> Element:
        """The root element of a response.

        It is not known how old appliances refuse a wrong password. So any refusal may mean the password, except an unknown
        command, whose words are known.
        """
        try:
            document = xml.document(require_data(response, INTERFACE, self._credentials, permission), action, root, INTERFACE)
        except AccessDenied as exc:
            raise access_denied(self._credentials, action, host=exc.host, evidence=exc.evidence) from exc
        except (Refused, NotUnderstood) as exc:
            if not xml.is_unknown_command(exc):
                self._credentials.note_refusal(exc)
            raise
        self._credentials.accepted = True
        return document


def require_lsid(text: Any) -> str:
    """The id of a session, verified so that nothing else becomes part of an address."""
    if not re.fullmatch(r"[0-9a-fA-F]{32}", str(text)):
        raise InvalidInput(f"{text!r} is not a session id (32 hexadecimal digits).")
    return str(text)


def read_lsid(text: str, what: str, host: str) -> str:
    """The id of a session from a response; NotUnderstood if it is not one."""
    Fields({"lsid": text}, what=what, host=host).guid("lsid")
    return text.strip()


def _permissions(element: Element) -> dict[str, Any]:
    """{'perm_backup': True, 'perm_command': 'read_only', ...}"""
    words = {"1": True, "0": False}
    named = ((one.get("name"), xml.own_text(one)) for one in xml.children(element, "permission"))
    return {name: words.get(text, text) for name, text in named if name}
