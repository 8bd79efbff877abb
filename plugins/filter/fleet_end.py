# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DOCUMENTATION = r"""
name: fleet_end
author: The bomgar.appliance authors (!UNKNOWN)
version_added: 0.1.0
short_description: How the run of a site ended in this pass over the fleet
description:
  - Used by the role P(bomgar.appliance.fleet#role) after the role P(bomgar.appliance.upgrade#role) has run for a host.
options:
  _input:
    description: All variables of a host.
    type: dict
    required: true
  number:
    description: Number of the pass in this run of Ansible.
    type: int
    required: true
"""

EXAMPLES = r"""
ended: "{{ hostvars['support.example.com'] | bomgar.appliance.fleet_end(number=1) }}"
"""

RETURN = r"""
_value:
  description: C(state), and for a failure C(error) and C(msg). Empty if the host has had no run in this pass.
  type: dict
"""


def fleet_end(host: Mapping[str, Any], number: int) -> dict[str, str]:
    """{state, error, msg} of a host, given its variables; {} without a run in the pass of that number."""
    turn = host.get("_fleet_turn") or {}
    if turn.get("number") != number:
        return {}
    failure = turn.get("failure") or {}
    if not failure:
        return {"state": str(host.get("upgrade_state") or "")}
    # the last task of the role upgrade fails for what an earlier one has kept
    error, msg = host.get("_upgrade_error") or failure.get("error"), host.get("_upgrade_why") or failure.get("msg")
    return {"state": "failed", "error": str(error or ""), "msg": str(msg or "")}


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"fleet_end": fleet_end}
