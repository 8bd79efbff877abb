# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What comes before a step: of one node and of two, once in a run, once for each version, and in which order."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair_step import PairStep
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.before import SAVED_FOR, Care, Prepared, before

from tests.support.pairs import NOW, node

INSTALL_A = PairStep("install", "a", "b", package="Base 6.2.0", kind="base", version="6.2.0")
INSTALL_B = PairStep("install", "b", "a", package="Base 6.2.0", kind="base", version="6.2.0")
ALONE = PairStep("install", "a", "", package="Base 6.2.0", kind="base", version="6.2.0")
LICENCE = PairStep("install", "a", "", package="Licence add-on", kind="licence")
BREAK, SYNC, CATCH_UP = (PairStep(action, "a", "b") for action in ("break", "sync", "catch_up"))
TAKE_OVER, SWAP = PairStep("take_over", "b", "a", how="network"), PairStep("swap", "b", "a")
SAVED = {"version": "20.2.1", "clock": NOW}
ALL_DONE = Prepared(("a", "b"), {"a": SAVED, "b": SAVED}, True)
DRAIN = Care(drain=True)
PENDING = {"version": "22.1.4", "online_before": 40}


def steps_of(step, *rest, names="ab", serving="a", catch_up=(), care=DRAIN, prepared=ALL_DONE, **more):
    nodes = [node(name, "none") for name in names]
    found = before(step, [step, *rest], nodes=nodes, serving=serving, catch_up=dict(catch_up), care=care, prepared=prepared, **more)
    return [" ".join(value for name, value in one.items() if name != "what") for one in found]


def test_one_node_has_check_backup_and_drain():
    """One node is checked and saved, its clients are prepared and people are drained."""
    assert steps_of(ALONE, names="a", prepared=Prepared()) == ["preflight a", "backup a", "clients a", "drain a"]


def test_clients_are_uninstalled_or_limited_if_wanted():
    assert steps_of(ALONE, names="a", care=Care(limits=True), prepared=Prepared())[-2:] == ["clients a", "client_limits a"]
    assert steps_of(ALONE, names="a", care=Care(reinstall=True), prepared=Prepared())[-2:] == ["clients a", "clients_uninstalled a"]


def test_prepared_quiet_step_has_nothing_before():
    """Nothing comes before a step that is prepared and disturbs nobody."""
    assert steps_of(ALONE, names="a", care=Care()) == [] and steps_of(LICENCE, names="a") == []


def test_license_add_on_disturbs_nobody():
    assert steps_of(LICENCE, names="a", prepared=Prepared()) == ["preflight a", "backup a", "clients a"]


def test_other_version_needs_a_new_backup():
    """A node that runs another version since its backup is saved again."""
    old = Prepared(("a",), {"a": {"version": "19.1.8", "clock": NOW}}, True)
    assert steps_of(ALONE, names="a", care=Care(), prepared=old) == ["backup a"]


@pytest.mark.parametrize(("age", "expected"), [(SAVED_FOR, []), (SAVED_FOR + 1, ["backup a"])])
def test_backup_counts_for_half_a_day(age, expected):
    """By the clock of the node."""
    old = Prepared(("a",), {"a": {"version": "20.2.1", "clock": NOW - age}}, True)
    assert steps_of(ALONE, names="a", care=Care(), prepared=old) == expected


@pytest.mark.parametrize("step", [BREAK, SYNC])
def test_pair_prepares_both_nodes_first(step):
    every = ["preflight a", "backup a", "preflight b", "backup b", "clients a"]
    assert steps_of(step, INSTALL_B, prepared=Prepared()) == every


def test_sync_without_installation_needs_no_preparation():
    assert steps_of(SYNC, prepared=Prepared()) == []


def test_installation_prepares_its_own_node():
    assert steps_of(INSTALL_B, prepared=Prepared()) == ["preflight b", "backup b", "clients a"]
    assert steps_of(INSTALL_B, prepared=Prepared(("b",), {"b": SAVED}, True)) == []


def test_clients_return_before_the_other_node():
    care = Care(online_floor=20)
    assert steps_of(INSTALL_B, catch_up=PENDING, care=care) == ["clients_back a b"]
    assert steps_of(INSTALL_B, catch_up=PENDING, care=care, prepared=Prepared())[-1] == "clients_back a b"


@pytest.mark.parametrize(
    ("step", "catch_up", "floor"),
    [
        (INSTALL_A, PENDING, 20),  # the serving node
        (INSTALL_B, {}, 20),  # clients have caught up
        (INSTALL_B, dict(PENDING, online_before=None), 20),  # nobody counted them
        (INSTALL_B, PENDING, 0),
        (ALONE, PENDING, 20),
        (BREAK, PENDING, 20),
    ],
)
def test_otherwise_nobody_waits_for_clients(step, catch_up, floor):
    assert steps_of(step, catch_up=catch_up, care=Care(online_floor=floor)) == []


@pytest.mark.parametrize(
    ("step", "serving", "expected"),
    [
        (INSTALL_A, "a", ["drain a"]),
        (INSTALL_B, "a", []),
        (TAKE_OVER, "a", ["drain a"]),
        (TAKE_OVER, "b", []),  # it has happened, and the journal does not know it yet
        (SWAP, "a", ["drain a"]),
        (BREAK, "a", []),
        (CATCH_UP, "a", []),
    ],
)
def test_people_are_drained_where_served(step, serving, expected):
    assert steps_of(step, serving=serving) == expected and steps_of(step, serving=serving, care=Care()) == []


@pytest.mark.parametrize(
    ("step", "what"),
    [
        (INSTALL_A, "The installation of Base 6.2.0 on a"),
        (TAKE_OVER, "The take-over by b"),
        (SWAP, "The return of the role to b"),
    ],
)
def test_people_read_what_they_are_drained_for(step, what):
    nodes = [node("a", "none"), node("b", "none")]
    assert before(step, [step], nodes=nodes, serving="a", catch_up={}, care=DRAIN, prepared=ALL_DONE)[-1]["what"] == what


def test_reinstalled_clients_are_verified_absent():
    """Their absence is verified after the check and the backup."""
    again = Care(reinstall=True)
    assert steps_of(CATCH_UP, BREAK, INSTALL_B, care=again, prepared=Prepared())[-3:] == ["backup b", "clients a", "clients_uninstalled a"]
    assert steps_of(CATCH_UP, BREAK, INSTALL_B, care=again) == []
    assert steps_of(CATCH_UP, care=again, prepared=Prepared()) == []  # nothing is installed any more
    assert steps_of(CATCH_UP, BREAK, INSTALL_B, care=Care(), prepared=Prepared()) == []


@pytest.mark.parametrize(("record", "expected"), [(True, ["snapshot a", "snapshot b"]), (False, [])])
def test_each_node_is_recorded_before_an_upgrade(record, expected):
    found = steps_of(SYNC, INSTALL_B, prepared=Prepared(), record=record)
    assert found == ["preflight a", "backup a", "preflight b", "backup b", *expected, "clients a"]


def test_a_step_that_is_not_prepared_records_nothing():
    assert steps_of(SYNC, prepared=Prepared(), record=True) == []
    assert steps_of(CATCH_UP, prepared=Prepared(), record=True) == []
