# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Defaults and argument specs of each role say the same."""

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
    assert {name: spec[name].get("default") for name in defaults} == defaults


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_declared_option_is_required_or_has_a_default(role):
    defaults, spec = read(role)
    assert {name for name, option in spec.items() if not option.get("required")} == set(defaults)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_variable_carries_the_name_of_the_role(role):
    _defaults, spec = read(role)
    assert [name for name in spec if not name.startswith(f"{role.name}_")] == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_secrets_are_not_logged(role):
    _defaults, spec = read(role)
    secret = [name for name in spec if name.endswith(("_password", "_passphrase"))]
    assert [name for name in secret if not spec[name].get("no_log")] == []
