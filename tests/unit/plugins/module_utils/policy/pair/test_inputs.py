# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a plan of a pair is made from."""

from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import NO_MEMORY, Memory


def test_what_is_missing_is_not_known():
    assert Memory.from_dict({}) == NO_MEMORY


def test_the_memory_of_a_journal_is_read():
    known = {"guids": ["aa", "bb"], "origin": "a", "catch_up": {"version": "24.2.2"}, "broken": True, "sync_since": 5.0, "done": 7}
    assert Memory.from_dict(known) == Memory(("aa", "bb"), "a", catch_up=True, broken=True, sync_since=5.0)
