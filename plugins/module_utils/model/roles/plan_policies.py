# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the variables of the role upgrade mean for a plan: for its run, and for a fleet that verifies whether a run is needed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ALIKE = ("base_while_related", "data_gap", "restore_roles", "sync_max_age", "acknowledged", "client_strategy", "online_floor")
_OF_OTHER_ROLES: Mapping[str, Any] = {"drain": False, "min_wait": None, "running_since": None, "estimates": {}, "first": True}
_INTERIM = {"min_seconds": 0, "max_seconds": 0, "acknowledge": False}


def plan_policies(options: Mapping[str, Any]) -> dict[str, Any]:
    """The option `policies` of the module upgrade_plan by the options of the role upgrade; what other roles decide has its default."""
    return {
        **_OF_OTHER_ROLES,
        **{name: options.get(name) for name in _ALIKE},
        "failover_relation_during_upgrade": options.get("failover_relation"),
        "interim": {**_INTERIM, **(options.get("interim") or {})},
        "jump_client_settings": bool(options.get("jump_client_settings")),
    }
