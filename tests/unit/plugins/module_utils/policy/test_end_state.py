# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The end of a run: which node serves, what runs where, what is open, what to do next."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.parts import State, VersionState
from ansible_collections.bomgar.appliance.plugins.module_utils.model.journal.state import state_of
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Node, Pair
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.end_state import describe_end, lines_of

from tests.support.pairs import NOW, broken, node, pair, related

COMMAND = "ansible-playbook bomgar.appliance.upgrade"
BASES = {"a": "6.0.2", "b": "6.2.0"}


def journal(*events):
    return state_of(
        [
            {"seq": number, "time": f"2026-03-02T20:0{number}:00+00:00", "run": 1, "event": event, "data": data}
            for number, (event, data) in enumerate(events)
        ]
    )


def end(seen, *events, bases=None):
    return describe_end(seen, bases or BASES, journal(*events), command=COMMAND)


def test_a_pair_during_a_hop_is_described():
    said = end(
        broken("a", ("20.2.1", "22.1.4")),
        ("run_opened", {"guids": ["aa", "bb"]}),
        ("step_done", {"package": "Bomgar 22.1.4", "kind": "site", "version": "22.1.4", "appliance_time": NOW, "serves": False}),
    )
    assert said["nodes"] == [
        "a runs version 20.2.1 on Base 6.0.2; failover role none.",
        "b runs version 22.1.4 on Base 6.2.0; failover role none.",
    ]
    assert "is broken" in said["relation"] and said["serving"] == "a serves: support.example.com leads to it."
    assert said["open"] == ["no data sync is verified since the last installation."] and said["next"] == [f"Run: {COMMAND}"]


def test_public_name_on_backup_has_remedy():
    said = end(related("b", public="a"))
    assert "no client is served" in said["serving"] and said["next"][-1] == f"Then run: {COMMAND}" and len(said["next"]) == 2


def test_an_unreadable_public_name_is_reported():
    assert "It is unknown whether clients are served" in end(related(public="away"))["serving"]
    assert "leads to none of the nodes" in end(related(public="elsewhere"))["serving"]
    assert "the serving node cannot be verified" in end(related(public="none"))["serving"]


def test_an_unreadable_node_is_reported():
    said = end(pair([node("a", "primary"), Node("b", reachable=False, why="refused.")], "a"))
    assert said["nodes"][1] == "b could not be read: refused." and "could not be read from both nodes" in said["relation"]


@pytest.mark.mission("M26")
def test_an_unverified_base_forbids_a_restart():
    step = {"package": "Base 6.2.0", "kind": "base", "host": "b.example.com"}
    said = end(related(), ("step_begun", step), ("step_sent", step))
    assert "Base 6.2.0 was requested on b.example.com at 2026-03-02T20:00:00+00:00 and is not verified" in said["open"][0]
    assert said["next"][0].startswith("Do not restart b.example.com")


def test_an_unverified_site_package_needs_the_same_command():
    said = end(related(), ("step_begun", {"package": "Bomgar 22.1.4", "kind": "site"}))
    assert "was begun at" in said["open"][0] and said["next"] == [f"Run: {COMMAND}"]


def test_an_open_catch_up_names_its_end():
    catch_up = {"package": "Bomgar 22.1.4", "version": "22.1.4", "since": NOW, "not_before": NOW + 86400}
    said = describe_end(related(), BASES, State(versions=VersionState(catch_up=catch_up)), command=COMMAND)
    assert "catch-up to 22.1.4 is not complete. It began at 2026-03-02T12:00:00+00:00, ends at 2026-03-03T12:00:00+00:00" in said["open"][0]


def test_unrestored_settings_are_reported():
    changed = {"host": "a.example.com", "before": {"max_concurrent": 50}, "after": {"max_concurrent": 5}}
    assert "settings of a.example.com are changed" in end(related(), ("jump_settings_changed", changed))["open"][0]


def test_a_standalone_appliance_has_no_relation():
    said = end(Pair((node("a", "none"),)))
    assert (said["relation"], said["serving"]) == ("", "")
    assert lines_of(said) == ["a runs version 20.2.1 on Base 6.0.2; failover role none.", f"Next: Run: {COMMAND}"]


def test_an_unreadable_journal_is_reported():
    said = describe_end(related(), {}, None, command=COMMAND)
    assert "the journal could not be read" in said["open"][0] and "Base (not read)" in said["nodes"][0]
