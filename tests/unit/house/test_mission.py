# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/mission.md names every row of the vendor's page that is about clients, and each test that it names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROWS = dict(re.findall(r"^\| (M\d+) \|.*\| (.*) \|$", (ROOT / "docs/mission.md").read_text(), re.M))
ABOUT_CLIENTS = [f"M{number}" for number in (11, 12, 13, 15, 16, 17, 22, *range(35, 77))]


def links(row):
    """[(what it is called, its file)] of the last cell of a row."""
    return [(name, ROOT / "docs" / target) for name, target in re.findall(r"\[([^\]]+)\]\(([^)]+)\)", ROWS[row])]


def test_every_row_about_clients_is_there():
    assert list(ROWS) == ABOUT_CLIENTS


@pytest.mark.parametrize("row", ABOUT_CLIENTS)
def test_what_it_names_exists(row):
    assert links(row)
    for name, path in links(row):
        assert path.exists(), path
        if path.suffix == ".py":
            assert f"def test_{name.replace(' ', '_')}(" in path.read_text(), name
