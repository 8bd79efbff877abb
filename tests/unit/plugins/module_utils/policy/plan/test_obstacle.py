# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Why there is no way to a package."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError

from tests.support.plans import plan, row


def test_excessive_base_is_an_error():
    """A required Base above the wanted one is an error that names both."""
    with pytest.raises(PlanError, match="Bomgar 19.1.8 needs Base 7.0.0, and Base 7.0.0 is past"):
        plan(row("Base 7.0.0"), row("Bomgar 19.1.8", "blocked", ["Base 7.0.0"]), target_base="6.2.0")


def test_a_cycle_names_its_members():
    rows = [
        row("Bomgar 22.1.4", "blocked", ["Base 6.2.0"]),
        row("Base 6.2.0", "blocked", ["Base 6.1.0"]),
        row("Base 6.1.0", "blocked", ["Base 6.2.0"]),
    ]
    with pytest.raises(PlanError) as caught:
        plan(*rows)
    assert sorted(caught.value.facts["cycle"]) == ["Base 6.1.0", "Base 6.2.0"]
    assert "circle" in str(caught.value)


def test_missing_package_names_its_dependent():
    with pytest.raises(PlanError, match=r"Base 6.2.0 needs Base 6.1.0, which .* \(on the way to Bomgar 22.1.4\)"):
        plan(row("Bomgar 22.1.4", "blocked", ["Base 6.2.0"]), row("Base 6.2.0", "blocked", ["Base 6.1.0"]))


def test_missing_add_on_is_named():
    with pytest.raises(PlanError, match="needs Licence add-on 2019, which is neither installed nor offered"):
        plan(row("Bomgar 19.1.8", "blocked", ["Licence add-on 2019"]))


def test_a_list_with_installed_rows_proves_a_gap():
    """A hotfix that such a list does not show is not installed."""
    rows = [row("Bomgar 19.1.8", "blocked", ["BT24-10-ONPREM1", "Base 6.2.0"]), row("Base 6.2.0"), row("Licence add-on 2018", "installed")]
    with pytest.raises(PlanError, match="BT24-10-ONPREM1"):
        plan(*rows)
