# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: rehearsal_next
short_description: Return when the upgrade of a rehearsal runs again
version_added: 0.1.0
description:
  - Used by the role P(bomgar.appliance.rehearse#role) to move the clock of the simulator.
author: The bomgar.appliance authors (@bomgar-appliance)
options:
  _input:
    description: Until when each run so far waited, as ISO 8601, the last one last; an empty text for a run that did not wait.
    type: list
    elements: str
    required: true
  begins:
    description: When the rehearsal began, by the clock of its world.
    type: str
    required: true
  days:
    description: Virtual days after which a rehearsal is not continued.
    type: float
    required: true
"""

EXAMPLES = r"""
next: "{{ waits | bomgar.appliance.rehearsal_next(begins, 14) }}"
"""

RETURN = r"""
_value:
  description: The moment as ISO 8601; empty when the rehearsal is over.
  type: str
"""

from typing import Any

from ..module_utils.model.world.passing import next_moment


class FilterModule:
    def filters(self) -> dict[str, Any]:
        return {"rehearsal_next": next_moment}
