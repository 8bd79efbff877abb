# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The action plugin of the module client_info."""

from __future__ import annotations

from ..modules.client_info import OPERATION
from ..plugin_utils.action_module import OperationAction


class ActionModule(OperationAction):
    operation = OPERATION
