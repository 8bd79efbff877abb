# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
notes:
  - Terms such as site, hop, catch-up and serving node are explained in C(docs/glossary.md) of the collection.
attributes:
  check_mode:
    description: Can run in check mode. It then sends only reads and returns the predicted change.
  diff_mode:
    description: Returns the state before and after the change in diff mode.
  idempotent:
    description: When run twice in a row, the second run changes nothing.
"""
