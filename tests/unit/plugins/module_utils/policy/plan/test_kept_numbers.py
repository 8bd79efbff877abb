# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A step keeps its number where another one turns out not to be needed."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.kept_numbers import keep_numbers

ALL = ["catch_up", "sync", "break", "install", "take_over", "install", "establish", "catch_up", "restore", "sync"]


def plan(actions, first=1, total=None):
    last = first + len(actions) - 1
    return [
        {"number": number, "total": total or last, "hop": 1, "action": action, "node": "a"} for number, action in enumerate(actions, first)
    ]


def kept(actions, earlier, done):
    """('numbers/total' of the steps, numbers of those that are not needed)."""
    steps, skipped = keep_numbers(plan(actions, done + 1), earlier, done=done)
    assert {one["total"] for one in [*steps, *skipped]} <= {steps[-1]["total"] if steps else earlier[-1]["number"]}
    assert [step["action"] for step in steps] == list(actions) and all(one["needed"] is False for one in skipped)
    return [step["number"] for step in steps], [one["number"] for one in skipped]


def without(earlier, *numbers):
    return [{**step, "needed": False} if step["number"] in numbers else step for step in earlier]


def test_a_step_that_is_done_moves_nothing():
    assert kept(ALL[1:], plan(ALL), 1) == (list(range(2, 11)), [])


def test_early_sync_keeps_its_number():
    assert kept(ALL[2:], plan(ALL), 1) == (list(range(3, 11)), [2])


def test_later_plans_remember_unneeded_steps():
    earlier = without(plan(ALL), 2)
    assert kept(ALL[2:], earlier, 1) == (list(range(3, 11)), [2])
    assert kept(ALL[3:], earlier, 2) == (list(range(4, 11)), [2])


def test_unneeded_step_may_return():
    assert kept([*ALL[1:8]], plan(ALL), 1) == (list(range(2, 9)), [9, 10])
    assert kept(ALL[1:], without(plan(ALL), 9, 10), 1) == (list(range(2, 11)), [])


def test_the_last_steps_may_not_be_needed():
    assert kept([], plan(ALL), 8) == ([], [9, 10])
    assert kept([], without(plan(ALL), 2), 7) == ([], [2, 9, 10])
    assert kept([], plan(ALL), 10) == ([], [])


def test_new_step_renumbers_the_remaining():
    assert kept(["break", "hotfix"], plan(ALL), 2) == ([3, 4], [])
    assert kept(["break", "hotfix"], without(plan(ALL), 2), 1) == ([3, 4], [])


def test_new_step_stays_in_current_hop():
    earlier = [{**step, "hop": 1 + (step["number"] > 4)} for step in plan(ALL)]
    steps, _none = keep_numbers(plan(["install", "hotfix", "establish"], 6), earlier, done=5)
    assert [(one["number"], one["hop"]) for one in steps] == [(6, 2), (7, 2), (8, 2)]
    steps, _none = keep_numbers(plan(["hotfix"], 3), earlier, done=2)
    assert [one["hop"] for one in steps] == [1]


@pytest.mark.parametrize("earlier", [(), plan(ALL[:3])])
def test_steps_are_counted_without_a_plan(earlier):
    assert kept(ALL[3:], earlier, 3) == (list(range(4, 11)), [])


def test_later_plan_knows_finished_steps():
    assert kept(ALL[5:], plan(ALL[3:], 4), 4) == ([6, 7, 8, 9, 10], [5])


def test_unplanned_finished_steps_are_counted():
    assert kept(ALL[2:], plan(ALL), 5) == (list(range(6, 14)), [])
