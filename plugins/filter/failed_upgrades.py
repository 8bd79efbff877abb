# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..plugin_utils.host_facts import FAILING, facts_of, results_of

DOCUMENTATION = r"""
name: failed_upgrades
author: The bomgar.appliance authors (!UNKNOWN)
version_added: 0.1.0
short_description: The hosts whose upgrades failed in this play
description:
  - Used by the role P(bomgar.appliance.upgrade#role) so that a site of a batch stops between two steps when another one failed.
  - A failed result of a task counts at once, before the role has rescued the failure.
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
failed: "{{ hostvars | bomgar.appliance.failed_upgrades(ansible_play_batch) }}"
"""

RETURN = r"""
_value:
  description: The names of those whose upgrade failed.
  type: list
  elements: str
"""


def failed_upgrades(hostvars: Any, hosts: Iterable[str]) -> list[str]:
    """The names of the hosts whose upgrade failed in this play."""
    return [host for host in hosts if _failed(facts_of(hostvars, host))]


def _failed(facts: Mapping[str, Any]) -> bool:
    if "upgrade_state" not in facts:
        return False
    results = results_of(facts, FAILING)
    return facts["upgrade_state"] == "failed" or any(one.get("failed") or one.get("passed") is False for one in results)


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"failed_upgrades": failed_upgrades}
