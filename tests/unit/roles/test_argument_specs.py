# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Defaults and argument specs of each role say the same."""

import re
from pathlib import Path

import pytest
import yaml

ROLES = sorted(path for path in (Path(__file__).parents[3] / "roles").iterdir() if path.is_dir())


def read(role):
    spec = yaml.safe_load((role / "meta/argument_specs.yml").read_text())["argument_specs"]["main"]["options"]
    return yaml.safe_load((role / "defaults/main.yml").read_text()), spec


def test_there_are_roles():
    assert {"preflight", "backup", "install", "catch_up", "verify", "upgrade", "simulator"} <= {r.name for r in ROLES}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_default_is_declared_with_the_same_value(role):
    defaults, spec = read(role)
    written = {name: value for name, value in defaults.items() if not is_typed_template(spec[name], value)}
    assert {name: spec[name].get("default") for name in written} == written
    assert [name for name in defaults if name not in written and "default" in spec[name]] == []


def is_typed_template(option, value):
    """A template cannot be declared as the default of an option that is no text: the documentation tools refuse it."""
    return isinstance(value, str) and "{{" in value and option.get("type", "str") not in ("str", "path")


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_option_is_required_defaulted_or_unset(role):
    """No value stands for "not set": such an option has no default, and its description says what happens then."""
    defaults, spec = read(role)
    unset = {name for name, option in spec.items() if not option.get("required")} - set(defaults)
    assert [name for name in unset if "not set" not in str(spec[name]["description"])] == []
    assert set(defaults) <= set(spec)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_variable_carries_the_name_of_the_role(role):
    _defaults, spec = read(role)
    assert [name for name in spec if not name.startswith(f"{role.name}_")] == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_secrets_are_not_logged(role):
    _defaults, spec = read(role)
    secret = [name for name in spec if name.endswith(("_password", "_passphrase"))]
    assert [name for name in secret if not spec[name].get("no_log")] == []


def test_roles_share_the_default_state_folder():
    """Otherwise one role takes a lock that another one does not see."""
    pattern = re.compile(r"lookup\(([^)]*)\).{0,9}?bomgar\.appliance/sites", re.DOTALL)
    found = {role.name: pattern.findall((role / "defaults/main.yml").read_text()) for role in ROLES}
    found = {name: places for name, places in found.items() if places}
    assert {"upgrade", "failover", "backup", "aftercare", "report", "status"} <= found.keys()
    assert [name for name, places in found.items() if set(places) != {"'ansible.builtin.config', 'ANSIBLE_HOME'"}] == []
