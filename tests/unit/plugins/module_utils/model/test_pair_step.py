# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One step of an upgrade, and the plan of a hop of a pair."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.pair_step import (
    BREAK,
    INSTALL,
    NETWORK,
    ROLE,
    TAKE_OVER,
    PairPlan,
    PairStep,
)

STEP = PairStep(INSTALL, "a", "b", package="Base 6.2.0", kind="base", version="6.2.0", reason="needed by 24.2.2")


def test_a_step_survives_json():
    assert PairStep.from_dict(dict(STEP.as_dict(), estimate={"seconds": 60})) == STEP


@pytest.mark.parametrize(
    ("step", "line", "title"),
    [
        (STEP, "install Base 6.2.0 on a (needed by 24.2.2)", "install Base 6.2.0"),
        (PairStep(TAKE_OVER, "b", "a", how=NETWORK), "b takes over from a; the public name moves", "take over from a (public name)"),
        (PairStep(TAKE_OVER, "b", "a", how=ROLE), "b takes over from a; the roles are swapped", "take over from a (role swap)"),
        (PairStep(BREAK, "a", "b"), "break the failover relation, on a", "break the failover relation"),
    ],
)
def test_people_read_what_is_done_where(step, line, title):
    assert (step.line(), step.title()) == (line, title)


def test_a_blocker_leaves_no_next_step():
    assert PairPlan("synchronous", "24.2.2", (STEP,)).next == STEP
    assert PairPlan("synchronous", "24.2.2", (STEP,), blockers=("x",)).next is None


def test_the_target_is_reached_without_steps_and_hops():
    assert PairPlan("synchronous", "24.2.2").reached
    assert not PairPlan("synchronous", "24.2.2", later=("24.2.2",)).reached
    assert not PairPlan("synchronous", "24.2.2", blockers=("x",)).reached


def test_another_step_is_another_plan():
    one, other = (PairPlan("synchronous", "24.2.2", (step,)) for step in (STEP, PairStep(BREAK, "a", "b")))
    assert one.hash != other.hash and one.as_dict()["hash"] == one.hash
