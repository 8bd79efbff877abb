# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The planner for pairs: each partial state leads on, in the order of its mode, or to a blocker."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Memory, Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.planner import decide_pair

from tests.support.pairs import STRANGER, A, B, node, pair, related

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


@pytest.mark.mission("M34")
def test_a_swap_whose_public_name_did_not_follow_is_finished_when_the_journal_knows_it():
    half = related("b", public="a")
    assert blockers(planned(half)) == ["public_on_backup"]
    assert steps_of(planned(half, moving="b")) == ["take_over b"]


def test_the_journal_of_other_appliances_is_refused():
    assert blockers(planned(related(), guids=(A, STRANGER))) == ["foreign_journal"]
    assert blockers(planned(related(), guids=(B, A))) == []


def test_the_same_input_gives_the_same_bytes():
    assert len({planned(related()).hash for _time in range(20)}) == 1


def test_a_data_sync_that_failed_is_made_again_before_anything_else():
    failed = related(last_data_sync_status="Failed: disk")
    assert steps_of(planned(failed)) == ["sync a"]
    nodes = [node("a", "primary", last_data_sync_status="Failed: disk"), node("b", "backup", version="22.1.4")]
    assert blockers(planned(pair(nodes, "a"), FRESH, DONE)) == ["sync_failed"]
