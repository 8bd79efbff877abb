# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..plugin_utils.host_facts import WAITING, facts_of, results_of

DOCUMENTATION = r"""
name: waits_until
author: The bomgar.appliance authors (!UNKNOWN)
version_added: 0.1.0
short_description: When to run again for the hosts that wait in this play
description:
  - Used by the roles that set the custom stats C(next_run_at) and C(waiting). The hosts of a play may wait for different reasons, and the
    host that sets the custom stats last names all of them.
options:
  _input:
    description: The variable C(hostvars).
    type: dict
    required: true
  hosts:
    description: Names of the hosts to look at.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
waiting: "{{ hostvars | bomgar.appliance.waits_until(ansible_play_hosts_all) }}"
"""

RETURN = r"""
_value:
  description: A moment in ISO 8601 for each host that waits until a known one.
  type: dict
"""


def waits_until(hostvars: Any, hosts: Iterable[str]) -> dict[str, str]:
    """{host: when to run again} of the hosts that wait until a known moment: that of the first result of a host that waits."""
    moments = {host: _moment(facts_of(hostvars, host)) for host in hosts}
    return {host: moment for host, moment in moments.items() if moment}


def _moment(facts: Mapping[str, Any]) -> str:
    results = results_of(facts, WAITING)
    failover = {"state": facts.get("failover_state"), "next_run_at": facts.get("_failover_next_run_at")}
    moments = [one.get("next_run_at") for one in [*results, failover] if one.get("state") == "waiting"]
    return next((str(moment) for moment in moments if moment), "")


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"waits_until": waits_until}
