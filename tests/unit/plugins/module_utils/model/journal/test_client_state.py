# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal remembers of the clients of an upgrade, and what it tells people."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.events import check_event
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.report import report
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of

BEFORE = ("clients_counted", {"moment": "before", "counts": {"connected": {"pinned_client": 40}}})
STEP = {"package": "Bomgar 19.1.8", "kind": "site", "version": "19.1.8"}
CHANGED = {"host": "a", "before": {"bandwidth": 100}, "after": {"bandwidth": 5}}
REACHED = ("run_ended", {"state": "reached"})


def entries(*events):
    return [
        {"seq": number, "time": f"2026-03-02T20:00:{number:02d}+00:00", "run": 1, "event": event, "data": data}
        for number, (event, data) in enumerate(events, 1)
    ]


def state(*events):
    return state_of(entries(*events))


def test_first_count_is_kept_during_upgrade():
    later = ("clients_counted", {"moment": "before", "counts": {"connected": {"pinned_client": 1}}})
    assert state(BEFORE, ("step_begun", STEP), later).clients.counted["before"] == BEFORE[1]["counts"]
    assert state(BEFORE, ("step_begun", STEP), REACHED, later).clients.counted["before"] == later[1]["counts"]


def test_the_count_before_uninstalling_is_kept():
    """The count after the clients were uninstalled does not replace it."""
    nobody = ("clients_counted", {"moment": "before", "counts": {"connected": {"pinned_client": 0}}})
    made = state(BEFORE, ("acknowledged", {"what": "client_strategy reinstall: Ada"}), nobody)
    assert made.clients.counted["before"] == BEFORE[1]["counts"] and made.under_way


def test_next_upgrade_forgets_the_aftercare():
    made = ("installer_made", {"old": 1, "installer_id": "abc"})
    noted = ("installers_recorded", {"installers": [{"id": 1}]})
    one = state(BEFORE, noted, ("step_begun", STEP), REACHED, made, ("confirmed", {"what": "integration_clients"}))
    assert (one.clients.installers, one.clients.made, one.clients.confirmed) == ([{"id": 1}], [made[1]], ["integration_clients"])
    two = state(BEFORE, noted, ("step_begun", STEP), REACHED, made, ("confirmed", {"what": "x"}), BEFORE)
    assert (two.clients.installers, two.clients.made, two.clients.confirmed, two.clients.counted["after"]) == ([], [], [], None)


def test_first_valid_installers_are_made_again():
    made = state(BEFORE, ("installers_recorded", {"installers": [{"id": 1}]}), ("installers_recorded", {"installers": [{"id": 2}]}))
    assert made.clients.installers == [{"id": 1}]


def test_settings_changed_twice_return_to_first():
    """Settings that were changed twice are restored to their first values."""
    again = dict(CHANGED, before={"bandwidth": 5}, after={"bandwidth": 1})
    changed = state(("jump_settings_changed", CHANGED), ("jump_settings_changed", again)).clients.jump_settings
    assert (changed["before"], changed["after"]) == ({"bandwidth": 100}, {"bandwidth": 1})
    assert state(("jump_settings_changed", CHANGED), ("jump_settings_restored", {"host": "a"})).clients.jump_settings is None


def test_report_lists_unrestored_settings_with_values():
    lines = report(entries(("jump_settings_changed", CHANGED), ("jump_settings_unrestored", {"host": "a", "why": "no answer"})))["lines"]
    assert lines[-1] == "Open: the Jump Client settings of a are changed (no answer); before they were: bandwidth 100."
    assert "NOT put back" in lines[1]


def test_settings_outlive_the_memory_of_an_upgrade():
    assert state(("jump_settings_changed", CHANGED), ("step_begun", STEP), REACHED, BEFORE).clients.jump_settings["before"] == {
        "bandwidth": 100
    }


def test_a_catch_up_keeps_its_readings():
    """And the clients that had not upgraded when it opened."""
    done = ("step_done", dict(STEP, appliance_time=1000.0, listed_before=500))
    look = ("catch_up_waiting", {"package": STEP["package"], "at": 2000.0, "online": 10, "done": None, "reasons": ["x"]})
    catch_up = state(done, look).versions.catch_up
    assert (catch_up["listed_before"], catch_up["waited"], catch_up["readings"]) == (500, 1, [{"at": 2000.0, "online": 10}])
    passed = ("catch_up_passed", {"package": STEP["package"], "stragglers": [{"name": "client-1"}]})
    assert state(done, look, passed).clients.stragglers == [{"name": "client-1"}]


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("clients_counted", {"moment": "before"}),
        ("clients_counted", {"moment": 1, "counts": {}}),
        ("installers_recorded", {"installers": "x"}),
        ("jump_settings_changed", {"host": "a", "before": [], "after": {}}),
        ("drained", {"host": "a"}),
        ("confirmed", {}),
    ],
)
def test_late_unreadable_data_is_not_written(event, data):
    with pytest.raises(InvalidInput):
        check_event(event, data)


@pytest.mark.parametrize(
    ("event", "data", "words"),
    [
        ("clients_counted", {"moment": "after", "counts": {"kinds": {"jumpoint": {"done": 1, "total": 2}}}}, "jumpoint 1/2"),
        (
            "installer_saved",
            {"installer_id": "abc", "platform": "mac-dmg", "path": "/x", "sha256": "12"},
            "installer for mac-dmg saved: /x",
        ),
        ("console_saved", {"which": "present", "path": "/x", "sha256": "12"}, "present console installer saved"),
        ("drained", {"host": "a", "state": "quiet", "people": 2, "sessions": 3}, "2 people and 3 sessions"),
    ],
)
def test_the_report_tells_it_to_people(event, data, words):
    assert words in report(entries((event, data)))["lines"][0]
