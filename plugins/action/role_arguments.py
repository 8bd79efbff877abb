# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The first task of every role: reads its variables as its argument spec means them, or refuses them by name.

Ansible's own validation of role arguments judges a copy: the tasks go on with the text "no" where a truth value was accepted. Nor can a
converted value be put in the place of an extra variable. So the converted values are returned, and the tasks of the roles use those.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ..module_utils.errors import InvalidInput
from ..module_utils.model.roles import decided
from ..module_utils.model.roles import names as variable_names
from ..module_utils.model.roles import options as role_options
from ..module_utils.model.roles.contradictions import contradictions
from ..module_utils.model.roles.plan_policies import plan_policies
from ..module_utils.model.world.variables import variables_hash
from ..plugin_utils.deciding import deciding_variables
from ..plugin_utils.role_specs import CONNECTIONS, DEFAULTS, KNOWN, ROLES, read_yaml
from ..plugin_utils.role_values import RoleValues, converted

_COLLECTION = "bomgar.appliance."


class ActionModule(ActionBase):
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        given = self._task.args
        role = given.get("role") or self._task._role.get_name(include_role_fqcn=False)
        host = given.get("host")
        self._needed = given.get("require", True) and not host
        self._values = RoleValues(self._templar, needed=self._needed)
        variables = dict(task_vars["hostvars"].raw_get(host), hostvars=task_vars["hostvars"]) if host else task_vars
        variables = self._with_files_of_its_node(role, variables, task_vars)
        problems, options = self._values.options(role, given.get("entry_point", "main"), variables)
        if _is_first(role, task_vars):
            problems = self._mistakes(role, task_vars) + problems + self._others(role, task_vars)
        if role == "upgrade" and not host:
            problems += self._strangers(options, task_vars)
        if role == "upgrade" and self._needed:
            problems += contradictions(options, task_vars)
            options.update(self._decisions(task_vars), checksum=self._checksum(options, task_vars), policies=plan_policies(options))
        if problems:
            return dict(
                result,
                failed=True,
                error="InvalidInput",
                outcome="nothing_done",
                problems=problems,
                msg=f"{task_vars['inventory_hostname']}: nothing was begun. {' '.join(problems)}",
            )
        return dict(result, changed=False, **options)

    def _with_files_of_its_node(self, role: str, variables: Mapping[str, Any], task_vars: Mapping[str, Any]) -> Any:
        """The variables, but those that name files (`*_file`, `*_files`) as the node has them that ROLE_node names."""
        node = self._templated(variables[f"{role}_node"], variables) if f"{role}_node" in variables else None
        if role_options.is_empty(node) or node == task_vars["inventory_hostname"]:
            return variables
        if node not in task_vars["groups"]["all"]:
            raise AnsibleError(f"{role}_node is {node!r}, and no host of the inventory is called that.")
        theirs = task_vars["hostvars"].raw_get(node)
        files = [name for name in ROLES[role]["main"] if name.endswith(("_file", "_files"))]
        return dict(variables, **{name: theirs.get(name) for name in files})

    def _decisions(self, task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """{decisions, decision_defaults}: what the variables of all roles say about safety, and their defaults, by name."""
        found, defaults = {}, {}
        for role in decided.ROLES:
            for name, option in ROLES[role]["main"].items():
                default = DEFAULTS.get(name, option.get("default"))
                follows = isinstance(default, str) and "{{" in default  # another variable, which is recorded itself
                if decided.is_decision(name, option) and not follows:
                    defaults[name] = default
                    found[name] = self._decided(name, option, task_vars, defaults[name])
        return {"decisions": found, "decision_defaults": defaults}

    def _checksum(self, options: Mapping[str, Any], task_vars: Mapping[str, Any]) -> str:
        """Of the variables that decide, where the site was rehearsed; '' where it was not, or where they cannot be read."""
        if not os.path.lexists(os.path.join(options.get("state_dir") or "", "rehearsal", "rehearsal.json")):
            return ""
        nodes = task_vars["groups"].get(options.get("site") or "") if options.get("mode") != "standalone" else None
        try:
            return variables_hash(deciding_variables(nodes or [task_vars["inventory_hostname"]], task_vars, self._templated))
        except (InvalidInput, AnsibleError):
            return ""

    def _decided(self, name: str, option: Mapping[str, Any], task_vars: Mapping[str, Any], default: Any) -> Any:
        """The value that was given, or the default where none was; a value that cannot be read is the problem of its role."""
        given = task_vars.get(name)
        if given is None or given == DEFAULTS.get(name):
            return default
        try:
            value = self._templated(given, task_vars)
            return default if role_options.is_empty(value) else role_options.convert(name, option, value, read_yaml)
        except (InvalidInput, AnsibleError):
            return default

    def _templated(self, value: Any, variables: Mapping[str, Any]) -> Any:
        return self._values.templated(value, variables)

    def _mistakes(self, role: str, task_vars: Mapping[str, Any]) -> Any:
        """A sentence for each variable of this host, or of another node of its site, that nobody knows."""
        names = {name for variables in _site(task_vars) for name in variables}
        of_role = [name for options in ROLES[role].values() for name in options]
        return [variable_names.sentence(*one) for one in variable_names.mistakes(names, KNOWN, of_role)]

    def _strangers(self, options: dict[str, Any], task_vars: Mapping[str, Any]) -> Any:
        """A sentence for each site and host that the values name and the inventory does not know."""
        groups, problems = task_vars.get("groups", {}), []
        if options.get("site") and options["site"] not in groups:
            problems.append(f"upgrade_site is {options['site']!r}, and no group of the inventory is called that.")
        for name in ("base_versions", "installed"):
            by_host = options.get(name)
            strange = sorted(set(by_host) - set(groups.get("all", ()))) if isinstance(by_host, dict) else []
            problems += [f"upgrade_{name} names {host!r}, and no host of the inventory is called that." for host in strange]
        return problems

    def _others(self, role: str, task_vars: Mapping[str, Any]) -> Any:
        """What is wrong with plain values for connections and for other roles, which may be run later; templates are left to them."""
        options = {
            **CONNECTIONS,
            **{
                name: option
                for other in ROLES
                if other != role
                for points in ROLES[other].values()
                for name, option in points.items()
                if name not in ROLES[role]["main"]
            },
        }
        problems = []
        for variables in _site(task_vars):
            for name in (name for name in options if not _left_alone(variables.get(name))):
                try:
                    converted(name, options[name], variables[name])
                except InvalidInput as exc:
                    problems.append(str(exc))
        return list(dict.fromkeys(problems))


def _site(task_vars: Mapping[str, Any]) -> Any:
    """The variables, not evaluated, of this host and of the other nodes of its site."""
    others = task_vars.get("groups", {}).get(str(task_vars.get("upgrade_site") or ""), ())
    return [task_vars, *(task_vars["hostvars"].raw_get(node) for node in others if node != task_vars["inventory_hostname"])]


def _left_alone(value: Any) -> Any:
    return role_options.is_empty(value) or "{{" in str(value) or "{%" in str(value)


def _is_first(role: str, task_vars: Mapping[str, Any]) -> Any:
    """Whether this is the first check of the names: no other role of this collection includes this one, and it ran for none before.

    Later, in the middle of an upgrade, a name that a hook of the owner registered is no reason to stop.
    """
    inside = any(name.startswith(_COLLECTION) for name in task_vars.get("ansible_parent_role_names") or ())
    return not inside and f"_{role}_args" not in task_vars
