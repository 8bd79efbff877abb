# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""README.md and meta/main.yml of each role are what scripts/write-role-pages makes of its argument spec."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_role_pages_are_current():
    done = subprocess.run([sys.executable, ROOT / "scripts/write-role-pages", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
