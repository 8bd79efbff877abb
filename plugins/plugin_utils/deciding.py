# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The variables of a site that decide about its upgrade: for its rehearsal, and for the record of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..module_utils.model.roles import options as role_options
from ..module_utils.model.world.variables import ACCOUNTS, DECIDING, SECRETS
from .role_specs import ROLES, read_yaml

OPTIONS = {name: option for points in ROLES.values() for name, option in points["main"].items()}
GIVEN = "given"  # in place of a secret and of an account


def deciding_variables(
    nodes: Iterable[str], task_vars: Mapping[str, Any], template: Callable[[Any, Mapping[str, Any]], Any]
) -> list[dict[str, Any]]:
    """[{inventory_hostname, variables in their types}] of each node. template: (value, variables) -> value.

    Those of the inventory and the extra variables. The mode may also be of the play, as in playbooks that have it in their name.
    Raises InvalidInput and AnsibleError.
    """
    found = []
    for name in nodes:
        variables = dict(task_vars["hostvars"].raw_get(name), hostvars=task_vars["hostvars"], groups=task_vars["groups"])
        one: dict[str, Any] = {"inventory_hostname": name}
        for option in DECIDING:
            value = template(variables[option], variables) if option in variables else None
            if not role_options.is_empty(value):
                one[option] = role_options.convert(option, OPTIONS[option], value, read_yaml)
        hidden = (option for option in (*SECRETS, *ACCOUNTS) if option in variables)
        one.update({option: GIVEN for option in hidden if not role_options.is_empty(template(variables[option], variables))})
        mode = template(task_vars.get("upgrade_mode"), task_vars)
        found.append(dict(one, upgrade_mode="standalone" if role_options.is_empty(mode) else mode))
    return found
