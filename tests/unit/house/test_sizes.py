# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A file does one thing, so it is short. Modules are left out: most of such a file is its documentation."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = (
    "plugins/module_utils",
    "plugins/plugin_utils",
    "plugins/action",
    "plugins/callback",
    "plugins/filter",
    "plugins/lookup",
    "simulator",
)
MOST = 200  # lines
MOST_WORDS = 8  # of the name of a test, after test_


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_are_short(folder):
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in (ROOT / folder).rglob("*.py")}
    assert sizes and {path: size for path, size in sizes.items() if size > MOST} == {}


def test_names_of_tests_are_short():
    """The sentence that a name has no room for is the docstring."""
    names = {
        (str(path.relative_to(ROOT)), node.name)
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert len(names) > 1000 and {name for name in names if len(name[1].split("_")) - 1 > MOST_WORDS} == set()
