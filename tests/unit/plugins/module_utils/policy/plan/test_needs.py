# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a package needs, by its row and by the manifest."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest

from tests.support.plans import plan, row, shape


def test_a_missing_hotfix_does_not_stop_other_work():
    """A required hotfix that is no longer listed counts as installed while other packages come first."""
    made = plan(row("Bomgar 19.1.8", "blocked", ["BT24-10-ONPREM1", "Base 6.2.0"]), row("Base 6.2.0"))
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]
    assert not made.certain and "taken as installed" in made.notes[0]


def test_newer_base_replaces_a_missing_one():
    made = plan(row("Bomgar 19.1.8", "blocked", ["Base 6.1.0"]), row("Base 6.2.0"))
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]


def test_a_package_is_known_by_kind_and_version():
    """Where a note spells its name differently."""
    made = plan(row("Bomgar 19.1.8", "blocked", ["Base 6.2.0"]), row("Base Software 6.2.0 for B300"))
    assert shape(made) == [["Base Software 6.2.0 for B300", "Bomgar 19.1.8", "|"]]


@pytest.mark.mission("M2")
def test_fewest_hops_win_with_a_manifest():
    """The manifest knows which versions a package can follow, and the fewest hops win."""
    manifest = read_manifest(
        [
            {"name": "Bomgar 22.1.4", "supports_upgrade_from": "19.1.0"},
            {"name": "Bomgar 19.1.8", "supports_upgrade_from": "18.9.0"},
        ]
    )
    rows = [row("Bomgar 19.1.0"), row("Bomgar 18.9.1"), row("Bomgar 19.1.8"), row("Bomgar 22.1.4")]
    assert shape(plan(*rows, manifest=manifest)) == [["Bomgar 19.1.0", "|"], ["Bomgar 22.1.4", "|"]]
    without = [r for r in rows if r.name != "Bomgar 19.1.0"]
    assert shape(plan(*without, manifest=manifest)) == [
        ["Bomgar 18.9.1", "|"],
        ["Bomgar 19.1.8", "|"],
        ["Bomgar 22.1.4", "|"],
    ]


def test_lowest_sufficient_base_is_chosen():
    manifest = read_manifest([{"name": "BeyondTrust 23.1.3", "requires_base": "6.2.0"}])
    rows = [row("BeyondTrust 23.1.3"), row("Base 7.0.0"), row("Base 6.2.0")]
    given = {"manifest": manifest, "target": "23.1.3"}
    assert shape(plan(*rows, **given)) == [["Base 6.2.0", "BeyondTrust 23.1.3", "|"]]
    assert shape(plan(*rows, **given, base="7.0.0")) == [["BeyondTrust 23.1.3", "|"]]
    assert shape(plan(*rows, **given, target_base="7.0.0")) == [["Base 7.0.0", "BeyondTrust 23.1.3", "|"]]


def test_base_list_means_one_of_them():
    manifest = read_manifest([{"name": "BeyondTrust 23.1.3", "requires_base": ["6.2.0", "7.0.0"]}])
    rows = [row("BeyondTrust 23.1.3"), row("Base 6.5.0"), row("Base 7.0.0")]
    made = plan(*rows, manifest=manifest, target="23.1.3")
    assert shape(made) == [["Base 7.0.0", "BeyondTrust 23.1.3", "|"]]
    with pytest.raises(PlanError, match="needs Base 6.2.0 or 7.0.0"):
        plan(row("BeyondTrust 23.1.3"), row("Base 6.5.0"), manifest=manifest)


def test_self_reference_is_no_circle():
    assert shape(plan(row("Bomgar 19.1.8", "blocked", ["Bomgar 19.1.8", "Base 6.2.0"]), row("Base 6.2.0"))) == [
        ["Base 6.2.0", "Bomgar 19.1.8", "|"]
    ]
