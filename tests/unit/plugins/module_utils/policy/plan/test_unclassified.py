# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Packages whose kind is not certain."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest

from tests.support.plans import plan, row, shape


def test_unknown_package_is_named_not_installed():
    made = plan(row("RS 19.1.8"), row("Licence add-on"), target="18.3.2")
    assert shape(made) == [["Licence add-on"]] and made.unclassified == ("RS 19.1.8",)
    assert any("'RS 19.1.8' is available" in line and "upgrade_manifest" in line for line in made.notes)


@pytest.mark.parametrize("waits_for", [["Update 4711"], []])
def test_an_unknown_package_is_no_requirement(waits_for):
    """It is not installed because another package waits for it."""
    with pytest.raises(PlanError, match="the name 'Update 4711' does not say what it is") as caught:
        plan(row("Bomgar 19.1.8", "blocked", waits_for), row("Update 4711"), target="19.1.8")
    assert "upgrade_manifest" in caught.value.remedy


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"kind": "site", "version": "18.4.1"}, [["Update 4711", "|"], ["Bomgar 19.1.8", "|"]]),
        ({"kind": "other"}, [["Update 4711", "Bomgar 19.1.8", "|"]]),
    ],
)
def test_manifest_says_what_a_package_is(given, expected):
    manifest = read_manifest([{"name": "Update 4711", **given}])
    made = plan(row("Bomgar 19.1.8", "blocked", ["Update 4711"]), row("Update 4711"), manifest=manifest)
    assert shape(made) == expected and made.unclassified == ()
