# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Events of the journal, and what each cannot do without."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.events import EVENTS, check_event


@pytest.mark.parametrize("event", ["", "no_such_event", None, ["note"]])
def test_an_unknown_event_is_refused(event):
    with pytest.raises(InvalidInput, match="is no event of the journal"):
        check_event(event, {})


@pytest.mark.parametrize("event", [name for name, needed in EVENTS.items() if needed])
def test_missing_data_is_named(event):
    with pytest.raises(InvalidInput, match=f"{event} lacks {EVENTS[event][0]}"):
        check_event(event, {})


@pytest.mark.parametrize(
    ("event", "data", "words"),
    [
        ("step_done", {"package": "24.2.2", "kind": "site", "version": "24.2.2"}, "lacks appliance_time"),
        ("action_done", {"action": "take_over", "node": "b"}, "lacks appliance_time, guid"),
        ("note", {"text": 5}, "of a wrong type"),
        ("plan_recorded", {"request": {}, "lines": [1]}, "something else than texts"),
        ("action_begun", {"action": "sync", "node": "a", "appliance_time": float("nan")}, "is no time"),
        ("action_begun", {"action": "sync", "node": "a", "appliance_time": True}, "is no time"),
    ],
)
def test_data_that_nobody_could_use_is_refused(event, data, words):
    with pytest.raises(InvalidInput, match=words):
        check_event(event, data)


def test_more_data_than_needed_is_accepted():
    check_event("step_done", {"package": "Base 6.2.0", "kind": "base", "anything": [1, 2]})
