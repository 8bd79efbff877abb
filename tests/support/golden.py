# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Files that hold what a function is expected to return. GOLDEN=write renews them; look at the difference before you commit it."""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "unit/fixtures/golden"


def same_as_golden(name, content):
    """Fail if the text differs from that of the golden file."""
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert content == path.read_text(encoding="utf-8"), f"{path} differs: GOLDEN=write renews it"
