# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  name:
    description: What people call this node, for messages. Its address when not given.
    type: str
  peer:
    description:
      - The other node, with the same connection options as this one, and C(name). Every claim is proved from both nodes.
      - The filter P(bomgar.appliance.connection#filter) makes it of the inventory's variables.
    type: dict
    required: true
  wait_timeout:
    description: Seconds until it must be proved. Reaching it aborts nothing on the appliances.
    type: int
    default: 3600
  poll_interval:
    description: Seconds between two looks. JSON appliances answer health from a cache for a minute.
    type: int
    default: 15
  stable:
    description: How many good looks in a row prove it.
    type: int
    default: 2
"""
