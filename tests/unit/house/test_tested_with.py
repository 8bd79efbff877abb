# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The table of docs/tested-with.md is what `make matrix` recorded in docs/tested-with.json."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_table_is_that_of_the_record():
    done = subprocess.run([sys.executable, ROOT / "scripts/write-tested-with", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_recorded_as_tested_that_failed():
    rows = json.loads((ROOT / "docs/tested-with.json").read_text())
    assert [row for row in rows for part in row["parts"].values() if not part["passed"]] == []
