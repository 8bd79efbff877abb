# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A file of the same name beside a user's playbook is never taken for one of a role."""

from pathlib import Path

import pytest

ROLES = Path(__file__).parents[3] / "roles"
FILES = sorted(path for path in ROLES.glob("*/tasks/**/*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROLES)))
def test_an_include_names_its_file_whole(path):
    lines = [line for line in path.read_text().splitlines() if "include_tasks:" in line and not line.rstrip().endswith("include_tasks:")]
    assert [line for line in lines if not any(name in line for name in ("role_path", "network_hook", "notify_hook"))] == []
