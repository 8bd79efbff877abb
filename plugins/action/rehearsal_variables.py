# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads the variables of the nodes of a site that decide about its upgrade, for a rehearsal and for the report of the real run.

A filter cannot: what `hostvars` returns does not evaluate a variable that names another host.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ..module_utils.errors import InvalidInput
from ..module_utils.model.roles import options as role_options
from ..module_utils.model.world.variables import ACCOUNTS, DECIDING, SECRETS, left_out, variables_hash
from ..plugin_utils.role_specs import ROLES

OPTIONS = {name: option for points in ROLES.values() for name, option in points["main"].items()}
GIVEN = "given"  # in place of a secret and of an account


class ActionModule(ActionBase):
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        nodes = []
        try:
            for name in self._task.args["nodes"]:
                nodes.append(self._of_node(name, task_vars))
        except (InvalidInput, AnsibleError) as exc:
            return dict(result, failed=True, error="InvalidInput", outcome="nothing_done", msg=str(exc))
        return dict(result, changed=False, nodes=nodes, checksum=variables_hash(nodes), left_out=left_out(nodes))

    def _of_node(self, name: str, task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the inventory and the extra variables; the mode may also be of the play, as in playbooks with its name."""
        variables = dict(task_vars["hostvars"].raw_get(name), hostvars=task_vars["hostvars"], groups=task_vars["groups"])
        found = {"inventory_hostname": name}
        for option in DECIDING:
            value = self._value(option, variables)
            if not role_options.is_empty(value):
                found[option] = value
        found.update({option: GIVEN for option in (*SECRETS, *ACCOUNTS) if not role_options.is_empty(self._templated(option, variables))})
        return dict(found, upgrade_mode=self._templated("upgrade_mode", task_vars) or "standalone")

    def _value(self, name: str, variables: Mapping[str, Any]) -> Any:
        value = self._templated(name, variables)
        return value if role_options.is_empty(value) else role_options.convert(name, OPTIONS[name], value, yaml.safe_load)

    def _templated(self, name: str, variables: Mapping[str, Any]) -> Any:
        if name not in variables:
            return None
        self._templar.available_variables = variables
        return self._templar.template(variables[name])
