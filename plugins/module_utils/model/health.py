# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The state of an appliance by its Command API, as frozen values that are the same for XML and JSON.

The readers take Fields with the names of the JSON API (docs/vendor/command-api-json.md#objects); command_xml renames its elements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .fields import Fields
from .moments import iso

FAILOVER_ROLES = ("none", "primary", "backup")
CLUSTER_ROLES = ("single", "primary", "traffic")
_XML_CLUSTER_ROLES = {"master": "primary"}


class _Value:
    def as_dict(self) -> dict[str, Any]:
        """Return lists and dicts, for JSON."""
        values: dict[str, Any] = asdict(self)  # type: ignore[call-overload]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


@dataclass(frozen=True)
class ApiInfo(_Value):
    """get_api_info and /info.

    api_version: of the Command API, not of the product; product: 'rs', 'pra' or '' (XML has no such field);
    clock: the appliance's time in seconds since 1970, UTC; permissions: name -> bool, perm_command -> one of
    'full_access', 'read_only', 'deny'; generation: 'json' or 'xml'; company: '' if missing (since 24.3).
    """

    api_version: str
    product: str
    clock: float
    permissions: dict[str, Any]
    generation: str
    company: str = ""


@dataclass(frozen=True)
class Health(_Value):
    """check_health and /health.

    version, build: '24.3.1' and the text in brackets in XML; message: why it is not healthy, else '';
    guid: 32 hexadecimal digits; cluster_role: '' in XML; failover_role: 'none', 'primary', 'backup';
    shared_ips: only if enabled; last_data_sync: seconds since 1970 or None (in JSON on the primary only).
    JSON may leave out any field of an unhealthy appliance: texts and roles are '' then.
    """

    version: str
    build: str
    healthy: bool
    message: str
    hostname: str
    guid: str
    cluster_role: str
    failover_role: str
    shared_ips: tuple[str, ...] = ()
    last_data_sync: float | None = None
    last_data_sync_status: str = ""


@dataclass(frozen=True)
class Member(_Value):
    """One appliance of the failover relation or cluster; timezone_offset in seconds from UTC."""

    guid: str
    name: str
    public_hostname: str
    cluster_role: str
    failover_role: str
    accepting: bool
    timezone_offset: int


@dataclass(frozen=True)
class LoggedIn(_Value):
    """A person at a console. kind: 'normal', 'invited' ...; since: seconds since 1970 or None."""

    id: str
    name: str
    kind: str
    since: float | None
    sessions: int


def read_member(fields: Fields) -> Member:
    """Return a Member; name and public host name may be absent.

    Their XML names are not documented (docs/vendor/command-api.md#get_appliances).
    """
    role = fields.word("cluster_role", (*CLUSTER_ROLES, *_XML_CLUSTER_ROLES))
    return Member(
        guid=fields.guid("id"),
        name=fields.text("name", ""),
        public_hostname=fields.text("public_hostname", ""),
        cluster_role=_XML_CLUSTER_ROLES.get(role, role),
        failover_role=fields.word("failover_role", FAILOVER_ROLES),
        accepting=fields.flag("accepting_connections"),
        timezone_offset=fields.integer("timezone_offset"),
    )


def observation(info: ApiInfo, health: Health, members: Sequence[Member], host: str) -> dict[str, Any]:
    """All values of the Command API as one dict (`appliance` of appliance_info). host: its name in messages."""
    own = [member for member in members if member.guid == health.guid]
    return dict(
        health.as_dict(),
        host=host,
        product=info.product,
        api=info.generation,
        api_version=info.api_version,
        permissions=info.permissions,
        clock=info.clock,
        clock_iso=iso(info.clock),
        members=[member.as_dict() for member in members],
        cluster_role=health.cluster_role or (own[0].cluster_role if own else ""),
    )
