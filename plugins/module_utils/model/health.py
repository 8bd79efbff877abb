# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the Command API tells about an appliance, as frozen values that are the same for its XML and JSON generation.

The readers take Fields whose names are those of the JSON generation (interfaces 5.3); command_xml renames its elements.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

FAILOVER_ROLES = ("none", "primary", "backup")
CLUSTER_ROLES = ("single", "primary", "traffic")
_XML_CLUSTER_ROLES = {"master": "primary"}


class _Value:
    def as_dict(self):
        """Plain lists and dicts, fit for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class ApiInfo(_Value):
    """get_api_info and /info.

    api_version: of the Command API, not of the product; product: 'rs', 'pra' or '' (XML does not tell);
    clock: the appliance's time in seconds since 1970, UTC; permissions: name -> bool, perm_command -> one of
    'full_access', 'read_only', 'deny'; generation: 'json' or 'xml'; company: '' where not told (gone with 24.3).
    """

    api_version: str
    product: str
    clock: float
    permissions: dict
    generation: str
    company: str = ""


@dataclass(frozen=True)
class Health(_Value):
    """check_health and /health.

    version, build: '24.3.1' and what stands in brackets in XML; message: why it is not healthy, else '';
    guid: 32 hexadecimal digits; cluster_role: '' in XML; failover_role: 'none', 'primary', 'backup';
    shared_ips: only where enabled; last_data_sync: seconds since 1970 or None (JSON tells it on the primary only).
    Of an unhealthy appliance the JSON generation may leave out anything: then texts are '' and roles too.
    """

    version: str
    build: str
    healthy: bool
    message: str
    hostname: str
    guid: str
    cluster_role: str
    failover_role: str
    shared_ips: tuple = ()
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


def read_member(fields):
    """A Member; name and public host name may be absent, their XML names are not documented (interfaces 4.4)."""
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
