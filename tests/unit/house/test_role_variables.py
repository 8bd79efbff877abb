# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tasks of a role use the converted values of its variables, `_ROLE_args.NAME`, and never what was given: that may be text."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())
EXPRESSION = re.compile(r"^(\s*)(?:- )?(when|that|until|failed_when|changed_when):(.*)$")


def options(role):
    """Names of a role's options that are not secret: secrets are judged, and used as they were given."""
    points = yaml.safe_load((role / "meta/argument_specs.yml").read_text())["argument_specs"].values()
    return {
        name
        for point in points
        for name, option in point.get("options", {}).items()
        if not option.get("no_log") and name.startswith(f"{role.name}_")
    }


def expressions(text):
    """All that Jinja evaluates in a file of tasks or variables."""
    yield from re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text, re.S)
    inside = None
    for line in text.splitlines():
        found, indent = EXPRESSION.match(line), len(line) - len(line.lstrip())
        if found:
            inside = len(found.group(1))
            yield found.group(3)
        elif inside is not None and line.strip() and indent > inside and not re.match(r"\s*(fail_msg|success_msg|quiet):", line):
            yield line
        elif line.strip():
            inside = None


def raw_uses(role):
    """'file: name' of each option that a task of the role uses as it was given."""
    names = options(role)
    for path in sorted([*role.glob("tasks/**/*.yml"), *role.glob("vars/*.yml")]):
        for expression in expressions(path.read_text()):
            for name in re.findall(rf"(?<![\w.'/]){role.name}_\w+", expression):
                if name in names:
                    yield f"{path.relative_to(role)}: {name} (write _{role.name}_args.{name[len(role.name) + 1 :]})"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_role_uses_converted_values_only(role):
    assert list(raw_uses(role)) == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_role_reads_its_variables_first(role):
    tasks = yaml.safe_load((role / "tasks/main.yml").read_text())
    assert "bomgar.appliance.role_arguments" in tasks[0] and tasks[0]["register"] == f"_{role.name}_args"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_options_hide_no_dictionary_word(role):
    """`_upgrade_args.items` would be a method of the dictionary, and `failed` how the task ended."""
    words = set(dir(dict)) | {"changed", "failed", "skipped", "msg", "exception", "warnings", "deprecations", "invocation", "results"}
    assert {name[len(role.name) + 1 :] for name in options(role)} & words == set()


def left_for_others(role):
    """Names without an underscore at the front that a role sets or registers."""
    for path in role.glob("tasks/**/*.yml"):
        text = path.read_text()
        yield from re.findall(r"^\s*register: ([a-z]\w*)$", text, re.M)
        for block in re.findall(r"ansible\.builtin\.set_fact:\n((?:\s{4,}.*\n?)+)", text):
            yield from re.findall(rf"^\s+({role.name}_\w+):", block, re.M)


def test_every_name_that_roles_leave_is_known():
    from ansible_collections.bomgar.appliance.plugins.module_utils.model.roles.names import RESULTS

    assert {name for role in ROLES for name in left_for_others(role)} == RESULTS
