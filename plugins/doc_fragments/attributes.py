# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode, sends reads only then, and predicts the change.
  diff_mode:
    description: Returns what is and what will be, when in diff mode.
  idempotent:
    description: When run twice, the second run changes nothing.
"""
