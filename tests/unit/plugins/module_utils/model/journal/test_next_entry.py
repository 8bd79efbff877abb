# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a journal accepts next."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import Unsafe
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.next_entry import is_step, refuse_second_step, repeated_entry
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of

from tests.support.entries import BASE, entries

SITE = {"package": "Remote Support 24.2.2", "kind": "site", "version": "24.2.2"}


def test_the_end_of_a_step_is_not_repeated():
    known = entries(("step_begun", BASE), ("step_done", dict(BASE, appliance_time=5.0)))
    assert repeated_entry(known, "step_done", dict(BASE, appliance_time=9.0)) is known[-1]


def test_a_step_that_began_again_ends_again():
    known = entries(("step_begun", BASE), ("step_done", dict(BASE, appliance_time=5.0)), ("step_begun", BASE))
    assert repeated_entry(known, "step_done", dict(BASE, appliance_time=9.0)) is None


def test_an_action_of_a_person_begins_once():
    action = {"action": "break", "node": "a", "method": "manual"}
    known = entries(("action_begun", action))
    assert repeated_entry(known, "action_begun", action) is known[0]
    assert repeated_entry(known, "action_begun", dict(action, node="b")) is None


def test_other_events_may_be_repeated():
    assert repeated_entry(entries(("note", {"text": "x"})), "note", {"text": "x"}) is None


def test_no_second_step_begins():
    with pytest.raises(Unsafe, match=r"'Remote Support 24.2.2' is not begun: 'Base 6.2.0' was begun"):
        refuse_second_step(entries(("step_begun", BASE)), "step_begun", SITE)


@pytest.mark.parametrize(("event", "data"), [("step_begun", BASE), ("step_done", SITE), ("note", {"text": "x"})])
def test_everything_else_is_accepted(event, data):
    refuse_second_step(entries(("step_begun", BASE)), event, data)


def test_a_step_is_known_by_its_package():
    state = state_of(entries(("step_begun", BASE)))
    assert is_step(state, BASE, "Base 6.2.0", "any") and not is_step(state, BASE, "Base 6.3.0", "")
