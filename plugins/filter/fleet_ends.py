# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..plugin_utils.host_facts import facts_of
from .waits_until import waits_until

DOCUMENTATION = r"""
name: fleet_ends
author: The bomgar.appliance authors (!UNKNOWN)
version_added: 0.1.0
short_description: How the runs of sites ended in this pass over the fleet
description:
  - Used by the role P(bomgar.appliance.fleet#role) after the role P(bomgar.appliance.upgrade#role) has run for hosts.
options:
  _input:
    description: The variable C(hostvars).
    type: dict
    required: true
  hosts:
    description: Names of the first hosts of the sites.
    type: list
    elements: str
    required: true
  number:
    description: Number of the pass in this run of Ansible.
    type: int
    required: true
"""

EXAMPLES = r"""
ended: "{{ hostvars | bomgar.appliance.fleet_ends(['support.example.com'], number=1) }}"
"""

RETURN = r"""
_value:
  description: For each of the hosts that had a run in this pass C(state), C(until) if it waits, and for a failure C(error) and C(msg).
  type: dict
"""


def fleet_ends(hostvars: Any, hosts: Iterable[str], number: int) -> dict[str, dict[str, str]]:
    """{host: {state, until, error, msg}} of the hosts that had a run in the pass of that number."""
    ends = {host: _end(facts_of(hostvars, host), waits_until(hostvars, [host]).get(host, ""), number) for host in hosts}
    return {host: end for host, end in ends.items() if end}


def _end(facts: Mapping[str, Any], until: str, number: int) -> dict[str, str]:
    turn = facts.get("_fleet_turn") or {}
    if turn.get("number") != number:
        return {}
    failure = turn.get("failure") or {}
    if not failure:
        return {"state": str(facts.get("upgrade_state") or ""), "until": until}
    # the last task of the role upgrade fails for what an earlier one has kept
    error, msg = facts.get("_upgrade_error") or failure.get("error"), facts.get("_upgrade_why") or failure.get("msg")
    return {"state": "failed", "error": str(error or ""), "msg": str(msg or "")}


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"fleet_ends": fleet_ends}
