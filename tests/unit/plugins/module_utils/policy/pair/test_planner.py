# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner for pairs: each partial state leads on, in the order of its mode, or to a blocker."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Memory, Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.planner import decide_pair

from tests.support.pairs import NOW, STRANGER, A, B, broken, node, pair, related

BASE = Package("Base 6.2.0", "base", "6.2.0", "available")
SITE = Package("Bomgar 22.1.4", "site", "22.1.4", "blocked", ("Base 6.2.0",))
OPEN = Package("Bomgar 22.1.4", "site", "22.1.4", "available")
NEXT = Package("Bomgar 23.2.1", "site", "23.2.1", "blocked", ("Bomgar 22.1.4",))
LICENCE = Package("Licence add-on 200 Jump Clients", "licence", None, "available")
FRESH, HALF, DONE = ("6.0.2", [BASE, SITE]), ("6.2.0", [OPEN]), ("6.2.0", [])
ACCEPT = Policies(data_gap="accept")


def planned(seen, a=FRESH, b=FRESH, mode="asynchronous", policies=ACCEPT, target="22.1.4", **memory):
    return decide_pair(seen, {"a": a, "b": b}, mode=mode, target=target, policies=policies, memory=Memory(**memory))[0]


def steps_of(plan):
    return [f"{step.action} {step.package.split()[0] + ' ' if step.package else ''}{step.node}" for step in plan.steps]


def blockers(plan):
    assert plan.next is None or not plan.blockers
    return [one.blocker.value for one in plan.blockers]


@pytest.mark.mission("M28")
def test_synchronous_installs_on_the_primary_first_and_establishes_from_it():
    assert steps_of(planned(related(), mode="synchronous")) == [
        "break a",
        "install Base a",
        "install Bomgar a",
        "install Base b",
        "install Bomgar b",
        "establish a",
    ]


@pytest.mark.mission("M31")
def test_asynchronous_installs_on_the_backup_first_which_takes_over_and_stays_primary():
    plan = planned(related())
    assert steps_of(plan) == [
        "break a",
        "install Base b",
        "install Bomgar b",
        "take_over b",
        "install Base a",
        "install Bomgar a",
        "establish b",
    ]
    assert plan.steps[3].how == "network"


def test_an_old_data_sync_is_made_anew_before_the_break():
    assert steps_of(planned(related(last_data_sync=NOW - 7200)))[:2] == ["sync a", "break a"]
    assert steps_of(planned(related(last_data_sync=None)))[:2] == ["sync a", "break a"]


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


def test_a_node_that_runs_the_hop_already_is_not_touched():
    plan = planned(broken(versions=("20.2.1", "22.1.4")), FRESH, DONE, "synchronous")
    assert steps_of(plan) == ["install Base a", "install Bomgar a", "establish a"]


def test_a_relation_that_was_broken_for_this_hop_is_not_established_before_it():
    assert steps_of(planned(broken(), broken=True))[0] == "install Base b"
    assert steps_of(planned(broken()))[0] == "establish a"


def test_the_relation_stands_again_between_two_hops_and_the_catch_up_comes_before_the_next():
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
def test_in_the_middle_of_a_hop_the_catch_up_comes_before_clients_meet_another_version(seen, a, b, mode, steps):
    """As after a lost memory: the node that serves runs a version whose start nobody observed."""
    assert steps_of(planned(seen, a, b, mode, catch_up=True, broken=True))[: len(steps)] == steps


def test_at_the_end_the_first_sync_and_the_catch_up_are_awaited():
    assert steps_of(planned(related(last_data_sync=None, version="22.1.4"), DONE, DONE, catch_up=True)) == ["sync a", "catch_up a"]
    assert planned(related(version="22.1.4"), DONE, DONE).reached


def test_the_roles_are_swapped_back_only_when_asked_and_known():
    end = related("b", version="22.1.4")
    assert planned(end, DONE, DONE, origin="a").reached
    back = Policies(data_gap="accept", restore_roles=True)
    assert steps_of(planned(end, DONE, DONE, policies=back, origin="a")) == ["swap a"]
    unknown = planned(end, DONE, DONE, policies=back)
    assert unknown.reached and "not known" in unknown.notes[0]


def test_the_data_gap_must_be_accepted_before_anything_and_only_where_there_is_one():
    assert blockers(planned(related(), policies=Policies())) == ["data_gap"]
    assert blockers(planned(related(), policies=Policies(), mode="synchronous")) == []
    assert blockers(planned(broken("b", ("20.2.1", "22.1.4")), FRESH, DONE, policies=Policies())) == []


def test_a_kept_relation_takes_over_by_role():
    kept = Policies(data_gap="accept", failover_relation_during_upgrade="keep")
    plan = planned(related(), policies=kept)
    assert steps_of(plan) == ["install Base b", "install Bomgar b", "take_over b", "install Base a", "install Bomgar a", "sync b"]
    assert (plan.steps[2].how, plan.steps[2].data_sync_first) == ("role", False)


def test_a_hop_of_base_packages_alone_may_leave_the_relation_and_loses_no_data():
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


def test_licence_add_ons_break_no_relation_and_end_with_a_data_sync():
    both = ("6.2.0", [LICENCE])
    assert steps_of(planned(related(version="22.1.4"), both, both)) == ["install Licence b", "install Licence a", "sync a"]


