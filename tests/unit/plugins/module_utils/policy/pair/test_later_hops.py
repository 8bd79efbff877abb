# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The steps of the hops that follow."""

from ansible_collections.bomgar.appliance.plugins.module_utils.model.describe_plan import describe_plan
from ansible_collections.bomgar.appliance.plugins.module_utils.model.package import Package
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.pair.inputs import Policies
from ansible_collections.bomgar.appliance.plugins.module_utils.policy.plan.before import Care

from tests.support.packages import BASE, SITE
from tests.support.site_plans import alone, both


def test_a_wait_for_clients_outdates_a_data_sync():
    """Unless a data sync may be a day old."""
    old = Policies(data_gap="accept", sync_max_age=172800)
    assert [step["action"] for step in both().steps].count("sync") == 1
    assert [step["action"] for step in both(policies=old).steps].count("sync") == 0
    assert [step["action"] for step in both(care=Care(reinstall=True)).steps].count("sync") == 0
    waits = both(memory={"catch_up": {"version": "20.2.1"}})
    assert [step["action"] for step in waits.steps][:3] == ["catch_up", "sync", "break"]


def test_last_step_swaps_the_roles_back():
    back = Policies(data_gap="accept", restore_roles=True)
    plan = both(("6.0.2", [BASE, SITE]), "22.1.4", policies=back, memory={"origin": "a"})
    assert [step["action"] for step in plan.steps][-3:] == ["establish", "catch_up", "swap"] and plan.steps[-1]["node"] == "a"


def test_an_incomplete_list_gives_a_minimum():
    """The plan says that it has at least so many steps."""
    silent = Package("Bomgar 23.2.1", "site", "23.2.1", "blocked")
    for plan in (both(("6.0.2", [BASE, silent])), alone(("6.0.2", [BASE, silent]))):
        assert not plan.certain and "at least" in describe_plan(plan)[0]
    assert both().certain and "at least" not in describe_plan(both())[0]
