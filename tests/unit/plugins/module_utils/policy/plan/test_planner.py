# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner by example: every rule of the procedure with the smallest list that shows it."""

import json

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package, read_name
from ansible_collections.bomgar.appliance.plugins.module_utils.model.read_manifest import read_manifest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.planner import make_plan


def row(name, state="available", waits_for=()):
    kind, version = read_name(name)
    return Package(name, kind, version, state, tuple(waits_for))


def plan(*rows, site="18.3.2", base="6.0.1", **options):
    return make_plan(site_version=site, base_version=base, packages=rows, **options)


def shape(made):
    """The hops as lists of names, a gate as '|'."""
    return [["|" if step.action == "catch_up" else step.package for step in hop.steps] for hop in made.hops]


def test_nothing_offered_and_no_target_means_nothing_to_do():
    made = plan()
    assert made.reached and made.next is None and made.hops == () and made.target == "18.3.2"


def test_without_a_target_the_highest_site_version_offered_is_the_target():
    assert plan(row("Bomgar 19.1.8"), row("Bomgar 19.2.1", "blocked", ["Bomgar 19.1.8"])).target == "19.2.1"


@pytest.mark.mission("M37")
def test_an_available_target_is_installed_directly_and_followed_by_a_catch_up():
    assert shape(plan(row("Bomgar 19.1.8"), row("Bomgar 19.2.1"), target="19.2.1")) == [["Bomgar 19.2.1", "|"]]


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


def test_without_any_target_base_that_nothing_needs_is_installed_last_without_a_catch_up():
    manifest = read_manifest([{"name": "Bomgar 19.1.8", "requires_base": ["6.0.1"]}])
    rows = [row("Base 6.2.0"), row("Bomgar 19.1.8")]
    assert shape(plan(*rows, manifest=manifest)) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0"]]
    assert shape(plan(row("Base 6.2.0"))) == [["Base 6.2.0"]]


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
def test_a_blocked_target_without_a_word_is_approached_by_base_and_then_the_highest_site_package_below():
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
        plan(row("Bomgar 19.1.8", "blocked"), row("Licence add-on 2019"), other="skip")


def test_add_ons_and_hotfixes_come_after_the_last_site_package_and_before_its_catch_up():
    made = plan(
        row("Licence add-on 2019"),
        row("Bomgar 19.1.8"),
        row("BT24-10-ONPREM1", "blocked", ["Bomgar 19.2.1"]),
        row("Bomgar 19.2.1", "blocked", ["Bomgar 19.1.8"]),
    )
    assert shape(made) == [
        ["Bomgar 19.1.8", "|"],
        ["Bomgar 19.2.1", "BT24-10-ONPREM1", "Licence add-on 2019", "|"],
    ]


def test_an_add_on_that_a_site_package_needs_comes_before_it():
    made = plan(row("Licence add-on 2019"), row("Bomgar 19.1.8", "blocked", ["Licence add-on 2019"]), other="skip")
    assert shape(made) == [["Licence add-on 2019", "Bomgar 19.1.8", "|"]]


def test_add_ons_can_be_left_alone():
    made = plan(row("Licence add-on 2019"), row("Bomgar 19.1.8"), other="skip")
    assert shape(made) == [["Bomgar 19.1.8", "|"]]
    assert made.beyond == ("Licence add-on 2019",)


@pytest.mark.mission("M36")
def test_at_the_target_only_leftovers_remain_and_no_catch_up_follows_them():
    made = plan(row("Base 6.2.0"), row("Base 7.0.0"), row("BT24-10-ONPREM1"), target="18.3.2", target_base="6.2.0")
    assert shape(made) == [["Base 6.2.0", "BT24-10-ONPREM1"]]
    assert not made.reached
    assert made.beyond == ("Base 7.0.0",)


def test_at_the_target_base_is_left_alone_unless_a_base_version_is_wanted():
    made = plan(row("Base 6.2.0"), target="18.3.2")
    assert made.hops == () and made.reached and made.beyond == ("Base 6.2.0",)


