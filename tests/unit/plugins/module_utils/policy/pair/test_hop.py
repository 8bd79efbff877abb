# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The steps of one hop of a pair, in the order of its mode."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Policies

from tests.support.packages import DONE, FRESH, LICENCE
from tests.support.pair_plans import blockers, planned, steps_of
from tests.support.pairs import NOW, broken, related


@pytest.mark.mission("M28")
def test_synchronous_installs_primary_first_and_establishes():
    """Synchronous mode installs on the primary first and establishes from it."""
    assert steps_of(planned(related(), mode="synchronous")) == [
        "break a",
        "install Base a",
        "install Bomgar a",
        "install Base b",
        "install Bomgar b",
        "establish a",
    ]


@pytest.mark.mission("M31")
def test_asynchronous_installs_backup_first():
    """The backup then takes over and stays primary."""
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


def test_old_data_sync_repeats_before_break():
    assert steps_of(planned(related(last_data_sync=NOW - 7200)))[:2] == ["sync a", "break a"]
    assert steps_of(planned(related(last_data_sync=None)))[:2] == ["sync a", "break a"]


def test_a_kept_relation_takes_over_by_role():
    kept = Policies(data_gap="accept", failover_relation_during_upgrade="keep")
    plan = planned(related(), policies=kept)
    assert steps_of(plan) == ["install Base b", "install Bomgar b", "take_over b", "install Base a", "install Bomgar a", "sync b"]
    assert (plan.steps[2].how, plan.steps[2].data_sync_first) == ("role", False)


def test_license_add_on_breaks_no_relation():
    """It ends with a data sync."""
    both = ("6.2.0", [LICENCE])
    assert steps_of(planned(related(version="22.1.4"), both, both)) == ["install Licence b", "install Licence a", "sync a"]


def test_a_break_needs_a_sync_after_installations():
    """A young data sync from before an installation is not enough."""
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


def test_interim_lasts_as_long_as_given():
    waits = interim(min=3600)
    step = waits(NOW - 600).next
    assert (step.action, step.next_run_at) == ("interim", "2026-03-02T12:50:00+00:00")
    assert waits(NOW - 3600).next.action == "install" and waits(None).next.action == "interim"


@pytest.mark.mission("M24")
def test_an_interim_waits_for_its_acknowledgement():
    assert not interim(acknowledge=True)(NOW).next.done
    assert interim(acknowledge=True, acknowledged=("interim",))(NOW).next.done
    assert interim(acknowledge=True)(NOW, acknowledged=("interim",)).next.action == "install"


def test_unacknowledged_interim_is_an_error():
    assert blockers(interim(acknowledge=True, max=600)(NOW - 601)) == ["interim_overdue"]
    assert blockers(interim(acknowledge=True, max=600)(NOW - 599)) == []


def test_without_an_interim_the_second_node_follows():
    """At once, even before the clock shows the next second."""
    moved_now = planned(broken("b", ("20.2.1", "22.1.4")), FRESH, DONE, first_done_at=NOW + 0.6)
    assert moved_now.next.action == "install"
