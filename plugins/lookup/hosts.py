# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: hosts
short_description: Return a host pattern that must match
version_added: 0.1.0
description:
  - Returns the pattern unchanged, for the keyword C(hosts) of a play. Fails if a part of the pattern matches no host of the inventory, or
    if C(--limit) leaves no host.
  - Without this lookup Ansible only warns, and a play without hosts succeeds.
author: The bomgar.appliance authors (!UNKNOWN)
options:
  _terms:
    description: A host pattern, or a list of them.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Run a play that fails if it has no host
  hosts: "{{ lookup('bomgar.appliance.hosts', target | default('appliances', true)) }}"
  gather_facts: false
  tasks:
    - name: Show the host
      ansible.builtin.debug:
        msg: "{{ inventory_hostname }}"
"""

RETURN = r"""
_raw:
  description: The pattern.
  type: list
  elements: str
"""

from collections.abc import Mapping
from typing import Any

from ansible import context
from ansible.errors import AnsibleError
from ansible.inventory.manager import InventoryManager, split_host_pattern
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.lookup import LookupBase

_ADVICE = "Set target to a host or a group of the inventory, or add the appliances to the group 'appliances'. Nothing was changed."


class LookupModule(LookupBase):
    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> Any:
        parts = [part for term in terms for part in split_host_pattern(term)]
        if not context.CLIARGS.get("syntax"):  # --syntax-check has no inventory
            _check(parts, variables["groups"], variables.get("ansible_limit") or "")
        return [",".join(parts)]


def _check(parts: list[str], groups: Mapping[str, Any], limit: Any) -> None:
    inventory = _inventory(groups)
    for part in parts:
        if not inventory.get_hosts(part.lstrip("!&")):
            raise AnsibleError(f"{part.lstrip('!&')!r} matches no host. {_ADVICE}")
    if not inventory.get_hosts(parts):
        raise AnsibleError(f"{','.join(parts)!r} matches no host. {_ADVICE}")
    if limit:
        inventory.subset(limit)
        if not inventory.get_hosts(parts):
            raise AnsibleError(f"--limit {limit} leaves no host of {','.join(parts)!r}. Nothing was changed.")


def _inventory(groups: Mapping[str, Any]) -> Any:
    """An inventory to match patterns against. groups: the variable of Ansible, {group: names of its hosts}."""
    inventory = InventoryManager(loader=DataLoader(), sources=None, parse=False)
    for group, hosts in groups.items():
        inventory.add_group(group)
        for host in hosts:
            inventory.add_host(host, group=group)
    return inventory
