# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal's entries say about where an upgrade stands."""

import pytest

from tests.support.entries import BASE, DONE, SITE, state


def test_an_empty_journal_says_nothing():
    made = state()
    assert (made.open_step, made.versions.catch_up, made.runs, made.guid, made.history) == (None, None, 0, "", [])


@pytest.mark.mission("M13")
def test_a_done_site_package_begins_its_catch_up():
    """Also if the run was killed right after the step."""
    begun = dict(SITE, online_before=40, soak_hours=24)
    made = state(("step_begun", begun), ("step_done", dict(DONE, soak_hours=48, online_before=None)))
    assert made.versions.catch_up == {
        "package": "Bomgar 19.1.8",
        "version": "19.1.8",
        "build": "",
        "start": "verified",
        "since": 1000.0,
        "first_seen": 1000.0,
        "declared": None,
        "online_before": 40,
        "soak_hours": 48,
        "waited": 0,
        "passed": None,
        "listed_before": None,
        "readings": [],
    }
    assert made.done == 1
    assert state(("step_done", BASE)).versions.catch_up is None


def test_open_catch_up_ends_its_readings():
    """Readings of a catch-up are counted; when it opens, it ends."""
    events = [("step_done", DONE), ("catch_up_waiting", SITE), ("catch_up_waiting", SITE)]
    made = state(*events)
    assert (made.versions.catch_up["waited"], len(made.versions.catch_ups)) == (2, 1)
    made = state(*events, ("catch_up_passed", SITE))
    assert made.versions.catch_up is None and made.versions.catch_ups[0]["passed"] == "t4"


def test_foreign_catch_up_opens_nothing():
    assert state(("step_done", DONE), ("catch_up_passed", {"package": "Bomgar 18.1.1"})).versions.catch_up is not None


def test_runs_saved_files_plan_and_identity_are_gathered():
    made = state(
        ("run_opened", {"guid": "ab" * 16}),
        ("backup_taken", {"path": "/b", "guid": "cd" * 16}),
        ("certificate_saved", {"path": "/c"}),
        ("run_ended", {}),
        ("run_opened", {}),
        ("note", {}),
    )
    assert (made.runs, made.guid, made.plan) == (2, "ab" * 16, None)
    assert [saved["path"] for saved in (*made.backups, *made.certificates)] == ["/b", "/c"]


A, B = {"host": "a", "guid": "aa"}, {"host": "b", "guid": "bb"}


def test_a_node_without_users_has_no_catch_up():
    """Until it takes over."""
    pair = ("run_opened", {"guids": ["bb", "aa"], "origin": "a"})
    installed = ("step_done", {**DONE, **B, "serves": False, "soak_hours": 48})
    made = state(pair, installed)
    assert (made.versions.catch_up, made.pair.first_done_at, made.guids, made.origin) == (None, None, ["aa", "bb"], "a")
    moved = ("action_done", {"action": "take_over", "node": "b", "guid": "bb", "appliance_time": 5000.0, "data": {"online_before": 40}})
    made = state(pair, installed, moved)
    catch_up = {name: made.versions.catch_up[name] for name in ("version", "since", "online_before", "soak_hours")}
    assert catch_up == {"version": "19.1.8", "since": 5000.0, "online_before": 40, "soak_hours": 48} and made.pair.first_done_at == 5000.0


def test_swap_to_equal_needs_no_catch_up():
    """Swapping back to a node with the same version starts no second catch-up."""
    second = {**DONE, **A, "serves": False}
    made = state(
        ("run_opened", {"guids": ["aa", "bb"]}),
        ("step_done", {**DONE, **B, "serves": False}),
        ("action_done", {"action": "take_over", "node": "b", "guid": "bb", "appliance_time": 5000.0}),
        ("catch_up_passed", SITE),
        ("step_done", second),
        ("action_done", {"action": "swap", "node": "a", "guid": "aa", "appliance_time": 9000.0}),
    )
    assert made.versions.catch_up is None and len(made.versions.catch_ups) == 1


def test_established_relation_ends_the_interim():
    made = state(
        ("run_opened", {"guids": ["aa", "bb"]}),
        ("step_done", {**DONE, **A, "serves": True}),
        ("acknowledged", {"what": "interim"}),
    )
    assert (made.pair.first_done_at, made.pair.acknowledged) == (1000.0, ["interim"])
    establish = {"action": "establish", "node": "a"}
    made = state(("step_done", {**DONE, **A}), ("action_begun", establish), ("action_done", establish))
    assert (made.pair.first_done_at, made.pair.acknowledged) == (None, [])
    assert [(one["action"], one["begun"], one["ended"]) for one in made.pair.actions] == [("establish", "t2", "t3")]


def test_first_primary_is_kept_until_target():
    opened = [("run_opened", {"origin": "a"}), ("run_ended", {"state": "waiting"}), ("run_opened", {"origin": "b"})]
    assert state(*opened).origin == "a"
    assert state(*opened, ("run_ended", {"state": "reached"}), ("run_opened", {"origin": "b"})).origin == "b"


def test_settings_changed_twice_keep_first_values():
    first = ("jump_settings_changed", {"host": "a", "before": {"max_concurrent": 50}, "after": {"max_concurrent": 10}})
    again = {"before": {"max_concurrent": 10, "bandwidth": 100}, "after": {"max_concurrent": 5, "bandwidth": 3}}
    kept = state(first, ("jump_settings_changed", {"host": "b", **again})).clients.jump_settings
    assert kept["before"] == {"max_concurrent": 50, "bandwidth": 100} and kept["after"] == {"max_concurrent": 5, "bandwidth": 3}
    assert kept["time"] == "t1"


def test_a_confirmed_setting_survives_a_later_change():
    """What only a person knows of a Jump Client setting is not replaced by a guess."""
    by_hand = ("jump_settings_changed", {"host": "a", "before": {}, "after": {"max_concurrent": 10}})
    later = ("jump_settings_changed", {"host": "a", "before": {"max_concurrent": 10}, "after": {"max_concurrent": 5}})
    assert state(by_hand, later).clients.jump_settings["before"] == {}


def swapped(version, **data):
    return ("action_done", {"action": "swap", "node": "b", "guid": "bb", "appliance_time": 5000.0, "version": version, "data": data})


def test_swap_to_other_version_starts_catch_up():
    """Somebody installed it on the backup by hand: no step of this journal knows it."""
    pair = ("run_opened", {"guids": ["aa", "bb"]})
    made = state(pair, ("action_begun", {"action": "swap", "node": "b"}), swapped("22.1.4", served_before="20.2.1"))
    assert (made.versions.catch_up["version"], made.versions.catch_up["since"]) == ("22.1.4", 5000.0)
    assert state(pair, swapped("20.2.1", served_before="20.2.1")).versions.catch_up is None


def test_a_swap_outside_an_upgrade_begins_no_upgrade():
    made = state(("run_opened", {"guids": ["aa", "bb"]}), ("action_begun", {"action": "swap", "node": "b"}))
    assert not made.under_way and made.pair.moving == "b"