def test_the_target_is_not_reached_before_a_data_sync_after_the_last_installation():
    done = related(version="22.1.4")
    assert planned(done, DONE, DONE).reached
    plan = planned(done, DONE, DONE, unsynced=True, sync_since=NOW - 5)
    assert steps_of(plan) == ["sync a"] and (plan.next.max_age, plan.next.since) == (0, NOW - 5)
    assert steps_of(planned(done, DONE, DONE, unsynced=True, catch_up=True)) == ["sync a", "catch_up a"]


def test_before_a_break_a_young_sync_from_before_an_installation_is_not_enough():
    assert steps_of(planned(related(), unsynced=True))[:2] == ["sync a", "break a"]
    assert planned(related(), unsynced=True).next.max_age == 0
    assert planned(related(last_data_sync=NOW - 7200)).next.max_age == 3600


def interim(**policy):
    policies = Policies(
        data_gap="accept",
        **{f"interim_{name}": value for name, value in policy.items() if name != "acknowledged"},
        acknowledged=policy.get("acknowledged", ()),
    )
    return lambda since, **memory: planned(broken("b", ("20.2.1", "22.1.4")), FRESH, DONE, policies=policies, first_done_at=since, **memory)


def test_between_the_nodes_it_waits_as_long_as_it_is_told_to():
    waits = interim(min=3600)
    step = waits(NOW - 600).next
    assert (step.action, step.next_run_at) == ("interim", "2026-03-02T12:50:00+00:00")
    assert waits(NOW - 3600).next.action == "install" and waits(None).next.action == "interim"


@pytest.mark.mission("M24")
def test_an_interim_that_has_to_be_acknowledged_waits_for_it_notes_it_and_goes_on():
    assert not interim(acknowledge=True)(NOW).next.done
    assert interim(acknowledge=True, acknowledged=("interim",))(NOW).next.done
    assert interim(acknowledge=True)(NOW, acknowledged=("interim",)).next.action == "install"


def test_an_interim_that_nobody_acknowledges_in_time_is_an_error():
    assert blockers(interim(acknowledge=True, max=600)(NOW - 601)) == ["interim_overdue"]
    assert blockers(interim(acknowledge=True, max=600)(NOW - 599)) == []


def test_a_node_that_is_two_hops_ahead_does_not_take_over():
    two = broken(versions=("20.2.1", "23.2.1"))
    behind = ("6.2.0", [OPEN, NEXT])
    assert blockers(planned(two, behind, DONE, target="23.2.1")) == ["hops_apart"]
    assert steps_of(planned(two, behind, DONE, "synchronous", target="23.2.1"))[0] == "install Bomgar a"


def test_nodes_that_are_offered_different_packages_are_not_begun():
    assert blockers(planned(related(), FRESH, ("6.0.2", [Package("Bomgar 22.1.4", "site", "22.1.4", "available")]))) == ["offers_differ"]


def test_roles_that_a_break_leaves_stop_a_take_over_and_not_the_synchronous_mode():
    kept = broken(roles=("primary", "backup"))
    assert blockers(planned(kept, broken=True)) == ["backup_role_kept"]
    assert steps_of(planned(kept, mode="synchronous", broken=True))[0] == "install Base a"


@pytest.mark.mission("M34")
def test_a_swap_whose_public_name_did_not_follow_is_finished_when_the_journal_knows_it():
    half = related("b", public="a")
    assert blockers(planned(half)) == ["public_on_backup"]
    assert steps_of(planned(half, moving="b")) == ["take_over b"]


def test_a_take_over_that_happened_and_was_not_noted_is_noted_first_so_that_its_catch_up_begins():
    moved = broken("b", ("20.2.1", "22.1.4"))
    plan = planned(moved, FRESH, DONE, moving="b")
    assert steps_of(plan)[:2] == ["take_over b", "install Base a"] and "journal" in plan.next.reason
    assert steps_of(planned(moved, FRESH, DONE))[0] == "install Base a"
    both = broken("b", ("22.1.4", "22.1.4"))
    assert steps_of(planned(both, DONE, DONE, moving="b"))[:2] == ["take_over b", "establish b"]


def test_the_journal_of_other_appliances_is_refused():
    assert blockers(planned(related(), guids=(A, STRANGER))) == ["foreign_journal"]
    assert blockers(planned(related(), guids=(B, A))) == []


def test_equal_versions_of_different_builds_are_refused():
    nodes = [node("a", "primary", version="22.1.4", build="1"), node("b", "backup", version="22.1.4", build="2")]
    assert blockers(planned(pair(nodes, "a"), DONE, DONE)) == ["versions_differ"]


def test_the_same_input_gives_the_same_bytes():
    assert len({planned(related()).hash for _time in range(20)}) == 1


def test_without_an_interim_the_second_node_follows_at_once_even_before_the_clock_shows_the_next_second():
    moved_now = planned(broken("b", ("20.2.1", "22.1.4")), FRESH, DONE, first_done_at=NOW + 0.6)
    assert moved_now.next.action == "install"


def test_a_data_sync_that_failed_is_made_again_before_anything_else():
    failed = related(last_data_sync_status="Failed: disk")
    assert steps_of(planned(failed)) == ["sync a"]
    nodes = [node("a", "primary", last_data_sync_status="Failed: disk"), node("b", "backup", version="22.1.4")]
    assert blockers(planned(pair(nodes, "a"), FRESH, DONE)) == ["sync_failed"]
