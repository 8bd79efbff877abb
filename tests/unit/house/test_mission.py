# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/mission.md has every statement of the vendor's page, and the tests that it links carry the marker of the row."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/mission.md"
ROWS = dict(re.findall(r'^\| <a id="m\d+"></a>(M\d+) \| (.*) \|$', PAGE.read_text(encoding="utf-8"), re.M))
NUMBER = re.compile(r"(?<![\w.#/-])M([1-9]\d?)(?!\w)")


def linked(row):
    """The files and folders of the last cell of a row."""
    return [(PAGE.parent / target).resolve() for target in re.findall(r"\]\(([^)#]+)\)", ROWS[row].rpartition(" | ")[2])]


@cache
def marked(path):
    """The rows of the markers @pytest.mark.mission("M1", ...) in a test file."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return {argument.value for call in calls if ast.unparse(call.func) == "pytest.mark.mission" for argument in call.args}


def test_all_rows_are_there_in_order():
    assert list(ROWS) == [f"M{number}" for number in range(1, 77)]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_whole(row):
    says, does, _shown = ROWS[row].split(" | ")
    assert re.match(r"\[.+\]\(vendor/.+\)$", says) and does
    assert linked(row) and not [path for path in linked(row) if not path.exists()]
    assert not [path for path in linked(row) if path.suffix == ".py" and row not in marked(path)]


def test_markers_are_in_the_table():
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    strays = [(path.name, row) for path in files for row in marked(path) if row not in ROWS or path not in linked(row)]
    assert strays == []


def test_no_row_is_cited_without_its_page():
    """A number of a row leads a reader nowhere: docs/mission.md#m40 does."""
    files = [path for name in ("plugins", "roles", "playbooks", "simulator") for path in (ROOT / name).rglob("*.*")]
    texts = [path for path in files if path.suffix in (".py", ".yml", ".j2", ".md")]
    assert [str(path.relative_to(ROOT)) for path in texts if NUMBER.search(path.read_text(encoding="utf-8"))] == []
