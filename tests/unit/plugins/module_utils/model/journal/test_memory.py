# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What planner and roles must know of a journal."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.memory import failover_settings, memory_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of

from tests.support.entries import entries


def test_nothing_is_known_of_an_empty_journal():
    found = memory_of(state_of([]))
    assert (found["guid"], found["open_step"], found["catch_up"], found["settings"], found["snapshots"]) == ("", {}, {}, {}, [])


def test_an_open_step_is_known():
    found = memory_of(state_of(entries(("step_begun", {"package": "Base 6.2.0", "kind": "base"}))))
    assert found["open_step"]["package"] == "Base 6.2.0"


def test_the_settings_before_the_last_break_are_known():
    breaks = [("action_begun", {"action": "break", "node": "a", "data": {"settings": {"interval": number}}}) for number in (1, 2)]
    assert failover_settings(state_of(entries(*breaks))) == {"interval": 2}
