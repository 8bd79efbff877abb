# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The one action plugin in front of every module (meta/runtime.yml routes them here).

The target is an HTTPS interface, so with a local connection the operation runs in this process: no archive is packed,
no Python started, and progress is shown while it waits. On another connection (a bastion), with become or with async,
the same operation is executed as an ordinary module.
"""

from __future__ import annotations

import importlib
import os
import pkgutil

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from .. import modules

# Loaded once in the parent process and inherited by every worker that it forks for a task.
MODULES = {
    found.name: importlib.import_module(f"{modules.__name__}.{found.name}") for found in pkgutil.iter_modules(modules.__path__)
}
importlib.import_module(f"{modules.__name__.rpartition('.')[0]}.module_utils.appliance")


class ActionModule(ActionBase):
    _supports_check_mode = True
    _supports_async = True
    _requires_connection = False

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        name = self._task.action.rpartition(".")[2]
        if self._task.async_val or self._connection.transport != "local" or self._connection.become:
            result.update(self._execute_module(
                module_name=self._task.action, task_vars=task_vars, wrap_async=self._task.async_val))
        else:
            result.update(self._in_process(MODULES[name].OPERATION, task_vars or {}))
        return result

    def _in_process(self, operation, task_vars):
        self._apply_environment()
        checked = ArgumentSpecValidator(operation.argument_spec(), **operation.rules).validate(dict(self._task.args))
        secrets = checked._no_log_values
        if checked.error_messages:
            result = {"failed": True, "msg": "; ".join(checked.error_messages)}
        else:
            say = _Speaker(task_vars.get("inventory_hostname", ""), secrets)
            result = operation.perform(
                checked.validated_parameters, check_mode=self._task.check_mode, say=say)
            result.setdefault("changed", False)
        result["invocation"] = {"module_args": _shown(operation.argument_spec(), checked.validated_parameters)}
        return remove_values(result, secrets)

    def _apply_environment(self):
        """The task's `environment`, which a packed module would get; this worker process ends with the task."""
        variables = {}
        self._compute_environment_string(variables)
        os.environ.update({key: str(value) for key, value in variables.items()})


class _Speaker:
    """Shows one line of progress for a host, without secrets."""

    def __init__(self, host, secrets):
        self._host, self._secrets = host, secrets

    def __call__(self, text):
        Display().display(f"[{self._host}] {remove_values(text, self._secrets)}")


def _shown(spec, params):
    hidden = {name for name, option in spec.items() if option.get("no_log")}
    return {
        name: "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER" if name in hidden and value is not None else value
        for name, value in params.items()
    }
