# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Evaluates the variables of a role as its argument spec means them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleError

from ..module_utils.errors import InvalidInput
from ..module_utils.model.roles import decided
from ..module_utils.model.roles import options as role_options
from ..module_utils.policy.preflight.names import refuse_unknown_checks
from ..module_utils.policy.secret_words import refuse_unhideable
from .role_specs import DEFAULTS, ROLES, read_yaml

try:
    from ansible.template import trust_as_template
except ImportError:  # before ansible-core 2.19 every text may hold a template

    def trust_as_template(value: Any) -> Any:
        return value


class RoleValues:
    """templar: of Ansible. needed: whether options that the role requires must be given."""

    def __init__(self, templar: Any, *, needed: bool) -> None:
        self._templar, self._needed = templar, needed

    def options(self, role: str, entry_point: str, variables: Mapping[str, Any]) -> tuple[list[str], dict[str, Any]]:
        """(problems, {option without the role's prefix: converted value}) of a role; secrets are judged, and not returned."""
        spec = {name: option for options in ROLES[role].values() for name, option in options.items()}
        spec.update(ROLES[role][entry_point])
        needed = {name for name, option in ROLES[role][entry_point].items() if option.get("required")} if self._needed else set()
        resolved, problems = dict(variables), []
        for name, option in spec.items():
            try:
                resolved[name] = self._value(name, option, resolved, name in needed)
            except (InvalidInput, AnsibleError) as exc:
                problems.append(str(exc) if name in str(exc) else f"{name}: {exc}")
        problems += unhideable(spec, resolved)
        problems += self._unhideable_of_others(variables) if role == "upgrade" else []
        shown = {name: resolved[name] for name, option in spec.items() if resolved.get(name) is not None and not option.get("no_log")}
        return problems, {name[len(role) + 1 :] if name.startswith(f"{role}_") else name: value for name, value in shown.items()}

    def templated(self, value: Any, variables: Mapping[str, Any]) -> Any:
        """The value of a template with these variables."""
        self._templar.available_variables = variables
        return self._templar.template(value)

    def _value(self, name: str, option: Mapping[str, Any], variables: Mapping[str, Any], needed: bool) -> Any:
        value = self.templated(variables.get(name), variables)
        if role_options.is_empty(value):
            default = DEFAULTS.get(name, option.get("default"))
            value = self.templated(trust_as_template(default) if isinstance(default, str) else default, variables)
        if role_options.is_empty(value) and role_options.is_target(name) and self._needed:
            raise InvalidInput(f"{name}: {role_options.NO_TARGET}")
        if needed and role_options.is_empty(value):
            raise InvalidInput(f"{name} is needed, and nothing is given.")
        return value if role_options.is_empty(value) else converted(name, option, value)

    def _unhideable_of_others(self, variables: Mapping[str, Any]) -> list[str]:
        """A sentence for the first secret of a role that the upgrade includes later and that cannot be hidden."""
        options = {name: option for role in decided.ROLES for name, option in ROLES[role]["main"].items() if option.get("no_log")}
        given = {name: self.templated(variables[name], variables) for name in options if name in variables}
        return unhideable(options, {name: value for name, value in given.items() if not role_options.is_empty(value)})


def converted(name: str, option: Mapping[str, Any], value: Any) -> Any:
    """The value of a variable in the type of its option. Raises InvalidInput, also for a preflight check that there is not."""
    found = role_options.convert(name, option, value, read_yaml)
    try:
        refuse_unknown_checks(name, found)
    except InvalidInput as exc:
        raise InvalidInput(f"{name}: {exc}") from exc
    return found


def unhideable(spec: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """A sentence for the first secret of a role that cannot be hidden without hiding what its later tasks read."""
    try:
        refuse_unhideable(spec, values)
    except InvalidInput as exc:
        return [str(exc)]
    return []
