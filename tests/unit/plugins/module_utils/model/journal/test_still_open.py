# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What was begun and not finished, for people."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.still_open import open_sentences

STEP = {"package": "Base 6.2.0", "kind": "base", "host": "b.example.com"}


def sentences(*events):
    entries = [
        {"seq": number, "run": 1, "time": "2026-03-02T12:00:00Z", "event": event, "data": data}
        for number, (event, data) in enumerate(events, 1)
    ]
    return open_sentences(state_of(entries))


def test_an_unreadable_journal_leaves_it_unknown():
    assert open_sentences(None) == ["the journal could not be read, so it is unknown what was begun."]


def test_nothing_is_open_in_an_empty_journal():
    assert sentences() == []


def test_an_installation_is_begun_or_requested():
    assert "Base 6.2.0 was begun on b.example.com at" in sentences(("step_begun", STEP))[0]
    assert "Base 6.2.0 was requested on b.example.com" in sentences(("step_begun", STEP), ("step_sent", STEP))[0]
    assert sentences(("step_begun", STEP), ("step_done", STEP)) == []


def test_take_over_is_open_until_verified():
    begun = ("action_begun", {"action": "take_over", "node": "b"})
    done = ("action_done", {"action": "take_over", "node": "b", "guid": "bb", "appliance_time": 5.0, "version": "24.2.2"})
    assert sentences(begun) == ["the take-over by b is not verified."]
    assert not any("take-over" in one for one in sentences(begun, done))
