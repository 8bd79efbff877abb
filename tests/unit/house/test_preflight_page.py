# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/guides/preflight.md has every check, as it is in the code."""

from pathlib import Path

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.preflight.run import CHECKS
from ansible_collections.bomgar.appliance.plugins.modules.preflight import DOCUMENTATION

PAGE = Path(__file__).parents[3] / "docs/guides/preflight.md"


def row(check):
    options = ", ".join(f"`{name}`" + (f" ({value:g})" if value != "" else "") for name, value in check.options.items())
    return f"| `{check.id}` | {check.title} | {options} | {'yes' if check.waivable else 'no'} |"


def test_the_guide_has_a_row_for_each_check():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `") and line.count("|") == 5]
    assert rows == [row(check) for check in CHECKS.values()]


def test_the_module_documents_each_check():
    assert [name for name in CHECKS if f"V({name})" not in DOCUMENTATION] == []