def test_base_above_the_one_wanted_is_not_installed_even_if_it_could_unlock():
    with pytest.raises(PlanError, match="blocked"):
        plan(row("Base 7.0.0"), row("Bomgar 19.1.8", "blocked"), target_base="6.2.0")


def test_a_needed_base_above_the_one_wanted_is_an_error_that_names_both():
    with pytest.raises(PlanError, match="Bomgar 19.1.8 needs Base 7.0.0, and Base 7.0.0 is past"):
        plan(row("Base 7.0.0"), row("Bomgar 19.1.8", "blocked", ["Base 7.0.0"]), target_base="6.2.0")


def test_the_base_version_wanted_stands_directly_before_the_last_site_package():
    manifest = read_manifest(
        [{"name": name, "requires": []} for name in ("Bomgar 19.1.8",)] + [{"name": "Bomgar 22.1.4", "requires": ["Bomgar 19.1.8"]}]
    )
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Bomgar 22.1.4", "blocked"), manifest=manifest, target_base="6.2.0")
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 6.2.0", "Bomgar 22.1.4", "|"]]


def test_a_base_version_wanted_that_needs_the_target_first_comes_after_it_in_a_hop_of_its_own():
    made = plan(row("Bomgar 19.1.8"), row("Base 7.0.0", "blocked", ["Bomgar 19.1.8"]), target_base="7.0.0")
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Base 7.0.0"]]


def test_a_base_version_wanted_but_not_offered_is_a_note_on_the_way_and_an_error_at_the_target():
    made = plan(row("Bomgar 19.1.8"), target_base="7.0.0")
    assert made.notes == ("Base 7.0.0 is wanted and not offered yet.",)
    with pytest.raises(PlanError, match="Base 7.0.0 is not offered"):
        plan(site="19.1.8", target="19.1.8", target_base="7.0.0")


@pytest.mark.parametrize(("target", "base", "words"), [("17.1.1", None, "17.1.1"), (None, "5.0.0", "Base 5.0.0")])
def test_a_target_older_than_what_runs_is_refused(target, base, words):
    with pytest.raises(PlanError, match=f"{words} is wanted, but .* nothing can be downgraded"):
        plan(target=target, target_base=base)


@pytest.mark.mission("M5")
def test_a_target_that_is_not_offered_names_what_is_and_why_it_may_be():
    with pytest.raises(PlanError) as caught:
        plan(row("Bomgar 19.1.8"), target="22.1.4", host="a.example.com")
    text = str(caught.value)
    assert text.startswith("a.example.com: Version 22.1.4 is not offered")
    assert "Bomgar 19.1.8" in text and "maintenance may have lapsed" in text
    assert caught.value.facts["offered"] == ["Bomgar 19.1.8"]


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


def test_a_required_package_that_is_nowhere_is_named_with_who_needs_it():
    with pytest.raises(PlanError, match=r"Base 6.2.0 needs Base 6.1.0, which .* \(on the way to Bomgar 22.1.4\)"):
        plan(row("Bomgar 22.1.4", "blocked", ["Base 6.2.0"]), row("Base 6.2.0", "blocked", ["Base 6.1.0"]))


def test_a_required_add_on_that_is_nowhere_is_named():
    with pytest.raises(PlanError, match="needs Licence add-on 2019, which is neither installed nor offered"):
        plan(row("Bomgar 19.1.8", "blocked", ["Licence add-on 2019"]))


def test_a_required_hotfix_that_left_the_list_does_not_stop_a_path_that_has_other_work_first():
    made = plan(row("Bomgar 19.1.8", "blocked", ["BT24-10-ONPREM1", "Base 6.2.0"]), row("Base 6.2.0"))
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]
    assert not made.certain and "taken as installed" in made.notes[0]


def test_on_a_list_that_shows_installed_packages_a_missing_hotfix_is_known_to_be_missing():
    rows = [row("Bomgar 19.1.8", "blocked", ["BT24-10-ONPREM1", "Base 6.2.0"]), row("Base 6.2.0"), row("Licence add-on 2018", "installed")]
    with pytest.raises(PlanError, match="BT24-10-ONPREM1"):
        plan(*rows)


