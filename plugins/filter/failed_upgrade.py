# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DOCUMENTATION = r"""
name: failed_upgrade
author: The bomgar.appliance authors (!UNKNOWN)
version_added: 0.1.0
short_description: The name of a host whose upgrade failed in this play
description:
  - Used by the role P(bomgar.appliance.upgrade#role) so that a site of a batch stops between two steps when another one failed.
  - A failed result of a task counts at once, before the role has rescued the failure.
options:
  _input:
    description: All variables of a host.
    type: dict
    required: true
"""

EXAMPLES = r"""
failed: "{{ ansible_play_batch | map('extract', hostvars) | map('bomgar.appliance.failed_upgrade') | select | list }}"
"""

RETURN = r"""
_value:
  description: The inventory name of the host, empty if its upgrade did not fail.
  type: str
"""

# What the tasks of the role, and of the roles that it includes, register.
RESULTS = (
    "_upgrade_run",
    "_upgrade_site",
    "_upgrade_plan",
    "_upgrade_back",
    "_upgrade_limited",
    "_upgrade_absence",
    "_upgrade_result",
    "_preflight_args",
    "preflight_results",
    "_backup_saved",
    "_backup_keys",
    "_drain_before",
    "drain_result",
    "install_result",
    "catch_up_result",
    "failover_result",
    "failover_public",
)


def failed_upgrade(host: Mapping[str, Any]) -> Any:
    """The inventory name of a host, given its variables, whose upgrade failed in this play; '' otherwise."""
    results = [host[name] for name in RESULTS if isinstance(host.get(name), dict)]
    failed = host.get("upgrade_state") == "failed" or any(one.get("failed") or one.get("passed") is False for one in results)
    return host["inventory_hostname"] if failed and "upgrade_state" in host else ""


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"failed_upgrade": failed_upgrade}
