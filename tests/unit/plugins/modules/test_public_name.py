# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Another node takes over the public name of a simulated pair: what is counted and noted before, and verified afterwards."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, Unsafe
from ansible_collections.bomgar.appliance.plugins.modules import public_name
from ansible_collections.bomgar.appliance.plugins.modules.failover_relation import OPERATION as RELATION
from ansible_collections.bomgar.appliance.plugins.modules.failover_role import OPERATION as ROLE

from tests.support.ansible import connection_of


@pytest.fixture
def bench(given):
    return given("pair_one_hop")


@pytest.fixture
def move(bench, journal, monkeypatch):
    """The module, as the node b takes over."""
    monkeypatch.setattr(public_name, "connect", lambda params, say: bench.appliance(params))

    def run(state, **given):
        nodes = [dict(connection_of(bench.running, bench.folder, node), name=node) for node in "ab"]
        options = {"nodes": nodes, "public_url": bench.running.public_url(), "node": "b", "journal": journal.path, **given}
        return bench.run(public_name.OPERATION, state=state, **options)

    return run


def break_relation(bench):
    assert bench.on(RELATION, "a", "b", state="absent")["changed"]


def entries(journal):
    return [(entry["event"], entry["data"]) for entry in journal.read()]


def test_a_take_over_is_recorded(bench, journal, move):
    """With the counts before it, and with the node that serves afterwards."""
    break_relation(bench)
    begun = move("begun")
    assert begun["state"] == "begun" and begun["serving"] == "a" and begun["online_before"] is not None
    bench.running.pair().switch("b")
    done = move("verified", moved=True)
    assert done["state"] == "done" and done["serving"] == "b"
    (first, before), (second, after) = entries(journal)
    assert (first, second) == ("action_begun", "action_done") and before["action"] == after["action"] == "take_over"
    assert before["data"] == {name: begun[name] for name in ("online_before", "listed_before")}
    node = bench.running.machine("b")
    assert (after["guid"], after["version"], after["data"]) == (node.guid, node.version, {"served_before": node.version})
    assert abs(after["appliance_time"] - bench.running.now()) < 60 and bench.writes() == ["break failover relation"]


def test_serving_already_records_nothing(bench, journal, move):
    break_relation(bench)
    bench.running.pair().switch("b")
    assert move("begun")["state"] == "done" and move("verified")["state"] == "done" and journal.read() == []


def test_check_mode_counts_and_notes_nothing(bench, journal, move, monkeypatch):
    break_relation(bench)
    nodes = [dict(connection_of(bench.running, bench.folder, node), name=node) for node in "ab"]
    given = {"nodes": nodes, "public_url": bench.running.public_url(), "node": "b", "journal": journal.path}
    for state, expected in (("begun", "begun"), ("verified", "manual")):
        assert bench.run(public_name.OPERATION, check_mode=True, state=state, moved=True, **given)["state"] == expected
    assert journal.read() == []


def test_a_person_moves_it_where_nobody_else_does(bench, journal, move):
    break_relation(bench)
    move("begun")
    result = move("verified")
    assert result["state"] == "manual" and "from a to b" in result["instructions"][0]
    assert [event for event, _data in entries(journal)] == ["action_begun"]
    bench.running.pair().switch("b")
    assert move("begun")["state"] == "done" and move("verified")["state"] == "done"
    assert [event for event, _data in entries(journal)] == ["action_begun", "action_done"]


def test_name_that_never_arrives_fails(bench, move):
    break_relation(bench)
    start = bench.running.now()
    with pytest.raises(
        Unsafe, match=r"b: .* does not lead to it, after 120 seconds\. .*Move .* from a to b, then run the same command again"
    ):
        move("verified", moved=True, wait_timeout=120)
    assert bench.running.now() - start >= 120


def test_a_shared_ip_is_waited_for(bench, move):
    """With a failover relation it follows the roles."""
    with pytest.raises(Unsafe, match="after 60 seconds"):
        move("verified", wait_timeout=60)


def test_unserved_public_name_is_an_error(bench, move):
    break_relation(bench)
    with pytest.raises(Unsafe, match="does not lead to it, and nobody is served, after 0 seconds"):
        move("verified", public_url="127.0.0.1:1")


def test_swap_is_verified_by_its_record(bench, journal, move):
    """A swap is verified where its beginning is recorded."""
    bench.on(ROLE, "b", "a", role="primary", journal=journal.path, reason="maintenance")
    bench.running.pair().switch("b")
    assert move("verified", action="swap")["state"] == "done"
    (first, before), (second, after) = entries(journal)
    assert (first, second, after["action"]) == ("action_begun", "action_done", "swap")
    assert (before["node"], before["data"]) == ("b", {"reason": "maintenance"}) and journal.state().pair.moving == ""


def test_foreign_node_is_refused(move):
    with pytest.raises(InvalidInput, match="'c' is not one of two nodes: a, b"):
        move("begun", node="c")