def test_a_newer_base_stands_in_for_one_that_is_no_longer_offered():
    made = plan(row("Bomgar 19.1.8", "blocked", ["Base 6.1.0"]), row("Base 6.2.0"))
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]


def test_a_package_is_known_by_kind_and_version_where_a_note_spells_its_name_otherwise():
    made = plan(row("Bomgar 19.1.8", "blocked", ["Base 6.2.0"]), row("Base Software 6.2.0 for B300"))
    assert shape(made) == [["Base Software 6.2.0 for B300", "Bomgar 19.1.8", "|"]]


def test_an_older_base_that_a_newer_one_has_made_superfluous_is_no_step():
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


def test_what_is_installed_already_is_no_step_whatever_the_list_shows():
    made = plan(row("Base 6.0.1"), row("Bomgar 18.3.2"), row("Bomgar 18.1", "blocked"), row("Base 5.0.0", "installed"))
    assert made.hops == ()
    assert any("Bomgar 18.3.2 is listed although" in note for note in made.notes)


def test_a_package_listed_as_installed_that_does_not_run_is_an_error_not_success():
    with pytest.raises(PlanError, match="listed as installed, but the appliance runs 18.3.2"):
        plan(row("Bomgar 19.1.8", "installed"), target="19.1.8")


@pytest.mark.mission("M2")
def test_the_manifest_knows_which_versions_a_package_can_follow_and_the_fewest_hops_win():
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


def test_the_manifest_asks_for_a_base_the_lowest_that_does_is_taken():
    manifest = read_manifest([{"name": "BeyondTrust 23.1.3", "requires_base": "6.2.0"}])
    rows = [row("BeyondTrust 23.1.3"), row("Base 7.0.0"), row("Base 6.2.0")]
    given = {"manifest": manifest, "target": "23.1.3"}
    assert shape(plan(*rows, **given)) == [["Base 6.2.0", "BeyondTrust 23.1.3", "|"]]
    assert shape(plan(*rows, **given, base="7.0.0")) == [["BeyondTrust 23.1.3", "|"]]
    assert shape(plan(*rows, **given, target_base="7.0.0")) == [["Base 7.0.0", "BeyondTrust 23.1.3", "|"]]


def test_a_list_of_base_versions_means_exactly_one_of_them():
    manifest = read_manifest([{"name": "BeyondTrust 23.1.3", "requires_base": ["6.2.0", "7.0.0"]}])
    rows = [row("BeyondTrust 23.1.3"), row("Base 6.5.0"), row("Base 7.0.0")]
    made = plan(*rows, manifest=manifest, target="23.1.3")
    assert shape(made) == [["Base 7.0.0", "BeyondTrust 23.1.3", "|"]]
    with pytest.raises(PlanError, match="needs Base 6.2.0 or 7.0.0"):
        plan(row("BeyondTrust 23.1.3"), row("Base 6.5.0"), manifest=manifest)


def test_an_unknown_base_version_is_no_reason_to_fail_when_the_row_can_be_installed():
    manifest = read_manifest([{"name": "Bomgar 19.1.8", "requires_base": "6.0.0"}])
    made = plan(row("Bomgar 19.1.8"), manifest=manifest, base=None)
    assert shape(made) == [["Bomgar 19.1.8", "|"]] and not made.certain


def test_an_offline_package_is_a_step_with_its_file_though_the_list_is_empty():
    digest = "ab" * 32
    manifest = read_manifest(
        [
            {"name": "Base 6.2.0", "file": "base.nss", "sha256": digest},
            {
                "name": "Bomgar 19.1.8",
                "file": "site.nss",
                "requires_base": "6.2.0",
                "soak_hours": 48,
                "companions": {"Integration client": "1.7.5"},
            },
        ]
    )
    made = plan(manifest=manifest)
    assert shape(made) == [["Base 6.2.0", "Bomgar 19.1.8", "|"]]
    first, second, catch_up = made.steps
    assert (first.file, first.sha256, first.available, second.available) == ("base.nss", digest, True, False)
    assert catch_up.soak_hours == 48.0 and second.as_dict()["companions"] == {"Integration client": "1.7.5"}


