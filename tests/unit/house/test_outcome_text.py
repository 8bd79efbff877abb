# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""RETURN of update_install describes `outcome`; all other modules refer to it."""

import ast
from pathlib import Path

import pytest
import yaml
from ansible_collections.bomgar.appliance.plugins.module_utils import outcome

MODULES = sorted(Path(__file__).parents[3].joinpath("plugins/modules").glob("*.py"))
REFERENCE = "How the call ended, in one word, as RV(bomgar.appliance.update_install#module:outcome)."


def returned(path):
    """RETURN of a module as a dictionary."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "RETURN":
            return yaml.safe_load(node.value.value) or {}
    return {}


def test_update_install_describes_every_word():
    text = " ".join(returned(next(path for path in MODULES if path.stem == "update_install"))["outcome"]["description"])
    assert [word for word in outcome.ALL if f"V({word})" not in text] == []


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.stem not in ("role_arguments", "rehearsal_variables", "update_install")],
    ids=lambda path: path.stem,
)
def test_other_modules_refer_to_update_install(path):
    entry = returned(path)["outcome"]
    assert (entry["description"], entry["returned"], entry["type"]) == (REFERENCE, "always", "str")
    assert entry["sample"] in outcome.ALL
