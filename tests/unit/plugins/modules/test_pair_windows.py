# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The modules of a pair outside of a maintenance window: they wait, send nothing, and leave nothing begun in the journal."""

import datetime

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils import outcome
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput
from ansible_collections.bomgar.appliance.plugins.module_utils.operations.pair import Nodes
from ansible_collections.bomgar.appliance.plugins.modules import public_name
from ansible_collections.bomgar.appliance.plugins.modules.failover_relation import OPERATION as RELATION
from ansible_collections.bomgar.appliance.plugins.modules.failover_role import OPERATION as ROLE

from tests.support.ansible import connection_of

ACTS = [(ROLE, "swap", "b", "a", {"role": "primary"}), (RELATION, "break", "a", "b", {"state": "absent"})]
NAMES = [act[1] for act in ACTS]


@pytest.fixture
def bench(given):
    return given("pair_one_hop")


def windows(bench, minutes):
    """A window that was open for an hour and closes in so many minutes, and another one a day later."""
    now, form = bench.running.now(), "%Y-%m-%d %H:%M"
    spans = [(now - 3600, now + minutes * 60), (now + 86400, now + 93600)]
    text = [[datetime.datetime.fromtimestamp(one, datetime.timezone.utc).strftime(form) for one in span] for span in spans]
    return {"windows": {"list": [{"start": start, "end": end} for start, end in text], "margin": 600}, "window_seconds": 3600}


def events(journal):
    return [entry["event"] for entry in journal.read()]


@pytest.mark.mission("M20")
@pytest.mark.parametrize(("operation", "action", "node", "peer", "more"), ACTS, ids=NAMES)
def test_short_window_begins_nothing(bench, journal, operation, action, node, peer, more):
    """A step without its time and margin waits and begins nothing."""
    result = bench.on(operation, node, peer, journal=journal.path, **windows(bench, 65), **more)
    assert (result["state"], result["changed"], outcome.of_result(result)) == ("waiting", False, "waiting")
    assert result["next_run_at"] and "waits: the window is open until" in result["message"]
    assert bench.writes() == [] and events(journal) == ["window_waiting"]
    assert (journal.read()[0]["data"]["until"], journal.read()[0]["data"]["why"]) == (result["next_run_at"], result["message"])


@pytest.mark.parametrize(("operation", "action", "node", "peer", "more"), ACTS, ids=NAMES)
def test_check_mode_waits_too_and_notes_nothing(bench, journal, operation, action, node, peer, more):
    result = bench.on(operation, node, peer, journal=journal.path, check_mode=True, **windows(bench, 65), **more)
    assert result["state"] == "waiting" and events(journal) == []


@pytest.mark.parametrize(("operation", "action", "node", "peer", "more"), ACTS, ids=NAMES)
def test_closing_window_withdraws_the_step(bench, journal, monkeypatch, operation, action, node, peer, more):
    """A window that closes right before the request withdraws the step."""
    before, send = journal.state(), Nodes.send

    def late(self, *args):
        bench.running.advance(1200)
        return send(self, *args)

    monkeypatch.setattr(Nodes, "send", late)
    result = bench.on(operation, node, peer, journal=journal.path, **windows(bench, 75), **more)
    assert result["state"] == "waiting" and bench.writes() == []
    assert events(journal) == ["action_begun", "action_withdrawn", "window_waiting"]
    assert journal.state().pair == before.pair


def test_a_step_that_never_fits_fails(bench, journal):
    given = {**windows(bench, 65), "window_seconds": 86400}
    with pytest.raises(InvalidInput, match="break the failover relation never fits into a maintenance window"):
        bench.on(RELATION, "a", "b", state="absent", journal=journal.path, **given)
    assert events(journal) == [] and bench.writes() == []


def test_correct_role_needs_no_window(bench, journal):
    assert bench.on(ROLE, "a", "b", role="primary", journal=journal.path, **windows(bench, 5))["state"] == "done"


def test_take_over_of_same_run_is_withdrawn(bench, journal):
    journal.append("run_opened")
    journal.append("action_begun", action="take_over", node="b", data={"online_before": 3})
    result = bench.on(ROLE, "b", "a", role="primary", journal=journal.path, action="take_over", **windows(bench, 5))
    assert result["state"] == "waiting" and events(journal)[2:] == ["action_withdrawn", "window_waiting"]
    assert not journal.state().pair.moving


def test_what_an_earlier_run_began_is_not_withdrawn(bench, journal):
    journal.append("run_opened")
    journal.append("action_begun", action="take_over", node="b", data={"online_before": 3})
    journal.append("run_opened")
    bench.on(ROLE, "b", "a", role="primary", journal=journal.path, action="take_over", **windows(bench, 5))
    assert events(journal)[3:] == ["window_waiting"] and journal.state().pair.moving == "b"


@pytest.fixture
def move(bench, journal, monkeypatch):
    """The module public_name, as the node b takes over by a change of the network."""
    monkeypatch.setattr(public_name, "connect", lambda params, say: bench.appliance(params))

    def run(**given):
        nodes = [dict(connection_of(bench.running, bench.folder, node), name=node) for node in "ab"]
        options = {"nodes": nodes, "public_url": bench.running.public_url(), "node": "b", "journal": journal.path, "state": "begun"}
        return bench.run(public_name.OPERATION, **{**options, **given})

    return run


def test_public_name_waits_outside_a_window(bench, journal, move):
    result = move(**windows(bench, 65))
    assert (result["state"], result["changed"]) == ("waiting", False) and result["next_run_at"]
    assert events(journal) == ["window_waiting"] and "take over the public name" in result["message"]


def test_public_name_moves_inside_a_window(bench, journal, move):
    assert move(**windows(bench, 90))["state"] == "begun" and events(journal) == ["action_begun"]


def test_serving_node_needs_no_window(bench, journal, move):
    assert move(node="a", **windows(bench, 5))["state"] == "done" and events(journal) == []
