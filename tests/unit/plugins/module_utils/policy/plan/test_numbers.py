# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The number of a step, over hops and runs."""

from tests.support.site_plans import both, steps_of


def test_the_steps_of_all_hops_are_numbered():
    plan = both()
    assert [step["number"] for step in plan.steps] == list(range(1, plan.total + 1))
    assert steps_of(plan)[6:12] == [
        "7 establish b",
        "8 catch_up b",
        "9 sync b",
        "10 break b",
        "11 install Bomgar 23.2.1",
        "12 take_over a",
    ]
    assert [step["hop"] for step in plan.steps][6:10] == [1, 1, 2, 2] and plan.as_dict()["hops"] == 2


def test_numbers_count_what_earlier_runs_did():
    plan = both(memory={"done": 7})
    assert plan.next["number"] == 8 and plan.total == 7 + len(plan.steps)


def test_steps_that_cut_people_off_are_marked():
    assert [f"{step['action']} {step['node']}" for step in both().steps if step["disturbs"]] == ["take_over b", "take_over a"]
    cut = [f"{step['package']} {step['node']}" for step in both(mode="synchronous").steps if step["disturbs"]]
    assert cut == ["Base 6.2.0 a", "Bomgar 22.1.4 a", "Bomgar 23.2.1 a"]
