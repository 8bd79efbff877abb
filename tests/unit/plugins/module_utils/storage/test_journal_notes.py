# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the nodes run is noted where it is news, and so is a swap by somebody else."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.memory import memory_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of
from ansible_collections.bomgar.appliance.plugins.module_utils.storage.journal_notes import see

from tests.support.journals import Kept

NODE = {"guid": "aa" * 16, "host": "a.example.com", "version": "22.1.4", "build": "1-ab", "clock": 1_772_452_800.0}


def catch_up(entries):
    return memory_of(state_of(entries))["catch_up"]


def test_first_version_starts_the_wait(journal):
    assert catch_up(see(journal, [NODE], write=False))["start"] == "unobserved"
    assert journal.read() == [], "check mode notes nothing"
    found = catch_up(see(journal, [NODE]))
    assert (found["since"], found["start"]) == (1_772_452_800.0, "unobserved")
    assert any("a.example.com runs 22.1.4 (build 1-ab)" in line for line in Kept(journal.path).read()["report"])
    see(journal, [dict(NODE, clock=1_772_500_000.0)])
    assert len(journal.read()) == 1, "the same is noted once"


def test_serving_node_starts_the_wait(journal):
    pair = [dict(NODE, name="a"), dict(NODE, name="b", guid="bb" * 16, version="20.2.1", clock=1_772_452_801.0)]
    assert catch_up(see(journal, pair)) == {}
    assert catch_up(see(journal, pair, "b"))["version"] == "20.2.1"
    assert catch_up(see(journal, [*pair, {"name": "c", "guid": "", "version": ""}], "a"))["version"] == "22.1.4"


def test_foreign_swap_is_recorded_once(journal):
    journal.append("action_begun", action="swap", node="a")
    see(journal, [], "b")
    journal.append("action_done", action="swap", node="a", guid="ab" * 16, appliance_time=1.0)
    for _look in range(2):
        see(journal, [], "b")
    assert [entry["event"] for entry in journal.read()].count("swap_seen") == 1
