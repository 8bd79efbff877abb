# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/variables.md is what scripts/list-variables prints."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_variables_page_is_current():
    printed = subprocess.run([sys.executable, ROOT / "scripts/list-variables"], capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs/variables.md").read_text() == printed, "run: python scripts/list-variables > docs/variables.md"
