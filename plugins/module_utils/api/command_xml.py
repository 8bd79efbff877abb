# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The Command API in XML: /api/command?action=... (interfaces 3 and 4), for all versions.

Elements are read by local name, because the namespace differs between versions and products.
"""

from __future__ import annotations

import re

from ..credentials import authorized, denied
from ..errors import AccessDenied, InvalidInput, NotUnderstood
from ..model.fields import Fields
from ..model.health import FAILOVER_ROLES, ApiInfo, Health, LoggedIn, read_member
from ..model.version import split_build
from . import xml_document as xml
from .refusals import Interface, judged

INTERFACE = Interface("Command API", "perm_command (read_only)", "10.1", 'the switch "Enable XML API"')
_WRITES = "perm_command (full_access)"
_PATH = "/api/command"


class CommandXml:
    """The same methods and values as CommandJson, as far as XML tells them."""

    generation = "xml"

    def __init__(self, transport, credentials):
        self._transport, self._credentials = transport, credentials

    def info(self):
        """ApiInfo by get_api_info; product is '' because XML does not tell it."""
        root = self._read("get_api_info", "api_information")
        fields = self._fields(root, "get_api_info")
        return ApiInfo(
            api_version=fields.text("api_version"),
            product="",
            clock=float(fields.integer("timestamp")),
            permissions=_permissions(xml.only(root, "permissions", "get_api_info", self._transport.host)),
            generation=self.generation,
            company=fields.text("company_name", ""),
        )

    def health(self):
        """Health by check_health (from 14.2); an unhealthy appliance is an answer too."""
        root = self._read("check_health", "health_check")
        fields = self._fields(root, "check_health")
        appliance = xml.only(root, "appliance", "check_health", self._transport.host)
        version, build = self._version(fields.text("version"))
        return Health(
            version=version,
            build=build,
            healthy=fields.flag("success"),
            message=fields.text("error_message", ""),
            hostname=(appliance.text or "").strip(),
            guid=self._fields(appliance, "check_health").guid("id"),
            cluster_role="",
            failover_role=fields.word("failover_role", FAILOVER_ROLES),
            shared_ips=tuple((ip.text or "").strip() for ip in xml.below(root, "enabled_shared_ips", "ip")),
            last_data_sync=xml.time_of(root, "last_data_sync_time", fields),
            last_data_sync_status=fields.text("last_data_sync_status", ""),
        )

    def members(self):
        """Members of the failover relation or cluster, this appliance included."""
        root = self._read("get_appliances", "appliances")
        return tuple(read_member(self._fields(one, "get_appliances")) for one in xml.children(root, "appliance"))

    def client_counts(self):
        """Connected clients by type, all appliances summed: {'representative': 4, 'pinned_client': 1187, ...}."""
        return self.connected()[0]

    def connected(self):
        """(client_counts(), ids of the appliances that they are connected to).

        One request however many clients there are; pinned_client (Jump Clients) can be asked for by 'all' only.
        """
        action = "get_connected_client_list"
        root = self._read(action, "connected_client_list", type="all", summary_only="1")
        counts, appliances = {}, []
        for summary in xml.below(root, "connected_client_summary", "appliance_summary"):
            appliances.append((summary.get("id") or "").lower())
            for one in xml.children(summary, "count"):
                told = {"type": one.get("type"), "count": one.text}
                fields = Fields(told, what=action, host=self._transport.host)
                counts[fields.text("type")] = counts.get(fields.text("type"), 0) + fields.integer("count")
        return counts, appliances

    def logged_in(self):
        """People at a console now; the vendor asks not to call this again and again on a busy site."""
        root = self._read("get_logged_in_reps", "logged_in_reps")
        return tuple(self._person(one) for one in xml.children(root, "rep"))

    def sessions(self):
        """None: the Command API in XML documents no ids of sessions (api/reporting.py has them)."""

    def terminate_session(self, lsid):
        """End one session (32 hexadecimal digits); needs full access. Sent once."""
        self._write("terminate_session", lsid=checked_lsid(lsid))

    def logout(self, user_id):
        """Log a person out by logout_rep; the parameter's name is inferred (interfaces 4.8). Sent once."""
        self._write("logout_rep", user_id=str(user_id))

    def set_failover_role(self, role, *, data_sync_first, force=False):
        """Set the role of this appliance; what it says. Sent once; with data_sync_first the change only begins."""
        flags = {"data_sync_first": int(data_sync_first), "force": int(force)}
        return xml.text_of(self._write("set_failover_role", role=role, **flags))

    def _person(self, element):
        fields = self._fields(element, "get_logged_in_reps")
        return LoggedIn(
            id=fields.text("id"),
            name=fields.text("public_display_name", "") or fields.text("display_name"),
            kind=fields.text("type").lower(),
            since=xml.time_of(element, "logged_in_since", fields),
            sessions=fields.integer("support_session_count") + fields.integer("presentation_count", 0),
        )

    def _version(self, text):
        try:
            return split_build(text)
        except InvalidInput as exc:
            raise NotUnderstood(f"check_health told the version {text!r}.", host=self._transport.host) from exc

    def _fields(self, element, action):
        return Fields(xml.values(element), what=action, host=self._transport.host)

    def _read(self, action, root, **parameters):
        answer = authorized(self._transport, self._credentials, "GET", _PATH, params={"action": action, **parameters})
        return self._document(judged(answer, INTERFACE, self._credentials), action, root)

    def _write(self, action, **parameters):
        answer = authorized(self._transport, self._credentials, "POST", _PATH, data={"action": action, **parameters})
        return self._document(judged(answer, INTERFACE, self._credentials, _WRITES), action, "success")

    def _document(self, answer, action, root):
        try:
            return xml.document(answer, action, root, INTERFACE)
        except AccessDenied as exc:
            raise denied(self._credentials, action, host=exc.host, evidence=exc.evidence) from exc


def checked_lsid(text):
    """A session's id, so that nothing else gets into an address."""
    if not re.fullmatch(r"[0-9a-fA-F]{32}", str(text)):
        raise InvalidInput(f"{text!r} is not the id of a session (32 hexadecimal digits).")
    return str(text)


def told_lsid(text, what, host):
    """A session's id as an answer gives it; NotUnderstood where it is none."""
    Fields({"lsid": text}, what=what, host=host).guid("lsid")
    return text.strip()


def _permissions(element):
    """{'perm_backup': True, 'perm_command': 'read_only', ...}"""
    words = {"1": True, "0": False}
    named = ((one.get("name"), (one.text or "").strip()) for one in xml.children(element, "permission"))
    return {name: words.get(text, text) for name, text in named if name}
