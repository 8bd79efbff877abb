# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the objects of /info and /health of the Command API in JSON (docs/vendor/command-api-json.md#paths)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import NotUnderstood
from ..model.fields import Fields
from ..model.health import CLUSTER_ROLES, FAILOVER_ROLES, ApiInfo, Health

if TYPE_CHECKING:
    from ..http.response import Response

GENERATION = "json"
BASE = "/api/command/v2"


def read_info(values: Any, host: str = "") -> ApiInfo:
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
        generation=GENERATION,
    )


def unhealthy_values(response: Response) -> dict[str, Any] | None:
    """The object of a 500 that reports health; None otherwise: any other 500 is an internal error."""
    if response.status != 500:
        return None
    try:
        values = response.json()
    except NotUnderstood:
        return None
    return values if isinstance(values, dict) and {"version", "appliance_id"} <= set(values) else None


def read_healthy(fields: Fields) -> Health:
    return Health(
        version=fields.text("version"),
        build=fields.text("build"),
        healthy=True,
        message="",
        hostname=fields.text("appliance_hostname"),
        guid=fields.guid("appliance_id"),
        cluster_role=fields.word("cluster_role", CLUSTER_ROLES),
        failover_role=fields.word("failover_role", FAILOVER_ROLES),
        **_sync_fields(fields),
    )


def read_unhealthy(fields: Fields) -> Health:
    """The Health of an unhealthy appliance. Some fields are null then (docs/vendor/command-api-json.md#paths) and become ''.

    A word that is present must still be a known one.
    """
    return Health(
        version=fields.text("version", ""),
        build=fields.text("build", ""),
        healthy=False,
        message=fields.text("message", "unhealthy, without a reason"),
        hostname=fields.text("appliance_hostname", ""),
        guid=fields.guid("appliance_id", ""),
        cluster_role=fields.word("cluster_role", CLUSTER_ROLES, ""),
        failover_role=fields.word("failover_role", FAILOVER_ROLES, ""),
        **_sync_fields(fields),
    )


def _sync_fields(fields: Fields) -> dict[str, Any]:
    """The fields that are absent, null or empty without shared addresses or on the backup."""
    return {
        "shared_ips": fields.texts("enabled_shared_ips"),
        "last_data_sync": fields.time("last_data_sync", None),
        "last_data_sync_status": fields.text("last_data_sync_status", ""),
    }
