# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DOCUMENTATION = r"""
name: waits_until
author: The bomgar.appliance authors (!UNKNOWN)
version_added: 0.1.0
short_description: When to run again for a host that waits in this play
description:
  - Used by the roles that set the custom stats C(next_run_at) and C(waiting). The hosts of a play may wait for different reasons, and the
    host that sets the custom stats last names all of them.
options:
  _input:
    description: All variables of a host.
    type: dict
    required: true
"""

EXAMPLES = r"""
next_run_at: "{{ ansible_play_hosts_all | map('extract', hostvars) | map('bomgar.appliance.waits_until') | select | min }}"
"""

RETURN = r"""
_value:
  description: A moment in ISO 8601, empty if the host does not wait or the moment is unknown.
  type: str
"""

# What the tasks of the roles register that can wait.
RESULTS = ("window_result", "drain_result", "install_result", "catch_up_result", "_upgrade_result")


def waits_until(host: Mapping[str, Any]) -> str:
    """When to run again for a host, given its variables: the moment of the first result that waits; '' if none does."""
    results = [host[name] for name in RESULTS if isinstance(host.get(name), Mapping)]
    failover = {"state": host.get("failover_state"), "next_run_at": host.get("_failover_next_run_at")}
    moments = [one.get("next_run_at") for one in [*results, failover] if one.get("state") == "waiting"]
    return next((str(moment) for moment in moments if moment), "")


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"waits_until": waits_until}
