# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The order of installations: the cheapest path, nothing before its needs."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest

from tests.support.plans import plan, row, shape


def test_base_precedes_an_unspecific_site_package():
    """An available Base goes directly before a site package that says nothing about its needs."""
    assert shape(plan(row("Base 6.2.0"), row("Bomgar 19.1.8"))) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]


@pytest.mark.mission("M14")
def test_named_base_precedes_its_site_package():
    """A Base that a later site package names stays directly before that package."""
    rows = [row("Bomgar 19.1.8"), row("Base 6.2.0"), row("Bomgar 20.1.1", "blocked", ["Bomgar 19.1.8", "Base 6.2.0"])]
    assert shape(plan(*rows)) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 20.1.1", "|"]]


def test_unneeded_base_is_left_and_reported():
    manifest = read_manifest([{"name": "Bomgar 19.1.8", "requires": []}])
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), manifest=manifest, target="19.1.8")
    assert shape(made) == [["Bomgar 19.1.8", "|"]]
    assert made.beyond == ("Base 6.2.0",)


def test_unaccepted_base_comes_after_the_package():
    """A Base that a later site package does not accept is installed after it."""
    manifest = read_manifest([{"name": "Bomgar 22.1.4", "requires": ["Bomgar 19.1.8"], "requires_base": ["6.0.1"]}])
    rows = [row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Bomgar 22.1.4", "blocked")]
    expected = [["Bomgar 19.1.8", "|"], ["Bomgar 22.1.4", "|"], ["Base 6.2.0"]]
    assert shape(plan(*rows, manifest=manifest)) == expected
    assert shape(plan(*rows, manifest=manifest, target="22.1.4", target_base="6.2.0")) == expected


@pytest.mark.mission("M2", "M60")
def test_blocked_target_follows_its_requirements():
    made = plan(
        row("Bomgar 22.1.4", "blocked", ["Bomgar 19.1.8", "Base 6.2.0"]),
        row("Base 6.2.0", "blocked", ["Bomgar 19.1.8"]),
        row("Bomgar 19.1.8"),
    )
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 22.1.4", "|"]]
    assert [step.available for step in made.installs] == [True, False, False]
    assert made.certain


def test_named_base_waits_for_its_package():
    """A Base that a later site package names waits for that package."""
    made = plan(row("Bomgar 22.1.4", "blocked", ["Bomgar 19.1.8", "Base 6.2.0"]), row("Base 6.2.0"), row("Bomgar 19.1.8"))
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 22.1.4", "|"]]


@pytest.mark.mission("M9")
def test_a_blocked_target_is_approached_step_by_step():
    """Where its row names no requirement: first Base, then the highest site package below it."""
    made = plan(
        row("Bomgar 22.1.4", "blocked"),
        row("Base 6.2.0"),
        row("Bomgar 19.1.8"),
        row("Bomgar 19.2.1"),
    )
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.2.1", "|"], ["Bomgar 22.1.4", "|"]]
    assert not made.certain
    assert made.beyond == ("Bomgar 19.1.8",)


def test_package_above_target_never_unlocks_it():
    with pytest.raises(PlanError, match="Bomgar 19.1.8 is blocked"):
        plan(row("Bomgar 19.1.8", "blocked"), row("Bomgar 22.1.4"), target="19.1.8")


def test_add_on_unlocks_target_at_last():
    """An add-on may unlock a target when nothing else can."""
    made = plan(row("Bomgar 19.1.8", "blocked"), row("Licence add-on 2019"))
    assert shape(made) == [["Licence add-on 2019", "Bomgar 19.1.8", "|"]]
    with pytest.raises(PlanError, match="nothing that could unlock it is available"):
        plan(row("Bomgar 19.1.8", "blocked"), row("Licence add-on 2019"), optional_packages="skip")


def test_required_add_on_comes_first():
    made = plan(row("Licence add-on 2019"), row("Bomgar 19.1.8", "blocked", ["Licence add-on 2019"]), optional_packages="skip")
    assert shape(made) == [["Licence add-on 2019", "Bomgar 19.1.8", "|"]]


def test_wanted_base_precedes_last_site_package():
    manifest = read_manifest(
        [{"name": name, "requires": []} for name in ("Bomgar 19.1.8",)] + [{"name": "Bomgar 22.1.4", "requires": ["Bomgar 19.1.8"]}]
    )
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Bomgar 22.1.4", "blocked"), manifest=manifest, target_base="6.2.0")
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 22.1.4", "|"]]


def test_base_after_target_has_own_hop():
    """A wanted Base that needs the target comes after it."""
    made = plan(row("Bomgar 19.1.8"), row("Base 7.0.0", "blocked", ["Bomgar 19.1.8"]), target_base="7.0.0")
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 7.0.0"]]


def test_a_base_that_is_not_offered():
    """On the way it is a note, at the target an error."""
    made = plan(row("Bomgar 19.1.8"), target_base="7.0.0")
    assert made.notes == ("Base 7.0.0 is wanted and not offered yet.",)
    with pytest.raises(PlanError, match="Base 7.0.0 is not offered"):
        plan(site="19.1.8", target="19.1.8", target_base="7.0.0")


def test_a_superfluous_base_is_no_step():
    """A newer one is installed instead."""
    made = plan(
        row("Bomgar 22.1.4", "blocked", ["Base 6.1.0", "Bomgar 19.1.8"]),
        row("Bomgar 19.1.8", "blocked", ["Base 6.2.0"]),
        row("Base 6.1.0"),
        row("Base 6.2.0"),
    )
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.1.8", "|"], ["Bomgar 22.1.4", "|"]]


def test_package_above_target_unlocks_no_base():
    """Not even a wanted one."""
    with pytest.raises(PlanError, match="Base 6.2.0 is blocked"):
        plan(row("Bomgar 19.1.8", "blocked", ["Base 6.2.0"]), row("Base 6.2.0", "blocked"), row("Bomgar 22.1.4"), target="19.1.8")


def test_waiting_day_outweighs_three_bases():
    """One day less of waiting is worth three more Base packages."""
    manifest = read_manifest(
        [
            {"name": "Bomgar 22.1.4", "supports_upgrade_from": "19.1.0"},
            {"name": "Bomgar 19.2.0", "requires": ["Base 6.4.0"]},
            {"name": "Bomgar 19.1.0", "requires": ["Bomgar 18.9.0"]},
            {"name": "Bomgar 18.9.0", "requires": []},
            {"name": "Base 6.3.0", "requires": ["Base 6.2.0"]},
            {"name": "Base 6.4.0", "requires": ["Base 6.3.0"]},
        ]
    )
    rows = [
        row("Base 6.2.0"),
        row("Bomgar 18.9.0"),
        *(row(name, "blocked") for name in ("Bomgar 22.1.4", "Bomgar 19.2.0", "Bomgar 19.1.0", "Base 6.3.0", "Base 6.4.0")),
    ]
    assert shape(plan(*rows, manifest=manifest, target="22.1.4")) == [
        ["Base 6.2.0", "Base 6.3.0", "Base 6.4.0", "Bomgar 19.2.0", "|"],
        ["Bomgar 22.1.4", "|"],
    ]
