# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a pair still lacks of the present hop."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.planner import decide_pair

from tests.support.packages import BASE, DONE, FRESH, HALF, NEXT, SITE
from tests.support.pair_plans import planned, steps_of
from tests.support.pairs import NOW, broken, related


@pytest.mark.parametrize(
    ("seen", "a", "b", "mode", "first"),
    [
        (broken(), FRESH, HALF, "asynchronous", "install Bomgar b"),
        (broken(), HALF, FRESH, "synchronous", "install Bomgar a"),
        (broken(versions=("20.2.1", "22.1.4")), FRESH, DONE, "asynchronous", "take_over b"),
        (broken("b", ("20.2.1", "22.1.4")), FRESH, DONE, "asynchronous", "install Base a"),
        (broken("b", ("20.2.1", "22.1.4")), HALF, DONE, "asynchronous", "install Bomgar a"),
        (broken("b", ("22.1.4", "22.1.4")), DONE, DONE, "asynchronous", "establish b"),
        (broken("a", ("22.1.4", "20.2.1")), DONE, FRESH, "synchronous", "install Base b"),
        (broken("a", ("22.1.4", "22.1.4")), DONE, DONE, "synchronous", "establish a"),
        (broken("a", ("20.2.1", "22.1.4")), FRESH, DONE, "synchronous", "install Base a"),
    ],
)
def test_each_partial_state_leads_on(seen, a, b, mode, first):
    assert steps_of(planned(seen, a, b, mode))[0] == first


def test_node_at_the_hop_is_left_alone():
    plan = planned(broken(versions=("20.2.1", "22.1.4")), FRESH, DONE, "synchronous")
    assert steps_of(plan) == ["install Base a", "install Bomgar a", "establish a"]


def test_relation_broken_for_hop_stays_broken():
    """A relation that was broken for this hop is not established before it."""
    assert steps_of(planned(broken(), broken=True))[0] == "install Base b"
    assert steps_of(planned(broken()))[0] == "establish a"


def test_the_relation_exists_between_two_hops():
    """And the catch-up comes before the next hop."""
    more = ("6.2.0", [Package("Bomgar 23.2.1", "site", "23.2.1", "available")])
    both = ("22.1.4", "22.1.4")
    assert steps_of(planned(broken("b", both), more, more, target="23.2.1", catch_up=True)) == ["establish b", "catch_up b"]
    assert steps_of(planned(related("b", version="22.1.4"), more, more, target="23.2.1", catch_up=True))[:2] == ["catch_up b", "break b"]
    later = planned(related(), ("6.0.2", [BASE, SITE, NEXT]), ("6.0.2", [BASE, SITE, NEXT]), target="23.2.1")
    assert later.later == ("23.2.1",) and not later.reached


@pytest.mark.parametrize(
    ("seen", "a", "b", "mode", "steps"),
    [
        (broken(), FRESH, HALF, "asynchronous", ["install Bomgar b", "catch_up a", "take_over b", "install Base a"]),
        (broken(versions=("20.2.1", "22.1.4")), FRESH, DONE, "asynchronous", ["catch_up a", "take_over b"]),
        (broken("a", ("20.2.1", "22.1.4")), FRESH, DONE, "synchronous", ["catch_up a", "install Base a"]),
        (broken(), HALF, FRESH, "synchronous", ["catch_up a", "install Bomgar a"]),
        (broken("a", ("22.1.4", "20.2.1")), DONE, FRESH, "synchronous", ["install Base b", "install Bomgar b", "establish a"]),
        (broken("b", ("20.2.1", "22.1.4")), FRESH, DONE, "asynchronous", ["install Base a", "install Bomgar a", "establish b"]),
    ],
)
def test_a_catch_up_precedes_another_version(seen, a, b, mode, steps):
    """As after a lost memory: the node that serves runs a version whose start nobody observed."""
    assert steps_of(planned(seen, a, b, mode, catch_up=True, broken=True))[: len(steps)] == steps


def test_first_sync_and_catch_up_end_it():
    assert steps_of(planned(related(last_data_sync=None, version="22.1.4"), DONE, DONE, catch_up=True)) == ["sync a", "catch_up a"]
    assert planned(related(version="22.1.4"), DONE, DONE).reached


def test_roles_swap_back_if_asked_and_known():
    end = related("b", version="22.1.4")
    assert planned(end, DONE, DONE, origin="a").reached
    back = Policies(data_gap="accept", restore_roles=True)
    assert steps_of(planned(end, DONE, DONE, policies=back, origin="a")) == ["swap a"]
    unknown = planned(end, DONE, DONE, policies=back)
    assert unknown.reached and "not known" in unknown.notes[0]


def test_base_only_hop_may_keep_the_relation():
    """A hop of Base packages alone may leave the relation, and it loses no data."""
    both = ("6.0.2", [BASE])
    plan, _site = decide_pair(
        related(),
        {"a": both, "b": both},
        mode="asynchronous",
        target="20.2.1",
        target_base="6.2.0",
        policies=Policies(base_while_related=True),
    )
    assert steps_of(plan) == ["install Base b", "take_over b", "install Base a", "sync b"]
    assert (plan.steps[1].how, plan.steps[1].data_sync_first, plan.blockers) == ("role", True, ())


def test_target_needs_a_data_sync_at_last():
    """The target is not reached before a data sync after the last installation."""
    done = related(version="22.1.4")
    assert planned(done, DONE, DONE).reached
    plan = planned(done, DONE, DONE, unsynced=True, sync_since=NOW - 5)
    assert steps_of(plan) == ["sync a"] and (plan.next.max_age, plan.next.since) == (0, NOW - 5)
    assert steps_of(planned(done, DONE, DONE, unsynced=True, catch_up=True)) == ["sync a", "catch_up a"]


def test_an_unrecorded_take_over_is_recorded_first():
    """It happened, so its catch-up has to begin."""
    moved = broken("b", ("20.2.1", "22.1.4"))
    plan = planned(moved, FRESH, DONE, moving="b")
    assert steps_of(plan)[:2] == ["take_over b", "install Base a"] and "journal" in plan.next.reason
    assert steps_of(planned(moved, FRESH, DONE))[0] == "install Base a"
    both = broken("b", ("22.1.4", "22.1.4"))
    assert steps_of(planned(both, DONE, DONE, moving="b"))[:2] == ["take_over b", "establish b"]
