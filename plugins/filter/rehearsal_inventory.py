# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: rehearsal_inventory
short_description: Return the inventory of a rehearsal from the variables of a site
version_added: 0.1.0
description:
  - Used by the role P(bomgar.appliance.rehearse#role). The inventory holds the simulated nodes, with the variables of the real ones that
    decide how a site is upgraded.
  - No address, account, secret, path, person or hook of the site is in it.
author: The bomgar.appliance authors (@bomgar-appliance)
options:
  _input:
    description: The variables of each node, as M(bomgar.appliance.rehearsal_variables) returns them.
    type: list
    elements: dict
    required: true
  read:
    description: The result of M(bomgar.appliance.world_read).
    type: dict
    required: true
  ready:
    description: What the role P(bomgar.appliance.simulator#role) sets as C(simulator_ready).
    type: dict
    required: true
  folder:
    description: Folder of this rehearsal, for its state, its caches and its pages.
    type: path
    required: true
  hook:
    description: Tasks file that moves the public name of the simulated pair.
    type: path
    required: true
  speed:
    description: Virtual seconds per second.
    type: float
    default: 300
"""

EXAMPLES = r"""
inventory: "{{ variables.nodes | bomgar.appliance.rehearsal_inventory(read, simulator_ready, '/tmp/run', hook) }}"
"""

RETURN = r"""
_value:
  description: An inventory in the format of the plugin C(yaml).
  type: dict
"""

from typing import Any

from ..module_utils.model.world.inventory import inventory


def rehearsal_inventory(nodes: Any, read: Any, ready: Any, folder: Any, hook: Any, speed: float = 300) -> Any:
    return inventory(nodes, read, ready, folder=folder, hook=hook, speed=float(speed))


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"rehearsal_inventory": rehearsal_inventory}
