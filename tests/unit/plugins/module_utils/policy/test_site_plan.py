# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a site: numbered steps over all hops and runs, of one node and of two."""

import datetime

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.errors import InvalidInput, PlanError
from ansible_collections.bomgar.appliance.plugins.module_utils.model.describe_plan import describe_plan
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair import Pair
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.catch_up.declared_start import DeclaredStart
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.before import Care, Prepared
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.site_plan import Request, Times, plan_site

from tests.support.packages import DONE, HOTFIX, LICENCE, TWO_HOPS
from tests.support.pairs import NOW, A, node, related
from tests.support.site_plans import alone, both, steps_of

CHANGED = {"clients": {"jump_settings": {"host": "a.example.com"}}}


# --- one node


def test_one_node_alternates_install_and_catch_up():
    """One node installs, and lets clients catch up after each site package."""
    expected = ["1 install Base 6.2.0", "2 install Bomgar 22.1.4", "3 catch_up a", "4 install Bomgar 23.2.1", "5 catch_up a"]
    assert steps_of(alone()) == expected
    assert [step["hop"] for step in alone().steps] == [1, 1, 1, 2, 2]


def test_waiting_clients_precede_next_package():
    assert steps_of(alone(memory={"catch_up": {"version": "20.2.1"}}))[:2] == ["1 catch_up a", "2 install Base 6.2.0"]


@pytest.mark.parametrize("add_on", [LICENCE, HOTFIX])
def test_licences_and_hotfixes_do_not_wait_for_clients(add_on):
    plan = alone(("6.2.0", [add_on]), "20.2.1", memory={"catch_up": {"version": "20.2.1"}})
    assert steps_of(plan) == [f"1 install {add_on.name}", "2 catch_up a"]


def test_one_node_ends_with_the_catch_up():
    """One node is at the target when the clients have caught up."""
    assert alone(DONE, version="23.2.1").reached
    assert steps_of(alone(DONE, version="23.2.1", memory={"catch_up": {"version": "23.2.1"}})) == ["1 catch_up a"]


def test_a_missing_path_names_the_node():
    with pytest.raises(PlanError, match=r"^a: "):
        alone(target="24.3.1")
    with pytest.raises(InvalidInput, match="was not read"):
        plan_site(Pair((node("a", "none", members=()),)), {}, Request("standalone"), memory={})


def test_two_nodes_are_no_standalone_site():
    plan = plan_site(related(), {"a": TWO_HOPS, "b": TWO_HOPS}, Request("standalone", "23.2.1"), memory={})
    assert plan.next is None and [one.blocker.value for one in plan.blockers] == ["node_count"]


def test_one_node_is_no_pair():
    plan = plan_site(Pair((node("a", "none", members=(A,)),)), {}, Request("asynchronous"), memory={})
    assert "mode_needs_pair" in [one.blocker.value for one in plan.blockers] and describe_plan(plan)[0] == "Nothing is done:"


# --- two nodes


def test_blockers_leave_no_step():
    plan = both(policies=Policies())
    assert (plan.steps, plan.next, plan.reached) == ((), None, False) and plan.blockers[0].blocker.value == "data_gap"


def test_before_the_first_step_both_nodes_are_prepared():
    assert [one["do"] for one in both().next["before"]] == ["preflight", "backup", "preflight", "backup", "clients"]
    assert [one["do"] for one in alone(prepared=Prepared(("a",)), care=Care(drain=True)).next["before"]] == ["backup", "clients", "drain"]


def test_repairing_sync_needs_no_preparation():
    plan = both(seen=related(last_data_sync_status="Failed: disk"))
    assert plan.next["action"] == "sync" and plan.next["before"] == [] and plan.total > 2


# --- settings of the Jump Clients' upgrades


def test_changed_settings_are_restored_last():
    """The peer gets them by a data sync."""
    plan = both(DONE, seen=related(version="23.2.1"), memory=CHANGED)
    assert steps_of(plan) == ["1 restore a", "2 sync a"] and plan.next["before"] == []
    assert steps_of(alone(DONE, version="23.2.1", memory=CHANGED)) == ["1 restore a"]
    assert steps_of(alone(memory=CHANGED))[-1] == "6 restore a"


def test_changing_settings_count_from_the_beginning():
    assert steps_of(both(care=Care(limits=True)))[-2:] == ["16 restore a", "17 sync a"]
    assert alone(DONE, version="23.2.1", care=Care(limits=True)).reached


def test_settings_already_wanted_are_not_restored():
    assert steps_of(alone(care=Care(limits=True), prepared=Prepared(clients=True)))[-1] == "5 catch_up a"


def test_restored_settings_count_once_at_the_end():
    """Also if a failed run restored them before."""
    assert alone(care=Care(limits=True), memory={"done": 3, "restored": True}).next["number"] == 3
    assert alone(memory={"done": 3, "restored": True}).next["number"] == 4


def test_a_run_tries_once_to_restore_settings():
    assert alone(DONE, version="23.2.1", memory=CHANGED, prepared=Prepared(restored=True)).reached


# --- for people


def test_measured_times_are_the_estimates():
    """They do not change the hash of the plan."""
    known = {"measured": [{"action": "install", "kind": "site", "seconds": 1500.0}]}
    found = {step["package"]: step["estimate"]["basis"] for step in alone(memory=known).steps if step["package"]}
    assert found == {"Base 6.2.0": "vendor", "Bomgar 22.1.4": "measured", "Bomgar 23.2.1": "measured"}
    assert alone(memory=known).hash == alone().hash


@pytest.mark.parametrize(("version", "hours"), [("20.2.1", 0), ("19.1.5", 24)])
def test_a_declared_start_moves_the_dates_alone(version, hours):
    """That of the version that runs: the clients had their time, so that the first installation is expected at once."""
    memory = {"catch_up": {"version": "20.2.1", "since": NOW}}
    plan = alone(memory=memory, times=Times(started=DeclaredStart(version, NOW - 10 * 86400, "", "Ada", "")))
    wait, install = (datetime.datetime.fromisoformat(step["starts_at"]) for step in plan.steps[:2])
    assert install - wait == datetime.timedelta(hours=hours)
    assert plan.hash == alone(memory=memory).hash


def test_the_same_input_gives_the_same_plan():
    assert len({both().hash for _time in range(5)} | {alone().hash for _time in range(5)}) == 2
