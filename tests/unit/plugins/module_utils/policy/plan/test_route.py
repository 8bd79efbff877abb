# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The order of installations: the cheapest path, nothing before its needs."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest

from tests.support.plans import plan, row, shape


def test_available_base_goes_directly_before_a_site_package_that_says_nothing_about_its_needs():
    assert shape(plan(row("Base 6.2.0"), row("Bomgar 19.1.8"))) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]


@pytest.mark.mission("M14")
def test_a_base_that_a_later_site_package_names_stays_directly_before_that_one():
    rows = [row("Bomgar 19.1.8"), row("Base 6.2.0"), row("Bomgar 20.1.1", "blocked", ["Bomgar 19.1.8", "Base 6.2.0"])]
    assert shape(plan(*rows)) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 20.1.1", "|"]]


def test_base_that_the_manifest_says_is_not_needed_is_left_alone_and_reported():
    manifest = read_manifest([{"name": "Bomgar 19.1.8", "requires": []}])
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), manifest=manifest, target="19.1.8")
    assert shape(made) == [["Bomgar 19.1.8", "|"]]
    assert made.beyond == ("Base 6.2.0",)


def test_a_base_that_a_later_site_package_does_not_accept_goes_in_after_it():
    manifest = read_manifest([{"name": "Bomgar 22.1.4", "requires": ["Bomgar 19.1.8"], "requires_base": ["6.0.1"]}])
    rows = [row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Bomgar 22.1.4", "blocked")]
    expected = [["Bomgar 19.1.8", "|"], ["Bomgar 22.1.4", "|"], ["Base 6.2.0"]]
    assert shape(plan(*rows, manifest=manifest)) == expected
    assert shape(plan(*rows, manifest=manifest, target="22.1.4", target_base="6.2.0")) == expected


@pytest.mark.mission("M2", "M60")
def test_a_blocked_target_is_reached_over_what_its_row_names():
    made = plan(
        row("Bomgar 22.1.4", "blocked", ["Bomgar 19.1.8", "Base 6.2.0"]),
        row("Base 6.2.0", "blocked", ["Bomgar 19.1.8"]),
        row("Bomgar 19.1.8"),
    )
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 22.1.4", "|"]]
    assert [step.available for step in made.installs] == [True, False, False]
    assert made.certain


def test_base_that_a_later_site_package_names_waits_for_that_one():
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


def test_a_site_package_above_the_target_is_never_used_to_unlock_it():
    with pytest.raises(PlanError, match="Bomgar 19.1.8 is blocked"):
        plan(row("Bomgar 19.1.8", "blocked"), row("Bomgar 22.1.4"), target="19.1.8")


def test_an_add_on_may_unlock_a_target_when_nothing_else_could():
    made = plan(row("Bomgar 19.1.8", "blocked"), row("Licence add-on 2019"))
    assert shape(made) == [["Licence add-on 2019", "Bomgar 19.1.8", "|"]]
    with pytest.raises(PlanError, match="nothing that could unlock it is available"):
        plan(row("Bomgar 19.1.8", "blocked"), row("Licence add-on 2019"), optional_packages="skip")


def test_an_add_on_that_a_site_package_needs_comes_before_it():
    made = plan(row("Licence add-on 2019"), row("Bomgar 19.1.8", "blocked", ["Licence add-on 2019"]), optional_packages="skip")
    assert shape(made) == [["Licence add-on 2019", "Bomgar 19.1.8", "|"]]


def test_the_base_version_wanted_stands_directly_before_the_last_site_package():
    manifest = read_manifest(
        [{"name": name, "requires": []} for name in ("Bomgar 19.1.8",)] + [{"name": "Bomgar 22.1.4", "requires": ["Bomgar 19.1.8"]}]
    )
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Bomgar 22.1.4", "blocked"), manifest=manifest, target_base="6.2.0")
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 22.1.4", "|"]]


def test_a_base_after_the_target_has_its_own_hop():
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


def test_a_site_package_above_the_target_does_not_unlock_a_base_for_it_either():
    with pytest.raises(PlanError, match="Base 6.2.0 is blocked"):
        plan(row("Bomgar 19.1.8", "blocked", ["Base 6.2.0"]), row("Base 6.2.0", "blocked"), row("Bomgar 22.1.4"), target="19.1.8")


def test_one_day_of_waiting_less_is_worth_three_base_packages_more():
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