def test_a_target_that_only_the_manifest_knows_is_awaited_behind_what_it_requires():
    manifest = read_manifest([{"name": "Bomgar 22.1.4", "requires": ["Bomgar 19.1.8"]}])
    made = plan(row("Bomgar 19.1.8"), manifest=manifest, target="22.1.4")
    assert shape(made) == [["Bomgar 19.1.8", "|"], ["Bomgar 22.1.4", "|"]]
    with pytest.raises(PlanError, match="Bomgar 22.1.4, which is neither installed nor offered"):
        plan(site="19.1.8", manifest=manifest, target="22.1.4")


@pytest.mark.mission("M16")
def test_the_strategy_without_clients_has_no_catch_ups():
    assert shape(plan(row("Bomgar 19.1.8"), catch_up=False)) == [["Bomgar 19.1.8"]]


@pytest.mark.mission("M1", "M35")
def test_only_site_packages_make_clients_upgrade_and_every_step_names_its_release_notes():
    made = plan(row("Base 6.2.0"), row("Bomgar 19.1.8"), row("Licence add-on 2019"))
    assert [step.clients_upgrade for step in made.installs] == [False, True, False]
    assert made.installs[1].release_notes == "Release notes of Bomgar 19.1.8"


def test_a_row_that_names_itself_in_its_note_is_not_a_circle():
    assert shape(plan(row("Bomgar 19.1.8", "blocked", ["Bomgar 19.1.8", "Base 6.2.0"]), row("Base 6.2.0"))) == [
        ["Base 6.2.0", "Bomgar 19.1.8", "|"]
    ]


def test_an_unknown_choice_for_add_ons_is_refused():
    with pytest.raises(InvalidInput, match="other='maybe'"):
        plan(other="maybe")


def test_the_plan_as_data_holds_its_hash_and_its_next_step_and_is_json():
    data = json.loads(json.dumps(plan(row("Base 6.2.0"), row("Bomgar 19.1.8")).as_dict()))
    assert data["hop_count"] == data["window_count"] == data["catch_up_count"] == 1
    assert data["next"]["package"] == "Base 6.2.0" and len(data["hash"]) == 64


# --- names that do not say what they are


def test_a_package_of_unknown_kind_is_named_and_is_no_step():
    made = plan(row("RS 19.1.8"), row("Licence add-on"), target="18.3.2")
    assert shape(made) == [["Licence add-on"]] and made.unclassified == ("RS 19.1.8",)
    assert any("'RS 19.1.8' is available" in line and "upgrade_manifest" in line for line in made.notes)


def test_the_newest_version_is_not_guessed_beside_a_package_of_unknown_kind():
    with pytest.raises(PlanError, match="The newest version is unknown: the name 'RS 19.1.8'"):
        plan(row("Bomgar 18.4.1"), row("RS 19.1.8"))


def test_a_version_that_only_a_package_of_unknown_kind_may_bring_is_asked_for():
    with pytest.raises(PlanError, match="upgrade_manifest") as caught:
        plan(row("RS 19.1.8"), target="19.1.8")
    assert caught.value.facts["unclassified"] == ["RS 19.1.8"]


@pytest.mark.parametrize("waits_for", [["Update 4711"], []])
def test_a_package_of_unknown_kind_is_not_installed_because_another_one_waits_for_it(waits_for):
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
def test_a_person_says_in_the_manifest_what_a_package_is(given, expected):
    manifest = read_manifest([{"name": "Update 4711", **given}])
    made = plan(row("Bomgar 19.1.8", "blocked", ["Update 4711"]), row("Update 4711"), manifest=manifest)
    assert shape(made) == expected and made.unclassified == ()
