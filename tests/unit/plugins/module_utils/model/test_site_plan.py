# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a whole upgrade."""

import pytest
from ansible_collections.bomgar.appliance.plugins.module_utils.model.site_plan import SitePlan

STEP = {"action": "install", "node": "a", "number": 2, "total": 3, "hop": 1, "estimate": {"seconds": 60}, "window": "any"}


def test_next_step_has_its_preparation():
    assert SitePlan("standalone", "24.2.2", (STEP,), before=({"item": "backup"},)).next == dict(STEP, before=[{"item": "backup"}])


def test_a_blocker_leaves_no_next_step():
    plan = SitePlan("standalone", "24.2.2", (STEP,), blockers=("x",))
    assert plan.next is None and not plan.reached


def test_without_steps_the_target_is_reached():
    plan = SitePlan("standalone", "24.2.2")
    assert plan.reached and plan.total is None and plan.as_dict()["hops"] == 0


@pytest.mark.parametrize(("change", "same"), [({"estimate": {"seconds": 90}}, True), ({"window": "sat"}, True), ({"node": "b"}, False)])
def test_times_are_no_part_of_the_hash(change, same):
    one, other = (SitePlan("standalone", "24.2.2", (step,)) for step in (STEP, dict(STEP, **change)))
    assert (one.hash == other.hash) is same
