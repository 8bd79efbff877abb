# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The action plugin of every module: plugins/action/ holds one file with the name of each, which names its operation.

The target is an HTTPS interface, so with a local connection the operation runs in this process: no archive is packed, no Python
started, and progress is shown during waits. On another connection (a bastion), with become or with async, the same operation runs
as an ordinary module.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from typing import Any

from ansible import constants as C
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase
from ansible.release import __version__ as ansible_core
from ansible.utils.display import Display
from ansible.utils.unsafe_proxy import wrap_var

from ..module_utils import appliance  # noqa: F401 pylint: disable=unused-import
from ..module_utils.errors import InvalidInput
from ..module_utils.mask.options import collect, masked_params
from ..module_utils.mask.secrets import SECRETS
from ..module_utils.model.plain_text import plain
from ..module_utils.model.roles.options import is_version, refuse_numbers
from ..module_utils.module import Operation
from ..module_utils.storage import who
from ..module_utils.web.html.markup import parse
from . import placement
from .interruption import explained
from .progress_channel import BEGUN, INSTRUCTION, PROGRESS, send

# Ansible loads this file in the process that it forks for each task: what is imported here, no task imports again.
# Beautiful Soup, which takes a tenth of a second, is imported with the first page; a task that misses it says so.
with contextlib.suppress(ImportError):
    parse("")

# Who runs the task, as only the controller knows it, and the variables with the values.
WHO = {"person": ("bomgar_person",), "awx_user": ("awx_user_name", "tower_user_name"), "awx_job": ("awx_job_id", "tower_job_id")}


class OperationAction(ActionBase):
    """operation: what the module of the task does."""

    operation: Operation

    _supports_check_mode = True
    _supports_async = True
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        name, args, operation = self._task.action.rpartition(".")[2], dict(self._task.args), self.operation
        self._task.environment = [*(self._task.environment or []), {who.VARIABLE: self._who(task_vars or {})}]
        send((task_vars or {}).get("inventory_hostname", ""), _node_name(args.get("url"), task_vars or {}), BEGUN, name)
        packed = self._task.async_val or self._connection.transport != "local" or self._connection.become
        with explained(name, args, SECRETS.hide):
            refused = self._misplaced(operation, task_vars or {}) or (_refused(operation, args) if packed else None)
            if packed and refused is None:
                result.update(self._packed(task_vars))
            else:
                result.update(refused or self._in_process(operation, args, task_vars or {}))
        self._show_instructions(result, args, task_vars or {})
        return result

    @staticmethod
    def _show_instructions(result: dict[str, Any], args: dict[str, Any], task_vars: dict[str, Any]) -> None:
        """Show what a person has to do where the run stops for it, even if no task prints the result."""
        lines = result.get("instructions")
        say = _Speaker(task_vars.get("inventory_hostname", ""), _node_name(args.get("url"), task_vars), INSTRUCTION)
        for line in lines if isinstance(lines, list) else ():
            say(line)

    def _packed(self, task_vars: dict[str, Any] | None) -> dict[str, Any]:
        local, become = self._connection.transport == "local", self._connection.become
        with placement.advised(local, become):
            done = self._execute_module(module_name=self._task.action, task_vars=task_vars, wrap_async=self._task.async_val)
        return placement.with_advice(done, become)

    def _misplaced(self, operation: Operation, task_vars: dict[str, Any]) -> dict[str, Any] | None:
        """The failed result of a task that must not start (a version that is a number, a login to the appliance), or None."""
        host = task_vars.get("inventory_hostname", "")
        try:
            for name in filter(is_version, operation.options):
                refuse_numbers(name, self._task.args.get(name))
        except InvalidInput as exc:
            return {"failed": True, "error": type(exc).__name__, "outcome": "nothing_done", "msg": f"{host}: {exc}"}
        if self._connection.transport == "local":
            return None
        addresses = [self._task.args.get("url") or self._templar.template(task_vars.get("bomgar_url"))]
        return placement.refusal(host, self._play_context.remote_addr, addresses)

    def _who(self, task_vars: dict[str, Any]) -> Any:
        """Who runs the task, as JSON for the module: on a bastion it is still the person at the controller."""
        known = {
            name: next((self._templar.template(task_vars[one]) for one in names if task_vars.get(one)), "") for name, names in WHO.items()
        }
        return wrap_var(json.dumps(who.this_process(ansible_core, **known)))

    def _in_process(self, operation: Operation, args: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        self._apply_environment()
        refused, checked = _validated(operation, args)
        if refused:
            return refused
        say = _Speaker(task_vars.get("inventory_hostname", ""), _node_name(args.get("url"), task_vars))
        result = operation.perform(checked.validated_parameters, check_mode=self._task.check_mode, say=say)
        result.setdefault("changed", False)
        return _with_invocation(operation, result, checked.validated_parameters)

    def _apply_environment(self) -> None:
        """Set the task's `environment`, as a packed module gets it. The worker process ends with the task."""
        variables: dict[str, Any] = {}
        self._compute_environment_string(variables)
        os.environ["ANSIBLE_HOME"] = C.ANSIBLE_HOME  # also if it is set in ansible.cfg
        os.environ.update({key: str(value) for key, value in variables.items()})


def _node_name(url: str | None, task_vars: dict[str, Any]) -> str:
    """The inventory name of the appliance of a task: one host of a pair acts on both nodes, with the variables of each."""
    host, hostvars = task_vars.get("inventory_hostname", ""), task_vars.get("hostvars") or {}
    site = hostvars[host].get("upgrade_site") if host in hostvars else ""
    nodes = task_vars.get("groups", {}).get(site or "", ()) if url else ()
    return next((node for node in nodes if hostvars[node].get("bomgar_url", node) == url), host)


class _Speaker:
    """Shows one line of progress for a node: by the callback of this collection, or on stderr, so that a program may read what another
    callback writes to stdout."""

    def __init__(self, host: str, node: str, kind: str = PROGRESS) -> None:
        self._host, self._node, self._kind = host, node, kind

    def __call__(self, text: str) -> None:
        if not send(self._host, self._node, self._kind, plain(text)):
            Display().display(f"[{self._node}] {plain(text)}", stderr=True)


def _validated(operation: Operation, args: dict[str, Any]) -> tuple[dict[str, Any] | None, Any]:
    """(failed result or None, result of ArgumentSpecValidator or None) for the arguments of a task.

    Types are checked first: Ansible quotes a value of a wrong type without hiding secrets in it.
    """
    spec = operation.argument_spec()
    SECRETS.clear()
    collect(SECRETS, spec, args)
    errors, checked = operation.wrong_shapes(args), None
    if not errors:
        checked = ArgumentSpecValidator(spec, **operation.rules).validate(args)
        errors = checked.error_messages
    return (_with_invocation(operation, {"failed": True, "msg": "; ".join(errors)}, args) if errors else None), checked


def _refused(operation: Operation, args: dict[str, Any]) -> dict[str, Any] | None:
    """The failed result for arguments that a packed module would show, or None. Missing ones may be set on the other side."""
    refused, checked = _validated(operation, args)
    missing = checked is not None and all(type(error).__name__.startswith("Required") for error in checked.errors)
    return None if missing else refused


def _with_invocation(operation: Operation, result: dict[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    return SECRETS.hide_in({**result, "invocation": {"module_args": masked_params(operation.argument_spec(), params)}})
