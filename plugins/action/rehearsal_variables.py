# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Returns the variables of the nodes of a site that decide about its upgrade, for a rehearsal.

A filter cannot: what `hostvars` returns does not evaluate a variable that names another host.
"""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ..module_utils.errors import InvalidInput
from ..module_utils.model.world.variables import left_out, variables_hash
from ..plugin_utils.deciding import deciding_variables


class ActionModule(ActionBase):
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        try:
            nodes = deciding_variables(self._task.args["nodes"], task_vars, self._templated)
        except (InvalidInput, AnsibleError) as exc:
            return dict(result, failed=True, error="InvalidInput", outcome="nothing_done", msg=str(exc))
        return dict(result, changed=False, nodes=nodes, checksum=variables_hash(nodes), left_out=left_out(nodes))

    def _templated(self, value: Any, variables: Any) -> Any:
        self._templar.available_variables = variables
        return self._templar.template(value)
